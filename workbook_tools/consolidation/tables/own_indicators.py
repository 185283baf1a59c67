"""自提指标: every indicator that a department, or a project, brought itself."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_tools.consolidation.round.departments import number
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.tables.table import Cell, Column, Table, as_float
from workbook_tools.standard.model import Standard
from workbook_tools.standard.rules import Rows

BEATEN = "超额较多"
_COLUMNS = (
    Column("unit_code", "单位编码", "text", 12),
    Column("unit_name", "单位名称", "text", 28),
    Column("subject", "项目", "text", 14),
    Column("indicator", "一级指标", "center", 12),
    Column("group", "二级指标", "center", 16),
    Column("name", "三级指标", "text", 30),
    Column("points", "分值", "points", 8),
    Column("measure", "完成程度", "measure", 10),
    Column("self", "自评得分", "points", 10),
    Column("computed", "复算得分", "points", 10),
    Column("remark", "提示", "center", 10),
)


def has_own_indicators(standard: Standard) -> bool:
    """Whether departments bring indicators themselves."""
    return any(isinstance(one.rule, Rows) for one in standard.indicators)


def table(consolidation: Round) -> Table:
    """A row per indicator of a department's own, in the order of its sheet."""
    return Table(_COLUMNS, _rows(consolidation))


def _rows(consolidation: Round) -> Iterator[tuple[Cell, ...]]:
    titles = {one.id: one.title for one in consolidation.standard.indicators}
    for item in consolidation.departments:
        for row in item.record.rows:
            score = number(row.score)
            yield (
                item.code,
                item.name,
                " ".join(item.record.subject),
                titles[row.indicator],
                row.group,
                row.name,
                as_float(number(row.points)),
                as_float(number(row.measure)),
                as_float(number(row.self)),
                as_float(score),
                BEATEN if row.beaten else "不能计算" if score is None else "",
            )
