"""变化 and 问题变化: what changed since the round before, by department and by finding."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from workbook_tools.checks import SEVERITY_NAMES, Finding
from workbook_tools.consolidation.result import Consolidation
from workbook_tools.consolidation.round.changes import Change, tally
from workbook_tools.consolidation.round.previous import UNDECIDED
from workbook_tools.consolidation.summary.page import LAST_ROW, Book, Page
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
_MOST = LAST_ROW - 3


def table(consolidation: Consolidation) -> Table:
    """A row per department that is not as it was."""
    return Table(COLUMNS, map(_row, filter(lambda one: one.is_one, consolidation.changes())))


def write(book: Book, consolidation: Consolidation) -> None:
    """Write both sheets; nothing where there is no earlier round."""
    if consolidation.previous is None:
        return
    total = tally(consolidation.changes())
    Page(book, "变化").listing(
        table(consolidation),
        "与上次汇总相比的变化",
        f"上次：{consolidation.previous.path.name}。得分上升 {total.risen} 个单位，"
        f"下降 {total.fallen} 个，新报 {total.joined} 个，本次没有 {total.left} 个；"
        f"问题已消除 {total.cured} 条，新增 {total.new} 条，仍有 {total.remaining} 条。"
        "没有变化的单位不列。",
        frozen=2,
        empty="没有变化。",
    )
    note = "同一单位同一数据项的同类问题视为同一问题，其中的数字变了也算“仍有”，不列在这里。"
    count = total.cured + total.new
    if count > _MOST:
        note = f"共 {count} 条，超过一张工作表的行数，这里列出前 {_MOST} 条。"
    Page(book, "问题变化").listing(
        Table(_FINDINGS, islice(_findings(consolidation), _MOST)),
        "已消除和新增的问题",
        note,
        frozen=2,
        empty="问题没有变化。",
    )


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


def _findings(consolidation: Consolidation) -> Iterator[tuple[Cell, ...]]:
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
