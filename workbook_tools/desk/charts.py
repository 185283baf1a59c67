"""Charts as pages draw them: bars in SVG, each with its number, and the same said in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil, floor

import msgspec

from workbook_tools.figures import RANGE
from workbook_tools.presentation.points import UNDECIDED

_MOST_BARS = 8
_STEPS = (1, 2, 5, 10, 20, 50)  # points that a bar of a distribution may span


class ChartBar(msgspec.Struct, frozen=True):
    """``share``: its length, the longest being 1; ``kind`` is the name of its colour."""

    label: str
    number: int
    share: float
    kind: str


class BarChart(msgspec.Struct, frozen=True):
    """``said``: all of it as a sentence, for those who do not see it."""

    title: str
    bars: tuple[ChartBar, ...]
    said: str


def chart(title: str, counts: Sequence[tuple[str, int, str]], unit: str) -> BarChart:
    """Bars for (label, number, kind); ``unit``: a measure word (个)."""
    most = max((number for _, number, _ in counts), default=0) or 1
    bars = tuple(ChartBar(label, number, number / most, kind) for label, number, kind in counts)
    listed = "，".join(f"{label} {number} {unit}" for label, number, _ in counts)
    return BarChart(title, bars, f"{title}：{listed}。")


def distribution(title: str, scores: Iterable[Fraction | None], unit: str) -> BarChart | None:
    """How many scores lie between which points; None counts as 待定. Nothing where there is none.

    The last span holds its upper end too, so that full marks stand with those just below.
    """
    given = list(scores)
    known = [one for one in given if one is not None]
    if not given:
        return None
    counts: list[tuple[str, int, str]] = []
    if known:
        step, low, high = _spans(min(known), max(known))
        last = (high - low) // step - 1
        number = Counter(min(int((one - low) // step), last) for one in known)
        for place in range(last, -1, -1):
            start = low + place * step
            counts.append((f"{start}{RANGE}{start + step} 分", number[place], "score"))
    if len(known) < len(given):
        counts.append((UNDECIDED, len(given) - len(known), "open"))
    return chart(title, counts, unit)


def _spans(lowest: Fraction, highest: Fraction) -> tuple[int, int, int]:
    """The points that a bar spans, and the ends of all bars: multiples of it, few enough."""
    for step in _STEPS:
        high = ceil(highest / step) * step
        low = min(floor(lowest / step) * step, high - step)
        if (high - low) // step <= _MOST_BARS:
            break
    return step, low, high
