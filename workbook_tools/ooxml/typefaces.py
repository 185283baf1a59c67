"""How wide and high text may come out: nobody knows in which typeface a workbook will be shown.

In ems (the size of the type), in the typefaces that Chinese offices have. Noto's are measured in
the font files; those of Windows, which cannot be had here, are the figures commonly given for them.

    typeface                       line    digit   Latin a / m / A / W      full width
    宋体, 黑体 (SimSun, SimHei)    1.14    0.50    0.50 / 0.50 / 0.50 / 0.50    1
    等线 (DengXian)                1.25    0.55    0.51 / 0.87 / 0.62 / 0.93    1
    微软雅黑 (Microsoft YaHei)     1.32    0.54    0.53 / 0.90 / 0.68 / 0.98    1
    Noto Serif CJK, 思源宋体       1.44    0.56    0.56 / 0.97 / 0.72 / 1.05    1
    Noto Sans CJK, 思源黑体        1.45    0.56    0.56 / 0.93 / 0.61 / 0.88    1

The widest of each is taken: a row that is a little too high does no harm, half a line is lost.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable

LINE = 1.45
"""The height of a line, in ems."""

_KNOWN = {
    **dict.fromkeys("0123456789#$+<=>^_~", 0.58),
    **dict.fromkeys("abcdefghijklnopqrstuvxyz", 0.6),
    **dict.fromkeys("ABCDEFGHIJKLNOPQRSTUVXYZ&", 0.75),
    **dict.fromkeys("mwMW%@", 1.0),
}
_HALF, _FULL = 0.5, 1.0
_LOST = 0.5
"""Of a full line: a sign that may not begin the next one takes its neighbour along."""


def advance(line: str) -> float:
    """The width of a line of text, in ems."""
    return sum(map(_ADVANCES.__getitem__, line))


def lines(text: str, room: float) -> int:
    """How many lines a text takes where ``room`` ems are free for each."""
    return wrapped(advances(text), room)


def advances(text: str) -> list[float]:
    """The widths of a text's lines, in ems."""
    return [advance(line) for line in text.split("\n")]


def wrapped(wide: Iterable[float], room: float) -> int:
    """How many lines it takes to write lines so wide where ``room`` ems are free for each."""
    return sum(_wrapped(line, room) for line in wide)


class _Advances(dict[str, float]):
    """The width of a character, in ems; looked up in Unicode's table once."""

    def __missing__(self, character: str) -> float:
        is_full = unicodedata.east_asian_width(character) in "WFA"
        return self.setdefault(character, _FULL if is_full else _HALF)


_ADVANCES = _Advances(_KNOWN)


def _wrapped(wide: float, room: float) -> int:
    return 1 if wide <= room else math.ceil(wide / max(room - _LOST, 1.0))
