"""How wide the columns of a table are, by what stands in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_MARGINS = 3.4  # mm on both sides of a cell
_DIGIT = 1.28  # of half a Chinese character: digits of the widest font that stands in
_SHORT = 12  # half characters of a text that is not broken in a column of figures
_LONGEST = 60  # half characters of a text that get a line for themselves


def twips(width: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(width * 1440 / 25.4)


def display_width(text: str) -> int:
    """The width of the longest line, in half Chinese characters."""
    lines = text.splitlines() or [""]
    return max(sum(2 if _is_wide(one) else 1 for one in line) for line in lines)


def _is_figure(text: str) -> bool:
    """Whether a text is a number or a word or two, as opposed to why there is none."""
    return display_width(text) <= _SHORT or not any(map(_is_wide, text))


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WFA"


def fitted(
    titles: Sequence[str],
    columns: Sequence[Sequence[str]],
    whole: Sequence[bool],
    width: float,
    character: float,
) -> list[float]:
    """Widths in mm that add up to ``width``; half a Chinese character takes ``character``.

    Every column gets what its title in two lines needs, one that is to stay ``whole`` what its
    longest figure needs; what is left is shared by what the texts would like to have. Where the
    page is too narrow for that, the whole ones are the last to shrink.
    """

    def needed(characters: float) -> float:
        return characters * character + _MARGINS

    least, wished = [], []
    for title, texts, stays_whole in zip(titles, columns, whole, strict=True):
        longest = max(map(display_width, texts), default=0)
        unbroken = max(map(display_width, filter(_is_figure, texts)), default=0)
        half = min(display_width(title), (display_width(title) + 1) // 2 + 1)
        least.append(needed(max(half, unbroken * _DIGIT) if stays_whole else max(half, 8)))
        wished.append(max(least[-1], needed(min(max(longest, display_width(title)), _LONGEST))))
    room = width - sum(least)
    extra = [wish - low for wish, low in zip(wished, least, strict=True)]
    if room <= 0:
        return _shrunk(least, whole, width)
    if sum(extra) == 0:
        return [low + room / len(least) for low in least]
    if sum(extra) < room:  # all have what they wish; the rest goes by size
        left = room - sum(extra)
        return [wish + left * wish / sum(wished) for wish in wished]
    return [low + room * more / sum(extra) for low, more in zip(least, extra, strict=True)]


def _shrunk(least: Sequence[float], whole: Sequence[bool], width: float) -> list[float]:
    """Widths for a page that is too narrow; where texts would get nothing, all shrink alike."""
    kept = sum(low for low, stays in zip(least, whole, strict=True) if stays)
    others, left = sum(least) - kept, width - kept
    if left < others / 2:
        return [width * low / sum(least) for low in least]
    return [low if stays else left * low / others for low, stays in zip(least, whole, strict=True)]
