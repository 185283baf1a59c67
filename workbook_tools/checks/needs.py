"""Which blank cells keep an indicator from being computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache

from workbook_tools.scoring.model import Evaluation, Result
from workbook_tools.standard.contract import check_id
from workbook_tools.standard.expression import names, parse
from workbook_tools.standard.model import Indicator, Standard
from workbook_tools.standard.rules import Checklist, Rows, texts_of
from workbook_tools.standard.tables import Achievement, Classify, Derived, Formula, Mean, Sum, Table


def lacking(evaluation: Evaluation) -> dict[str, tuple[str, ...]]:
    """What keeps indicators from being computed, and to each the indicators that lack it.

    The keys are field ids, table ids, ``table.column``, and ids of means over table rows.
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
    if isinstance(rule, Rows) and evaluation.submission.counted_rows(rule.table):
        yield from _of_rows(standard, rule)
    yield from _sources(standard, name, evaluation.quantities)


def _of_rows(standard: Standard, rule: Rows) -> list[str]:
    """The columns that rows are scored by, as ``table.column``."""
    table = next(one for one in standard.tables if one.id == rule.table)
    named = [rule.points, rule.of, *(one.column for one in rule.where)]
    return [f"{table.id}.{part}" for column in named for part in _columns(table, column)]


@lru_cache(maxsize=16)
def users(standard: Standard) -> Mapping[str, frozenset[str]]:
    """The indicators that use a source (as in :func:`lacking`) under any of their measures."""
    found: dict[str, set[str]] = {}
    for indicator in standard.indicators:
        every = [one for name in _names(indicator) for one in _sources(standard, name, {})]
        if isinstance(indicator.rule, Rows):
            every += _of_rows(standard, indicator.rule)
        for source in every:
            found.setdefault(source, set()).add(indicator.id)
    return {source: frozenset(indicators) for source, indicators in found.items()}


@lru_cache(maxsize=1024)
def sources(standard: Standard, expression: str) -> frozenset[str]:
    """The fields, ``table.column`` s and tables that an expression rests on."""
    return frozenset(
        source for name in names(parse(expression)) for source in _sources(standard, name, {})
    )


def _names(indicator: Indicator) -> Iterator[str]:
    yield from indicator.needs_rows
    if isinstance(indicator.rule, Checklist):
        for number, _ in enumerate(indicator.rule.items, start=1):
            yield check_id(indicator.id, number)
    for text in (*indicator.measures, *texts_of(indicator.rule)):
        yield from names(parse(text))


def _sources(
    standard: Standard, name: str, figures: Mapping[str, Fraction | None]
) -> Iterator[str]:
    """Where ``name`` comes from; of a sum only the terms without a figure."""
    derived = _derived(standard).get(name)
    if derived is None:
        yield name
    elif isinstance(derived, Formula):
        for term in names(parse(derived.formula)):
            if figures.get(term) is None:
                yield from _sources(standard, term, figures)
    else:
        table = next(one for one in standard.tables if one.id == derived.table)
        yield table.id
        if isinstance(derived, Mean):
            yield derived.id
        columns = [condition.column for condition in derived.where]
        columns += [derived.of] if isinstance(derived, Mean) else []
        columns += [derived.column] if isinstance(derived, Sum) else []
        for column in columns:
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
            conditions = [one for case in measure.cases for one in case.when]
            return tuple(column for one in conditions for column in one.columns)
        case None:
            return (column,)


@lru_cache(maxsize=16)
def _derived(standard: Standard) -> dict[str, Derived]:
    return {one.id: one for one in standard.derived}
