"""Which blank cells keep an indicator from being computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from workbook_tools.scoring.gaps import gaps
from workbook_tools.scoring.model import Evaluation, Result
from workbook_tools.scoring.quantities import Columns, columns_of, columns_used
from workbook_tools.standard.contract import check_id
from workbook_tools.standard.expression import names, parse
from workbook_tools.standard.model import Indicator, Standard
from workbook_tools.standard.rules import Checklist, Rows, texts_of
from workbook_tools.standard.tables import (
    Achievement,
    Classify,
    Derived,
    Drawn,
    Formula,
    Mean,
    Table,
)
from workbook_tools.submission.model import Row


def lacking(evaluation: Evaluation) -> dict[str, tuple[str, ...]]:
    """What keeps indicators from being computed, and to each the indicators that lack it.

    The keys are field ids, table ids, cells of tables (``table.column[row of the sheet]``), and ids
    of means over table rows.
    """
    found: dict[str, list[str]] = {}
    for result in evaluation.results.values():
        if result.status == "insufficient":
            for name in result.missing:
                for source in _missing(evaluation, result, name):
                    users = found.setdefault(source, [])
                    if result.indicator not in users:
                        users.append(result.indicator)
    return {source: tuple(indicators) for source, indicators in found.items()}


def _missing(evaluation: Evaluation, result: Result, name: str) -> Iterator[str]:
    """The sources behind what a result lacks."""
    standard = evaluation.standard
    rule = next(one.rule for one in standard.indicators if one.id == result.indicator)
    if isinstance(rule, Rows):
        columns = columns_of(evaluation.submission, rule.table)
        rows = (columns.rows[place] for place in columns.matching(rule.where))
        yield from (f"{one}[{row.number}]" for row in rows for one in _of_rows(standard, rule))
    yield from _lacked(evaluation, name)


def _lacked(evaluation: Evaluation, name: str) -> Iterator[str]:
    """Where ``name`` comes from that has no figure: of a table only the cells that it lacks."""
    derived = _derived(evaluation.standard).get(name)
    if derived is None:
        yield name
    elif isinstance(derived, Formula):
        for term in names(parse(derived.formula)):
            if evaluation.quantities.get(term) is None:
                yield from _lacked(evaluation, term)
    else:
        yield derived.table
        if isinstance(derived, Mean):
            yield derived.id
        for row, column in gaps(evaluation.submission, derived):
            yield f"{derived.table}.{column}[{row.number}]"


def _of_rows(standard: Standard, rule: Rows) -> list[str]:
    """The columns that rows are scored by, as ``table.column``."""
    table = next(one for one in standard.tables if one.id == rule.table)
    named = [rule.points, rule.of, *(one.column for one in rule.where)]
    return [f"{table.id}.{part}" for column in named for part in _columns(table, column)]


@lru_cache(maxsize=16)
def sorted_by(standard: Standard) -> frozenset[str]:
    """The columns, as ``table.column``, that say to which indicator a row of a table belongs."""
    tables = {table.id: table for table in standard.tables}
    return frozenset(
        f"{rule.table}.{part}"
        for rule in (indicator.rule for indicator in standard.indicators)
        if isinstance(rule, Rows)
        for condition in rule.where
        for part in _columns(tables[rule.table], condition.column)
    )


@lru_cache(maxsize=16)
def users(standard: Standard) -> Mapping[str, frozenset[str]]:
    """The indicators that use a field, table or ``table.column`` under any of their measures."""
    found: dict[str, set[str]] = {}
    for indicator in standard.indicators:
        every = [one for name in _names(indicator) for one in _sources(standard, name)]
        if isinstance(indicator.rule, Rows):
            every += _of_rows(standard, indicator.rule)
        for source in every:
            found.setdefault(source, set()).add(indicator.id)
    return {source: frozenset(indicators) for source, indicators in found.items()}


@lru_cache(maxsize=1024)
def sources(standard: Standard, expression: str) -> frozenset[str]:
    """The fields, ``table.column`` s and tables that an expression rests on."""
    return frozenset(
        source for name in names(parse(expression)) for source in _sources(standard, name)
    )


def users_of_row(standard: Standard, table: Table, column: str, row: Row) -> set[str]:
    """The indicators that count this row of a table, by what stands in this column."""
    return {
        indicator.id
        for indicator in standard.indicators
        for name in _names(indicator)
        for drawn in _drawn(standard, name)
        if f"{table.id}.{column}" in _sources(standard, drawn.id)
        if Columns(table, (row,)).matching(drawn.where)
    }


def _drawn(standard: Standard, name: str) -> Iterator[Drawn]:
    """The quantities drawn from table rows that ``name`` rests on."""
    derived = _derived(standard).get(name)
    if isinstance(derived, Formula):
        for term in names(parse(derived.formula)):
            yield from _drawn(standard, term)
    elif derived is not None:
        yield derived


def _names(indicator: Indicator) -> Iterator[str]:
    yield from indicator.needs_rows
    if isinstance(indicator.rule, Checklist):
        for number, _ in enumerate(indicator.rule.items, start=1):
            yield check_id(indicator.id, number)
    for text in (*indicator.measures, *texts_of(indicator.rule)):
        yield from names(parse(text))


def _sources(standard: Standard, name: str) -> Iterator[str]:
    """Where ``name`` comes from."""
    derived = _derived(standard).get(name)
    if derived is None:
        yield name
    elif isinstance(derived, Formula):
        for term in names(parse(derived.formula)):
            yield from _sources(standard, term)
    else:
        table = next(one for one in standard.tables if one.id == derived.table)
        yield table.id
        if isinstance(derived, Mean):
            yield derived.id
        for column in columns_used(derived):
            for part in _columns(table, column):
                yield f"{table.id}.{part}"


def _columns(table: Table, column: str) -> tuple[str, ...]:
    """The input columns behind a column or a row measure."""
    measure = next((one for one in table.row_measures if one.id == column), None)
    match measure:
        case Achievement():
            return (
                measure.by,
                measure.direction,
                measure.target,
                measure.actual,
                measure.degree,
            )
        case Classify():
            return measure.asked
        case None:
            return (column,)


@lru_cache(maxsize=16)
def _derived(standard: Standard) -> dict[str, Derived]:
    return {one.id: one for one in standard.derived}
