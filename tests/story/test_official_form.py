"""An official form that a department filled, recomputed without typing it again."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.shell import run
from tests.importing.layouts import layouts, write


def test_a_departments_form_is_recomputed(tmp_path: Path) -> None:
    form = write(layouts()["department-official"], tmp_path / "林业局.xlsx")
    before = form.read_bytes()
    made = run("import", form, "-o", tmp_path / "自评.xlsx")
    assert made.code == 0, made.err
    assert "绩效指标 32 项" in made.out
    ran = run("validate", tmp_path / "自评.xlsx", "-o", tmp_path / "批注", "--format", "json")
    said = json.loads(ran.out)
    (record,) = said["workbooks"]
    # 1330 ÷ 1400 = 95%; 2000 of 2000 亩 and 88.5 of 85 %; 0.2 of at most 0.8 ‰; 91 of 90 %
    scores = {one: told["score"] for one, told in record["scores"].items()}
    assert scores == {
        "budget_execution": "9.5",
        "output": "50",
        "benefit": "30",
        "satisfaction": "10",
    }
    assert record["total"]["score"] == "99.5"
    assert record["total"]["claimed"] == "99.5"
    assert record["total"]["grade"] == "优"
    assert form.read_bytes() == before


def test_a_workbook_of_projects_becomes_one_for_each(tmp_path: Path) -> None:
    form = write(layouts()["several-sheets"], tmp_path / "项目.xlsx")
    made = run("import", form, "-o", tmp_path / "自评.xlsx")
    assert made.code == 0, made.err
    first, second = tmp_path / "自评-项目一.xlsx", tmp_path / "自评-项目二.xlsx"
    assert f"项目一：已生成：{first}" in made.out
    assert f"项目二：已生成：{second}" in made.out
    ran = run("validate", first, second, "--format", "json")
    names = [one["scores"]["output"]["score"] for one in json.loads(ran.out)["workbooks"]]
    assert names == ["50", "43.75"]  # 7 of 8 公厕
    again = run("import", form, "-o", tmp_path / "自评.xlsx")
    assert again.code == 2
    assert "已经存在" in again.err


def test_what_standard_a_form_is_of_is_asked_for(tmp_path: Path) -> None:
    form = write(layouts()["kind-not-told"], tmp_path / "气象局.xlsx")
    asked = run("import", form, "-o", tmp_path / "自评.xlsx")
    assert asked.code == 2
    assert "--standard" in asked.err
    assert "project-2020" in asked.err
    assert not (tmp_path / "自评.xlsx").exists()
    told = run("import", form, "-o", tmp_path / "自评.xlsx", "--standard", "national-2020")
    assert told.code == 0, told.err
