"""Ranks: by the points that count, ties share a rank (1, 1, 3), incomplete totals have none."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import msgspec

from workbook_tools.consolidation.round.departments import Department
from workbook_tools.files.names import natural


def ranked(departments: Iterable[Department]) -> tuple[Department, ...]:
    """The departments with their ranks, best first; those without a rank last, by unit code."""
    everyone = sorted(departments, key=by_code)
    complete = [item for item in everyone if item.standing.points is not None]
    complete.sort(key=_points, reverse=True)
    result: list[Department] = []
    for place, item in enumerate(complete, start=1):
        tied = result and _points(result[-1]) == _points(item)
        rank = result[-1].rank if tied else place
        result.append(msgspec.structs.replace(item, rank=rank))
    result += (item for item in everyone if item.standing.points is None)
    return tuple(result)


def by_code(item: Department) -> tuple[bool, tuple[tuple[int, int, str], ...], str]:
    """The sort key by unit code, those without one last."""
    return not item.code, natural(item.code), item.name


def _points(item: Department) -> Fraction:
    assert item.standing.points is not None
    return item.standing.points
