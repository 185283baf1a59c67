"""How large a note's box or a row of wrapped text must be, and where a box stands on the sheet.

Sizes are pixels at 96 dpi. In 9-point 宋体 a half-width character is 6 pixels wide, a full-width
one 12, and a line 16 high; cells are reckoned with the usual 11 points.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from math import ceil

from . import scan
from .address import MAX_COLUMN, MAX_ROW
from .sheetpart import SheetPart

_NARROW, _LINE = 6, 16
_MARGIN_X, _MARGIN_Y = 16, 14
_WIDTHS = (200, 320, 440, 560)
_TALL = 200
_TALLEST = 800
_CELL_NARROW, _CELL_MARGIN = 7.4, 10
_CELL_LINE, _TALLEST_ROW = 15, 409  # points; 409 is Excel's limit
_TRUE = ("1", "true")
_FAR = 4000
"""Rows or columns walked at most to find a box's corner; more hidden ones are not passed."""


def size(text: str) -> tuple[int, int]:
    """Width and height that show the whole text: the narrowest box that is not too tall."""
    widths = [_display_width(line) * _NARROW for line in text.split("\n")]
    for width in _WIDTHS:
        room = width - _MARGIN_X
        height = sum(max(1, -(-line // room)) for line in widths) * _LINE + _MARGIN_Y
        if height <= _TALL:
            break
    return width, min(height, _TALLEST)


def row_height(cells: Iterable[tuple[str, int]]) -> int:
    """The height in points of a row whose cells wrap these texts in widths given in pixels."""
    most = max((_wrapped(text, width) for text, width in cells), default=1)
    return min(most * _CELL_LINE + _CELL_LINE // 3, _TALLEST_ROW)


def _wrapped(text: str, width: int) -> int:
    """How many lines a text takes."""
    room = max(width - _CELL_MARGIN, 2 * _CELL_NARROW)
    lines = (_display_width(line) * _CELL_NARROW for line in text.split("\n"))
    return sum(max(1, ceil(line / room)) for line in lines)


def _display_width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line)


class Grid:
    """Widths of a sheet's columns and heights of its rows; hidden ones are 0."""

    def __init__(self, sheet: SheetPart) -> None:
        xml, head = sheet.masked, sheet.data.start
        form = _attributes(xml, scan.first(xml, "sheetFormatPr", 0, head))
        default = form.get("defaultColWidth")
        self._column = _pixels(float(default)) if default else 64
        self._row = 0 if form.get("zeroHeight") in _TRUE else _points(form, "defaultRowHeight", 15)
        self._columns: list[tuple[int, int, int]] = []
        for span in scan.elements(xml, "col", 0, head):
            given = _attributes(xml, span)
            hidden = given.get("hidden") in _TRUE
            width = 0 if hidden else _pixels(float(given.get("width", "9.14")))
            self._columns.append((int(given.get("min", 0)), int(given.get("max", 0)), width))
        self._rows = dict(_row_heights(sheet, self._row))

    def width(self, column: int) -> int:
        """Pixels of a column (from 1)."""
        for first, last, width in self._columns:
            if first <= column <= last:
                return width
        return self._column

    def height(self, row: int) -> int:
        """Pixels of a row (from 1)."""
        return self._rows.get(row, self._row)

    def anchor(self, row: int, column: int, size: tuple[int, int]) -> str:
        """The VML anchor of a box of that size, right of a cell and a little above it."""
        left, right = _stretch(self.width, column + 1, MAX_COLUMN, size[0], 15)
        top, bottom = _stretch(self.height, max(1, row - 1), MAX_ROW, size[1], 4)
        corners = (left, top, right, bottom)
        return ", ".join(f"{index - 1}, {offset}" for index, offset in corners)


def _row_heights(sheet: SheetPart, default: int) -> Iterator[tuple[int, int]]:
    """Number and pixels of each row that says something about its height."""
    xml, opening = sheet.masked, f"<{sheet.prefix}row".encode()
    at, number = sheet.data.start, 0
    # A plain search is many times faster than a tokenizer, and a row's tag holds no ">".
    while (at := xml.find(opening, at, sheet.data.close)) >= 0:
        end = xml.find(b">", at)
        given = scan.attributes(xml[at:end])
        number = int(given.get("r", number + 1))
        if "ht" in given or "hidden" in given:
            hidden = given.get("hidden") in _TRUE
            yield number, 0 if hidden else _points(given, "ht", default * 0.75)
        at = end


def _stretch(
    extent: Callable[[int], int], first: int, last: int, length: int, offset: int
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where a box of that length begins and ends, as (row or column, pixels into it).

    It begins `offset` pixels into `first` or the next visible one; where the sheet ends too soon,
    it ends with the sheet.
    """
    start = min(first, last)
    far = min(last, start + _FAR)
    while start < far and not extent(start):
        start += 1
    offset = max(0, min(offset, extent(start) - 1))
    end, rest = start, offset + length
    while end < far and rest > extent(end):
        rest -= extent(end)
        end += 1
    if end < last or rest <= extent(end):
        return (start, offset), (end, rest if rest <= extent(end) else 0)
    start, rest = end, length - extent(end)
    while start > 1 and rest > 0:
        start -= 1
        rest -= extent(start)
    return (start, max(0, -rest)), (end, max(0, extent(end) - 1))


def _attributes(xml: bytes, span: scan.Element | None) -> dict[str, str]:
    return scan.attributes(xml[span.start : span.inner]) if span else {}


def _pixels(width: float) -> int:
    """Of a column's width in characters of the usual 7-pixel font, padding included."""
    return int(width * 7 + 0.5)


def _points(given: dict[str, str], key: str, default: float) -> int:
    return round(float(given.get(key, default)) * 4 / 3)
