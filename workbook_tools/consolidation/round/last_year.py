"""Departments as they were a year ago, and what became of them: points, amounts, what continues."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Literal

import msgspec

from workbook_tools.consolidation.round.amounts import Amount, amounts
from workbook_tools.consolidation.round.departments import Department, counting
from workbook_tools.consolidation.round.previous import identity
from workbook_tools.intake.roster import Roster
from workbook_tools.standard import Standard
from workbook_tools.standard.peers import Continuity
from workbook_tools.standard.unit_codes import unit_code

Lineage = Literal["same", "renamed", "merged", "split", "new", "gone"]
HOW_NAMES: dict[Lineage, str] = {
    "same": "同一单位",
    "renamed": "更名或换编码",
    "merged": "合并",
    "split": "拆分",
    "new": "今年新有",
    "gone": "今年没有",
}
"""How a department of this year is one of last year's."""


class Then(msgspec.Struct, frozen=True, kw_only=True):
    """A department a year ago: its scores by indicator id, its figures by field id."""

    code: str
    name: str
    points: Fraction | None
    grade: str
    rank: int | None
    scores: Mapping[str, Fraction]
    facts: Mapping[str, Fraction]


class LastYear(msgspec.Struct, frozen=True, kw_only=True):
    """The departments of last year, by :func:`.previous.identity`, and what they were scored by.

    ``indicators``: ids that any had. ``complete``: the figures are there as they were typed, which
    a summary of an older version of this program does not have.
    """

    path: Path
    standard: str
    departments: Mapping[str, Then]
    indicators: frozenset[str]
    complete: bool


class Break(msgspec.Struct, frozen=True, kw_only=True):
    """A figure that should have gone on and is another; ``at``: the field of this year."""

    continuity: Continuity
    was: Fraction
    now: Fraction


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """A department of this year and those that it comes from; of both sides one may be missing.

    ``scores``: by indicator id, then and now, of one that is the same department in both years;
    ``amounts``: by amount, then and now, where both are known.
    """

    how: Lineage
    code: str
    name: str
    now: Department | None
    then: tuple[Then, ...]
    scores: Mapping[str, tuple[Fraction, Fraction]] = {}
    amounts: tuple[tuple[Amount, Fraction, Fraction], ...] = ()
    breaks: tuple[Break, ...] = ()

    @property
    def before(self) -> Then | None:
        """What it was a year ago, where it was one department and still is."""
        return self.then[0] if self.how in ("same", "renamed") else None

    @property
    def points_moved(self) -> Fraction | None:
        """The points gained since, where both totals are known and of the same department."""
        before, now = self.before, self.now
        if before is None or now is None or before.points is None or now.standing.points is None:
            return None
        return now.standing.points - before.points


def moves(
    last: LastYear, departments: Sequence[Department], standard: Standard, roster: Roster | None
) -> list[Move]:
    """What became of each department: those of this year in their order, then those that are gone.

    The roster says by which codes a renamed, merged or split department was known; else the same
    code, or without one the same name, is the same department.
    """
    former = {row.unit_code: row.former for row in roster.rows if row.former} if roster else {}
    found, parts = {}, defaultdict[str, list[Department]](list)
    for item in departments:
        keys = [identity(code, "") for code in former.get(item.code, ())]
        keys = [key for key in keys or [identity(item.code, item.name)] if key in last.departments]
        found[id(item)] = keys
        for key in keys:
            parts[key].append(item)
    result = []
    for item in departments:
        then = tuple(last.departments[key] for key in found[id(item)])
        siblings = [one for key in found[id(item)] for one in parts[key]]
        result.append(_move(item, then, siblings, standard))
    gone = [then for key, then in last.departments.items() if key not in parts]
    return result + [
        Move(how="gone", code=one.code, name=one.name, now=None, then=(one,)) for one in gone
    ]


def apart(last: LastYear, standard: Standard) -> tuple[list[str], list[str]]:
    """The indicators that only last year's standard has, by id, and those only this year's has."""
    now = {one.id: one.title for one in standard.indicators}
    then = sorted(last.indicators - set(now))
    return then, [title for one, title in now.items() if one not in last.indicators]


def _move(
    item: Department, then: tuple[Then, ...], siblings: Sequence[Department], standard: Standard
) -> Move:
    how = _how(item, then, siblings)
    told = Move(how=how, code=item.code, name=item.name, now=item, then=then)
    if not then or how == "split":
        # what a part of a department has, says nothing of what the whole had
        return told
    scores = {}
    if how != "merged":
        for indicator, score in item.record.scores.items():
            points = counting(score)
            if points is not None and indicator in then[0].scores:
                scores[indicator] = (then[0].scores[indicator], points)
    return msgspec.structs.replace(
        told,
        scores=scores,
        amounts=tuple(_amounts(item, then, standard)),
        breaks=tuple(_breaks(item, then, standard)),
    )


def _how(item: Department, then: tuple[Then, ...], siblings: Sequence[Department]) -> Lineage:
    if not then:
        return "new"
    if len(then) > 1:
        return "merged"
    if len(siblings) > 1:
        return "split"
    same = unit_code(then[0].code) == unit_code(item.code) and then[0].name == item.name
    return "same" if same else "renamed"


def _amounts(
    item: Department, then: tuple[Then, ...], standard: Standard
) -> Iterator[tuple[Amount, Fraction, Fraction]]:
    for amount in amounts(standard):
        before = _known(one.facts.get(field) for one in then for field in amount.fields)
        now = _known(item.amount(field) for field in amount.fields)
        if before is not None and now is not None and not item.doubtful:
            yield amount, before, now


def _known(values: Iterator[Fraction | None]) -> Fraction | None:
    """The sum of what is there; None of nothing."""
    known = [value for value in values if value is not None]
    return sum(known, Fraction(0)) if known else None


def _breaks(item: Department, then: tuple[Then, ...], standard: Standard) -> Iterator[Break]:
    """What does not go on; of a merged department where all its parts have the figure."""
    for one in standard.continues:
        before, now = [each.facts.get(one.was) for each in then], item.fact(one.now)
        if now is None or None in before:
            continue
        was = sum((value for value in before if value is not None), Fraction(0))
        if abs(now - was) > standard.tolerances.amount_per_term * len(before):
            yield Break(continuity=one, was=was, now=now)
