"""What the points of a department's own indicators add up to, and units that cannot be one."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import msgspec
import pytest

from tests.checks.test_own_rows import CLEAN, STANDARD, filled
from workbook_tools.checks import Finding, check, make
from workbook_tools.checks.achievements import far_apart
from workbook_tools.checks.case import Case
from workbook_tools.checks.own_rows import own_rows, points_elsewhere, rows_of_points
from workbook_tools.scoring import evaluate
from workbook_tools.standard import Standard
from workbook_tools.standard.rules import Rows
from workbook_tools.standard.tables import Achievement, Condition

Changes = Mapping[int, Mapping[str, Any] | None]
(TABLE,) = STANDARD.tables
AS_PARTS: Changes = {n: {"points": row["points"] / 100} for n, row in enumerate(CLEAN.rows)}


def case(changes: Changes, standard: Standard = STANDARD) -> Case:
    """The clean department with these changes in its rows; None takes one out."""
    made = filled(changes, standard=standard)
    return Case(made, evaluate(made))


def told(of: Case) -> list[Finding]:
    """What is said of points that do not add up."""
    found = check(of.submission, of.evaluation)
    return [one for one in found if one.name == "row-points-differ"]


def at(number: int) -> Finding:
    """A finding about the points of a row."""
    return make("row-points-differ", "。", sheet="绩效指标", cell=f"L{200 + number}")


def with_column(identity: str, **changed: Any) -> Standard:
    """The standard with a column changed."""
    columns = tuple(
        msgspec.structs.replace(one, **changed) if one.id == identity else one
        for one in TABLE.columns
    )
    return msgspec.structs.replace(
        STANDARD, tables=(msgspec.structs.replace(TABLE, columns=columns),)
    )


@pytest.mark.parametrize(
    ("target", "actual", "apart", "opposite"),
    [
        (1, 20, True, False),
        (20, 1, True, False),
        (1, 19.99, False, False),
        (20, 1.01, False, False),
        (0, 20, False, False),
        (20, 0, False, False),
        (-1, 20, False, True),
        (20, -1, False, True),
        (-1, -20, False, False),
    ],
)
def test_twenty_times_a_number_above_zero_is_far_from_it(
    target: float, actual: float, apart: bool, opposite: bool
) -> None:
    assert far_apart(Fraction(str(target)), Fraction(str(actual))) == apart
    first, *_ = own_rows(case({0: {"target": target, "actual": actual}}), "output")
    assert first.is_doubted == (apart or opposite)


@pytest.mark.parametrize(
    ("unit", "target", "actual", "opposite"),
    [
        (None, 0.05, -0.02, False),
        (None, 1, -0.5, False),
        (None, 2, -1, True),
        ("%", 5, -2, False),
        ("％", 5, -2, False),
        ("万元", 0.5, -0.4, True),
    ],
)
def test_a_rate_may_turn_but_no_other_number(
    unit: str | None, target: float, actual: float, opposite: bool
) -> None:
    first, *_ = own_rows(case({0: {"unit": unit, "target": target, "actual": actual}}), "output")
    assert first.is_doubted == opposite


@pytest.mark.parametrize(
    "changed", [{"target": None, "actual": 60}, {"target": 60, "actual": None}, {"nature": "定性"}]
)
def test_only_two_numbers_of_a_row_that_is_measured_by_them_are_far_apart(
    changed: dict[str, Any],
) -> None:
    first, *_ = own_rows(case({0: {"target": 1, "actual": 60, **changed}}), "output")
    assert not first.is_doubted


@pytest.mark.parametrize(("points", "found"), [(12.004, 0), (12.005, 1), (11.996, 0), (11.995, 1)])
def test_points_may_be_off_by_less_than_the_tolerance(points: float, found: int) -> None:
    assert len(told(case({0: {"points": points}}))) == found


def test_points_of_one_indicator_as_parts_are_no_slip_of_all() -> None:
    (found,) = told(case({9: {"points": 0.06}, 10: {"points": 0.04}}))
    assert found.cell in ("L209", "L210")
    assert "百分之一" not in found.message


@pytest.mark.parametrize(
    ("changes", "expected", "actual"),
    [
        ({}, "12", "0.12"),
        ({9: {"points": 0.1}, 10: None}, "12", "0.12"),  # one row makes a sum, too
        ({0: {"points": 0}, 1: {"points": 0.24}}, "0", "0"),
        ({0: {"points": 0.12345678901}, 1: {"points": 0.11654321099}}, "12.3456789010", "0.1235"),
    ],
)
def test_points_as_parts_of_the_whole_are_told_at_the_first(
    changes: Changes, expected: str, actual: str
) -> None:
    (found,) = told(case({**AS_PARTS, **changes}))
    assert found.cell == "L200"
    assert (found.expected, found.actual) == (expected.rstrip("0") or "0", actual)


def test_what_two_conditions_ask_for_may_be_lacking_for_one() -> None:
    """A row without a unit may belong to an indicator of percentages: it is not without rows."""

    def under(*more: Condition) -> Standard:
        indicators = []
        for one in STANDARD.indicators:
            if one.id == "satisfaction":
                assert isinstance(one.rule, Rows)
                rule = msgspec.structs.replace(one.rule, where=(*one.rule.where, *more))
                one = msgspec.structs.replace(one, rule=rule)
            indicators.append(one)
        return msgspec.structs.replace(STANDARD, indicators=tuple(indicators))

    gone: Changes = {9: None, 10: None}
    assert [one.actual for one in told(case(gone, under()))] == ["0"]
    assert not told(case(gone, under(Condition(column="unit", equals="%"))))


def test_the_table_of_the_rows_need_not_be_the_first() -> None:
    other = msgspec.structs.replace(
        TABLE, id="more", label="其他", required=False, row_measures=(), row_checks=()
    )
    standard = msgspec.structs.replace(STANDARD, tables=(other, TABLE))
    for changes in ({2: {"points": 8}}, {9: None, 10: None}):
        (found,), (usual,) = told(case(changes, standard)), told(case(changes))
        assert (found.message, found.field) == (usual.message, usual.field)


FEWER: Changes = {2: {"points": 8}, 5: {"points": 9}}


@pytest.mark.parametrize(
    ("changes", "number", "rows"),
    [
        (FEWER, 0, range(5)),
        (FEWER, 4, range(5)),
        (FEWER, 5, ()),  # which has too many
        (FEWER, 9, ()),  # whose sum is right
        ({**FEWER, 9: {"points": 5}}, 10, (9, 10)),
        (AS_PARTS, 0, range(11)),
    ],
)
def test_the_rows_with_too_few_points_are_those_of_their_indicator(
    changes: Changes, number: int, rows: range | tuple[int, ...]
) -> None:
    assert rows_of_points(case(changes), at(number)) == {200 + one for one in rows}


WRONG = {0: {"self": 11}, 1: {"points": 10, "self": 4}, 2: {"self": 9}}


@pytest.mark.parametrize(
    ("most", "there"),
    [
        (50, [("L200", "14", "12"), ("L201", "12", "10"), ("L202", "12", "10")]),
        (None, [("L200", "14", "12"), ("L201", "12", "10"), ("L202", "12", "10")]),
        (13, [("L201", "12", "10"), ("L202", "12", "10")]),
        (12, [("L201", "12", "10"), ("L202", "12", "10")]),
    ],
)
def test_points_are_mended_in_a_row_that_may_have_so_many(
    most: int | None, there: list[tuple[str, str, str]]
) -> None:
    made = case(WRONG, with_column("points", max=None if most is None else Fraction(most)))
    found = [(one.cell, one.expected, one.actual) for one in points_elsewhere(made, at(0))]
    assert found == there


@pytest.mark.parametrize("number", [1, 4, 5, 9])
def test_points_are_mended_only_of_the_indicator_that_is_told(number: int) -> None:
    assert not list(points_elsewhere(case(WRONG), at(number)))


def test_points_as_parts_of_the_whole_are_mended_all_at_once() -> None:
    assert not list(points_elsewhere(case(AS_PARTS), at(0)))


def test_points_may_be_mended_to_none_but_not_below() -> None:
    rows = {2: {"points": 17}, 3: {"points": 7, "self": 6}, 4: {"points": 6, "self": 5}}
    found = points_elsewhere(case({**rows, 0: {"points": 15, "self": 1}}), at(0))
    assert [(one.cell, one.expected) for one in found] == [
        ("L200", "8"),
        ("L202", "10"),
        ("L203", "0"),
    ]


def test_points_that_do_not_end_are_told_in_short() -> None:
    (found, *_) = points_elsewhere(case({0: {"points": 8.33333333333333, "self": 1}}), at(0))
    assert (found.expected, found.actual) == ("12", "8.3333")


@pytest.mark.parametrize(("own", "beyond"), [(-0.5, True), (0, False), (12, False), (12.5, True)])
def test_points_below_nothing_or_beyond_those_of_a_row_are_no_deduction(
    own: float, beyond: bool
) -> None:
    made = case({0: {"self": own}}, with_column("self", min=None))
    found = {
        one.name: one.cell
        for one in check(made.submission, made.evaluation)
        if one.name in ("self-score-out-of-range", "deduction-without-reason")
    }
    if beyond:
        assert found == {"self-score-out-of-range": "M200"}
    else:
        assert found == ({} if own else {"deduction-without-reason": "N200"})


@pytest.mark.parametrize(
    ("tier", "degree", "says"),
    [
        ("部分达成", 1, "之间，100.00% 属于“达成”。"),
        ("达成", 0.55, "80%～100% 之间。"),  # of no tier
    ],
)
def test_a_degree_may_end_a_tier_or_be_of_none(tier: str, degree: float, says: str) -> None:
    first, achievement = TABLE.row_measures
    assert isinstance(achievement, Achievement)
    last = achievement.tiers[-1]
    lower = msgspec.structs.replace(last, high=Fraction(1, 2))
    measure = msgspec.structs.replace(
        achievement,
        tiers=(*achievement.tiers[:-1], lower),
    )
    table = msgspec.structs.replace(TABLE, row_measures=(first, measure))
    made = case(
        {6: {"tier": tier, "degree": degree}}, msgspec.structs.replace(STANDARD, tables=(table,))
    )
    (found,) = [
        one for one in check(made.submission, made.evaluation) if one.name == "degree-outside-tier"
    ]
    assert says in found.message
