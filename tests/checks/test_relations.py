"""Relations in shapes that the shipped standard has none of, told at either side."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import msgspec
import pytest

from tests.checks.builder import CLEAN, STANDARD, Change, evaluated
from workbook_tools.checks import Finding, check, make
from workbook_tools.checks.case import Case
from workbook_tools.checks.relations import elsewhere
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


def test_figures_of_single_periods_weigh_what_the_standard_says() -> None:
    quarters = [f"payment_actual_q{number}" for number in range(1, 5)]
    whole, given = Fraction(0), dict[str, float]()
    for quarter in quarters:
        reached = Fraction(str(CLEAN.fields[quarter]))
        given[quarter], whole = float(reached - whole), reached
    submission, evaluation = evaluated(Change(fields=given))
    relations = tuple(
        msgspec.structs.replace(one, severity="info") if one.id == FALLING.id else one
        for one in STANDARD.cross_checks
    )
    standard = msgspec.structs.replace(STANDARD, cross_checks=relations)
    submission = msgspec.structs.replace(submission, standard=standard)
    evaluation = msgspec.structs.replace(evaluation, submission=submission)
    (found,) = [one for one in check(submission, evaluation) if one.name == FALLING.finding]
    assert "像是每期各自的数" in found.message
    assert (found.field, found.severity) == ("payment_actual_q2", "info")


@pytest.mark.parametrize(
    ("in_use", "likely"),
    [
        ("500.02", ""),  # rounding
        ("500.03", "填反"),
        ("1000", "填反"),
        ("1000.01", ""),
        ("2500", ""),
        ("2500.01", "多写"),
        ("5000", "多写"),
        ("5000.01", ""),
    ],
)
def test_which_slip_makes_a_part_exceed_its_whole_shows_in_its_size(
    in_use: str, likely: str
) -> None:
    change = Change(fields={"fixed_assets_in_use": float(in_use), "fixed_assets_total": 500})
    found = [
        one
        for one in check(*evaluated(change))
        if (one.name, one.field) == ("part-exceeds-whole", "fixed_assets_in_use")
    ]
    said = [word for one in found for word in ("填反", "多写") if word in one.message]
    assert (len(found), said) == (1, [likely] if likely else [])


def test_figures_are_written_as_the_first_of_a_relation_is() -> None:
    right = "1000 + 0 * payment_planned_q4"
    found = told(msgspec.structs.replace(PARTS, left="budget_approved", right=right))
    assert (found.expected, found.actual) == ("1,000.00", "1,200.00")
    assert "相差 200.00 万元" in found.message


@pytest.mark.parametrize(
    ("shape", "field", "actual"),
    [
        ({"left": "budget_approved", "right": "1100", "at": "unit_name"}, "unit_name", ""),
        ({"left": "budget_adjusted", "right": "budget_approved"}, "budget_approved", "1,200.00"),
        ({"left": "budget_basic + 1000", "right": "budget_approved"}, "budget_basic", "790.00"),
    ],
    ids=["no number", "first input", "first"],
)
def test_a_relation_is_told_where_the_standard_wants_or_at_its_first_input(
    shape: dict[str, str], field: str, actual: str
) -> None:
    found = told(msgspec.structs.replace(PARTS, **{"at": "", "relation": "at_most", **shape}))
    assert (found.field, found.actual, found.expected) == (field, actual, "")


def test_a_relation_is_told_at_the_first_figure_that_was_not_issued() -> None:
    change = Change(fields={"budget_basic": 790}, issued={"budget_approved": "1200"})
    submission, evaluation = evaluated(change)
    relation = msgspec.structs.replace(PARTS, relation="at_least", at="budget_approved")
    standard = msgspec.structs.replace(STANDARD, cross_checks=(relation,))
    submission = msgspec.structs.replace(submission, standard=standard)
    (found,) = [one for one in check(submission, evaluation) if one.name == relation.finding]
    assert found.field == "budget_basic"


@pytest.mark.parametrize(
    ("left", "rows", "found"),
    [
        ("tasks_planned + 1", {}, 1),
        ("tasks_planned + 1", {"tasks": {0: None, 1: None}}, 0),  # which is told as such
        ("tasks_planned + 1", {"kpis": {0: None, 1: None, 2: None}}, 1),
        ("projects_budget + 1", {}, 1),  # a table that may be empty
    ],
)
def test_counts_of_a_table_left_empty_are_not_compared(
    left: str, rows: dict[str, Any], found: int
) -> None:
    submission, evaluation = evaluated(Change(rows=rows))
    relation = msgspec.structs.replace(PARTS, left=left, right="budget_approved")
    standard = msgspec.structs.replace(STANDARD, cross_checks=(relation,))
    submission = msgspec.structs.replace(submission, standard=standard)
    every = [one for one in check(submission, evaluation) if one.name == relation.finding]
    assert len(every) == found


PART, OTHER = "budget_basic", "project_budget_total"


@pytest.mark.parametrize(
    ("shape", "fields"),
    [
        ({"at": PART}, [OTHER, "budget_approved"]),
        ({"at": PART, "relation": "at_most", "right": "budget_approved - 100"}, []),
        ({"at": PART, "finding": "figures-differ"}, []),
        ({"at": PART, "right": "budget_approved * 1"}, [OTHER]),
        ({"at": PART, "left": f"{PART} + 2 * {OTHER}"}, ["budget_approved"]),
        ({"at": OTHER}, []),  # not where the finding stands
    ],
    ids=["sum", "bound", "other kind", "multiple", "multiple part", "other place"],
)
def test_what_else_may_be_wrong_of_a_sum_stands_in_it_alone(
    shape: dict[str, str], fields: list[str]
) -> None:
    relation = msgspec.structs.replace(PARTS, **shape)
    submission, evaluation = evaluated(Change(fields={PART: 790}))
    standard = msgspec.structs.replace(STANDARD, cross_checks=(relation,))
    submission = msgspec.structs.replace(submission, standard=standard)
    finding = make("parts-do-not-add-up", "。", field=PART)
    found = elsewhere(Case(submission, evaluation), finding)
    assert [one.field for one in found] == fields
