"""项目汇总: the workbooks of units that send several, with means weighed by amount."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from workbook_tools.consolidation.round.departments import Department
from workbook_tools.consolidation.round.projects import UnitWorkbooks, size, units, weighed_mean
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.tables.statistics import mean
from workbook_tools.consolidation.tables.table import SheetColumn, SummaryTable, TableCell, as_float
from workbook_tools.presentation.points import UNDECIDED
from workbook_tools.standard import Standard
from workbook_tools.standard.known_fields import PROJECT_NAME
from workbook_tools.standard.naming import name_of

_NAMED = (
    SheetColumn("unit_code", "单位编码", "text", 12),
    SheetColumn("unit_name", "单位名称", "text", 28),
)


def table(consolidation: Round) -> SummaryTable:
    """A row per project, those of a unit together; ``remark``: why means leave it out."""
    return SummaryTable(columns(consolidation.standard), _rows(consolidation))


def by_unit(consolidation: Round) -> SummaryTable:
    """A row per unit: how many projects, their amount, and the means of their points."""
    standard = consolidation.standard
    heads = (
        *_NAMED,
        SheetColumn("projects", "项目数", "count", 9),
        SheetColumn("amount", amount_title(standard), "money", 16),
        SheetColumn("weighed_mean", "按金额加权平均得分", "points", 16),
        SheetColumn("mean", "简单平均得分", "points", 14),
    )
    found = units(consolidation.departments)
    return SummaryTable(heads, (_unit_cells(unit, standard) for unit in found))


def columns(standard: Standard) -> tuple[SheetColumn, ...]:
    """The columns of the table of projects."""
    return (
        *_NAMED,
        SheetColumn("subject", "项目编码", "text", 16),
        SheetColumn("project_name", "项目名称", "text", 30),
        SheetColumn("amount", amount_title(standard), "money", 16),
        SheetColumn("points", "得分", "points", 10),
        SheetColumn("grade", "等次", "center", 10),
        SheetColumn("claimed", "自评总分", "points", 10),
        SheetColumn("remark", "未计入加权平均的原因", "text", 22),
    )


def amount_title(standard: Standard) -> str:
    """What the amount is that means are weighed by."""
    name = standard.weighed_by
    return f"{name_of(standard, name)}（万元）" if name else "金额（万元）"


def cells(item: Department, standard: Standard) -> tuple[TableCell, ...]:
    """The row of a project."""
    return (
        item.code,
        item.name,
        " ".join(item.record.subject),
        item.record.facts.get(PROJECT_NAME, ""),
        as_float(size(item, standard)),
        as_float(item.standing.points),
        item.standing.grade or UNDECIDED,
        as_float(item.claimed_total),
        left_out(item, standard),
    )


def left_out(item: Department, standard: Standard) -> str:
    """Why a project does not count in a mean; "" where it does."""
    if item.standing.points is None:
        return "得分不完整"
    if not standard.weighed_by:
        return ""
    if item.doubtful:
        return "金额存疑"
    if item.included_in:
        return f"已含于 {item.included_in}"
    return "" if size(item, standard) else "没有金额"


def _rows(consolidation: Round) -> Iterator[tuple[TableCell, ...]]:
    for unit in units(consolidation.departments):
        for item in unit.items:
            yield cells(item, consolidation.standard)


def _unit_cells(unit: UnitWorkbooks, standard: Standard) -> tuple[TableCell, ...]:
    known = [value for item in unit.items if (value := size(item, standard)) and item.adds_up]
    return (
        unit.code,
        unit.name,
        len(unit.items),
        as_float(sum(known, Fraction(0))),
        as_float(weighed_mean(unit.items, standard)),
        as_float(mean(item.standing.points for item in unit.items)),
    )
