"""What rows of a proof aim at: cells that what stands beside them makes unusable, or just not."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from workbook_tools.proof.drawing import SMALLEST_STEP
from workbook_tools.proof.inputs import CellContent
from workbook_tools.standard.tables import SLIP, Achievement, Condition, RowCheck, Table

_OTHER_UNIT = "户"
_STEP = SMALLEST_STEP["share"]


def aim_at_unusable(row: dict[str, CellContent], table: Table, random: Random) -> None:
    """In some rows of a table that knows such cells, change the row so that it may have one."""
    checks = [one for one in table.row_checks if one.unusable]
    achievements = [
        one for one in table.row_measures if isinstance(one, Achievement) and one.percents
    ]
    if checks and random.random() < 0.3:
        _meet(row, random.choice(checks), random)
    if achievements and random.random() < 0.3:
        _leave_out_percent_sign(row, random.choice(achievements), random)


def _meet(row: dict[str, CellContent], check: RowCheck, random: Random) -> None:
    """Meet every condition; of a comparison with a number, its bound or one step aside of it."""
    for one in check.when:
        if one.values:
            value = random.choice(one.values)
            row[one.column] = value if isinstance(value, str) else Fraction(value)
        elif one.comparison is not None and isinstance(one.comparison[1], Fraction):
            row[one.column] = _near(one, one.comparison[1], random)


def _near(one: Condition, bound: Fraction, random: Random) -> Fraction:
    away = random.choice((_STEP, Fraction(1, 2), Fraction(40)))
    assert one.comparison is not None
    inward = away if one.comparison[0] in ("above", "at_least") else -away
    return bound + random.choice((Fraction(0), inward, inward, inward))


def _leave_out_percent_sign(row: dict[str, CellContent], one: Achievement, random: Random) -> None:
    """A share beside about a hundred times as much, at the bounds or a step aside of them."""
    share = random.choice((Fraction(1), Fraction(random.randint(1, 10_001), 10_000)))
    low, high = SLIP
    factor = random.choice((low, high, Fraction(random.randint(40, 220), 100)))
    number = round((100 * factor * share + random.choice((-1, 0, 0, 1)) * _STEP) / _STEP) * _STEP
    columns = random.choice(((one.actual, one.target), (one.target, one.actual)))
    row |= dict(zip(columns, (number, share), strict=True))
    unit = random.choice((None, " ", _OTHER_UNIT, *one.percents))
    if unit is None:
        row.pop(one.unit, None)
    else:
        row[one.unit] = unit
