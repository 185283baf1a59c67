"""Exact sums and comparisons are those of fractions, only quicker."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from workbook_tools.scoring.arithmetic import exact_sum, is_below

NUMBERS = st.fractions(min_value=-1000, max_value=1000, max_denominator=500)


@given(NUMBERS, NUMBERS)
@example(Fraction(3, 2), Fraction(3, 2))
@example(Fraction(9, 2), Fraction(5))
@example(Fraction(5), Fraction(9, 2))
@example(Fraction(-1, 3), Fraction(-1, 4))
def test_below_is_less(value: Fraction, limit: Fraction) -> None:
    assert is_below(value, limit) == (value < limit)


@given(st.lists(NUMBERS, max_size=30))
def test_a_sum_does_not_depend_on_how_it_is_taken(terms: list[Fraction]) -> None:
    assert exact_sum(terms) == sum(terms, Fraction(0))
