"""Relations in shapes that the shipped standard has none of, told at either side."""

from __future__ import annotations

import msgspec
import pytest

from tests.checks.builder import STANDARD, Change, evaluated
from workbook_tools.checks import Finding, check
from workbook_tools.standard.model import CrossCheck

PARTS = next(one for one in STANDARD.cross_checks if one.finding == "parts-do-not-add-up")


def told(relation: CrossCheck) -> Finding:
    """The one finding of a relation in a department whose basic budget is 10 too low."""
    submission, evaluation = evaluated(Change(fields={"budget_basic": 790}))
    standard = msgspec.structs.replace(STANDARD, cross_checks=(relation,))
    submission = msgspec.structs.replace(submission, standard=standard)
    (found,) = [one for one in check(submission, evaluation) if one.name == relation.finding]
    return found


@pytest.mark.parametrize(
    ("left", "right", "at", "expected"),
    [
        (PARTS.right, PARTS.left, "budget_approved", "1,190.00"),
        (PARTS.left, PARTS.right, "budget_approved", "1,190.00"),
        (PARTS.left, PARTS.right, "budget_basic", "800.00"),
        ("budget_approved", "1300", "budget_approved", "1,300.00"),
        (PARTS.left, "400", "budget_basic", "0.00"),  # just what a part may be
        (PARTS.left, "399", "budget_basic", ""),
    ],
)
def test_what_a_figure_should_equal_is_the_other_side(
    left: str, right: str, at: str, expected: str
) -> None:
    found = told(msgspec.structs.replace(PARTS, left=left, right=right, at=at))
    assert (found.field, found.expected) == (at, expected)


@pytest.mark.parametrize(
    ("left", "relation", "right", "expected"),
    [
        ("budget_approved", "at_most", "1100", "不大于 1,100.00"),
        ("budget_approved", "at_least", "1300", "不小于 1,300.00"),
        ("budget_approved", "differs", "1200", "不同于 1,200.00"),
        ("1300", "at_most", "budget_approved", ""),
    ],
    ids=["most", "least", "other", "right"],
)
def test_a_bound_is_told_in_words_at_its_left(
    left: str, relation: str, right: str, expected: str
) -> None:
    shape = {"left": left, "relation": relation, "right": right, "at": "budget_approved"}
    found = told(msgspec.structs.replace(PARTS, **shape))
    assert found.expected == expected
    assert "年初批复预算数 1,200.00" in found.message


def test_a_number_by_itself_is_what_should_be_there() -> None:
    found = told(msgspec.structs.replace(PARTS, left="1300", right="budget_approved", at=""))
    assert "：应为 1,300.00；年初批复预算数 1,200.00，相差 100.00 万元。" in found.message


FALLING = next(one for one in STANDARD.cross_checks if one.finding == "cumulative-decreases")


@pytest.mark.parametrize(
    ("second", "severities"),
    [("330", []), ("329.99", ["info"]), ("329.97", ["warning"]), ("300", ["warning"])],
)
def test_what_only_rises_may_stay_and_may_fall_by_rounding(
    second: str, severities: list[str]
) -> None:
    """330.00 was reached in the first quarter."""
    change = Change(fields={"payment_actual_q1": 330, "payment_actual_q2": float(second)})
    submission, evaluation = evaluated(change)
    relation = msgspec.structs.replace(FALLING, severity="warning")
    standard = msgspec.structs.replace(STANDARD, cross_checks=(relation,))
    submission = msgspec.structs.replace(submission, standard=standard)
    found = [one for one in check(submission, evaluation) if one.name == FALLING.finding]
    assert [one.severity for one in found] == severities


def test_a_coincidence_weighs_what_the_standard_says() -> None:
    shape = {"left": "budget_approved", "relation": "differs", "right": "1200"}
    found = told(msgspec.structs.replace(PARTS, at="budget_approved", severity="warning", **shape))
    assert found.severity == "warning"
