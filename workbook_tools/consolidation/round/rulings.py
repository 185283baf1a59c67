"""What the bureau's ruling for one reading or another would change, over all departments.

A score that the bureau reviewed is settled: no reading moves it. Readings that lack figures leave a
department as it is, and are counted. A grade that missing figures leave open hangs on those first,
and is no matter of readings here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from workbook_tools.assessment import Score
from workbook_tools.consolidation.round.departments import Department, number
from workbook_tools.figures import RANGE
from workbook_tools.scoring import grade
from workbook_tools.standard import Standard
from workbook_tools.standard.model import Alternative, Indicator

ZERO = Fraction(0)


class Regrade(NamedTuple):
    """A department whose grade a reading changes, and to what: ``良``, or ``良～优``."""

    department: Department
    after: str


class Ruling(NamedTuple):
    """What ruling for this reading alone would do.

    ``moved``: by how many points each department's score would move, where it would;
    ``unknown``: departments whose figures do not suffice for the reading.
    """

    indicator: Indicator
    reading: Alternative
    moved: tuple[Fraction, ...]
    regraded: tuple[Regrade, ...]
    unknown: int


class Undecided(NamedTuple):
    """A department whose grade hangs on readings: its total over all of them, and the grades there.

    ``alone``: the readings each of which changes the grade on its own; where there are none, only
    several together do.
    """

    department: Department
    low: Fraction
    high: Fraction
    possible: str
    alone: tuple[Ruling, ...]


def rulings(standard: Standard, departments: tuple[Department, ...]) -> tuple[Ruling, ...]:
    """Every reading; those that change most grades first, then those that move most scores."""
    each = [
        _ruling(standard, indicator, reading, departments)
        for indicator in standard.indicators
        for reading in indicator.alternatives
    ]
    return tuple(sorted(each, key=lambda one: (-len(one.regraded), -len(one.moved))))


def undecided(
    standard: Standard, departments: tuple[Department, ...], ruled: tuple[Ruling, ...]
) -> Iterator[Undecided]:
    """The departments whose grade hangs on readings, in their order."""
    alone: dict[int, list[Ruling]] = defaultdict(list)
    for ruling in ruled:
        for regrade in ruling.regraded:
            alone[id(regrade.department)].append(ruling)
    read = [indicator for indicator in standard.indicators if indicator.alternatives]
    for item in departments:
        low, high = item.standing.low, item.standing.high
        for indicator in read:
            score = item.record.scores.get(indicator.id)
            each = (_move(score, reading.id) for reading in indicator.alternatives)
            moves = [move for move in each if move]
            if moves:
                low += min(ZERO, *moves)  # the default moves nothing
                high += max(ZERO, *moves)
        possible = _grades(standard, low, high)
        if item.standing.grade not in (None, possible):
            yield Undecided(item, low, high, possible, tuple(alone[id(item)]))


def _ruling(
    standard: Standard,
    indicator: Indicator,
    reading: Alternative,
    departments: tuple[Department, ...],
) -> Ruling:
    moved, regraded, unknown = [], [], 0
    for item in departments:
        move = _move(item.record.scores.get(indicator.id), reading.id)
        if move is None:
            unknown += 1
        elif move:
            moved.append(move)
            after = _grades(standard, item.standing.low + move, item.standing.high + move)
            if item.standing.grade not in (None, after):
                regraded.append(Regrade(item, after))
    return Ruling(indicator, reading, tuple(moved), tuple(regraded), unknown)


def _move(score: Score | None, reading: str) -> Fraction | None:
    """By how many points the reading moves a score; None where that cannot be said."""
    if score is None:
        return None
    if score.review is not None:
        return ZERO
    default, other = number(score.score), number(score.readings.get(reading))
    return None if default is None or other is None else other - default


def _grades(standard: Standard, low: Fraction, high: Fraction) -> str:
    """The grade that both ends have, else both: ``优``, ``良～优``."""
    return RANGE.join(dict.fromkeys((grade(standard, low), grade(standard, high))))
