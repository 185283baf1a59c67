"""What a standard calls its figures, its sheets and what it evaluates."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from workbook_tools.standard import load_standard
from workbook_tools.standard.naming import (
    counted_in,
    evaluated,
    has_several,
    label_of,
    name_of,
    part_named,
    sheet_of,
    stated,
    with_subordinates,
)
from workbook_tools.standard.outline import indicators_by_top_level, level_names
from workbook_tools.standard.report_form import column_title, sheet_title

STANDARD = load_standard()
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


@pytest.mark.parametrize(
    ("identity", "name", "label", "sheet"),
    [
        ("staff_quota", "编制数", "编制数", "人员资产"),
        (
            "three_public_reception_current_actual",
            "公务接待费—本年实际数",
            "公务接待费—本年实际数",
            "预算执行",
        ),
        ("budget_adjusted", "调整后预算数", "", ""),
        ("tasks", "年度工作任务", "", ""),
        ("no_such", "no_such", "", ""),
    ],
)
def test_a_figure_has_a_name(identity: str, name: str, label: str, sheet: str) -> None:
    assert name_of(STANDARD, identity) == name
    assert (label_of(STANDARD, identity), sheet_of(STANDARD, identity)) == (label, sheet)


def test_a_part_is_named_without_saying_twice_that_it_is_one() -> None:
    assert part_named("其中：财政拨款") == "财政拨款"
    assert part_named("财政拨款") == "财政拨款"


@pytest.mark.parametrize(
    ("standard", "what", "counted", "several", "whole"),
    [
        ("hunan-county-2020", "部门整体支出", "个单位", False, "汇总含所属"),
        ("project-2020", "项目支出", "个项目", True, ""),
        (EXAMPLES / "lakeside-2023.yaml", "部门整体支出", "个单位", False, ""),
    ],
)
def test_what_a_workbook_evaluates(
    standard: str | Path, what: str, counted: str, several: bool, whole: str
) -> None:
    known = load_standard(standard)
    assert (evaluated(known), counted_in(known)) == (what, counted)
    assert (has_several(known), with_subordinates(known)) == (several, whole)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(1, 2), "0.5"),
        (Fraction(3), "3"),
        (Fraction(-5, 4), "-1.25"),
        (Fraction(61, 3), "61/3"),
        (Fraction(1, 10**15), "0.000000000000001"),
        (Fraction(1, 10**16), "1/10000000000000000"),
    ],
)
def test_a_number_is_stated_exactly(number: Fraction, text: str) -> None:
    assert stated(number) == text


def test_indicators_are_grouped_in_the_order_of_the_table() -> None:
    grouped = {
        level.name: [one.id for one in members]
        for level, members in indicators_by_top_level(STANDARD)
    }
    assert list(grouped) == ["投入", "过程", "产出", "效果"]
    assert grouped["产出"] == [
        "actual_completion",
        "timely_completion",
        "quality_rate",
        "priority_completion",
    ]
    assert sum(map(len, grouped.values())) == len(STANDARD.indicators)


def test_a_level_has_the_names_of_both() -> None:
    names = level_names(STANDARD)
    assert names["process"] == ("过程", "")
    assert names["asset_management"] == ("过程", "资产管理")
    assert len(names) == sum(1 + len(level.children) for level in STANDARD.levels)


def test_titles_of_the_annex_say_a_unit_where_there_is_one() -> None:
    assert sheet_title("预算执行", "“三公”经费", "万元") == "预算执行：“三公”经费（万元）"
    assert sheet_title("预算执行", "“三公”经费") == "预算执行：“三公”经费"
    assert sheet_title("履职任务", "履职任务") == "履职任务"
    assert column_title("实际完成值", "%") == "实际完成值（%）"
    assert column_title("实际完成值", "") == "实际完成值"


def test_a_standard_is_shown_by_its_id_and_version() -> None:
    assert repr(STANDARD) == f"<Standard hunan-county-2020 {STANDARD.version}>"
