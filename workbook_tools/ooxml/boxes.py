"""How large a note's box or a row of wrapped text must be, and where the boxes stand.

Sizes are pixels at 96 dpi. Notes are set in 9 points, cells are reckoned with the usual 11.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from math import ceil
from operator import attrgetter

from .grid import Rect, SheetGrid
from .typefaces import LINE, advances, lines, wrapped

_EM = 12
_MARGIN_X, _MARGIN_Y = 16, 14
_WIDTHS = (200, 320, 440, 560)
_TALL = 200
_TALLEST = 800
_CELL_EM, _CELL_MARGIN = 44 / 3, 10
_CELL_LINE, _TALLEST_ROW = 11 * LINE, 409  # points; 409 is Excel's limit
_ASIDE, _ABOVE = 15, 12
"""A box begins so far right of its cell and above it, as Excel puts it."""
_GAP = 8
_TOP = attrgetter("top")
_LANE = 80
"""Steps in which a box moves right when its place is taken."""


def size(text: str) -> tuple[int, int]:
    """Width and height that show the whole text: the narrowest box that is not too tall."""
    wide = advances(text)
    for width in _WIDTHS:
        height = ceil(wrapped(wide, (width - _MARGIN_X) / _EM) * _EM * LINE) + _MARGIN_Y
        if height <= _TALL:
            break
    return width, min(height, _TALLEST)


def row_height(cells: Iterable[tuple[str, int]]) -> int:
    """The height in points of a row whose cells wrap these texts in widths given in pixels."""
    most = max((lines(text, (width - _CELL_MARGIN) / _CELL_EM) for text, width in cells), default=1)
    return min(ceil(most * _CELL_LINE + _CELL_LINE / 3), _TALLEST_ROW)


class Layout:
    """The boxes of a sheet; a new one finds a place near its cell where none is yet."""

    def __init__(self, grid: SheetGrid) -> None:
        self._grid = grid
        self._taken: list[Rect] = []  # by top edge
        self._tallest = 0

    def take(self, rect: Rect) -> None:
        """Keep that place free of further boxes."""
        insort(self._taken, rect, key=_TOP)
        self._tallest = max(self._tallest, rect.bottom - rect.top)

    def place(self, row: int, column: int, width: int, height: int) -> Rect:
        """The place of a new box for a cell, kept free from now on: right of it, where possible.

        Where boxes stand there already it is the nearest free place below or further right. A box
        that would leave the sheet is moved back into it.
        """
        columns, rows = self._grid.columns, self._grid.rows
        left = max(0, min(columns.start(column + 1) + _ASIDE, columns.length - width))
        top = max(0, min(rows.start(row) - _ABOVE, rows.length - height))
        best = self._below(Rect(left, top, left + width, top + height))
        away = best.top - top
        for further in range(_LANE, columns.length - width - left, _LANE):
            if further >= away:
                break
            start = left + further
            there = self._below(Rect(start, top, start + width, top + height), away - further)
            if there.top - top + further < away:
                best, away = there, there.top - top + further
        if best.bottom > rows.length:  # no room down there: over another box, but on the sheet
            best = Rect(left, top, left + width, top + height)
        self.take(best)
        return best

    def _below(self, rect: Rect, most: int = 1 << 30) -> Rect:
        """The first free place straight below, or one that is more than `most` further down."""
        start = bisect_left(self._taken, rect.top - self._tallest - _GAP, key=_TOP)
        highest = rect.top + most
        height = rect.bottom - rect.top
        top = rect.top
        for other in self._taken[start:]:
            if other.top >= top + height + _GAP or top > highest:
                break
            beside = other.left >= rect.right + _GAP or other.right + _GAP <= rect.left
            if not beside and other.bottom + _GAP > top:
                top = other.bottom + _GAP
        return rect._replace(top=top, bottom=top + height)
