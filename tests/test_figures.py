"""Numbers as people and programs read them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.figures import amount, bare_percent, money, percent, plain, points

F = Fraction
decimals = st.decimals(
    min_value=-(10**9), max_value=10**9, places=4, allow_nan=False, allow_infinity=False
).map(Fraction)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (F("3975.53"), "3975.53"),
        (F(-1, 2), "-0.5"),
        (F(0), "0"),
        (F(100), "100"),
        (F(1, 3), "0.333333333333333"),
        (F(2, 3), "0.666666666666667"),
        (F("0.00001"), "0.00001"),
        (F(10) ** 12, "1000000000000"),
    ],
)
def test_plain(value: Fraction, expected: str) -> None:
    assert plain(value) == expected


@given(decimals)
def test_plain_loses_nothing_that_a_cell_can_hold(value: Fraction) -> None:
    assert Fraction(plain(value)) == value


@pytest.mark.parametrize(
    ("value", "expected"),
    [(F("4.625"), "4.63"), (F("-4.625"), "-4.63"), (F(5), "5.00"), (F("4.6249"), "4.62")],
)
def test_points(value: Fraction, expected: str) -> None:
    assert points(value) == expected


def test_points_with_other_places() -> None:
    assert points(F("4.65"), 1) == "4.7"
    assert points(F("4.5"), 0) == "5"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (F(54), "54"),
        (F("3975.53"), "3,975.53"),
        (F("1234567.8"), "1,234,567.8"),
        (F(100), "100"),
        (F(0), "0"),
        (F("-0.5"), "-0.5"),
        (F(1, 3), "0.3333"),
        (F(-1, 100_000), "-0.00001"),
        (F("3.029999"), "3.029999"),  # what was typed is not hidden
        (F(1, 10**12), "0"),
    ],
)
def test_amount(value: Fraction, expected: str) -> None:
    assert amount(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(F("3.5"), "3.50"), (F(1000), "1,000.00"), (F("1.005"), "1.005"), (F(-2), "-2.00")],
)
def test_money(value: Fraction, expected: str) -> None:
    assert money(value) == expected


@pytest.mark.parametrize(
    ("value", "apart_from", "expected"),
    [
        (F("1.08"), None, "108.00%"),
        (F(2, 3), None, "66.67%"),
        (F("-0.2"), None, "-20.00%"),
        (F("1.0000004"), None, "100.00%"),
        (F("1.0000004"), F(1), "100.00004%"),
        (F("0.9999999"), F(1), "99.99999%"),
        (F(1), F(1), "100.00%"),
        (F("0.15005"), F("0.15"), "15.01%"),
        (1 - F(1, 10**15), F(1), "100.0000000000%"),  # beyond what anybody wants to read
    ],
)
def test_percent(value: Fraction, apart_from: Fraction | None, expected: str) -> None:
    assert percent(value, apart_from) == expected


def test_percent_with_more_decimals() -> None:
    assert percent(F(1, 3), places=4) == "33.3333%"
    assert percent(F("1.08"), places=3) == "108.000%"


@given(decimals, decimals)
def test_percent_keeps_apart_what_differs(value: Fraction, other: Fraction) -> None:
    if value != other:
        assert percent(value, apart_from=other) != percent(other)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(F(1), "100%"), (F("0.15"), "15%"), (F("0.005"), "0.5%"), (F(0), "0%")],
)
def test_bare_percent(value: Fraction, expected: str) -> None:
    assert bare_percent(value) == expected
