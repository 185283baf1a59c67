"""How high a row must be for its wrapped text: Excel does not work that out for generated rows."""

from __future__ import annotations

from functools import lru_cache
from itertools import count

import msgspec

from workbook_tools.ooxml.typefaces import LINE, lines

_MARGIN = 15.0  # pixels that a cell keeps free at its sides, with one step of indent
PIXELS = 7.0  # of a column per character of its width
_PIXELS_PER_POINT = 4 / 3
_PRINTED = 0.97  # of the width is left on paper: printers' metrics are not the screen's
_PADDING = 5.0  # points above and below
_HIGHEST = 409.0  # points, the highest row that Excel allows


class Wrapped(msgspec.Struct, frozen=True):
    """A text in a column ``width`` characters wide, set in ``size`` points."""

    text: str
    width: float
    size: float = 10.0


@lru_cache(maxsize=4096)  # most texts are those of the workbook before
def _height(one: Wrapped) -> float:
    return line_count(one) * one.size * LINE + _PADDING


def line_count(one: Wrapped) -> int:
    """How many lines the text takes; an empty one takes 1."""
    room = (one.width * PIXELS * _PRINTED - _MARGIN) / (one.size * _PIXELS_PER_POINT)
    return lines(one.text, room)


@lru_cache(maxsize=64)
def width_in_two_lines(characters: int) -> float:
    """The least width of a column in which so many Chinese characters take two lines."""
    text = "字" * characters
    return next(one / 10 for one in count(10) if line_count(Wrapped(text, one / 10)) <= 2)


def row_height(*texts: Wrapped, least: float = 21.0) -> float:
    """The height in points of a row with these texts beside each other."""
    return min(_HIGHEST, max([least, *(_height(one) for one in texts)]))
