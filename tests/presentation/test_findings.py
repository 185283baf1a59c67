"""Findings by sheet, and how many of each severity."""

from __future__ import annotations

import msgspec

from samples.data import HERE
from workbook_tools import assess
from workbook_tools.presentation.by_sheet import by_sheet
from workbook_tools.presentation.severities import severities, severities_in_words
from workbook_tools.presentation.telling import told
from workbook_tools.standard.severity import SEVERITY_ORDER

FOUND = assess(HERE / "emergency-2020.xlsx").findings


def test_every_finding_stands_on_its_sheet_the_worst_sheet_first() -> None:
    sheets = by_sheet(FOUND)
    items = [(sheet.sheet, item) for sheet in sheets for item in sheet.items]
    assert sorted(str(item.finding) for _, item in items) == sorted(map(str, FOUND))
    assert all((item.finding.sheet or "整个文件") == sheet for sheet, item in items)
    worst = [min(SEVERITY_ORDER[item.finding.severity] for item in sheet.items) for sheet in sheets]
    assert worst == sorted(worst)
    assert len(sheets) > 1


def test_what_is_about_no_sheet_is_about_the_whole_file() -> None:
    (sheet,) = by_sheet([msgspec.structs.replace(FOUND[0], sheet="", cell="")])
    assert sheet.sheet == "整个文件"


def test_an_effect_stands_under_its_cause_only_on_the_same_sheet() -> None:
    below = [item for sheet in by_sheet(FOUND) for item in sheet.items if item.under]
    elsewhere = [one for one in told(FOUND) if one.under]
    assert len(below) < len(elsewhere)
    for sheet in by_sheet(FOUND):
        assert not sheet.items[0].under
        places = {(item.finding.sheet, item.finding.cell) for item in sheet.items}
        for item in sheet.items:
            if item.under:
                assert any((one.sheet, one.cell) in places for one in item.finding.causes)


def test_severities_are_counted_errors_first() -> None:
    number = severities(FOUND)
    assert number.total() == len(FOUND)
    assert severities_in_words({"warning": 1, "error": 3}) == "错误 3 条，警告 1 条"
    assert severities_in_words({"info": 2}, every=True) == "错误 0 条，警告 0 条，提示 2 条"
    assert severities_in_words({"info": 2, "error": 1}, unit="", between="  ") == "错误 1  提示 2"
    assert severities_in_words({}) == ""
    (heading,) = {sheet.counts for sheet in by_sheet(FOUND) if sheet.sheet == "计分表"}
    assert heading == severities_in_words(
        severities(one for one in FOUND if one.sheet == "计分表"), unit=""
    )
