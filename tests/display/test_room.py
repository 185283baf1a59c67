"""Every text that a row of fixed height holds can be read in each of the usual typefaces."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import msgspec
import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

import workbook_tools
from tests.display.widths import widths_of
from workbook_tools.ooxml.boxes import size

_NO_BEGINNING = "，。；：、！？）》”’】〕"


class Typeface(msgspec.Struct, frozen=True):
    name: str
    line: float
    digit: float
    lower: float
    upper: float
    wide: float
    other: float

    def advance(self, character: str) -> float:
        if unicodedata.east_asian_width(character) in "WFA":
            return 1
        if character in "mwMW%@":
            return self.wide
        if character.isdigit():
            return self.digit
        if character.isalpha():
            return self.lower if character.islower() else self.upper
        return self.other

    def lines(self, text: str, room: float) -> int:
        """Lines as a program breaks them: no line begins with a closing sign."""
        count = 0
        for paragraph in text.split("\n"):
            count, used = count + 1, 0.0
            for index, character in enumerate(paragraph):
                wide = self.advance(character)
                follows = paragraph[index + 1 : index + 2]
                needed = wide + (
                    self.advance(follows) if follows and follows in _NO_BEGINNING else 0
                )
                if used and used + (needed if follows else wide) > room:
                    count, used = count + 1, 0.0
                used += wide
        return count


TYPEFACES = msgspec.yaml.decode(
    Path(__file__).with_name("typefaces.yaml").read_bytes(), type=list[Typeface]
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    path = tmp_path_factory.mktemp("room") / "template.xlsx"
    workbook_tools.build_template(workbook_tools.load_standard(), path)
    return openpyxl.load_workbook(path)


def wrapped(sheet: Worksheet) -> Iterator[tuple[Cell, float, float]]:
    """The cells with wrapped texts; the width (pixels) and the height (points) of each."""
    widths = widths_of(sheet)
    merged = {area.start_cell.coordinate: area for area in sheet.merged_cells.ranges}
    for row in sheet.iter_rows():
        for cell in row:
            if not isinstance(cell.value, str) or cell.value.startswith("="):
                continue
            if not cell.alignment.wrap_text:
                continue
            area = merged.get(cell.coordinate)
            columns = range(area.min_col, area.max_col + 1) if area else [cell.column]
            rows = range(area.min_row, area.max_row + 1) if area else [cell.row]
            width = sum(widths.get(one, 64) for one in columns)
            height = sum(sheet.row_dimensions[one].height or 15 for one in rows)
            yield cell, width, height


@pytest.mark.parametrize("typeface", TYPEFACES, ids=lambda one: one.name)
def test_no_row_of_the_template_cuts_a_text(
    template: openpyxl.Workbook, typeface: Typeface
) -> None:
    cut = []
    for sheet in template:
        if sheet.sheet_state != "visible":
            continue
        for cell, width, height in wrapped(sheet):
            points = float(cell.font.sz)
            room = (width - 8 - 9 * int(cell.alignment.indent)) * 0.75 / points
            needed = typeface.lines(str(cell.value), room) * points * typeface.line
            if needed > height:
                cut.append((sheet.title, cell.coordinate, height, needed, cell.value))
    assert cut == []


@pytest.mark.parametrize("typeface", TYPEFACES, ids=lambda one: one.name)
@pytest.mark.parametrize("count", [1, 4, 12])
def test_a_note_s_box_holds_its_text(typeface: Typeface, count: int) -> None:
    text = "\n".join(
        [
            "【绩效校验】",
            "错误 SC301：自评得分 5.00 高于复算得分 4.26，请改为 4.26（budget_approved）。",
        ]
        * count
    )
    width, height = size(text)
    assert typeface.lines(text, (width - 10) / 12) * 12 * typeface.line <= height
