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


def dragged(path: Path, name: str, onto: str, *, twice: bool) -> None:
    """The cell of a field dragged onto another's, as LibreOffice does it or as Excel does."""
    book = openpyxl.load_workbook(SOURCE)
    moved, hit = book.defined_names[f"in_{name}"], book.defined_names[f"in_{onto}"]
    sheet, source = moved.value.split("!")
    target = hit.value.split("!")[1]
    page = book[sheet.strip("'")]
    page[target.replace("$", "")].value = page[source.replace("$", "")].value
    page[source.replace("$", "")].value = None
    moved.value = hit.value
    if not twice:
        hit.value = f"{sheet}!#REF!"
    book.save(path)


@pytest.mark.parametrize("twice", [True, False])
@pytest.mark.parametrize(
    ("name", "onto"),
    [
        ("budget_decrease", "budget_increase"),
        ("budget_approved", "budget_basic"),
        ("payment_actual_q2", "payment_actual_q1"),
        ("three_public_reception_current_actual", "three_public_overseas_current_actual"),
        ("unit_head", "finance_head"),
    ],
)
def test_a_cell_dragged_onto_another_is_said_and_neither_is_read(
    tmp_path: Path, name: str, onto: str, twice: bool
) -> None:
    dragged(tmp_path / "a.xlsx", name, onto, twice=twice)

    assessment = assess(tmp_path / "a.xlsx")

    assert assessment.submission is not None
    there = read_submission(SOURCE).entries[onto]
    (finding,) = [one for one in assessment.findings if one.name == "cell-moved"]
    assert (finding.sheet, finding.cell) == (there.sheet, there.cell)
    assert "剪切或拖动" in finding.message
    assert [assessment.submission.entries[one].value for one in (name, onto)] == [None, None]
    others = {one.name for one in assessment.findings}
    assert others.isdisjoint({"name-missing", "required-blank", "formula-value-differs"})


def test_a_deleted_row_is_not_a_dragged_cell(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(SOURCE)
    book.defined_names["in_budget_basic"].value = "预算执行!#REF!"
    book.save(tmp_path / "a.xlsx")

    found = {one.name for one in assess(tmp_path / "a.xlsx").findings}

    assert "name-missing" in found
    assert "cell-moved" not in found
