"""What a row of a table reached beside its target, and how far the one may be from the other."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from workbook_tools.checks.case import Case, Slot, cell_of
from workbook_tools.standard.tables import Achievement, Table
from workbook_tools.submission.model import Row

_FAR = 20
"""So many times its target nobody reaches, and hardly anybody so small a part of it; a target of
100 % written as 1 against 60 % written as 60 is 60 times."""


def achievements(case: Case) -> Iterator[tuple[Table, Achievement]]:
    """Every measure of a target against what was reached, with its table."""
    for table in case.standard.tables:
        for measure in table.row_measures:
            if isinstance(measure, Achievement):
                yield table, measure


def targets_and_actuals(
    case: Case, table: Table, measure: Achievement
) -> Iterator[tuple[Slot, Slot, Fraction | None, Fraction | None]]:
    """The target and the actual of each quantitative row, cells and usable numbers."""
    for row in case.submission.counted_rows(table.id):
        kind = row.entries[measure.by].value
        if kind == measure.quantitative or (
            not measure.quantitative and kind not in (None, measure.qualitative)
        ):
            target, actual = (cell_of(table, row, one) for one in (measure.target, measure.actual))
            yield target, actual, target.entry.number, actual.entry.number


def far_apart(target: Fraction, actual: Fraction) -> bool:
    """Whether one of two numbers above zero is so many times the other that nobody gets there."""
    return target > 0 < actual and max(target, actual) >= _FAR * min(target, actual)


def of_other_sign(measure: Achievement, row: Row) -> bool:
    """Whether target and actual are on different sides of zero, and no rates: growth may turn."""
    target, actual = (row.entries[one].number for one in (measure.target, measure.actual))
    if target is None or actual is None or target * actual >= 0:
        return False
    unit = row.entries[measure.unit] if measure.unit else None
    if unit is None or unit.blank:
        return max(abs(target), abs(actual)) > 1
    return unit.value not in measure.percents
