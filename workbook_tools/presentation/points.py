"""Points in words: a score, what a total is or can still be, a difference; and where there is none.

Points are exact (Fraction) or decimal strings on record; ``places`` are the standard's decimals.
"""

from __future__ import annotations

from fractions import Fraction

from workbook_tools.figures import points, points_range

BLANK = "未填"
"""What was left blank by whom it concerns."""
NONE = "—"
"""Where a figure cannot be had: what it is made from is missing or no number."""
INSUFFICIENT = "资料不足"
"""A score for which data are missing."""
UNDECIDED = "待定"
"""A grade that an incomplete total leaves open."""


def score_in_words(value: Fraction | str | None, places: int, missing: str = NONE) -> str:
    """A score: ``4.63``; ``missing`` where there is none."""
    return missing if value is None else points(Fraction(value), places)


def total_in_words(
    score: Fraction | str | None, low: Fraction | str, high: Fraction | str, places: int
) -> str:
    """A total: ``94.63``, or what it can be while data are missing: ``82.50～94.50``."""
    if score is not None:
        return score_in_words(score, places)
    return points_range(Fraction(low), Fraction(high), places)


def difference_in_words(by: Fraction | None, places: int) -> str:
    """By how much a score lies above another: ``+1.50``, ``-0.50``, ``0.00``."""
    return f"{'+' if by is not None and by > 0 else ''}{score_in_words(by, places)}"


def places_on_record(*numbers: str) -> int:
    """Decimals where a record is all there is, which names no standard: two, or as many as it has.

    Records that come from other machines may be of a standard that is not installed here.
    """
    return max(2, *(len(number.partition(".")[2]) for number in numbers))
