"""What amounts make up, what expressions rest on, and what cannot stand beside what."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import msgspec
import pytest

from workbook_tools.standard import Standard, load_standard
from workbook_tools.standard.impossible import impossibilities, tolerance
from workbook_tools.standard.inputs import Axis, Grid
from workbook_tools.standard.model import CrossCheck
from workbook_tools.standard.origins import tables_behind, zero_comes_first
from workbook_tools.standard.sums import adds_up, compositions, is_money, money_grids

COUNTY = load_standard()
NATIONAL = load_standard("national-2020")
LAKESIDE = load_standard(Path(__file__).parents[2] / "docs" / "examples" / "lakeside-2023.yaml")


def test_the_sums_that_a_standard_checks() -> None:
    assert [tuple(one) for one in compositions(COUNTY)] == [
        ("budget_approved", ("budget_basic", "project_budget_total")),
        ("expenditure_total", ("expenditure_basic", "expenditure_project")),
    ]


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        ("budget_basic + project_budget_total", "budget_approved", ["budget_approved"]),
        ("budget_approved", "budget_basic + project_budget_total", ["budget_approved"]),
        (
            "budget_basic + (revenue_total + carryover_previous)",
            "budget_approved",
            ["budget_approved"],
        ),
        ("budget_basic", "budget_approved", []),  # one part is no sum
        ("budget_basic - project_budget_total", "budget_approved", []),
        ("budget_basic + 2 * project_budget_total", "budget_approved", []),
        ("2 * project_budget_total + revenue_total + budget_basic", "budget_approved", []),
        ("staff_actual + tasks_planned", "staff_quota", []),  # no money
        ("budget_basic + project_budget_total", "budget_approved * 2", []),
        (
            "three_public_current_budget",
            "budget_basic + revenue_total",
            ["three_public_current_budget"],
        ),
        ("tasks_planned", "budget_basic + revenue_total", []),
    ],
)
@pytest.mark.parametrize("relation", ["equals", "at_most"])
def test_a_sum_is_of_ids_and_equals_an_amount(
    left: str, right: str, found: list[str], relation: str
) -> None:
    check = msgspec.structs.replace(
        COUNTY.cross_checks[0], left=left, right=right, relation=relation
    )
    standard = msgspec.structs.replace(COUNTY, cross_checks=(check,))
    wanted = found if relation == "equals" else []
    assert [one.whole for one in compositions(standard)] == wanted


@pytest.mark.parametrize(
    ("identity", "money"),
    [
        ("budget_approved", True),
        ("staff_quota", False),
        ("three_public_current_budget", True),
        ("tasks_planned", False),
        ("no_such", False),
    ],
)
def test_an_amount_is_an_input_or_a_quantity_in_money(identity: str, money: bool) -> None:
    assert is_money(COUNTY, identity) == money


def test_a_grid_of_amounts_is_added_up_unless_a_row_holds_others() -> None:
    assert [one.id for one in money_grids(COUNTY)] == ["three_public"]
    assert all(adds_up(COUNTY, one) for one in money_grids(COUNTY))
    assert [adds_up(NATIONAL, one) for one in money_grids(NATIONAL)] == [False]


def _grid(kind: str, **of_axes: str) -> Grid:
    row = Axis(id="r", label="行", type=of_axes.get("row"))  # type: ignore[arg-type]
    column = Axis(id="c", label="栏", type=of_axes.get("column"))  # type: ignore[arg-type]
    grid = NATIONAL.grids[0]
    return msgspec.structs.replace(grid, id="g", type=kind, rows=(row,), columns=(column,))


@pytest.mark.parametrize(
    ("grid", "money"),
    [
        (_grid("money"), True),
        (_grid("count"), False),
        (_grid("money", row="money"), True),
        (_grid("money", row="share"), False),
        (_grid("money", column="count"), False),
    ],
)
def test_a_grid_of_amounts_holds_nothing_else(grid: Grid, money: bool) -> None:
    standard = msgspec.structs.replace(COUNTY, grids=(grid,))
    assert money_grids(standard) == ((grid,) if money else ())


@pytest.mark.parametrize(
    ("standard", "identity", "tables"),
    [
        (COUNTY, "tasks_planned", {"tasks"}),
        (COUNTY, "achievement_social", {"kpis"}),
        (COUNTY, "budget_adjusted", set()),
        (COUNTY, "staff_quota", set()),
        (COUNTY, "no_such", set()),
    ],
)
def test_the_tables_behind_a_quantity(standard: Standard, identity: str, tables: set[str]) -> None:
    assert tables_behind(standard, identity) == tables


def test_a_formula_rests_on_the_tables_of_all_that_is_in_it() -> None:
    formula = next(one for one in COUNTY.derived if one.id == "budget_adjusted")
    mixed = msgspec.structs.replace(
        formula, id="mixed", formula="tasks_planned + projects_actual / staff_quota"
    )
    standard = msgspec.structs.replace(COUNTY, derived=(*COUNTY.derived, mixed))
    assert tables_behind(standard, "mixed") == {"tasks", "projects"}


@pytest.mark.parametrize(
    ("measure", "zero", "first"),
    [
        ("tasks_priority_done / priority_assigned", "full", True),
        ("tasks_priority_done / priority_assigned", "insufficient", False),
        ("tasks_priority_done / tasks_priority", "full", False),  # counted from the very rows
        ("tasks_priority_done / (tasks_priority + 1)", "full", False),
        ("projects_actual / projects_budget", "full", True),  # of rows that are not asked for
        ("tasks_priority_done / 2", "full", True),
        ("tasks_priority_done * tasks_priority", "full", True),
        ("1 - staff_quota / tasks_planned", "full", False),
        ("(1 / tasks_planned) / staff_quota", "full", False),
        ("-(staff_quota / tasks_planned)", "full", False),
        ("staff_quota / priority_assigned + 1 / tasks_planned", "full", False),
    ],
)
def test_a_zero_is_decided_before_rows_unless_it_comes_from_them(
    measure: str, zero: str, first: bool
) -> None:
    indicator = next(one for one in COUNTY.indicators if one.id == "priority_completion")
    indicator = msgspec.structs.replace(indicator, zero=zero)
    assert indicator.needs_rows == ("tasks",)
    assert zero_comes_first(COUNTY, indicator, measure) == first


def test_running_totals_may_fall_by_the_rounding_of_two_figures() -> None:
    (falling,) = [one for one in COUNTY.cross_checks if one.series and one.impossible]
    falling = msgspec.structs.replace(falling, tolerance=None)
    standard = msgspec.structs.replace(COUNTY, cross_checks=(falling,))
    assert {one.tolerance for one in impossibilities(standard).values()} == {Fraction(2, 100)}


def _told(check: CrossCheck) -> tuple[str, str, str, tuple[str, ...], Fraction | None]:
    return check.relation, check.left, check.right, check.series, check.tolerance


def test_what_makes_an_input_unusable() -> None:
    found = {field: _told(one) for field, one in impossibilities(COUNTY).items()}
    left, right = "project_budget_priority", "project_budget_total"
    assert found[left] == ("at_most", left, right, (), None)
    first, second = "payment_planned_q1", "payment_planned_q2"
    assert found[second] == ("at_least", second, first, (), Fraction(0))
    assert {*found} == {
        "fixed_assets_in_use",
        "project_budget_priority",
        "budget_adjustment_exempt",
        "public_funds_budget",
        "survey_satisfied",
        "assessment_score",
        "priority_assigned",
        "payment_planned_q2",
        "payment_planned_q3",
        "payment_planned_q4",
    }


@pytest.mark.parametrize(
    ("changed", "cents"),
    [
        ({"left": "revenue_total", "right": "expenditure_total"}, 2),
        ({"left": "revenue_total", "right": "expenditure_total + carryover_current"}, 3),
        ({"left": "revenue_total", "right": "1300"}, 1),
        ({"left": "", "right": "", "series": ("revenue_total", "expenditure_total", "phone")}, 2),
        ({"left": "revenue_total", "right": "expenditure_total", "tolerance": Fraction(1, 20)}, 5),
        ({"left": "revenue_total", "right": "expenditure_total", "tolerance": Fraction(0)}, 0),
    ],
)
def test_what_may_be_rounding_grows_with_the_figures(
    changed: dict[str, object], cents: int
) -> None:
    check = msgspec.structs.replace(COUNTY.cross_checks[0], **{"tolerance": None, **changed})
    assert tolerance(COUNTY, check) == Fraction(cents, 100)
