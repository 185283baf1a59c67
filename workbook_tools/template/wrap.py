"""How high a row must be for its wrapped text: Excel does not work that out for generated rows."""

from __future__ import annotations

import unicodedata

LINE = 14.5  # points per line of 10-point type, with room for a substitute font
PADDING = 6.0
_HIGHEST = 409.0  # the highest row that Excel allows


def text_width(text: str) -> int:
    """The width of a line in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(each) in "WFA" else 1 for each in text)


def lines(text: str, width: float) -> int:
    """How many lines the text takes in a column ``width`` characters wide."""
    usable = max(2, int(width) - 1)
    return sum(max(1, -(-text_width(line) // usable)) for line in text.split("\n"))


def row_height(*texts: tuple[str, float], least: float = 21.0, size: float = 10.0) -> float:
    """The height in points for texts beside each other, each with the width of its column."""
    most = max((lines(text, width * 10 / size) for text, width in texts), default=1)
    return min(_HIGHEST, max(least, most * LINE * size / 10 + PADDING))
