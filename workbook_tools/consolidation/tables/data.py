"""数据: the long table for pivots, a row per department and indicator.

Where there are more rows than a sheet holds, it goes on in 数据 2.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook_tools.consolidation.round.departments import counting, number
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.tables.table import SheetColumn, SummaryTable, TableCell, as_float
from workbook_tools.presentation.score_row import STATUS_NAMES
from workbook_tools.standard.outline import level_names

TITLE = "数据"
COLUMNS = (
    SheetColumn("unit_code", "单位编码", "text", 12),
    SheetColumn("unit_name", "单位名称", "text", 28),
    SheetColumn("supervisor", "主管部门", "text", 20),
    SheetColumn("level_1", "一级指标", "center", 10),
    SheetColumn("level_2", "二级指标", "center", 12),
    SheetColumn("indicator_id", "指标编号", "text", 24),
    SheetColumn("indicator", "三级指标", "text", 26),
    SheetColumn("weight", "分值", "points", 8),
    SheetColumn("measure", "测算值", "measure", 12),
    SheetColumn("score", "复算得分", "points", 10),
    SheetColumn("self", "自评得分", "points", 10),
    SheetColumn("review", "复核得分", "points", 10),
    SheetColumn("cached", "表内得分", "points", 10),
    SheetColumn("counting", "得分", "points", 10),
    SheetColumn("status", "状态", "center", 10),
)


def table(consolidation: Round) -> SummaryTable:
    """A row per department and indicator."""
    return SummaryTable(COLUMNS, _rows(consolidation))


def titles(consolidation: Round, most: int) -> list[str]:
    """The sheets that the table takes where one holds ``most`` rows."""
    indicators = [indicator.id for indicator in consolidation.standard.indicators]
    count = sum(
        one in item.record.scores for item in consolidation.departments for one in indicators
    )
    return [TITLE, *(sheet_after(number) for number in range(1, -(-count // most)))]


def sheet_after(number: int) -> str:
    """The sheet in which the table goes on after so many."""
    return f"{TITLE} {number + 1}"


def _rows(consolidation: Round) -> Iterator[tuple[TableCell, ...]]:
    standard = consolidation.standard
    levels = level_names(standard)
    for item in consolidation.departments:
        for indicator in standard.indicators:
            score = item.record.scores.get(indicator.id)
            if score is None:
                continue
            yield (
                item.code,
                item.name,
                item.supervisor,
                *levels[indicator.level],
                indicator.id,
                indicator.title,
                float(indicator.weight),
                as_float(number(score.measure)),
                as_float(number(score.score)),
                as_float(number(score.self)),
                as_float(number(score.review)),
                as_float(number(score.cached)),
                as_float(counting(score)),
                STATUS_NAMES[score.status],
            )
