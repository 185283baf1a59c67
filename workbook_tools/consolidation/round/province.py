"""Counties put together: each a summary of ours, their departments ranked as one, sums exact.

What is added up are the figures that departments typed and the points that they have, never what a
sheet shows rounded. Of each county little is kept, so that thirty thousand departments fit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import msgspec

from workbook_tools.consolidation.round.amounts import Amount
from workbook_tools.consolidation.round.departments import number
from workbook_tools.consolidation.round.lines import (
    ADDS_UP,
    CLAIMED,
    CODE,
    GRADE,
    NAME,
    POINTS,
    RANK,
    SCORE,
)
from workbook_tools.consolidation.round.units import Units
from workbook_tools.intake.roster import Roster
from workbook_tools.standard import Standard
from workbook_tools.standard.severity import SEVERITY_NAMES


class Sum(msgspec.Struct, frozen=True):
    """An exact sum, and of how many."""

    total: Fraction = Fraction(0)
    count: int = 0

    def plus(self, value: Fraction | None) -> Sum:
        """With one more, unless there is none."""
        return self if value is None else Sum(self.total + value, self.count + 1)

    def together(self, other: Sum) -> Sum:
        """Both sums."""
        return Sum(self.total + other.total, self.count + other.count)

    @property
    def mean(self) -> Fraction | None:
        """The mean, None of nothing."""
        return self.total / self.count if self.count else None


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A department of a county: where it stands there, and in the whole."""

    code: str
    name: str
    points: Fraction | None
    grade: str
    rank: int | None
    overall: int | None = None


class County(msgspec.Struct, frozen=True, kw_only=True):
    """What one summary says: its departments, and sums by indicator id and by amount id.

    ``claimed`` is of the departments that claim a total and have one, as ``of_claiming`` is of
    their points. ``grades``: how many departments have each. Amounts leave out those departments
    whose money a parent's holds already, or that looks as if typed in 元.
    """

    path: Path
    name: str
    standard: str
    version: str
    members: tuple[Member, ...]
    points: Sum
    claimed: Sum
    of_claiming: Sum
    grades: Mapping[str, int]
    scores: Mapping[str, Sum]
    money: Mapping[str, Sum]
    findings: Mapping[str, int]


class Province(msgspec.Struct, frozen=True, kw_only=True):
    """Counties of one standard by name, those of others beside, and who is missing."""

    standard: Standard
    counties: tuple[County, ...]
    others: tuple[County, ...] = ()
    missing: tuple[str, ...] = ()
    twice: tuple[County, ...] = ()

    @property
    def whole(self) -> County:
        """All counties as one."""
        return _as_one(self.counties, self.standard)


def county(
    departments: Iterable[Mapping[str, str]],
    *,
    name: str,
    path: Path,
    standard: str,
    version: str,
    money_of: Sequence[Amount],
) -> County:
    """The county of departments, each as a line (see :mod:`.lines`); ``money_of``: its amounts."""
    points, claimed, of_claiming = Sum(), Sum(), Sum()
    scores: dict[str, Sum] = {}
    money: dict[str, Sum] = {}
    grades, findings = Counter[str](), Counter[str]()
    members = []
    for line in departments:
        total, own = (number(line.get(key) or None) for key in (POINTS, CLAIMED))
        members.append(
            Member(
                code=line[CODE],
                name=line[NAME],
                points=total,
                grade=line[GRADE],
                rank=int(line[RANK]) if line[RANK] else None,
            )
        )
        points = points.plus(total)
        if own is not None and total is not None:
            claimed, of_claiming = claimed.plus(own), of_claiming.plus(total)
        grades[line[GRADE]] += 1
        for severity in SEVERITY_NAMES:
            findings[severity] += int(line.get(severity) or 0)
        for key, text in line.items():
            if key.startswith(SCORE):
                indicator = key.removeprefix(SCORE)
                scores[indicator] = scores.get(indicator, Sum()).plus(number(text or None))
        for amount in money_of if line[ADDS_UP] == "1" else ():
            known = [number(line.get(field) or None) for field in amount.fields]
            filled = [value for value in known if value is not None]
            of_it = sum(filled, Fraction(0)) if filled else None
            money[amount.id] = money.get(amount.id, Sum()).plus(of_it)
    return County(
        path=path,
        name=name,
        standard=standard,
        version=version,
        members=tuple(members),
        points=points,
        claimed=claimed,
        of_claiming=of_claiming,
        grades=grades,
        scores=scores,
        money=money,
        findings=findings,
    )


def province(counties: Sequence[County], standard: Standard, roster: Roster | None) -> Province:
    """Put counties together that were scored by this standard, the others are only listed.

    ``roster``: the counties that are expected, known by their names in the names of files. Of two
    summaries of a county the later one in the order given counts.
    """
    named = _named(counties, roster)
    latest = {one.name: one for one in named}
    twice = tuple(one for one in named if latest[one.name] is not one)
    same = [
        one
        for one in latest.values()
        if (one.standard, one.version) == (standard.id, standard.version)
    ]
    others = tuple(one for one in latest.values() if one not in same)
    expected = [row.unit_name for row in roster.rows] if roster else []
    return Province(
        standard=standard,
        counties=tuple(_ranked(same)),
        others=others,
        missing=tuple(name for name in expected if name not in latest),
        twice=twice,
    )


def prevailing(counties: Iterable[County]) -> str:
    """The id of the standard that most departments were scored by."""
    counts: Counter[str] = Counter()
    for one in counties:
        counts[one.standard] += len(one.members)
    return counts.most_common(1)[0][0]


def _named(counties: Sequence[County], roster: Roster | None) -> list[County]:
    """The counties by the names of the roster, where their files have these in their names."""
    if roster is None:
        return list(counties)
    units = Units(roster)
    known = [(one, units.guess(one.path.name)) for one in counties]
    return [msgspec.structs.replace(one, name=row.unit_name) if row else one for one, row in known]


def _ranked(counties: Sequence[County]) -> list[County]:
    """The counties with the rank of each department among all; ties share one."""
    known = sorted(
        (member.points for one in counties for member in one.members if member.points is not None),
        reverse=True,
    )
    ranks: dict[Fraction, int] = {}
    for place, points in enumerate(known, start=1):
        ranks.setdefault(points, place)
    return [
        msgspec.structs.replace(
            one,
            members=tuple(
                msgspec.structs.replace(
                    member, overall=None if member.points is None else ranks[member.points]
                )
                for member in one.members
            ),
        )
        for one in counties
    ]


def _as_one(counties: Sequence[County], standard: Standard) -> County:
    scores: dict[str, Sum] = {}
    money: dict[str, Sum] = {}
    grades, findings = Counter[str](), Counter[str]()
    points, claimed, of_claiming = Sum(), Sum(), Sum()
    for one in counties:
        points = points.together(one.points)
        claimed = claimed.together(one.claimed)
        of_claiming = of_claiming.together(one.of_claiming)
        grades.update(one.grades)
        findings.update(one.findings)
        for sums, more in ((scores, one.scores), (money, one.money)):
            for key, value in more.items():
                sums[key] = sums.get(key, Sum()).together(value)
    return County(
        path=Path(),
        name="合计",
        standard=standard.id,
        version=standard.version,
        members=tuple(member for one in counties for member in one.members),
        points=points,
        claimed=claimed,
        of_claiming=of_claiming,
        grades=grades,
        scores=scores,
        money=money,
        findings=findings,
    )
