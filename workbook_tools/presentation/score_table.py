"""The score table as a whole: the indicators by 一级 and 二级, with their sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

import msgspec

from workbook_tools.presentation.score_row import IndicatorRow, ScoreRow
from workbook_tools.standard import Standard
from workbook_tools.standard.model import Level


class ScoreGroup(msgspec.Struct, frozen=True):
    """A 二级 with its 三级 indicators; ``sums`` is None where a 一级 has no 二级."""

    sums: ScoreRow | None
    rows: tuple[IndicatorRow, ...]


class ScoreSection(msgspec.Struct, frozen=True):
    """A 一级 with its sums and all that stands below it."""

    sums: ScoreRow
    groups: tuple[ScoreGroup, ...]

    @property
    def rows(self) -> tuple[IndicatorRow, ...]:
        """The indicators of all groups."""
        return tuple(row for group in self.groups for row in group.rows)


def sections(standard: Standard, rows: Sequence[IndicatorRow]) -> tuple[ScoreSection, ...]:
    """The rows by 一级 and 二级, in the order of the standard."""

    def of(level: Level) -> tuple[IndicatorRow, ...]:
        return tuple(row for row in rows if row.indicator.level == level.id)

    def section(level: Level) -> ScoreSection:
        below = [(child.name, of(child)) for child in level.children]
        groups = [ScoreGroup(sums(name, inside), inside) for name, inside in below]
        if direct := of(level):
            groups.append(ScoreGroup(None, direct))
        every = [row for group in groups for row in group.rows]
        return ScoreSection(sums(level.name, every), tuple(groups))

    return tuple(section(level) for level in standard.levels)


def sums(title: str, rows: Sequence[ScoreRow]) -> ScoreRow:
    """The sums of rows, of which there is at least one; each None while a part is missing."""
    return ScoreRow(
        title=title,
        weight=sum((row.weight for row in rows), Fraction(0)),
        claimed=_added(row.claimed for row in rows),
        computed=_added(row.computed for row in rows),
        reviewed=_added(row.computed if row.reviewed is None else row.reviewed for row in rows),
        places=rows[0].places,
    )


def _added(points: Iterable[Fraction | None]) -> Fraction | None:
    listed = list(points)
    known = [one for one in listed if one is not None]
    return sum(known, Fraction(0)) if len(known) == len(listed) else None
