"""``workbook-tools import`` as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.shell import run
from tests.importing.builder import lakeside, water_bureau, write, write_text

LAKESIDE = Path(__file__).parents[2] / "docs" / "examples" / "lakeside-2023.yaml"


def test_what_it_says(tmp_path: Path) -> None:
    lines = ["单位名称：示例县档案馆", "评价结果：优秀", "三级指标", "分值", "自评得分"]
    source = write_text(tmp_path / "报告.txt", [*lines, "预算完成率（4分）", "4", "3.5"])
    target = tmp_path / "自评.xlsx"
    ran = run("import", source, "-o", target)
    assert ran.code == 0
    assert f"已生成：{target}（填入 2 个单元格" in ran.out
    assert "基本信息 1 项：单位名称" in ran.out
    assert "没有读到自评得分的指标 26 项" in ran.out
    assert "第 2 行“评价结果：优秀”" in ran.out
    assert "validate" in ran.err
    assert openpyxl.load_workbook(target)["基本信息"]["B5"].value == "示例县档案馆"
    again = run("import", source, "-o", target)
    assert again.code == 2
    assert "已经存在，没有覆盖" in again.err


def test_json_for_another_standard(tmp_path: Path) -> None:
    report = lakeside()
    source = write(report, tmp_path / "报告.docx", "merged.docx")
    ran = run(
        *("import", source, "-o", tmp_path / "自评.xlsx"),
        *("--standard", LAKESIDE, "--format", "json"),
    )
    assert ran.code == 0
    said = json.loads(ran.out)
    assert said["standard"]["id"] == "lakeside-2023"
    assert said["source"] == str(source)
    assert {
        one["field"]: one["value"] for one in said["placed"] if one["field"].startswith("self")
    } == {f"self_{one}": f"{float(score):g}" for one, score in report.scores.items()}
    assert said["unscored"] == []
    assert said["not_placed"] == []
    assert set(said["placed"][0]) == {"field", "label", "sheet", "value", "place", "words"}


@pytest.mark.slow
def test_validate_takes_what_was_imported(tmp_path: Path) -> None:
    source = write(water_bureau(), tmp_path / "报告.docx", "table.docx")
    target = tmp_path / "自评.xlsx"
    assert run("import", source, "-o", target).code == 0
    ran = run("validate", target, "-o", tmp_path / "批注", "--format", "json")
    assert ran.code == 1  # most inputs are still to be filled in
    [record] = json.loads(ran.out)["workbooks"]
    assert record["unit_name"] == "示例县水利局（虚构）"
    assert record["total"]["self"] == "96.75"
    assert record["scores"]["budget_completion"]["score"] == "4"


def test_a_refused_report_ends_with_2(tmp_path: Path) -> None:
    source = tmp_path / "报告.doc"
    source.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    ran = run("import", source, "-o", tmp_path / "自评.xlsx")
    assert ran.code == 2
    assert "另存为 .docx" in ran.err
    source = write_text(tmp_path / "报告.txt", ["单位名称：示例县档案馆"])
    ran = run("import", source, "-o", tmp_path / "没有" / "自评.xlsx")
    assert ran.code == 2
    assert "文件夹不存在" in ran.err
