"""What a table row is worth: the word it is classified by, the share of its target reached.

None stands for "cannot be said": a cell that is needed is blank or cannot be used.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction

from workbook_tools.standard.tables import Achievement, Classify, Condition, Table
from workbook_tools.submission.model import Row

Worth = Fraction | str | datetime.date | None


def column_values(table: Table, rows: Sequence[Row], column: str) -> list[Worth]:
    """The values of an input column or of a row measure, one per row."""
    for measure in table.row_measures:
        if measure.id == column:
            if isinstance(measure, Classify):
                return [classified(measure, row) for row in rows]
            return [achieved(measure, row) for row in rows]
    return [row.entries[column].value for row in rows]


def classified(measure: Classify, row: Row) -> str | None:
    """The word of the first case that holds; None when a cell needed to tell is missing."""
    for case in measure.cases:
        outcomes = [holds(condition, row) for condition in case.when]
        if None in outcomes:
            return None
        if all(outcomes):
            return case.then
    return None


def holds(condition: Condition, row: Row) -> bool | None:
    """Whether a condition holds in the row; None when a cell needed to tell is missing.

    A word where a number is compared (未完成 against a quarter) makes the comparison false.
    """
    entry = row.entries[condition.column]
    if condition.filled is not None:
        return (entry.value is not None) == condition.filled
    if entry.value is None:
        return None
    if condition.equals is not None:
        return entry.value in condition.values
    other = row.entries[condition.at_most or condition.below or ""].value
    if other is None:
        return None
    if not isinstance(entry.value, Fraction) or not isinstance(other, Fraction):
        return False
    return entry.value <= other if condition.at_most else entry.value < other


def achieved(measure: Achievement, row: Row) -> Fraction | None:
    """The share of the row's target that was reached, in 0..1 (see :class:`Achievement`)."""
    kind = row.entries[measure.by].value
    if kind == measure.qualitative:
        degree = row.entries[measure.degree].number
        return None if degree is None else _held(degree)
    if kind != measure.quantitative:
        return None
    target = row.entries[measure.target].number
    actual = row.entries[measure.actual].number
    direction = row.entries[measure.direction].value
    if target is None or actual is None or target < 0:
        return None
    if direction == measure.higher:
        return _held(actual / target) if target else None
    if direction == measure.lower:
        if actual <= 0:
            return Fraction(1)
        return _held(target / actual)
    return None


def _held(share: Fraction) -> Fraction:
    return min(max(share, Fraction(0)), Fraction(1))
