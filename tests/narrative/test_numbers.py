"""A number is read back as it was written, in whatever way."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.narrative.numbers import NUMBER, Number, number_of
from workbook_tools.narrative.plain import original_span, plain

FULL_WIDTH = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")
UNITS = {"万元": Fraction(1), "亿元": Fraction(10_000), "元": Fraction(1, 10_000)}
AMOUNTS = st.tuples(st.integers(0, 10**9), st.integers(0, 4))


def read(text: str) -> Number:
    matches = re.findall(f"(?:{NUMBER})", plain(text))
    assert len(matches) == 1, matches
    return number_of(matches[0])


@given(AMOUNTS, st.sampled_from(sorted(UNITS)), st.booleans(), st.booleans())
def test_an_amount_is_read_back(
    amount: tuple[int, int], unit: str, separated: bool, full_width: bool
) -> None:
    digits, places = amount
    exact = Fraction(digits, 10**places)
    text = f"{digits // 10**places:{',' if separated else ''}}"
    text += f".{digits % 10**places:0{places}}" if places else ""
    number = read(f"为{text.translate(FULL_WIDTH) if full_width else text}{unit}，")

    assert (number.measured, number.value) == ("money", exact * UNITS[unit])
    assert number.step == UNITS[unit] / 10**places
    assert number.stands_for(number.value)


@given(st.integers(0, 10**6), st.integers(0, 4))
def test_a_rounded_or_cut_amount_stands_for_the_exact_one(cents: int, places: int) -> None:
    exact = Fraction(cents, 100)
    rounded = f"{float(round(exact + Fraction(1, 10**9), places)):.{places}f}"
    cut = Fraction(exact * 10**places // 1, 10**places)

    assert read(f"{rounded}万元").stands_for(exact)
    assert read(f"{float(cut):.{places}f}万元").stands_for(exact)


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_another_amount_does_not(cents: int, other: int) -> None:
    number = read(f"{cents / 100:.2f}万元")

    assert number.stands_for(Fraction(other, 100)) == (cents == other)


@pytest.mark.parametrize(
    ("text", "exact", "stands"),
    [
        ("4000万元", "3975.53", True),  # trailing zeros may be rounding
        ("4000万元", "3960.10", True),
        ("4000万元", "3890.00", False),  # but not by more than 2 %
        ("4010万元", "3975.53", False),
        ("400万元", "386", False),
        ("100%", "1.0374", False),
        ("4000.0万元", "3975.53", False),
    ],
)
def test_round_numbers(text: str, exact: str, stands: bool) -> None:
    assert read(text).stands_for(Fraction(exact)) == stands


@pytest.mark.parametrize(
    ("text", "measured", "unit"),
    [
        ("52名，", "count", "人"),
        ("52人。", "count", "人"),
        ("54个，", "count", "人"),
        ("6项；", "count", "项"),
        ("6项目", "bare", ""),
        ("5个百分点", "bare", ""),
        ("3万人", "bare", ""),
        ("800万，", "money", ""),
        ("25.26％", "share", ""),
    ],
)
def test_units(text: str, measured: str, unit: str) -> None:
    number = read(text)
    assert (number.measured, number.unit) == (measured, unit)


@given(st.text("“”‘’三公经费１2３％。 ", max_size=20), st.data())
def test_places_in_the_plain_text_lead_back(text: str, data: st.DataObject) -> None:
    simple = plain(text)
    start = data.draw(st.integers(0, max(len(simple) - 1, 0)))
    end = data.draw(st.integers(start, len(simple)))
    if start < end:
        first, last = original_span(text, start, end)
        assert plain(text[first:last]) == simple[start:end]
