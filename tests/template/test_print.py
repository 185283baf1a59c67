"""What is printed and signed, what grows with its text, and what stays in sight."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import column_index_from_string
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.display.widths import widths_of
from tests.template.test_contract import cells_of, sheet_of
from workbook_tools.standard import load_standard
from workbook_tools.standard.model import Standard
from workbook_tools.template import build_template

A4 = 210 / 25.4 * 72
"""The width of upright paper, in points."""
LYING = 297 / 25.4 * 72


@pytest.fixture(scope="module")
def book(blank: Path) -> Workbook:
    return openpyxl.load_workbook(blank)


def test_the_score_table_is_signed_at_nine_points_or_more(book: Workbook) -> None:
    sheet = book["计分表"]
    area = str(sheet.print_area).split("!")[-1].replace("$", "")
    cells = [cell for row in sheet[area] for cell in row]
    widths = widths_of(sheet)
    wide = sum(widths[column] for column in {cell.column for cell in cells}) * 0.75
    margins = (sheet.page_margins.left + sheet.page_margins.right) * 72
    assert sheet.page_setup.orientation != "landscape"
    scale = min(1.0, (A4 - margins) / wide)
    assert min(float(cell.font.sz) for cell in cells if cell.value) * scale >= 9


@pytest.mark.parametrize(
    "title", ["基本信息", "预算执行", "人员资产", "履职任务", "制度合规", "个性指标", "报告正文"]
)
def test_input_sheets_are_printed_at_nine_points_or_more(book: Workbook, title: str) -> None:
    sheet = book[title]
    assert smallest(sheet) >= 8.95
    assert not sheet.row_breaks.brk, "pages are filled before the next one begins"


def smallest(sheet: Worksheet) -> float:
    """The size in which the smallest text of a sheet is printed, in points."""
    area = sheet.print_area or sheet.defined_names["Print_Area"].attr_text
    first, last = re.findall(r"\$([A-Z]+)", str(area).split("!")[-1])
    columns = range(column_index_from_string(first), column_index_from_string(last) + 1)
    wide = sum(widths_of(sheet)[column] for column in columns) * 0.75
    lying = sheet.page_setup.orientation == "landscape"
    margins = (sheet.page_margins.left + sheet.page_margins.right) * 72
    scale = min(1.0, ((LYING if lying else A4) - margins) / wide)
    sizes = [
        float(cell.font.sz)
        for row in sheet.iter_rows(min_col=columns.start, max_col=columns.stop - 1)
        for cell in row
        if cell.value
    ]
    return min(sizes) * scale


@pytest.mark.parametrize("of", ["national-2020", "project-2020"])
def test_own_indicators_print_on_a_page_with_room_for_every_choice(of: str, tmp_path: Path) -> None:
    standard = load_standard(of)
    build_template(standard, tmp_path / "blank.xlsx")
    book = openpyxl.load_workbook(tmp_path / "blank.xlsx")
    sheet = book["绩效指标"]
    assert smallest(sheet) >= 9
    rows = [one for one in sheet.row_dimensions.values() if one.height and not one.hidden]
    paper, margins = 210 / 25.4, sheet.page_margins.top + sheet.page_margins.bottom
    assert sum(one.height or 0 for one in rows) * 0.91 <= (paper - margins) * 72
    (table,) = standard.tables
    free = 10  # pixels of a cell that its text does not get
    for column in table.columns:
        first, *_ = cells_of(book, f"tbl_kpis_{column.id}")
        in_line = int((widths_of(sheet)[first.column] - free) / (10 * 4 / 3))
        for choice in map(str, column.choices):
            lines = -(-len(choice) // in_line)
            height = sheet.row_dimensions[first.row].height
            assert height is not None
            assert lines * 10 * 1.45 <= height, choice


def test_the_title_of_a_list_is_printed_above_its_running_head(book: Workbook) -> None:
    for title in ("履职任务", "个性指标"):
        sheet = book[title]
        header = sheet.oddHeader
        assert header is not None
        assert header.center is not None
        assert header.center.text == "&A"
        assert title not in [cell.value for row in sheet["A1:A6"] for cell in row][:2]


@pytest.mark.parametrize("name", ["tbl_tasks_name", "tbl_kpis_name", "tbl_projects_name"])
def test_few_rows_of_an_empty_list_take_paper(book: Workbook, name: str) -> None:
    """Those with lines are printed though blank; below a short list they could take a page."""
    lined = [bool(cell.border.top.style or cell.fill.fill_type) for cell in cells_of(book, name)]
    assert lined[:4] == [True] * 4
    assert not any(lined[4:])


def test_what_is_signed_stands_on_the_printed_page(book: Workbook, standard: Standard) -> None:
    sheet = book["计分表"]
    area = str(sheet.print_area).split("!")[-1].replace("$", "")
    printed = {cell.coordinate for row in sheet[area] for cell in row}
    for one in standard.indicators:
        for role in ("self", "score", "reason"):
            assert cells_of(book, f"{role}_{one.id}")[0].coordinate in printed
        assert cells_of(book, f"review_{one.id}")[0].coordinate not in printed
    texts = [str(cell.value) for row in sheet[area] for cell in row if cell.value]
    for words in ("单位负责人（签字）：", "财务负责人（签字）：", "填报人（签字）："):
        assert words in texts
    for name in ("total_score", "total_self", "grade_score", "grade_self"):
        assert cells_of(book, name)[0].coordinate in printed


def rows_of(path: Path, sheet: str) -> dict[int, bool]:
    """By row, whether its height is fixed; as the XML says it, for openpyxl fixes every height."""
    book = openpyxl.load_workbook(path)
    part = f"xl/worksheets/sheet{book.sheetnames.index(sheet) + 1}.xml"
    with zipfile.ZipFile(path) as package:
        text = package.read(part).decode()
    rows = re.findall(r"<row ([^>]*)>", text)
    return {
        int(re.search(r'r="(\d+)"', one)[1]): "customHeight" in one  # type: ignore[index]
        for one in rows
    }


@pytest.mark.parametrize("name", ["reason_staff_control", "evidence_goal_clarity"])
def test_rows_with_reasons_grow(blank: Path, book: Workbook, name: str) -> None:
    assert not rows_of(blank, "计分表")[cells_of(book, name)[0].row]
    assert book["计分表"].protection.formatRows is False  # "may not" is off: else nothing grows


@pytest.mark.parametrize(
    "name",
    ["in_basis_goal_soundness_1", "in_functions", "in_assessment_source", "in_narrative_goals"],
)
def test_rows_with_texts_grow_and_keep_room_for_what_is_merged(
    blank: Path, book: Workbook, name: str
) -> None:
    (cell,) = cells_of(book, name)
    sheet = sheet_of(cell)
    assert not rows_of(blank, sheet.title)[cell.row]
    height = sheet.row_dimensions[cell.row].height
    struts = [one for one in sheet[cell.row] if one.font.name == "Arial" and one.value is None]
    assert len(struts) == 1
    assert float(struts[0].font.sz) * 1.16 >= height * 0.95


def test_one_row_of_a_list_stays_in_sight(book: Workbook) -> None:
    for title in ("履职任务", "个性指标"):
        sheet = book[title]
        assert isinstance(sheet, Worksheet)
        assert str(sheet.freeze_panes) == "B2"
        assert sheet.print_title_rows in ("1:1", "$1:$1")
    tasks = book["履职任务"]
    for column in ("name", "planned_quarter", "quality_met", "evidence"):
        cell = cells_of(book, f"tbl_tasks_{column}")[0]
        above = str(tasks.cell(cell.row - 1, cell.column).value)
        assert above.startswith(str(tasks.cell(1, cell.column).value))


def test_amounts_end_below_each_other(book: Workbook) -> None:
    for name in ("in_budget_approved", "in_staff_quota", "in_payment_planned_q1"):
        assert cells_of(book, name)[0].alignment.horizontal == "right"
    for name in ("calc_budget_adjusted", "tbl_kpis_target"):
        assert cells_of(book, name)[0].alignment.horizontal == "right"
    assert cells_of(book, "self_staff_control")[0].alignment.horizontal == "center"
