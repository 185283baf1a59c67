"""Rows in the reserved sheet: their values, styles and links; and the sheet back as it was."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.ooxml.invariants import violations
from tests.ooxml.write_books import contents, result_sheet, rewrite
from workbook_tools.ooxml.package import Package
from workbook_tools.ooxml.rows import CellLink, PlainValue, RowsError, cut_rows, fill_rows
from workbook_tools.ooxml.splice import write_package
from workbook_tools.ooxml.workbook import open_workbook

SHEET, MARKER, PART = "校验结果", "A7:E7", "xl/worksheets/sheet2.xml"
ROWS: list[list[PlainValue]] = [
    ["错误", "SC301", CellLink("输入!A1", "输入", "A1"), 12.5, "=1+1 是文字"],
    [
        "警告",
        "IN104",
        CellLink("甲 乙!B2", "甲 乙", "B2"),
        Decimal("0.10"),
        " 首尾空格 \n<第二行>\x07",
    ],
    ["提示", "ST901", None, 3, "+@-"],
]


def fill(
    source: Path, target: Path, rows: list[list[PlainValue]], header: dict[str, PlainValue]
) -> None:
    package = Package.open(source)
    edits = fill_rows(open_workbook(package), SHEET, MARKER, rows, header)
    write_package(package, target, edits)


def cut(source: Path, target: Path) -> None:
    package = Package.open(source)
    write_package(package, target, cut_rows(open_workbook(package), SHEET, MARKER, ["B3"]))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return result_sheet(tmp_path / "source.xlsx")


def test_values_styles_and_links(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "target.xlsx"
    fill(source, target, ROWS, {"B3": "2024-05-06 07:08"})
    assert violations(target) == []
    sheet = openpyxl.load_workbook(target)[SHEET]
    assert sheet["B3"].value == "2024-05-06 07:08"
    read = [[cell.value for cell in row] for row in sheet["A7:E9"]]
    assert read == [
        ["错误", "SC301", "输入!A1", 12.5, "=1+1 是文字"],
        ["警告", "IN104", "甲 乙!B2", 0.1, " 首尾空格 \n<第二行>_x0007_"],
        ["提示", "ST901", None, 3, "+@-"],
    ]
    assert sheet["E7"].data_type == "s", "text that looks like a formula stays text"
    assert [sheet.cell(row, 1).font.bold for row in (7, 8, 9)] == [True, True, True]
    assert sheet["E9"].alignment.wrap_text
    assert sheet["E9"].border.left.style == "thin"
    assert sheet["C7"].hyperlink.location == "输入!A1"
    assert sheet["C8"].hyperlink.location == "'甲 乙'!B2"
    assert sheet.dimensions == "A1:E9"
    heights = [sheet.row_dimensions[row].height for row in (7, 8, 9)]
    assert heights[0] == 30, "the marker row keeps a height of its own"
    assert heights[1] > heights[2] > 0, "a row is as high as its text"
    assert {name for name, part in contents(target).items() if part != contents(source)[name]} == {
        PART
    }


@pytest.mark.parametrize("count", [0, 1, 2, 500])
def test_cutting_gives_the_sheet_back(source: Path, tmp_path: Path, count: int) -> None:
    filled, back = tmp_path / "filled.xlsx", tmp_path / "back.xlsx"
    fill(source, filled, (ROWS * 200)[:count], {"B3": 7})
    assert violations(filled) == []
    cut(filled, back)
    assert contents(back) == contents(source)


def test_a_wrong_dimension_stays(source: Path, tmp_path: Path) -> None:
    # As WPS writes them; this one happens to be right while three rows are filled in.
    rewrite(
        source, lambda parts: {**parts, PART: parts[PART].replace(b'ref="A1:E7"', b'ref="A1:E9"')}
    )
    filled, back = tmp_path / "filled.xlsx", tmp_path / "back.xlsx"
    fill(source, filled, ROWS, {})
    cut(filled, back)
    assert contents(back) == contents(source)


def test_nothing_to_do_is_no_edit(source: Path, tmp_path: Path) -> None:
    assert not cut_rows(open_workbook(source), SHEET, MARKER, ["B3"])
    filled = tmp_path / "filled.xlsx"
    fill(source, filled, ROWS, {"B3": 1})
    assert not fill_rows(open_workbook(filled), SHEET, MARKER, ROWS, {"B3": 1})


def test_filling_again_replaces(source: Path, tmp_path: Path) -> None:
    first, second, once = (tmp_path / f"{name}.xlsx" for name in ("first", "second", "once"))
    fill(source, first, ROWS * 3, {"B3": "甲"})
    fill(first, second, ROWS[:2], {"B3": "乙"})
    fill(source, once, ROWS[:2], {"B3": "乙"})
    assert second.read_bytes() == once.read_bytes()


def test_words_below_the_marker_row_stay(tmp_path: Path) -> None:
    source = result_sheet(tmp_path / "source.xlsx", below="我的备注")
    filled, back = tmp_path / "filled.xlsx", tmp_path / "back.xlsx"
    fill(source, filled, ROWS, {})
    assert violations(filled) == []
    sheet = openpyxl.load_workbook(filled)[SHEET]
    assert [sheet.cell(row, 1).value for row in (7, 8, 9, 10)] == [
        "错误",
        "我的备注",
        "警告",
        "提示",
    ]
    cut(filled, back)
    assert contents(back) == contents(source)


def test_after_another_program_saved_it(source: Path, tmp_path: Path) -> None:
    filled, saved, again, back = (tmp_path / f"{n}.xlsx" for n in ("filled", "saved", "a", "back"))
    fill(source, filled, ROWS, {"B3": "甲"})
    book = openpyxl.load_workbook(filled)
    book[SHEET]["A15"] = "远处的备注"
    book.save(saved)
    fill(saved, again, ROWS[:2], {"B3": "乙"})
    assert violations(again) == []
    sheet = openpyxl.load_workbook(again)[SHEET]
    assert [sheet.cell(row, 1).value for row in (7, 8, 9, 15)] == [
        "错误",
        "警告",
        None,
        "远处的备注",
    ]
    assert sheet["B3"].value == "乙"
    cut(again, back)
    sheet = openpyxl.load_workbook(back)[SHEET]
    assert [sheet.cell(row, 1).value for row in (7, 8, 15)] == [None, None, "远处的备注"]
    assert sheet["B3"].value is None
    assert sheet["A7"].font.bold
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("value", ["甲", 7])
@pytest.mark.parametrize(
    "blank",
    [
        '<c r="B3" s="1"></c>',
        '<c r="B3" s="1" t="n"></c>',  # openpyxl
        '<c r="B3" t="n" s="1" />',
        '<c t=\'str\' r="B3" s="1"/>',
    ],
)
def test_blank_cells_as_other_programs_write_them(
    source: Path, tmp_path: Path, blank: str, value: PlainValue
) -> None:
    def written(parts: dict[str, bytes]) -> dict[str, bytes]:
        old = b'<c r="B3" s="1"/>'
        assert old in parts[PART]
        return {**parts, PART: parts[PART].replace(old, blank.encode())}

    rewrite(source, written)
    filled, back = tmp_path / "filled.xlsx", tmp_path / "back.xlsx"
    fill(source, filled, ROWS, {"B3": value})
    assert violations(filled) == []
    assert openpyxl.load_workbook(filled)[SHEET]["B3"].value == value
    cut(filled, back)
    assert contents(back) == contents(source)


@pytest.mark.parametrize(
    ("sheet", "marker", "message"),
    [("没有", MARKER, "没有工作表“没有”"), (SHEET, "A5:E5", "缺少预留的单元格 A5")],
)
def test_a_sheet_that_is_not_as_the_template_made_it(
    source: Path, sheet: str, marker: str, message: str
) -> None:
    with pytest.raises(RowsError, match=message):
        fill_rows(open_workbook(source), sheet, marker, ROWS, {})


def test_rows_as_wide_as_the_marker_row(source: Path) -> None:
    with pytest.raises(RowsError, match="预留了 5 列"):
        fill_rows(open_workbook(source), SHEET, MARKER, [["甲"]], {})
