"""变化 and 问题变化: what changed since the round before, by department and by finding."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_tools.checks import SEVERITY_NAMES, Finding
from workbook_tools.consolidation.round.changes import Change
from workbook_tools.consolidation.round.previous import UNDECIDED
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.tables.table import Cell, Column, Table, as_float

COLUMNS = (
    Column("unit_code", "单位编码", "text", 12),
    Column("unit_name", "单位名称", "text", 28),
    Column("kind", "情形", "center", 11),
    Column("points_before", "上次得分", "points", 10),
    Column("points", "本次得分", "points", 10),
    Column("points_moved", "得分变动", "difference", 10),
    Column("rank_before", "上次名次", "count", 9),
    Column("rank", "本次名次", "count", 9),
    Column("ranks_risen", "名次上升", "rise", 9),
    Column("grade_before", "上次等次", "center", 9),
    Column("grade", "本次等次", "center", 9),
    Column("cured", "已消除问题", "count", 10),
    Column("new", "新增问题", "count", 10),
    Column("remaining", "仍有问题", "count", 10),
)
_FINDINGS = (
    Column("unit_code", "单位编码", "text", 12),
    Column("unit_name", "单位名称", "text", 24),
    Column("kind", "变化", "center", 9),
    Column("severity", "级别", "center", 7),
    Column("code", "编号", "center", 9),
    Column("title", "问题类别", "wrap", 18),
    Column("sheet", "工作表", "center", 10),
    Column("cell", "单元格", "center", 8),
    Column("message", "说明", "wrap", 70),
)


def table(consolidation: Round) -> Table:
    """A row per department that is not as it was."""
    return Table(COLUMNS, map(_row, filter(lambda one: one.is_one, consolidation.changes())))


def findings_table(consolidation: Round) -> Table:
    """A row per finding that is new or cured, departments in their order."""
    return Table(_FINDINGS, _findings(consolidation))


def _row(one: Change) -> tuple[Cell, ...]:
    before, now = one.before, one.now
    kind = "新报" if before is None else "本次没有" if now is None else "有变化"
    return (
        one.code,
        one.name,
        kind,
        as_float(before.points) if before else None,
        as_float(now.standing.points) if now else None,
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


def _findings(consolidation: Round) -> Iterator[tuple[Cell, ...]]:
    titles = consolidation.titles
    for one in consolidation.changes():
        for kind, found in (("新增", one.new), ("已消除", one.cured)):
            for finding in found:
                yield (one.code, one.name, kind, *_cells(finding, titles.get(finding.code, "")))


def _cells(finding: Finding, title: str) -> tuple[Cell, ...]:
    return (
        SEVERITY_NAMES[finding.severity],
        finding.code,
        title,
        finding.sheet,
        finding.cell,
        finding.message,
    )
