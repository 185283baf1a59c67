"""A workbook's score table as a person looks at it, by 一级 and 二级, with each calculation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Literal

import msgspec

from workbook_tools.assessment import Record, Totals
from workbook_tools.assessment.record import OwnRow
from workbook_tools.figures import percent, points
from workbook_tools.standard import Standard
from workbook_tools.standard.model import Indicator, Level
from workbook_tools.standard.naming import stated

OPEN = "资料不足"
BLANK = "未填"
Tone = Literal["same", "high", "low", "open"]
"""How the claimed points stand to ours: equal, above, below, or one of them is missing."""


class OwnLine(msgspec.Struct, frozen=True):
    """An indicator that the department brought itself."""

    name: str
    weight: str
    claimed: str
    computed: str
    measure: str


class Line(msgspec.Struct, frozen=True):
    """A 三级 indicator, or the sum of a level: texts as they are shown."""

    title: str
    weight: str
    claimed: str
    computed: str
    difference: str
    tone: Tone
    calculation: str = ""
    status: str = ""
    own: tuple[OwnLine, ...] = ()


class Group(msgspec.Struct, frozen=True):
    """A 二级 with its 三级 indicators; ``head`` is None where a 一级 has no 二级."""

    head: Line | None
    lines: tuple[Line, ...]


class Section(msgspec.Struct, frozen=True):
    """A 一级 with its sum."""

    head: Line
    groups: tuple[Group, ...]


def score_table(record: Record, standard: Standard) -> tuple[Section, ...]:
    """The sections of a workbook that was scored, in the order of the standard."""
    return _Writer(record, standard).sections()


def total_of(totals: Totals, places: int) -> str:
    """Our total: ``94.63``, or ``82.50～94.50`` while figures are missing."""
    if totals.score is not None:
        return points(Fraction(totals.score), places)
    return "～".join(points(Fraction(one), places) for one in (totals.low, totals.high))


class _Writer:
    """Writes the scores of a record with the places of its standard."""

    def __init__(self, record: Record, standard: Standard) -> None:
        self._record = record
        self._standard = standard

    def sections(self) -> tuple[Section, ...]:
        return tuple(self._section(level) for level in self._standard.levels)

    def _section(self, level: Level) -> Section:
        groups = [
            Group(self._sum(child, inside), self._lines(inside))
            for child in level.children
            if (inside := self._of(child))
        ]
        direct = self._of(level)
        if direct:
            groups.append(Group(None, self._lines(direct)))
        inside = [*direct, *(one for child in level.children for one in self._of(child))]
        return Section(self._sum(level, inside), tuple(groups))

    def _of(self, level: Level) -> list[Indicator]:
        return [one for one in self._standard.indicators if one.level == level.id]

    def _sum(self, level: Level, inside: Sequence[Indicator]) -> Line:
        scores = [self._record.scores[one.id] for one in inside]
        claimed = _added(one.self for one in scores)
        return self._line(level.name, level.weight, claimed, _added(one.score for one in scores))

    def _lines(self, indicators: Iterable[Indicator]) -> tuple[Line, ...]:
        return tuple(self._indicator(one) for one in indicators)

    def _indicator(self, indicator: Indicator) -> Line:
        score = self._record.scores[indicator.id]
        weight = Fraction(score.weight)
        line = self._line(indicator.title, weight, _number(score.self), _number(score.score))
        return msgspec.structs.replace(
            line,
            calculation=self._record.calculations.get(indicator.id, ""),
            status="不涉及" if score.status == "not_applicable" else "",
            own=tuple(self._own(row) for row in self._record.rows if row.indicator == indicator.id),
        )

    def _own(self, row: OwnRow) -> OwnLine:
        return OwnLine(
            name=f"{row.group}：{row.name}" if row.group else row.name,
            weight=self._shown(_number(row.points), BLANK),
            claimed=self._shown(_number(row.self), BLANK),
            computed=self._shown(_number(row.score), OPEN),
            measure="" if row.measure is None else percent(Fraction(row.measure)),
        )

    def _line(
        self, title: str, weight: Fraction, claimed: Fraction | None, computed: Fraction | None
    ) -> Line:
        tone: Tone = "open"
        difference = "—"
        if claimed is not None and computed is not None:
            by = claimed - computed
            tone = "same" if not by else "high" if by > 0 else "low"
            difference = f"{'+' if by > 0 else ''}{self._shown(by, '')}"
        return Line(
            title=title,
            weight=stated(weight),
            claimed=self._shown(claimed, BLANK),
            computed=self._shown(computed, OPEN),
            difference=difference,
            tone=tone,
        )

    def _shown(self, value: Fraction | None, missing: str) -> str:
        return missing if value is None else points(value, self._standard.rounding.places)


def _added(numbers: Iterable[str | None]) -> Fraction | None:
    """The sum; None while one is missing."""
    known = list(numbers)
    given = [Fraction(one) for one in known if one is not None]
    return sum(given, Fraction(0)) if len(given) == len(known) else None


def _number(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)
