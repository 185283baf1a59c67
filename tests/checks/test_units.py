"""Which amounts are doubted beside one that seems to be in 元, and where doubt begins."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.builder import Change, evaluated
from tests.checks.test_own_rows import CLEAN, filled
from tests.checks.test_own_rows import STANDARD as NATIONAL
from tests.submissions import submission
from workbook_tools.checks import check
from workbook_tools.checks.units import (
    all_in_yuan,
    doubtful_amounts,
    has_doubtful_amounts,
    misreadings,
    suspects,
)
from workbook_tools.scoring import Evaluation, evaluate

AMOUNTS = [
    "expenditure_total",
    "budget_approved",
    "budget_basic",
    "budget_increase",
    "procurement_budget",
    "procurement_actual",
    "public_funds_budget",
    "public_funds_actual",
    "revenue_total",
    "carryover_previous",
    "carryover_current",
]


def national(**changed: float | None) -> Evaluation:
    """The clean department of the national table with other amounts, each 万元."""
    values = {**CLEAN.values, **{f"funds_{one}": value for one, value in changed.items()}}
    return evaluate(submission(values, {"kpis": CLEAN.rows}, NATIONAL))


def alone(issued: dict[str, str] | None = None, **amounts: float) -> Evaluation:
    """A department that filled in these amounts and nothing else."""
    return evaluated(Change(untouched=True, fields={**amounts}, issued=issued or {}))[1]


PERCENT_SLIP: dict[int, dict[str, Any] | None] = {3: {"actual": 85}}


@pytest.mark.parametrize(
    ("rows", "values", "doubtful"),
    [
        ({}, {}, False),
        ({}, {"funds_other_executed": 20_900_000}, True),
        (PERCENT_SLIP, {}, False),
        (PERCENT_SLIP, {"funds_other_executed": 20_900_000}, True),
        ({0: {"self": 11}}, {}, False),
        ({}, {"funds_basic_initial": 1070}, False),
    ],
    ids=["clean", "amount", "percentage", "both", "another finding", "another one of an amount"],
)
def test_a_sum_should_not_count_what_may_be_in_yuan(
    rows: dict[int, dict[str, Any] | None], values: dict[str, Any], doubtful: bool
) -> None:
    made = filled(rows, values)
    found = check(made, evaluate(made))
    assert has_doubtful_amounts(found, NATIONAL) == doubtful
    assert ("unit-looks-wrong" in {one.name for one in found}) == (doubtful or rows is PERCENT_SLIP)


@pytest.mark.parametrize(
    ("suspected", "own", "whole"), [(5, 10, True), (5, 11, False), (4, 8, False), (5, 5, True)]
)
def test_a_whole_table_is_in_yuan_when_five_and_half_of_its_amounts_are(
    suspected: int, own: int, whole: bool
) -> None:
    evaluation = alone(None, **dict.fromkeys(AMOUNTS[:own], 5.0))
    names = AMOUNTS[:suspected]
    assert all_in_yuan(evaluation, names) == whole
    words = {one.of for one in misreadings(evaluation, names)}
    assert words == ({"整张表"} if whole else {""})


def test_no_amount_is_doubted_where_none_is_suspected() -> None:
    assert doubtful_amounts(national()) == frozenset()


@pytest.mark.parametrize(
    ("amounts", "alike"),
    [
        ({"basic_annual": 8_400_000, "project_annual": 28_000}, set()),
        ({"basic_annual": 8_400_000, "project_annual": 28_001}, {"project_annual"}),
        (  # parts too small by themselves, which add up to the total as they stand
            {
                "total_executed": 20_900_000,
                "fiscal_executed": 20_879_000,
                "carried_executed": 10_000,
                "other_executed": 11_000,
            },
            {"carried_executed", "other_executed"},
        ),
        (
            {
                "total_executed": 20_900_000,
                "fiscal_executed": 20_879_000,
                "carried_executed": 10_000,
                "other_executed": 11_001,
            },
            set(),
        ),
        (
            {
                "total_executed": 20_900_000,
                "fiscal_executed": 20_879_000,
                "carried_executed": 21_000,
                "other_executed": None,
            },
            {"carried_executed"},
        ),
        (
            {"fiscal_annual": 8_400_000, "basic_annual": 8_389_000, "project_annual": 11_000},
            set(),
        ),
    ],
    ids=[
        "a part",
        "a large part",
        "parts of a sum",
        "parts of no sum",
        "a blank part",
        "parts of another sum",
    ],
)
def test_what_was_typed_in_the_same_unit_is_doubted_too(
    amounts: dict[str, float | None], alike: set[str]
) -> None:
    evaluation = national(**amounts)
    suspected = suspects(evaluation)
    assert suspected
    found = doubtful_amounts(evaluation) - suspected.keys()
    assert found == {f"funds_{one}" for one in alike}


def test_all_amounts_are_doubted_where_the_whole_table_is_in_yuan() -> None:
    own = {
        one: value * 10_000 if one.startswith("funds_") and value else value
        for one, value in CLEAN.values.items()
    }
    evaluation = evaluate(submission(own, {"kpis": CLEAN.rows}, NATIONAL))
    assert list(suspects(evaluation)) == ["funds_total_initial"]
    assert doubtful_amounts(evaluation) == {
        one for one, value in own.items() if one.startswith("funds_") and value
    }
    issued = {"funds_total_initial": "2000"}
    beside = submission(
        {**own, "funds_total_initial": 2000}, {"kpis": CLEAN.rows}, NATIONAL, issued=issued
    )
    evaluation = evaluate(beside)
    found = doubtful_amounts(evaluation)
    assert [one.of for one in misreadings(evaluation, suspects(evaluation))] == ["整张表"]
    assert "funds_total_initial" not in found
    assert found == {one for one, value in own.items() if one.startswith("funds_") and value} - {
        "funds_total_initial"
    }


@pytest.mark.parametrize(
    ("evaluation", "names"),
    [
        (alone(carryover_current=5), []),  # nothing to tell a year's money by
        (alone(budget_approved=0, carryover_current=5), []),
        (alone(budget_approved=1, carryover_current=5), ["carryover_current"]),
        (alone(budget_approved=5, carryover_current=5), []),
        (alone(budget_approved=10, revenue_total=1, carryover_current=5), []),
        # nothing near it was issued, but it is three hundred times the largest that was
        (alone({"budget_approved": "1"}, budget_approved=1, fixed_assets_total=299), []),
        (
            alone({"budget_approved": "1"}, budget_approved=1, fixed_assets_total=300),
            ["fixed_assets_total"],
        ),
        (alone({"budget_approved": "0"}, budget_approved=0, fixed_assets_total=300), []),
        (
            alone(
                {"budget_approved": "200", "budget_basic": "1"},
                budget_approved=200,
                budget_basic=1,
                fixed_assets_total=399,
            ),
            [],
        ),
    ],
    ids=[
        "alone",
        "nothing",
        "a year",
        "as much",
        "the most",
        "less",
        "times",
        "of nothing",
        "the largest",
    ],
)
def test_where_suspicion_begins(evaluation: Evaluation, names: list[str]) -> None:
    assert list(suspects(evaluation)) == names


@pytest.mark.parametrize(("other", "doubted"), [(100_000, False), (100_001, True)])
def test_what_is_small_beside_an_implausible_amount_is_not_doubted(
    other: int, doubted: bool
) -> None:
    columns = {"initial": 30_000_000, "annual": 29_000_000, "executed": 28_000_000}
    whole = {f"total_{one}": amount for one, amount in columns.items()}
    evaluation = national(**whole, **dict.fromkeys(PARTS, 20_000_000), other_initial=other)
    assert list(suspects(evaluation)) == ["funds_total_initial"]
    assert ("funds_other_initial" in doubtful_amounts(evaluation)) == doubted


def test_amounts_are_implausible_from_a_hundred_times_a_hundred_million_on() -> None:
    whole = dict.fromkeys((f"total_{one}" for one in ("initial", "annual", "executed")), 1_000_000)
    evaluation = national(**whole, **dict.fromkeys(PARTS, 500_000))
    assert list(suspects(evaluation)) == ["funds_total_initial"]
    assert "funds_total_annual" in doubtful_amounts(evaluation)


PARTS = [
    f"{row}_{column}"
    for row in ("fiscal", "carried", "basic", "project")
    for column in ("initial", "annual", "executed")
]


def test_a_reason_names_what_is_exceeded_and_how_often() -> None:
    reason = "约为“年度资金总额—全年预算数”（2,200.00 万元）的 9,500 倍"
    assert suspects(national(other_executed=20_900_000)) == {"funds_other_executed": reason}
