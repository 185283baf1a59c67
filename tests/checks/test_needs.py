"""Which indicators use a cell, what an expression rests on, and when two numbers are far apart."""

from __future__ import annotations

from fractions import Fraction

import msgspec
import pytest

from tests.checks.builder import STANDARD, Change, evaluated
from tests.checks.test_own_rows import STANDARD as NATIONAL
from workbook_tools.checks import check
from workbook_tools.checks.achievements import far_apart
from workbook_tools.checks.needs import sources, users, users_of_row

BENEFITS = {"economic_benefit", "social_benefit", "ecological_benefit"}


@pytest.mark.parametrize(
    ("source", "indicators"),
    [
        ("staff_quota", {"staff_control"}),
        ("budget_approved", {"budget_completion", "budget_adjustment", "payment_progress"}),
        ("payment_planned_q1", {"payment_progress"}),  # of a period
        ("satisfaction_rate", {"satisfaction"}),  # of a second measure
        ("check_disclosure_0", set()),
        ("check_disclosure_1", {"disclosure"}),
        ("check_disclosure_2", {"disclosure"}),
        ("check_disclosure_3", set()),
        ("tasks", {"timely_completion", "quality_rate", "priority_completion"}),
        ("tasks.quality_met", {"quality_rate"}),
        ("tasks.priority", {"priority_completion"}),
        ("kpis", BENEFITS),
        ("kpis.target", BENEFITS),
        ("achievement_economic", {"economic_benefit"}),
        ("projects", set()),
        ("phone", set()),
    ],
)
def test_who_uses_a_cell(source: str, indicators: set[str]) -> None:
    assert users(STANDARD).get(source, frozenset()) == indicators


def test_rows_of_its_own_use_all_that_they_are_scored_by() -> None:
    of_rows = [one.id for one in NATIONAL.indicators if one.measures == ()]
    assert users(NATIONAL)["kpis.actual"] == {*of_rows}
    assert "kpis.reason" not in users(NATIONAL)


def test_a_table_that_must_have_rows_is_used_though_no_expression_names_it() -> None:
    (one,) = [one for one in STANDARD.indicators if one.id == "staff_control"]
    needing = msgspec.structs.replace(one, needs_rows=("projects",))
    standard = msgspec.structs.replace(STANDARD, indicators=(needing,))
    assert users(standard)["projects"] == {"staff_control"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("staff_actual / staff_quota", {"staff_actual", "staff_quota"}),
        ("budget_adjusted * 2", {"budget_approved", "budget_increase", "budget_decrease"}),
        ("tasks_done", {"tasks", "tasks.completed_quarter"}),
        (
            "achievement_social",
            {"achievement_social", "kpis", "kpis.category", "kpis.kind"}
            | {f"kpis.{one}" for one in ("direction", "target", "actual", "degree")},
        ),
    ],
)
def test_what_an_expression_rests_on(text: str, wanted: set[str]) -> None:
    assert sources(STANDARD, text) == wanted


@pytest.mark.parametrize(
    ("row", "column", "indicators"),
    [
        (0, "target", {"social_benefit"}),
        (1, "target", {"economic_benefit"}),
        (1, "evidence", set()),
    ],
)
def test_who_counts_a_row(row: int, column: str, indicators: set[str]) -> None:
    submission, _ = evaluated(Change())
    (table,) = [one for one in STANDARD.tables if one.id == "kpis"]
    found = users_of_row(STANDARD, table, column, submission.tables["kpis"][row])
    assert found == indicators


def test_who_counts_a_row_through_a_formula() -> None:
    formula = next(one for one in STANDARD.derived if one.id == "budget_adjusted")
    half = msgspec.structs.replace(formula, id="half", formula="achievement_social / 2")
    indicators = tuple(
        msgspec.structs.replace(one, measure="half") if one.id == "staff_control" else one
        for one in STANDARD.indicators
    )
    standard = msgspec.structs.replace(
        STANDARD, derived=(*STANDARD.derived, half), indicators=indicators
    )
    submission, _ = evaluated(Change())
    (table,) = [one for one in STANDARD.tables if one.id == "kpis"]
    rows = submission.tables["kpis"]
    found = [users_of_row(standard, table, "target", rows[one]) for one in (0, 1)]
    assert found == [{"social_benefit", "staff_control"}, {"economic_benefit"}]


@pytest.mark.parametrize(
    ("target", "actual", "apart"),
    [
        ("1", "20", True),
        ("20", "1", True),
        ("1", "19.99", False),
        ("19.99", "1", False),
        ("0.5", "10", True),
        ("10", "0.5", True),
        ("0", "20", False),
        ("20", "0", False),
        ("-1", "20", False),
        ("20", "-1", False),
        ("1", "1", False),
    ],
)
def test_two_numbers_are_far_apart_from_twenty_times_on(
    target: str, actual: str, apart: bool
) -> None:
    assert far_apart(Fraction(target), Fraction(actual)) == apart


@pytest.mark.parametrize("copied", [True, False])
def test_a_sheet_of_which_only_copies_are_left_is_not_called_deleted(copied: bool) -> None:
    lost = Change(missing=("in_narrative_*",))
    submission, evaluation = evaluated(lost)
    copies = {
        "in_narrative_usage" if copied else "in_staff_quota": ("报告正文 (2)", "报告正文 (3)")
    }
    submission = msgspec.structs.replace(submission, copies=copies)
    (found,) = [one for one in check(submission, evaluation) if one.name == "sheet-removed"]
    said = "“报告正文”的原表没有了，“报告正文 (2)”、“报告正文 (3)”是复制来的"
    assert (said in found.message) == copied
