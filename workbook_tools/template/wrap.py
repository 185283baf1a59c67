"""How high a row must be for its wrapped text: Excel does not work that out for generated rows."""

from __future__ import annotations

import unicodedata

import msgspec

_MARGIN = 15.0  # pixels that a cell keeps free at its sides, with one step of indent
PIXELS = 7.0  # of a column per character of its width
_LEADING = 1.42  # line height over font size, with room for a substitute font
_PADDING = 5.0  # points above and below
_HIGHEST = 409.0  # points, the highest row that Excel allows


class Wrapped(msgspec.Struct, frozen=True):
    """A text in a column ``width`` characters wide, set in ``size`` points."""

    text: str
    width: float
    size: float = 10.0


def _half_widths(text: str) -> int:
    """The width of a line in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(each) in "WFA" else 1 for each in text)


def _height(one: Wrapped) -> float:
    half_width = one.size * 2 / 3  # pixels: a point is 4/3, a half-width character half the size
    usable = max(2, int((one.width * PIXELS - _MARGIN) / half_width))
    lines = sum(max(1, -(-_half_widths(line) // usable)) for line in one.text.split("\n"))
    return lines * one.size * _LEADING + _PADDING


def row_height(*texts: Wrapped, least: float = 21.0) -> float:
    """The height in points of a row with these texts beside each other."""
    return min(_HIGHEST, max([least, *(_height(one) for one in texts)]))
