"""指标得分: departments × indicators."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_tools.consolidation.round.departments import counting
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.tables.table import SheetColumn, SummaryTable, TableCell, as_float
from workbook_tools.standard import Standard

LEAD = (
    SheetColumn("rank", "名次", "count", 5),
    SheetColumn("unit_code", "单位编码", "text", 11),
    SheetColumn("unit_name", "单位名称", "text", 24),
)
_TOTAL = SheetColumn("points", "得分", "points", 8)


def table(consolidation: Round) -> SummaryTable:
    """A row per department: the points that count by indicator id, None while insufficient."""
    return SummaryTable(columns_of(consolidation.standard), _rows(consolidation))


def columns_of(standard: Standard) -> tuple[SheetColumn, ...]:
    """Who it is, the points of each indicator, the total."""
    indicators = (SheetColumn(i.id, i.title, "points", 8.5) for i in standard.indicators)
    return (*LEAD, *indicators, _TOTAL)


def _rows(consolidation: Round) -> Iterator[tuple[TableCell, ...]]:
    for item in consolidation.departments:
        scores = (item.record.scores.get(i.id) for i in consolidation.standard.indicators)
        yield (
            item.rank,
            item.code,
            item.name,
            *(as_float(counting(score)) if score else None for score in scores),
            as_float(item.standing.points),
        )
