"""What a table row is worth: the word it is classified by, the share of its target reached.

None stands for "cannot be said": a cell that the row needs is blank or cannot be used, be it only
because of what stands beside it. A cell that the row does not need (its column's ``needed_when``)
and that is blank stands for nothing, "".
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from fractions import Fraction

from workbook_tools.scoring.arithmetic import is_below
from workbook_tools.scoring.rules import ONE, ZERO, held
from workbook_tools.standard.tables import SLIP, Achievement, Classify, Column, Condition, Table
from workbook_tools.submission.model import Row

Worth = Fraction | str | datetime.date | None


def column_values(table: Table, rows: Sequence[Row], identity: str) -> list[Worth]:
    """The values of an input column or of a row measure, one per row."""
    columns = {column.id: column for column in table.columns}
    for measure in table.row_measures:
        if measure.id == identity:
            if isinstance(measure, Classify):
                asked = [column_values(table, rows, one) for one in measure.asked]
                lacking = {
                    place for values in asked for place, one in enumerate(values) if one is None
                }
                return [
                    None if place in lacking else classified(measure, row)
                    for place, row in enumerate(rows)
                ]
            return [achieved(measure, table, row) for row in rows]
    column = columns[identity]
    if column.needed_when or any(table.spoilt_by(identity)):
        return [usable(table, column, row) for row in rows]
    return [row.entries[identity].value for row in rows]


def usable(table: Table, column: Column, row: Row) -> Worth:
    """The usable value of a cell; "" where the row does not need one, None where it lacks one."""
    value = row.entries[column.id].value
    if value is not None:
        return None if is_spoilt(table, column.id, row) else value
    return None if not column.needed_when or meets(column.needed_when, row) else ""


def is_spoilt(table: Table, column: str, row: Row) -> bool:
    """Whether what stands beside a cell makes it unusable."""
    checks, _ = table.spoilt_by(column)
    return any(meets(one.when, row) for one in checks) or is_without_sign(table, column, row)


def is_without_sign(table: Table, column: str, row: Row) -> bool:
    """Whether it is the percent sign that a cell lacks."""
    return any(
        isinstance(one, Achievement) and lacks_percent_sign(one, row) == column
        for one in table.row_measures
    )


def lacks_percent_sign(measure: Achievement, row: Row) -> str:
    """The column, target or actual, whose number lacks its percent sign; "" for neither.

    As :class:`Achievement` has it: 85 beside a target of 90 %.
    """
    if not measure.percents or row.entries[measure.by].value == measure.qualitative:
        return ""
    unit = row.entries[measure.unit]
    if not unit.blank and unit.value not in measure.percents:
        return ""
    for column, other in ((measure.actual, measure.target), (measure.target, measure.actual)):
        number, beside = row.entries[column].number, row.entries[other].number
        if number is not None and beside is not None and 0 < beside <= 1 < number:
            low, high = (bound * beside for bound in SLIP)
            if low <= number / 100 <= high:
                return column
    return ""


def classified(measure: Classify, row: Row) -> str | None:
    """The word of the first case that holds, in a row with all that the cases ask for."""
    for case in measure.cases:
        if meets(case.when, row):
            return case.then
    return None


def meets(conditions: Iterable[Condition], row: Row) -> bool:
    """Whether all conditions hold in the row."""
    for condition in conditions:  # noqa: SIM110 - a generator costs as much as the conditions
        if not holds(condition, row):
            return False
    return True


def holds(condition: Condition, row: Row) -> bool:
    """Whether a condition holds in the row; it does not where a cell that it asks for is missing.

    Nor does a comparison with a word (未完成 against a quarter).
    """
    value = row.entries[condition.column].value
    if condition.filled is not None:
        return (value is not None) == condition.filled
    if condition.equals is not None:
        return value in condition.values
    assert condition.comparison is not None, "the lint sees to it that there is a test"
    test, limit = condition.comparison
    other = limit if isinstance(limit, Fraction) else row.entries[limit].value
    if not isinstance(value, Fraction) or not isinstance(other, Fraction):
        return False
    match test:
        case "at_most":
            return not is_below(other, value)
        case "below":
            return is_below(value, other)
        case "at_least":
            return not is_below(value, other)
        case "above":
            return is_below(other, value)


def achieved(measure: Achievement, table: Table, row: Row) -> Fraction | str | None:
    """The share of the row's target that was reached (see :class:`Achievement`).

    None when a cell that it takes is missing; "" when all are there and there is still none.
    """
    columns = {column.id: column for column in table.columns}
    kind = row.entries[measure.by].value
    if kind == measure.qualitative:
        degree = usable(table, columns[measure.degree], row)
        return held(degree, ONE) if isinstance(degree, Fraction) else None
    asked = (measure.by, measure.direction, measure.target, measure.actual)
    if any(usable(table, columns[identity], row) is None for identity in asked):
        return None
    target = row.entries[measure.target].number
    actual = row.entries[measure.actual].number
    if (measure.quantitative and kind != measure.quantitative) or target is None or actual is None:
        return ""
    direction = row.entries[measure.direction].value
    if measure.signed:
        return _fulfilled(measure, direction, target, actual)
    if target < 0:
        return ""
    if direction == measure.lower:
        return held(target / actual, ONE) if actual else ONE
    return held(actual / target, ONE) if target else ""


def _fulfilled(
    measure: Achievement, direction: Worth, target: Fraction, actual: Fraction
) -> Fraction:
    """1 and more for a target reached, less for one missed, whatever sign the target has."""
    margin = target - actual if direction == measure.lower else actual - target
    if direction == measure.equal:
        margin = -abs(margin)
    if target == 0:
        return ONE if margin >= 0 else ZERO
    if direction == measure.lower and margin < 0 < target:
        return target / actual
    return max(ZERO, ONE + margin / abs(target))
