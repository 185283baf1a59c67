"""A sheet's columns and rows as a plane in pixels (at 96 dpi), and the anchors of boxes on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple, TypeVar

from . import scan
from .address import MAX_COLUMN, MAX_ROW
from .axis import SheetAxis
from .memo import remembered
from .sheetpart import SheetPart

_USUAL_COLUMN = 64
_LARGEST = 2000.0  # characters or points; Excel has at most 255 and 409.5
_USUAL_ROW = 15  # points
_MOST_DIGITS = 9
_TRUE = ("1", "true")
_Otherwise = TypeVar("_Otherwise", int, None)
_ANCHOR = re.compile(r"\s*,\s*".join([r"(\d{1,7})"] * 8))


class Rect(NamedTuple):
    """A box on the sheet: its edges in pixels from the sheet's top-left corner."""

    left: int
    top: int
    right: int
    bottom: int

    def grown(self, width: int, height: int) -> Rect:
        """The same, at least that large; the top-left corner stays."""
        return self._replace(
            right=max(self.right, self.left + width), bottom=max(self.bottom, self.top + height)
        )


class SheetGrid:
    """The columns and rows of a worksheet."""

    def __init__(self, sheet: SheetPart) -> None:
        xml, head = sheet.masked, sheet.data.start
        given = scan.first(xml, "sheetFormatPr", 0, head)
        form = scan.attributes(xml[given.start : given.inner]) if given else {}
        wide = _number(form.get("defaultColWidth"))
        column = _USUAL_COLUMN if wide is None else _pixels(wide)
        row = 0 if form.get("zeroHeight") in _TRUE else _height(form, "defaultRowHeight", 0)
        self._sheet = sheet
        self._usual = column, row

    @cached_property
    def columns(self) -> SheetAxis:
        """Where its columns are."""
        return SheetAxis(MAX_COLUMN, self._usual[0], _columns(self._sheet))

    @cached_property
    def rows(self) -> SheetAxis:
        """Where its rows are."""
        return SheetAxis(MAX_ROW, self._usual[1], _rows(self._sheet, self._usual[1]))

    def rect(self, anchor: str) -> Rect | None:
        """Where a VML anchor (left, top, right, bottom: each index from 0, pixels into it) is.

        None when it is not eight numbers.
        """
        found = _ANCHOR.fullmatch(anchor.strip())
        if found is None:
            return None
        numbers = list(map(int, found.groups()))
        corners = zip(numbers[::2], numbers[1::2], [self.columns, self.rows] * 2, strict=True)
        return Rect(*(axis.start(index + 1) + into for index, into, axis in corners))

    def anchor(self, rect: Rect) -> str:
        """The VML anchor of a box."""
        corners = zip(rect, [self.columns, self.rows] * 2, strict=True)
        located = (axis.locate(pixel) for pixel, axis in corners)
        return ", ".join(f"{index - 1}, {into}" for index, into in located)


def _columns(sheet: SheetPart) -> Iterator[tuple[int, int, int]]:
    for span in scan.elements(sheet.masked, "col", 0, sheet.data.start):
        given = scan.attributes(sheet.masked[span.start : span.inner])
        wide = _number(given.get("width"))
        width = 0 if given.get("hidden") in _TRUE else _pixels(9.14 if wide is None else wide)
        yield _index(given.get("min", ""), 0), _index(given.get("max", ""), 0), width


def _rows(sheet: SheetPart, usual: int) -> Iterator[tuple[int, int, int]]:
    """Rows that say something about their height."""
    xml, opening = sheet.masked, f"<{sheet.prefix}row".encode()
    at, number = sheet.data.start, 0
    # A plain search is many times faster than a tokenizer, and a row's tag holds no ">".
    while (at := xml.find(opening, at, sheet.data.close)) >= 0:
        end = xml.find(b">", at)
        given, height = _row(xml[at:end], usual)
        number = number + 1 if given is None else given
        if height is not None:
            yield number, number, height
        at = end


@remembered(results=8192, longest=200)
def _row(tag: bytes, usual: int) -> tuple[int | None, int | None]:
    """The number that a row's tag gives, and the height, in pixels; None where it gives none."""
    given = scan.attributes(tag)
    number = _index(given.get("r", ""), None)
    if "ht" not in given and "hidden" not in given:
        return number, None
    return number, 0 if given.get("hidden") in _TRUE else _height(given, "ht", usual)


def _pixels(width: float) -> int:
    """Of a column's width in characters of the usual 7-pixel font, padding included."""
    return int(_bounded(width) * 7 + 0.5)


def _bounded(size: float) -> float:
    """A size that a sheet can have: not below nothing, not endless, and a number."""
    return min(_LARGEST, max(0.0, size))


def _height(given: dict[str, str], key: str, otherwise: int) -> int:
    """Pixels of a height in points."""
    points = _number(given.get(key))
    if points is None:
        return otherwise or _USUAL_ROW * 4 // 3
    return round(_bounded(points) * 4 / 3)


def _index(text: str, otherwise: _Otherwise) -> int | _Otherwise:
    """The number of a row or a column."""
    return int(text) if text.isdecimal() and len(text) < _MOST_DIGITS else otherwise


def _number(text: str | None) -> float | None:
    """A size or a number as it is written; None for what is none (``auto``)."""
    try:
        return float(text or "")
    except ValueError:
        return None
