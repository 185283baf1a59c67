"""预算汇总: the departments' amounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import reduce
from operator import add

from workbook_tools.consolidation.round.amounts import Amount, amounts
from workbook_tools.consolidation.round.departments import Department
from workbook_tools.consolidation.round.ranks import by_code
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.tables.table import SheetColumn, SummaryTable, TableCell, as_float
from workbook_tools.standard.known_fields import SCOPE, SUPERVISOR
from workbook_tools.standard.naming import label_of, with_subordinates

_INCLUDED = SheetColumn("included_in", "已含于", "text", 24)
_DOUBTFUL = SheetColumn("doubtful", "金额存疑", "center", 12)


def table(consolidation: Round) -> SummaryTable:
    """A row per department; one with ``included_in`` or ``doubtful`` is left out of totals.

    ``group``, ``scope`` and ``included_in`` are there only where there is something to say.
    """
    columns = amounts(consolidation.standard)
    more = (_INCLUDED, _DOUBTFUL) if with_subordinates(consolidation.standard) else (_DOUBTFUL,)
    lead = lead_columns(consolidation)
    return SummaryTable(
        (*lead, *money_columns(columns), *more), _rows(consolidation, lead, columns, more)
    )


def lead_columns(consolidation: Round) -> tuple[SheetColumn, ...]:
    """Who a row is about; 归口 where units are grouped, the scope where a standard asks for it."""
    standard = consolidation.standard
    grouped = label_of(standard, SUPERVISOR) or any(one.group for one in consolidation.departments)
    scope = label_of(standard, SCOPE)
    return (
        SheetColumn("unit_code", "单位编码", "text", 13),
        SheetColumn("unit_name", "单位名称", "text", 28),
        *([SheetColumn("group", "归口", "text", 18)] if grouped else []),
        *([SheetColumn(SCOPE, scope, "center", 12)] if scope else []),
    )


def money_columns(columns: Sequence[Amount]) -> tuple[SheetColumn, ...]:
    """A column of money for each amount."""
    return tuple(SheetColumn(c.id, c.label, "money", 13) for c in columns)


def amount_of(item: Department, column: Amount) -> Fraction | None:
    """A department's amount in 万元, None where there is nothing of it."""
    known = [value for value in map(item.amount, column.fields) if value is not None]
    return reduce(add, known) if known else None


def has_changed_an_amount(item: Department, columns: Iterable[Amount]) -> bool:
    """Whether a department changed an amount of these that the bureau issued to it."""
    return any(not item.issued.keys().isdisjoint(column.fields) for column in columns)


def counted_and_left_out(consolidation: Round) -> tuple[list[Department], list[Department]]:
    """The departments whose money counts, by group and code, and those left out.

    The groups stand in the order of their first unit codes.
    """
    everyone = sorted(consolidation.departments, key=by_code)
    groups = list(dict.fromkeys(item.group for item in everyone))
    everyone.sort(key=lambda item: groups.index(item.group))
    counted = [item for item in everyone if item.adds_up]
    return counted, [item for item in everyone if not item.adds_up]


def department_cells(
    item: Department, lead: Sequence[SheetColumn], columns: Sequence[Amount]
) -> tuple[TableCell, ...]:
    """A department's row: who it is, and its amounts."""
    who = {
        "unit_code": item.code,
        "unit_name": item.name,
        "group": item.group,
        SCOPE: item.record.facts.get(SCOPE, ""),
    }
    amounts_of_it = (as_float(amount_of(item, column)) for column in columns)
    return (*(who[column.id] for column in lead), *amounts_of_it)


def _rows(
    consolidation: Round,
    lead: Sequence[SheetColumn],
    columns: Sequence[Amount],
    more: Sequence[SheetColumn],
) -> Iterator[tuple[TableCell, ...]]:
    counted, left_out = counted_and_left_out(consolidation)
    for item in (*counted, *left_out):
        said = {
            _INCLUDED.id: item.included_in,
            _DOUBTFUL.id: "是" if item.doubtful else "",
        }
        yield (*department_cells(item, lead, columns), *(said[one.id] for one in more))
