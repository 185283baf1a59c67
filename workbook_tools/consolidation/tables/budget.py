"""预算汇总: the departments' amounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from workbook_tools.consolidation.round.amounts import Amount, amounts
from workbook_tools.consolidation.round.departments import Department
from workbook_tools.consolidation.round.ranks import by_code
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.tables.table import Cell, Column, Table, as_float

LEAD = (
    Column("unit_code", "单位编码", "text", 13),
    Column("unit_name", "单位名称", "text", 28),
    Column("group", "归口", "text", 18),
    Column("scope", "填报口径", "center", 12),
)
_INCLUDED = Column("included_in", "已含于", "text", 24)
_DOUBTFUL = Column("doubtful", "金额存疑", "center", 12)


def table(consolidation: Round) -> Table:
    """A row per department; one with ``included_in`` or ``doubtful`` is left out of totals."""
    columns = amounts(consolidation.standard)
    return Table(
        (*LEAD, *money_columns(columns), _INCLUDED, _DOUBTFUL), _rows(consolidation, columns)
    )


def money_columns(columns: Sequence[Amount]) -> tuple[Column, ...]:
    """A column of money for each amount."""
    return tuple(Column(c.id, c.label, "money", 13) for c in columns)


def amount_of(item: Department, column: Amount) -> Fraction | None:
    """A department's amount in 万元, None where it filled in nothing of it."""
    known = [value for value in map(item.fact, column.fields) if value is not None]
    return sum(known, Fraction(0)) if known else None


def counted_and_left_out(consolidation: Round) -> tuple[list[Department], list[Department]]:
    """The departments whose money counts, by group and code, and those left out.

    The groups stand in the order of their first unit codes.
    """
    everyone = sorted(consolidation.departments, key=by_code)
    groups = list(dict.fromkeys(item.group for item in everyone))
    everyone.sort(key=lambda item: groups.index(item.group))
    counted = [item for item in everyone if item.adds_up]
    return counted, [item for item in everyone if not item.adds_up]


def department_cells(item: Department, columns: Sequence[Amount]) -> tuple[Cell, ...]:
    """A department's row: who it is, and its amounts."""
    scope = item.record.facts.get("scope", "")
    lead = (item.code, item.name, item.group, scope)
    return (*lead, *(as_float(amount_of(item, column)) for column in columns))


def _rows(consolidation: Round, columns: Sequence[Amount]) -> Iterator[tuple[Cell, ...]]:
    counted, left_out = counted_and_left_out(consolidation)
    for item in (*counted, *left_out):
        doubtful = "是" if item.doubtful else ""
        yield (*department_cells(item, columns), item.included_in, doubtful)
