"""自评差异: where a department's own score is not the one that counts."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_tools.consolidation.round.departments import counting, number
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.tables.table import SheetColumn, SummaryTable, TableCell, as_float
from workbook_tools.standard.outline import level_names

_COLUMNS = (
    SheetColumn("unit_code", "单位编码", "text", 12),
    SheetColumn("unit_name", "单位名称", "text", 28),
    SheetColumn("level", "一级指标", "center", 10),
    SheetColumn("indicator", "三级指标", "text", 26),
    SheetColumn("weight", "分值", "points", 8),
    SheetColumn("self", "自评得分", "points", 10),
    SheetColumn("computed", "复算得分", "points", 10),
    SheetColumn("review", "复核得分", "points", 10),
    SheetColumn("difference", "自评高出", "difference", 10),
    SheetColumn("direction", "方向", "center", 10),
)


def table(consolidation: Round) -> SummaryTable:
    """A row per department and indicator with a difference beyond the standard's tolerance."""
    return SummaryTable(_COLUMNS, _rows(consolidation))


def _rows(consolidation: Round) -> Iterator[tuple[TableCell, ...]]:
    standard = consolidation.standard
    levels = level_names(standard)
    for item in consolidation.departments:
        for indicator in standard.indicators:
            score = item.record.scores.get(indicator.id)
            claimed = number(score.self) if score else None
            points = counting(score) if score else None
            if score is None or claimed is None or points is None:
                continue
            apart = claimed - points
            if abs(apart) < standard.tolerances.score:
                continue
            yield (
                item.code,
                item.name,
                levels[indicator.level][0],
                indicator.title,
                float(indicator.weight),
                float(claimed),
                as_float(number(score.score)),
                as_float(number(score.review)),
                float(apart),
                "自评偏高" if apart > 0 else "自评偏低",
            )
