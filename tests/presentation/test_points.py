"""Points in words, exact or as they stand on record."""

from __future__ import annotations

from fractions import Fraction

import pytest

from workbook_tools.presentation.points import (
    BLANK,
    difference_in_words,
    places_on_record,
    score_in_words,
    total_in_words,
)


@pytest.mark.parametrize(
    ("score", "low", "high", "places", "text"),
    [
        ("94.63", "94.63", "94.63", 2, "94.63"),
        (Fraction(189, 2), Fraction(189, 2), Fraction(189, 2), 1, "94.5"),
        (None, "82.5", "94.5", 2, "82.50～94.50"),
        (None, Fraction(0), Fraction(100), 0, "0～100"),
    ],
)
def test_a_total_is_a_number_or_a_range(
    score: Fraction | str | None, low: Fraction | str, high: Fraction | str, places: int, text: str
) -> None:
    assert total_in_words(score, low, high, places) == text


def test_what_is_not_there_is_said_in_the_words_of_the_place() -> None:
    assert score_in_words("4.625", 2) == "4.63"
    assert score_in_words(None, 2) == "—"
    assert score_in_words(None, 2, BLANK) == "未填"


@pytest.mark.parametrize(
    ("by", "text"),
    [(Fraction(3, 2), "+1.50"), (Fraction(-1, 2), "-0.50"), (Fraction(0), "0.00"), (None, "—")],
)
def test_a_difference_has_its_sign(by: Fraction | None, text: str) -> None:
    assert difference_in_words(by, 2) == text


def test_a_record_is_written_with_two_decimals_or_as_many_as_it_has() -> None:
    assert places_on_record("71", "86.5") == 2
    assert places_on_record("71.125", "86.5") == 3
