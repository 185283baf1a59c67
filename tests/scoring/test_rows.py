"""What one row of a table is worth, cell by cell."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.submissions import submission
from workbook_tools.scoring.arithmetic import ZeroDenominatorError, worth
from workbook_tools.scoring.rows import achieved, column_values, holds, usable
from workbook_tools.standard import load_standard
from workbook_tools.standard.expression import parse
from workbook_tools.standard.tables import Achievement, Classify, ClassifyCase, Condition
from workbook_tools.submission.model import Row

TABLES = {table.id: table for table in load_standard().tables}
(ACHIEVEMENT,) = (one for one in TABLES["kpis"].row_measures if isinstance(one, Achievement))


def row(table: str, **cells: Any) -> Row:
    (only,) = submission({}, {table: [{"name": "甲", **cells}]}).tables[table]
    return only


@pytest.mark.parametrize(
    ("completed", "condition", "expected"),
    [
        (2, {"filled": True}, True),
        (2, {"filled": False}, False),
        (None, {"filled": True}, False),
        (None, {"filled": False}, True),
        (1, {"at_most": "planned_quarter"}, True),
        (2, {"at_most": "planned_quarter"}, True),
        (3, {"at_most": "planned_quarter"}, False),
        (1, {"below": "planned_quarter"}, True),
        (2, {"below": "planned_quarter"}, False),
        (3, {"below": "planned_quarter"}, False),
        ("未完成", {"at_most": "planned_quarter"}, False),
        ("未完成", {"below": "planned_quarter"}, False),
        (2, {"at_most": "quality_met"}, False),
        (None, {"at_most": "planned_quarter"}, False),
        (2, {"equals": (1, 2)}, True),
        (3, {"equals": (1, 2)}, False),
        ("未完成", {"equals": "未完成"}, True),
        (None, {"equals": "未完成"}, False),
    ],
)
def test_conditions(completed: object, condition: dict[str, Any], expected: bool) -> None:
    given = row("tasks", planned_quarter=2, completed_quarter=completed)
    wanted = Condition(column="completed_quarter", **condition)
    assert holds(wanted, given) is expected


def test_a_row_in_which_no_case_holds_has_no_word() -> None:
    case = ClassifyCase(when=(Condition(column="completed_quarter", equals=1),), then="一季度")
    measure = Classify(id="word", label="词", cases=(case,))
    table = msgspec.structs.replace(TABLES["tasks"], row_measures=(measure,))
    rows = [row("tasks", completed_quarter=completed) for completed in (1, 2, None)]
    assert column_values(table, rows, "word") == ["一季度", None, None]


def test_a_cell_that_the_row_does_not_need_stands_for_nothing() -> None:
    tasks, met = TABLES["tasks"], {one.id: one for one in TABLES["tasks"].columns}["quality_met"]
    assert usable(tasks, met, row("tasks", completed_quarter="未完成")) == ""
    assert usable(tasks, met, row("tasks", completed_quarter=1)) is None
    assert usable(tasks, met, row("tasks", completed_quarter="未完成", quality_met="是")) == "是"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"target": 0, "actual": 5}, ""),
        ({"target": -1, "actual": 5}, None),  # below what the column allows
        ({"target": 5, "actual": None}, None),
        ({"target": None, "actual": 5}, None),
        ({"target": 5, "actual": 4}, 0.8),
    ],
)
def test_a_target_that_cannot_be_divided_by_has_no_achievement(
    cells: dict[str, Any], expected: object
) -> None:
    given = row("kpis", category="社会效益", kind="定量", direction="越大越好", **cells)
    found = achieved(ACHIEVEMENT, TABLES["kpis"], given)
    assert (float(found) if found else found) == expected
    assert column_values(TABLES["kpis"], [given], ACHIEVEMENT.id) == [found]


def test_a_row_of_neither_kind_has_no_achievement() -> None:
    other = msgspec.structs.replace(ACHIEVEMENT, quantitative="别的")
    given = row("kpis", kind="定量", direction="越大越好", target=5, actual=4)
    assert achieved(other, TABLES["kpis"], given) == ""


def test_a_division_by_zero_tells_what_by_what() -> None:
    with pytest.raises(ZeroDenominatorError, match=r"^division by zero in a measure$") as caught:
        worth(parse("3 / (2 - 2)"), {})
    assert caught.value.numerator == 3
    assert caught.value.denominator == parse("2 - 2")
