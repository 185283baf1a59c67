"""Workbooks that were rearranged: copied sheets, sheets of two workbooks, rows below a table."""

from __future__ import annotations

import copy
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName

from workbook_tools import assess
from workbook_tools.cli.samples import samples_folder
from workbook_tools.submission import read_submission

SOURCE = samples_folder() / "transport-2020.xlsx"
SHEET = "预算执行"


def with_local_names(book: Workbook, sheets: list[str], leads_to: str) -> None:
    """Names of a sheet as copies have them, those of the workbook leading elsewhere."""
    for name, defined in list(book.defined_names.items()):
        if defined.value.split("!")[0].strip("'") == SHEET:
            for title in sheets:
                twin = DefinedName(name, attr_text=f"'{title}'!{defined.value.split('!')[1]}")
                book[title].defined_names[name] = twin
            defined.value = leads_to.format(cell=defined.value.split("!")[1])


@pytest.mark.parametrize("leads_to", ["#REF!", "'[1]预算执行'!{cell}"])
def test_a_copied_sheet_is_read_where_only_one_is_left(tmp_path: Path, leads_to: str) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.load_workbook(SOURCE)
    book[SHEET].title = "预算执行 (2)"
    for defined in book.defined_names.values():
        defined.value = defined.value.replace("'预算执行 (2)'!", f"{SHEET}!")
    with_local_names(book, ["预算执行 (2)"], leads_to)
    book.save(path)

    found, plain = read_submission(path), read_submission(SOURCE)

    assert found.missing_names == ()
    assert found.entries["budget_approved"].sheet == "预算执行 (2)"
    assert {one: entry.value for one, entry in found.entries.items()} == {
        one: entry.value for one, entry in plain.entries.items()
    }


def test_of_two_copies_neither_is_read_and_both_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.load_workbook(SOURCE)
    second = book.copy_worksheet(book[SHEET])
    second.title = "副本"
    with_local_names(book, [SHEET, "副本"], "#REF!")
    book.save(path)

    found = assess(path).findings

    (finding,) = [one for one in found if one.name == "sheet-removed"]
    assert "“预算执行”、“副本”是复制来的" in finding.message
    assert "已被删除" not in finding.message


def test_the_copy_of_a_sheet_is_not_read_while_the_original_is_there(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.load_workbook(SOURCE)
    second = book.copy_worksheet(book[SHEET])
    second.title = "副本"
    second["B5"] = 1
    for name, defined in list(book.defined_names.items()):
        if defined.value.split("!")[0].strip("'") == SHEET:
            twin = copy.copy(defined)
            twin.value = f"副本!{defined.value.split('!')[1]}"
            second.defined_names[name] = twin
    book.save(path)

    assert read_submission(path).entries["budget_approved"].sheet == SHEET


@pytest.mark.parametrize("gap", [0, 1])
def test_rows_right_below_a_table_are_told(tmp_path: Path, gap: int) -> None:
    """The 121st task, and one more; what stands apart from the table is not taken for a row."""
    path = tmp_path / "a.xlsx"
    book = openpyxl.load_workbook(SOURCE)
    below = read_submission(SOURCE).columns["tbl_tasks_name"].last_row + 1 + gap
    book["履职任务"][f"A{below}"] = "第121项任务"
    book["履职任务"][f"A{below + 1}"] = "第122项任务"
    book.save(path)

    found = [one for one in assess(path).findings if one.name == "row-below-table"]

    if gap:
        assert found == []
        return
    (finding,) = found
    assert (finding.sheet, finding.cell, finding.severity) == ("履职任务", f"A{below}", "warning")
    assert "（第121项任务）等 2 行" in finding.message
    assert f"表格到第 {below - 1} 行为止" in finding.message
