"""How numbers are written for people and for other programs. Everything here is display only."""

from __future__ import annotations

import datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import msgspec

from workbook_tools.standard.inputs import InputType

_CONTEXT = Context(prec=800, rounding=ROUND_HALF_UP)
"""Wide enough for a quotient of any two numbers that a cell can hold (1E-307 to 1E+308)."""
RANGE = "～"
"""Between the least and the greatest of what something can be."""
_MOST_DIGITS = 10  # decimals that a person is ever shown


class Series(msgspec.Struct, frozen=True):
    """Rows of a label with a figure per column, for a chart; a figure may be missing."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float | None, ...]], ...]


def _fixed(value: Fraction, places: int) -> Decimal:
    quotient = _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))
    return quotient.quantize(Decimal(1).scaleb(-places), context=_CONTEXT)


def plain(value: Fraction) -> str:
    """A decimal string for programs: exact, or 15 significant digits where it has no end."""
    exact = Context(prec=15, rounding=ROUND_HALF_UP).divide(
        Decimal(value.numerator), Decimal(value.denominator)
    )
    text = f"{exact:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def points(value: Fraction, places: int = 2) -> str:
    """A score: ``4.63``."""
    return f"{_fixed(value, places):f}"


def points_range(low: Fraction, high: Fraction, places: int = 2) -> str:
    """What a score can still be: ``82.50～94.50``."""
    return f"{points(low, places)}{RANGE}{points(high, places)}"


def amount(value: Fraction) -> str:
    """An amount or a count with separators and no idle zeros: ``3,975.53``, ``54``.

    Whole where it ends within 10 decimals, so that nothing typed is hidden, else with 4.
    """
    exact = _fixed(value, _MOST_DIGITS)
    shown = exact if Fraction(exact) == value else _fixed(value, 4)
    text = f"{shown:,f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def money(value: Fraction) -> str:
    """An amount in 万元 with two decimals, more only where they would hide something: ``3.50``."""
    two = _fixed(value, 2)
    if Fraction(two) == value:
        return f"{two:,f}"
    return amount(value)


def percent(value: Fraction, apart_from: Fraction | None = None, places: int = 2) -> str:
    """A share as ``108.00%``, with more decimals where rounding would hide that it differs.

    ``apart_from`` is the limit that the share is compared with: 1.00004 against 1 is 100.004%.
    ``places``: the least number of decimals.
    """
    hundred = value * 100
    if apart_from is not None and value != apart_from:
        other = apart_from * 100
        while places < _MOST_DIGITS and _fixed(hundred, places) == _fixed(other, places):
            places += 1
    return f"{_fixed(hundred, places):f}%"


def bare_percent(value: Fraction) -> str:
    """A limit or a step as ``100%`` or ``0.5%``: no idle zeros."""
    return f"{amount(value * 100)}%"


def day(date: datetime.date) -> str:
    """A date: ``2021年3月20日``. Not by ``strftime``: not every locale can encode 年."""
    return f"{date.year}年{date.month}月{date.day}日"


def shown(value: Fraction, kind: InputType) -> str:
    """A number as a person writes it in a cell of this type."""
    match kind:
        case "money":
            return money(value)
        case "share":
            return percent(value)
        case "year":
            return f"{value}"
        case _:
            return amount(value)
