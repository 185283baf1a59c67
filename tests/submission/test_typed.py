"""What a cell is worth: read from real files, by the type that the standard gives the field."""

from __future__ import annotations

import datetime
from fractions import Fraction
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.submission.handmade import write_workbook
from workbook_tools.submission import Entry, read_submission
from workbook_tools.submission.typed import meant_number

F = Fraction
DAY = datetime.date(2021, 3, 15)

# field, what is typed, value, raw, problem, suggestion
CELLS: list[tuple[str, object, object, str, str | None, str]] = [
    # numbers
    ("budget_approved", 3975.53, F("3975.53"), "3975.53", None, ""),
    ("budget_approved", 0, F(0), "0", None, ""),
    # outside of the range: of no use, with what is likely meant
    ("budget_approved", -12.5, None, "-12.5", "out-of-range", "12.5"),
    ("satisfaction_rate", 85, None, "85", "out-of-range", "85%"),
    ("satisfaction_rate", 1.05, None, "1.05", "out-of-range", ""),
    ("satisfaction_rate", -0.85, None, "-0.85", "out-of-range", "85%"),
    ("satisfaction_rate", 1, F(1), "1", None, ""),
    ("fiscal_year", 20, None, "20", "out-of-range", ""),
    ("self_staff_control", 8, None, "8", "out-of-range", ""),
    ("budget_approved", 0.1 + 0.2, F("0.3"), "0.3", None, ""),
    ("budget_approved", 1e-7, F("0.0000001"), "0.0000001", None, ""),
    ("staff_quota", 50, F(50), "50", None, ""),
    ("satisfaction_rate", 0.95, F("0.95"), "0.95", None, ""),
    ("budget_approved", None, None, "", None, ""),
    # numbers typed as text
    ("budget_approved", "3975.53", None, "3975.53", "number-as-text", "3975.53"),
    ("budget_approved", "3,975.53", None, "3,975.53", "number-as-text", "3975.53"),
    ("budget_approved", "３，９７５．５３", None, "３，９７５．５３", "number-as-text", "3975.53"),
    ("budget_approved", " 3 975.53 万元", None, " 3 975.53 万元", "number-as-text", "3975.53"),
    ("budget_approved", "－12", None, "－12", "number-as-text", "12"),
    ("budget_approved", "\u202d168\u202c", None, "\u202d168\u202c", "number-as-text", "168"),
    ("budget_approved", "168\u200b", None, "168\u200b", "number-as-text", "168"),
    (
        "budget_approved",
        "\ufeff16\u00ad8\u2009",
        None,
        "\ufeff16\u00ad8\u2009",
        "number-as-text",
        "168",
    ),
    ("budget_approved", "\u00a0168\u00a0", None, "\u00a0168\u00a0", "number-as-text", "168"),
    ("satisfaction_rate", "95", None, "95", "number-as-text", "95%"),
    ("satisfaction_rate", "120%", None, "120%", "number-as-text", ""),
    ("staff_quota", "１２人", None, "１２人", "number-as-text", "12"),
    ("satisfaction_rate", "95％", None, "95％", "number-as-text", "95%"),
    ("satisfaction_rate", "99.27%", None, "99.27%", "number-as-text", "99.27%"),
    # no numbers at all
    ("budget_approved", "无", None, "无", "not-a-number", "0"),
    ("budget_approved", "—", None, "—", "not-a-number", "0"),
    ("budget_approved", " ／ ", None, " ／ ", "not-a-number", "0"),
    ("fiscal_year", "无", None, "无", "not-a-number", ""),
    ("budget_approved", "99.27％", None, "99.27％", "not-a-number", ""),
    ("budget_approved", "168①", None, "168①", "not-a-number", ""),
    ("budget_approved", "168²", None, "168²", "not-a-number", ""),
    ("budget_approved", "50人", None, "50人", "not-a-number", ""),
    ("budget_approved", "\u200b", None, "\u200b", "not-a-number", ""),
    ("budget_approved", "约 100 万元", None, "约 100 万元", "not-a-number", ""),
    ("budget_approved", "1000000元", None, "1000000元", "not-a-number", ""),  # not in 万元
    ("budget_approved", "9,9", None, "9,9", "not-a-number", ""),
    ("budget_approved", "1人2", None, "1人2", "not-a-number", ""),
    ("budget_approved", "-", None, "-", "not-a-number", "0"),
    ("budget_approved", True, None, "TRUE", "not-a-number", ""),
    # choices
    ("scope", "本级", "本级", "本级", None, ""),
    ("scope", "本级 ", None, "本级 ", "not-in-list", "本级"),
    ("scope", "　本级", None, "　本级", "not-in-list", "本级"),
    ("scope", "单位本级", None, "单位本级", "not-in-list", ""),
    ("scope", "本级\u200b", None, "本级\u200b", "not-in-list", "本级"),
    ("scope", "\u202a本级\u202c", None, "\u202a本级\u202c", "not-in-list", "本级"),
    ("scope", 1, None, "1", "not-in-list", ""),
    ("scope", True, None, "TRUE", "not-in-list", ""),
    ("check_fund_compliance_3", "不涉及", "不涉及", "不涉及", None, ""),
    ("check_fund_compliance_1", "不涉及", None, "不涉及", "not-in-list", ""),
    # dates
    ("prepared_on", DAY, DAY, "2021-03-15", None, ""),
    ("prepared_on", "2021-03-15", None, "2021-03-15", "not-a-date", ""),
    ("prepared_on", "2021年3月15日", None, "2021年3月15日", "not-a-date", ""),
    ("prepared_on", 2021, None, "2021", "not-a-date", ""),  # a bare year, no day of 1905
    ("prepared_on", 202103, None, "202103", "not-a-date", ""),
    ("prepared_on", -3, None, "-3", "not-a-date", ""),
    ("prepared_on", 0, None, "0", "not-a-date", ""),
    ("prepared_on", 1e9, None, "1000000000", "not-a-date", ""),
    ("prepared_on", True, None, "TRUE", "not-a-date", ""),
    # texts, which may look like anything
    ("unit_code", "0301", "0301", "0301", None, ""),
    ("unit_code", 301, "301", "301", None, ""),
    ("unit_name", "甲\n乙", "甲\n乙", "甲\n乙", None, ""),
    ("unit_name", "", None, "", None, ""),
    # nothing but spaces is nothing
    ("budget_approved", " ", None, " ", "only-blanks", ""),
    ("scope", "　", None, "　", "only-blanks", ""),
    ("prepared_on", "\u00a0", None, "\u00a0", "only-blanks", ""),
    ("unit_name", " 　\u00a0", None, " 　\u00a0", "only-blanks", ""),
]


def read_one(tmp_path: Path, field: str, content: object) -> Entry:
    path = write_workbook(tmp_path / "一格.xlsx", {field: content})
    return read_submission(path).entries[field]


@pytest.mark.parametrize(("field", "typed", "value", "raw", "problem", "suggestion"), CELLS)
def test_cell(
    tmp_path: Path,
    field: str,
    typed: object,
    value: object,
    raw: str,
    problem: str | None,
    suggestion: str,
) -> None:
    entry = read_one(tmp_path, field, typed)

    assert (entry.value, entry.raw) == (value, raw)
    assert (entry.problem, entry.suggestion) == (problem, suggestion)
    assert (entry.sheet, entry.cell, entry.formula) == ("填报", "C2", None)
    assert entry.blank == (raw == "" or problem == "only-blanks")


def test_a_formula_in_an_input_gives_its_stored_result_and_is_told(tmp_path: Path) -> None:
    entry = read_one(tmp_path, "budget_approved", ("=1000*2", 2000))
    assert (entry.value, entry.problem, entry.formula) == (F(2000), None, "1000*2")
    text = read_one(tmp_path, "budget_approved", ('="12"', "12"))
    assert (text.value, text.problem, text.suggestion) == (None, "number-as-text", "12")


def test_a_formula_whose_result_is_an_empty_text_counts_as_blank(tmp_path: Path) -> None:
    written = write_workbook(tmp_path / "原.xlsx", {"budget_approved": ('=""', "")})
    path = tmp_path / "空文本.xlsx"
    with ZipFile(written) as source, ZipFile(path, "w") as target:
        for part in source.namelist():
            # as Excel writes it; XlsxWriter leaves out the type of an empty result
            content = source.read(part).replace(b'<c r="C2"><f>', b'<c r="C2" t="str"><f>')
            target.writestr(part, content)

    entry = read_submission(path).entries["budget_approved"]

    assert (entry.value, entry.problem, entry.formula, entry.blank) == (None, None, '""', True)


@pytest.mark.parametrize("field", ["budget_approved", "scope", "prepared_on", "unit_name"])
def test_an_error_value_is_of_no_use_in_any_field(tmp_path: Path, field: str) -> None:
    entry = read_one(tmp_path, field, ("=1/0", "#DIV/0!"))
    assert (entry.value, entry.raw, entry.problem) == (None, "#DIV/0!", "error-value")
    assert not entry.blank


def test_a_formula_without_a_stored_result_is_no_blank(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "原.xlsx", {"budget_approved": ("=1000*2", 2000)})
    book = openpyxl.load_workbook(path)  # saves formulas without their results
    book.save(tmp_path / "未计算.xlsx")

    entry = read_submission(tmp_path / "未计算.xlsx").entries["budget_approved"]

    assert (entry.value, entry.problem, entry.formula) == (None, "not-calculated", "1000*2")
    assert not entry.blank


def test_dates_of_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "mac.xlsx", {"prepared_on": DAY}, date_1904=True)
    stored = openpyxl.load_workbook(path)
    assert stored.epoch.year == 1904  # the file really is one
    assert read_submission(path).entries["prepared_on"].value == DAY


def test_choices_that_are_numbers(tmp_path: Path) -> None:
    tables: dict[str, list[dict[str, object]]] = {
        "tasks": [
            {"name": "甲", "planned_quarter": 2, "completed_quarter": "未完成"},
            {"name": "乙", "planned_quarter": "2", "completed_quarter": 5},
            {"name": "丙", "planned_quarter": "第二季度", "completed_quarter": "未完成 "},
        ]
    }
    path = write_workbook(tmp_path / "任务.xlsx", {}, tables)
    seen = [
        [(row.entries[one].value, row.entries[one].problem, row.entries[one].suggestion)]
        for row in read_submission(path).tables["tasks"]
        for one in ("planned_quarter", "completed_quarter")
    ]
    assert seen == [
        [(F(2), None, "")],
        [("未完成", None, "")],
        [(None, "number-as-text", "2")],
        [(None, "not-in-list", "")],
        [(None, "not-in-list", "")],
        [(None, "not-in-list", "未完成")],
    ]


@given(st.decimals(-(10**8), 10**8, places=2, allow_nan=False, allow_infinity=False))
def test_the_number_meant_is_found_however_it_is_typed(value: object) -> None:
    plain, grouped = f"{value:f}", f"{value:,f}"
    full_width = grouped.translate({ord(a): ord(a) + 0xFEE0 for a in "0123456789.,-"})
    for text in (plain, grouped, full_width, f" {grouped}万元 "):
        assert meant_number(text, "money") == plain
    assert meant_number(f"{plain}％", "share") == f"{plain}%"
    assert meant_number(f"{plain}％", "money") is None
