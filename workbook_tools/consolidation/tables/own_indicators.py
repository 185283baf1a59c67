"""自提指标: every indicator that a department, or a project, brought itself."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_tools.consolidation.round.departments import Department, number
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.tables.table import SheetColumn, SummaryTable, TableCell, as_float
from workbook_tools.standard.model import Standard
from workbook_tools.standard.rules import Rows

BEATEN = "超额较多"
_COLUMNS = (
    SheetColumn("unit_code", "单位编码", "text", 12),
    SheetColumn("unit_name", "单位名称", "text", 28),
    SheetColumn("subject", "项目", "text", 14),
    SheetColumn("indicator", "一级指标", "center", 12),
    SheetColumn("group", "二级指标", "center", 16),
    SheetColumn("name", "三级指标", "text", 30),
    SheetColumn("points", "分值", "points", 8),
    SheetColumn("measure", "完成程度", "measure", 10),
    SheetColumn("self", "自评得分", "points", 10),
    SheetColumn("computed", "复算得分", "points", 10),
    SheetColumn("remark", "提示", "center", 10),
)

_BY_UNIT = (
    *_COLUMNS[:3],
    SheetColumn("indicators", "指标数", "count", 8),
    SheetColumn("reached", "达到指标值", "count", 11),
    SheetColumn("missed", "未达到", "count", 9),
    SheetColumn("unknown", "不能计算", "count", 9),
    SheetColumn("beaten", "超额较多", "count", 9),
    SheetColumn("beaten_share", "超额较多占比", "measure", 13),
    SheetColumn("self_higher", "自评高于复算", "count", 13),
)


def has_own_indicators(standard: Standard) -> bool:
    """Whether departments bring indicators themselves."""
    return any(isinstance(one.rule, Rows) for one in standard.indicators)


def table(consolidation: Round) -> SummaryTable:
    """A row per indicator of a department's own, in the order of its sheet."""
    return SummaryTable(_COLUMNS, _rows(consolidation))


def by_unit(consolidation: Round) -> SummaryTable:
    """A row per workbook, first those that beat most of their targets by far: set too low."""
    reporting = [item for item in consolidation.departments if item.record.rows]
    reporting.sort(key=_beaten_share, reverse=True)
    return SummaryTable(_BY_UNIT, map(_of_unit, reporting))


def _beaten_share(item: Department) -> float:
    rows = item.record.rows
    return sum(row.beaten for row in rows) / len(rows)


def _of_unit(item: Department) -> tuple[TableCell, ...]:
    rows = item.record.rows
    reached = [value for row in rows if (value := number(row.measure)) is not None]
    both = [(number(row.self), number(row.score)) for row in rows]
    return (
        item.code,
        item.name,
        " ".join(item.record.subject),
        len(rows),
        sum(value >= 1 for value in reached),
        sum(value < 1 for value in reached),
        len(rows) - len(reached),
        sum(row.beaten for row in rows),
        _beaten_share(item),
        sum(own > ours for own, ours in both if own is not None and ours is not None),
    )


def _rows(consolidation: Round) -> Iterator[tuple[TableCell, ...]]:
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
