"""Other readings: each worked by hand, the range of the total, and grades that hang on them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given

from tests.cases import read_yaml
from tests.checks.builder import Change, evaluated
from tests.scoring.test_properties import Book, few, workbooks
from tests.submissions import submission
from workbook_tools.scoring import Sensitivity, evaluate, grade, sensitivity
from workbook_tools.standard import load_standard

STANDARD = load_standard()


class ReadingCase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    given: dict[str, Any]
    default: Fraction | None
    readings: dict[str, Fraction | None]
    arithmetic: str
    tables: dict[str, list[dict[str, Any]]] = {}


class ReadingCases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    indicator: str
    cases: tuple[ReadingCase, ...]
    common: dict[str, Any] = {}


FILE = read_yaml(Path(__file__).with_name("readings.yaml"), tuple[ReadingCases, ...])


@pytest.mark.parametrize(
    ("of", "case"),
    [pytest.param(of, case, id=f"{of.indicator}-{case.name}") for of in FILE for case in of.cases],
)
def test_worked_case(of: ReadingCases, case: ReadingCase) -> None:
    evaluation = evaluate(submission({**of.common, **case.given}, case.tables))
    assert evaluation.results[of.indicator].score == case.default
    assert sensitivity(evaluation).scores[of.indicator] == case.readings


def test_every_alternative_has_a_case_with_a_score_of_its_own() -> None:
    """A case in which the reading gives what the default gives proves nothing of the reading."""
    told = {
        (of.indicator, reading)
        for of in FILE
        for case in of.cases
        for reading, score in case.readings.items()
        if score is not None and score != case.default
    }
    assert told == {
        (indicator.id, reading.id)
        for indicator in STANDARD.indicators
        for reading in indicator.alternatives
    }


def of_clean_department(**fields: Any) -> Sensitivity:
    """The readings of a department with 100 points, but for these fields."""
    return sensitivity(evaluated(Change(fields=fields))[1])


def test_where_every_reading_agrees_nothing_depends_on_it() -> None:
    one = of_clean_department()
    assert one.low == one.high == 100
    assert (one.grade_low, one.grade_high, one.grade_depends) == ("优", "优", False)


def test_each_indicator_is_taken_at_its_own_extreme_and_the_grade_may_hang_on_it() -> None:
    # 92 points without the assessment's 8, which by tasks done would be earned; 54 of 50 posts
    # cost 0.37 by the default reading, 4 at worst
    one = of_clean_department(assessment_score=0, staff_actual=54)
    assert (one.low, one.high) == (Fraction("88"), Fraction("99.63"))
    assert (one.grade_low, one.grade_high, one.grade_depends) == ("良", "优", True)


def test_a_grade_that_could_only_rise_hangs_on_readings_too() -> None:
    one = of_clean_department(assessment_score=0, survey_satisfied=100)  # 100 - 8 - 2.5
    assert (one.low, one.high) == (Fraction("89.5"), Fraction("97.5"))
    assert (one.grade_low, one.grade_high, one.grade_depends) == ("良", "优", True)


def test_points_that_move_within_a_grade_do_not_count_as_a_change() -> None:
    one = of_clean_department(staff_actual=54)
    assert (one.low, one.high) == (Fraction(96), Fraction("99.63"))
    assert not one.grade_depends


def test_what_is_insufficient_stays_anything_whatever_its_readings_give() -> None:
    one = of_clean_department(assessment_score=None)
    assert one.scores["actual_completion"] == {"tasks_done": 8}
    assert (one.low, one.high) == (Fraction(92), Fraction(100))
    assert not one.grade_depends


def test_a_reading_that_lacks_figures_leaves_the_range_as_it_is() -> None:
    # without it the adjusted budget cannot be had: nor the payment progress, worth 2 points
    one = of_clean_department(budget_increase=None, budget_adjustment_exempt=None)
    assert one.scores["budget_completion"] == {"adjusted_budget": None}
    assert (one.low, one.high) == (Fraction(96), Fraction(100))


def test_a_grade_that_missing_figures_leave_open_does_not_hang_on_readings() -> None:
    one = of_clean_department(assessment_score=None, staff_quota=None)
    assert (one.low, one.high) == (Fraction(87), Fraction(100))
    assert (one.grade_low, one.grade_high, one.grade_depends) == ("良", "优", False)


@few
@given(workbooks)
def test_the_default_lies_within_the_range_of_readings(book: Book) -> None:
    evaluation = evaluate(submission(*book))
    total, readings = evaluation.total, sensitivity(evaluation)
    assert 0 <= readings.low <= total.low <= total.high <= readings.high <= 100
    assert readings.grade_low == grade(STANDARD, readings.low)
    assert readings.grade_high == grade(STANDARD, readings.high)
    assert list(readings.scores) == [one.id for one in STANDARD.indicators]
    for one in STANDARD.indicators:
        scores = readings.scores[one.id]
        assert list(scores) == [reading.id for reading in one.alternatives]
        known = [score for score in scores.values() if score is not None]
        assert all(0 <= score <= one.weight for score in known)
        assert all((score * 100).denominator == 1 for score in known)
