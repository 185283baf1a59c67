"""变化 and 问题变化: what changed since the round before, by department and by finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter

from workbook_tools.checks import Finding
from workbook_tools.consolidation.round.changes import MATTERS, Change, ChangeTally, Matter
from workbook_tools.consolidation.round.departments import Standing
from workbook_tools.consolidation.round.previous import Before
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.tables.ranking import range_in_words
from workbook_tools.consolidation.tables.table import SheetColumn, SummaryTable, TableCell, as_float
from workbook_tools.presentation.points import UNDECIDED, score_in_words
from workbook_tools.standard.severity import SEVERITY_NAMES

COLUMNS = (
    SheetColumn("unit_code", "单位编码", "text", 12),
    SheetColumn("unit_name", "单位名称", "text", 28),
    SheetColumn("kind", "情形", "center", 11),
    SheetColumn("points_before", "上次得分", "points", 10),
    SheetColumn("range_before", "上次得分区间", "center", 14),
    SheetColumn("points", "本次得分", "points", 10),
    SheetColumn("range", "本次得分区间", "center", 14),
    SheetColumn("points_moved", "得分变动", "difference", 10),
    SheetColumn("rank_before", "上次名次", "count", 9),
    SheetColumn("rank", "本次名次", "count", 9),
    SheetColumn("ranks_risen", "名次上升", "rise", 9),
    SheetColumn("grade_before", "上次等次", "center", 9),
    SheetColumn("grade", "本次等次", "center", 9),
    SheetColumn("cured", "已消除问题", "count", 10),
    SheetColumn("new", "新增问题", "count", 10),
    SheetColumn("remaining", "仍有问题", "count", 10),
)
_FINDINGS = (
    SheetColumn("unit_code", "单位编码", "text", 12),
    SheetColumn("unit_name", "单位名称", "text", 24),
    SheetColumn("kind", "变化", "center", 9),
    SheetColumn("severity", "级别", "center", 7),
    SheetColumn("code", "编号", "center", 9),
    SheetColumn("title", "问题类别", "wrap", 18),
    SheetColumn("sheet", "工作表", "center", 10),
    SheetColumn("cell", "单元格", "center", 8),
    SheetColumn("message", "说明", "wrap", 70),
)


_KINDS: dict[Matter, str] = {
    "grade": "等次变化",
    "score": "得分变化",
    "complete": "资料已补齐",
    "incomplete": "资料不全了",
    "new": "新报",
    "gone": "本次没有",
    "findings": "问题变化",
    "rank": "仅名次变化",
}


def in_words(total: ChangeTally) -> str:
    """How many departments moved, and how."""
    return (
        f"得分上升 {total.risen} 个单位，下降 {total.fallen} 个，"
        f"由得分待定变为有总分 {total.completed} 个，由有总分变为得分待定 {total.opened} 个，"
        f"新报 {total.joined} 个，本次没有 {total.left} 个"
    )


def findings_in_words(total: ChangeTally) -> str:
    """How many findings are gone, new and as they were."""
    return f"问题已消除 {total.cured} 条，新增 {total.new} 条，仍有 {total.remaining} 条"


def _weightiest_first(changes: Iterable[Change]) -> list[Change]:
    """The departments that are not as they were, by what weighs most.

    First those with another grade, last those that only stand elsewhere in the ranking.
    """
    moved = [(one.matter, one) for one in changes]
    ranked = [(MATTERS.index(matter), one) for matter, one in moved if matter is not None]
    return [one for _, one in sorted(ranked, key=itemgetter(0))]


def points_in_words(then: Before | Standing, places: int) -> str:
    """The total, or what it can be."""
    return range_in_words(then, places) or score_in_words(then.points, places, UNDECIDED)


def table(consolidation: Round) -> SummaryTable:
    """A row per department that is not as it was, by what weighs most."""
    places = consolidation.standard.rounding.places
    listed = _weightiest_first(consolidation.changes())
    return SummaryTable(COLUMNS, (_row(one, places) for one in listed))


def findings_table(consolidation: Round) -> SummaryTable:
    """A row per finding that is new or cured, departments in their order."""
    return SummaryTable(_FINDINGS, _findings(consolidation))


def _row(one: Change, places: int) -> tuple[TableCell, ...]:
    before, now = one.before, one.now
    assert one.matter is not None
    return (
        one.code,
        one.name,
        _KINDS[one.matter],
        as_float(before.points) if before else None,
        range_in_words(before, places) if before else "",
        as_float(now.standing.points) if now else None,
        range_in_words(now.standing, places) if now else "",
        as_float(one.points_moved),
        before.rank if before else None,
        now.rank if now else None,
        one.ranks_risen,
        before.grade if before else "",
        (now.standing.grade or UNDECIDED) if now else "",
        len(one.cured),
        len(one.new),
        one.remaining,
    )


def _findings(consolidation: Round) -> Iterator[tuple[TableCell, ...]]:
    titles = consolidation.titles
    for one in consolidation.changes():
        for kind, found in (("新增", one.new), ("已消除", one.cured)):
            for finding in found:
                yield (one.code, one.name, kind, *_cells(finding, titles.get(finding.code, "")))


def _cells(finding: Finding, title: str) -> tuple[TableCell, ...]:
    return (
        SEVERITY_NAMES[finding.severity],
        finding.code,
        title,
        finding.sheet,
        finding.cell,
        finding.message,
    )
