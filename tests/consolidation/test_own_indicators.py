"""自提指标: every indicator that departments and projects brought themselves, in the summary."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from samples.own.build import HERE, load
from workbook_tools import consolidate

SAMPLES = load()


def paths(standard: str) -> list[Path]:
    return [HERE / f"{stem}.xlsx" for stem, one in SAMPLES.items() if one.standard == standard]


def test_a_row_per_indicator_with_its_achievement(tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    found = consolidate(paths("national-2020"), target).own_indicators
    count = sum(len(one.rows) for one in SAMPLES.values() if one.standard == "national-2020")
    assert len(found) == count
    road = found[found["name"] == "新建农村公路里程"].iloc[0]
    assert (road["measure"], road["self"], road["computed"]) == (0.5, 6.0, 6.0)
    # 1600 ÷ 1000; 88 against 90 % without its sign cannot be used
    assert set(found[found["remark"] == "超额较多"]["name"]) == {"防火巡护人次"}
    sheet = openpyxl.load_workbook(target)["自提指标"]
    assert "1 项，占 4%" in str(sheet["A2"].value)


def test_projects_of_one_unit_stand_apart(tmp_path: Path) -> None:
    found = consolidate(paths("project-2020"), tmp_path / "汇总.xlsx").own_indicators
    assert set(found["unit_code"]) == {"301001"}
    assert set(found["subject"]) == {"P3010101", "P3010102"}


def test_a_standard_without_such_indicators_has_no_such_sheet(tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    assert consolidate([HERE.parent / "health-2020.xlsx"], target).own_indicators.empty
    assert "自提指标" not in openpyxl.load_workbook(target).sheetnames


def test_who_beat_its_targets_stands_first(tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    found = consolidate(paths("national-2020"), target).own_by_unit
    first = found.iloc[0]
    assert (first["unit_name"], first["beaten"]) == ("示例县林业局（虚构）", 1)
    assert list(found["beaten"][1:]) == [0, 0]
    assert (found["reached"] + found["missed"] + found["unknown"] == found["indicators"]).all()
    sheet = openpyxl.load_workbook(target)["自提指标按单位"]
    assert sheet["B4"].value == "示例县林业局（虚构）"
