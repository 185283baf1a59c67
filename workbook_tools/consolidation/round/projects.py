"""Several workbooks of one unit, such as its projects: put together by unit, weighed by amount."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby

import msgspec

from workbook_tools.consolidation.round.departments import Department
from workbook_tools.consolidation.round.ranks import by_code
from workbook_tools.standard import Standard


class UnitWorkbooks(msgspec.Struct, frozen=True):
    """A unit with its workbooks, in the order of what tells them apart."""

    code: str
    name: str
    items: Sequence[Department]


def units(departments: Iterable[Department]) -> list[UnitWorkbooks]:
    """The units by code; one without a code stands by its name."""

    def unit(item: Department) -> tuple[str, str]:
        return item.code, "" if item.code else item.name

    ordered = sorted(departments, key=lambda item: (*by_code(item), item.record.subject))
    grouped = ((key, tuple(items)) for key, items in groupby(ordered, key=unit))
    return [UnitWorkbooks(key[0], items[0].name, items) for key, items in grouped]


def size(item: Department, standard: Standard) -> Fraction | None:
    """The amount in 万元 that a workbook is about; None where there is none."""
    return item.fact(standard.weighed_by) if standard.weighed_by else None


def weight(item: Department, standard: Standard) -> Fraction | None:
    """What a workbook counts for in a mean; None where it cannot count.

    That is without points, without an amount, with one that looks as if typed in 元, or with
    figures that a unit above reports as well.
    """
    if item.standing.points is None:
        return None
    if not standard.weighed_by:
        return Fraction(1)
    return (size(item, standard) or None) if item.adds_up else None


def weighed_mean(items: Iterable[Department], standard: Standard) -> Fraction | None:
    """The mean of the points, weighed by amount; None where none counts."""
    known = [
        (heavy, item.standing.points)
        for item in items
        if (heavy := weight(item, standard)) and item.standing.points is not None
    ]
    whole = sum((heavy for heavy, _ in known), Fraction(0))
    return sum((heavy * points for heavy, points in known), Fraction(0)) / whole if whole else None
