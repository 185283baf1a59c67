"""A workbook's score table as a person looks at it, by 一级 and 二级, with each calculation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Literal

import msgspec

from workbook_tools.assessment import Record, Score, Totals
from workbook_tools.figures import amount, percent, points
from workbook_tools.standard import Standard
from workbook_tools.standard.model import Indicator, Level

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
    return tuple(_section(level, record, standard) for level in standard.levels)


def total_of(totals: Totals) -> str:
    """Our total: ``94.63``, or ``82.50～94.50`` while figures are missing."""
    if totals.score is not None:
        return points(Fraction(totals.score))
    return "～".join(points(Fraction(one)) for one in (totals.low, totals.high))


def _section(level: Level, record: Record, standard: Standard) -> Section:
    groups = [
        Group(_sum(child.name, child.weight, _scores(lines, record)), _lines(lines, record))
        for child in level.children
        if (lines := _of(standard, child))
    ]
    if direct := _of(standard, level):
        groups.append(Group(None, _lines(direct, record)))
    inside = [*direct, *(one for child in level.children for one in _of(standard, child))]
    return Section(_sum(level.name, level.weight, _scores(inside, record)), tuple(groups))


def _of(standard: Standard, level: Level) -> list[Indicator]:
    return [one for one in standard.indicators if one.level == level.id]


def _scores(indicators: Iterable[Indicator], record: Record) -> list[Score]:
    return [record.scores[one.id] for one in indicators]


def _sum(name: str, weight: Fraction, scores: Sequence[Score]) -> Line:
    claimed = _added(one.self for one in scores)
    computed = _added(one.score for one in scores)
    return _line(name, weight, claimed, computed)


def _added(numbers: Iterable[str | None]) -> Fraction | None:
    """The sum; None while one is missing."""
    known = list(numbers)
    given = [Fraction(one) for one in known if one is not None]
    return sum(given, Fraction(0)) if len(given) == len(known) else None


def _lines(indicators: Iterable[Indicator], record: Record) -> tuple[Line, ...]:
    return tuple(_indicator(one, record) for one in indicators)


def _indicator(indicator: Indicator, record: Record) -> Line:
    score = record.scores[indicator.id]
    line = _line(indicator.title, Fraction(score.weight), _number(score.self), _number(score.score))
    return msgspec.structs.replace(
        line,
        calculation=record.calculations.get(indicator.id, ""),
        status="不涉及" if score.status == "not_applicable" else "",
        own=tuple(
            OwnLine(
                name=f"{row.group}：{row.name}" if row.group else row.name,
                weight=_shown(_number(row.points), BLANK),
                claimed=_shown(_number(row.self), BLANK),
                computed=_shown(_number(row.score), OPEN),
                measure="" if row.measure is None else percent(Fraction(row.measure)),
            )
            for row in record.rows
            if row.indicator == indicator.id
        ),
    )


def _line(
    title: str, weight: Fraction, claimed: Fraction | None, computed: Fraction | None
) -> Line:
    tone: Tone = "open"
    difference = "—"
    if claimed is not None and computed is not None:
        by = claimed - computed
        tone = "same" if not by else "high" if by > 0 else "low"
        difference = f"{'+' if by > 0 else ''}{points(by)}"
    return Line(
        title=title,
        weight=amount(weight),
        claimed=_shown(claimed, BLANK),
        computed=_shown(computed, OPEN),
        difference=difference,
        tone=tone,
    )


def _number(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _shown(value: Fraction | None, missing: str) -> str:
    return missing if value is None else points(value)
