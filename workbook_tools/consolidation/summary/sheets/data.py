"""数据: the long table for pivots, a row per department and indicator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from workbook_tools.consolidation.result import Consolidation
from workbook_tools.consolidation.round.departments import counting, number
from workbook_tools.consolidation.summary.page import Book, Page
from workbook_tools.consolidation.tables.table import Cell, Column, Table, as_float
from workbook_tools.standard.outline import level_names

_STATUS: dict[Literal["computed", "not_applicable", "insufficient"], str] = {
    "computed": "已计算",
    "not_applicable": "不涉及",
    "insufficient": "资料不足",
}
COLUMNS = (
    Column("unit_code", "单位编码", "text", 12),
    Column("unit_name", "单位名称", "text", 28),
    Column("supervisor", "主管部门", "text", 20),
    Column("level_1", "一级指标", "center", 10),
    Column("level_2", "二级指标", "center", 12),
    Column("indicator_id", "指标编号", "text", 24),
    Column("indicator", "三级指标", "text", 26),
    Column("weight", "分值", "points", 8),
    Column("measure", "测算值", "measure", 12),
    Column("score", "复算得分", "points", 10),
    Column("self", "自评得分", "points", 10),
    Column("review", "复核得分", "points", 10),
    Column("cached", "表内得分", "points", 10),
    Column("counting", "得分", "points", 10),
    Column("status", "状态", "center", 10),
)


def table(consolidation: Consolidation) -> Table:
    """A row per department and indicator."""
    return Table(COLUMNS, _rows(consolidation))


def write(book: Book, consolidation: Consolidation) -> None:
    """Write the sheet: header in the first row, so that pivots take it as it is."""
    page = Page(book, "数据")
    page.header(0, COLUMNS)
    end = page.body(1, table(consolidation))
    if book.constant_memory or end == 1:  # XlsxWriter makes Excel tables only from rows it keeps
        page.sheet.autofilter(0, 0, max(end - 1, 1), len(COLUMNS) - 1)
    else:
        page.sheet.add_table(
            0,
            0,
            end - 1,
            len(COLUMNS) - 1,
            {
                "name": "data_scores",
                "style": "Table Style Light 1",
                "columns": [
                    {"header": column.title, "header_format": page.header_style}
                    for column in COLUMNS
                ],
            },
        )
    page.sheet.freeze_panes(1, 2)
    page.printed(head=0)


def _rows(consolidation: Consolidation) -> Iterator[tuple[Cell, ...]]:
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
                _STATUS[score.status],
            )
