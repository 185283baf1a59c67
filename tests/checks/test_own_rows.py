"""Findings about a department's own indicators, each at its cell, told in own_rows.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.submissions import submission
from workbook_tools.checks import Finding, check, kind
from workbook_tools.scoring import evaluate
from workbook_tools.standard import Standard, load_standard
from workbook_tools.standard.severity import Severity
from workbook_tools.standard.tables import Condition
from workbook_tools.submission import Submission

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[1] / "docs" / "examples" / "qingling-2024.yaml"
STANDARD = load_standard("national-2020")


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    at: str = ""
    severity: Severity | None = None
    says: list[Any] = []
    follows: bool = False


class RowCase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    finds: list[Expected]
    rows: dict[int, dict[str, Any] | None] = {}
    values: dict[str, Any] = {}


class Clean(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    values: dict[str, Any]
    rows: list[dict[str, Any]]


def _read(name: str, kind: Any) -> Any:
    return msgspec.yaml.decode((HERE / name).read_bytes(), type=kind)


CLEAN: Clean = _read("own_rows_clean.yaml", Clean)
ROW_CASES: list[RowCase] = _read("own_rows.yaml", list[RowCase])


def filled(
    changes: Mapping[int, Mapping[str, Any] | None],
    values: dict[str, Any] | None = None,
    standard: Standard = STANDARD,
) -> Submission:
    """The clean department with these changes; a row beyond its rows is one more."""
    rows = [
        {} if changes.get(number, {}) is None else {**row, **(changes.get(number) or {})}
        for number, row in enumerate(
            [*CLEAN.rows, *({} for one in changes if one >= len(CLEAN.rows))]
        )
    ]
    return submission({**CLEAN.values, **(values or {})}, {"kpis": rows}, standard)


def place(at: str, made: Submission) -> tuple[str, str]:
    if at.startswith("<"):
        return at.strip("<>"), ""
    column, _, number = at.removesuffix("]").partition("[")
    if number:
        rows = {row.number: row for row in made.tables["kpis"]}
        entry = rows[min(rows) + int(number)].entries[column]
    else:
        entry = made.entries[column]
    return entry.sheet, entry.cell


@pytest.mark.parametrize("case", ROW_CASES, ids=lambda case: case.name)
def test_own_rows(case: RowCase) -> None:
    made = filled(case.rows, case.values)
    found: dict[tuple[str, str, str, str], Finding] = {
        (one.name, one.sheet, one.cell, one.severity): one
        for one in check(made, evaluate(made))
        if one.name != "erratum"
    }
    wanted = {
        (one.name, *place(one.at, made), one.severity or kind(one.name).severity): one
        for one in case.finds
    }
    assert found.keys() == wanted.keys(), "\n".join(one.message for one in found.values())
    for key, one in wanted.items():
        assert bool(found[key].causes) == one.follows
        for words in one.says:
            assert str(words) in found[key].message, found[key].message


@pytest.mark.parametrize(
    ("column", "cell", "scored"),
    [("initial", "C25", True), ("annual", "C26", False), ("executed", "C27", False)],
)
def test_a_whole_column_in_yuan_is_one_finding(column: str, cell: str, scored: bool) -> None:
    values = {
        one: number * 10_000 if one.endswith(f"_{column}") else number
        for one, number in CLEAN.values.items()
    }
    made = submission(values, {"kpis": CLEAN.rows}, STANDARD)
    evaluation = evaluate(made)
    assert (evaluation.results["budget_execution"].score is not None) == scored
    found = [one for one in check(made, evaluation) if one.name != "erratum"]
    assert [(one.name, one.cell) for one in found if not one.causes] == [("unit-looks-wrong", cell)]
    assert [one.name for one in found if one.causes] == ["self-score-unsupported"] * (not scored)
    assert "等 5 个金额" in found[0].message
    assert "一栏误按“元”填写" in found[0].message


@pytest.mark.parametrize(
    ("executed", "used"), [(1, True), (2090, True), (659_999, True), (660_000, False)]
)
def test_an_amount_three_hundred_times_all_other_columns_is_not_used(
    executed: int, used: bool
) -> None:
    values = {"funds_total_initial": 2000, "funds_total_annual": 2200}
    made = submission({**values, "funds_total_executed": executed}, {}, STANDARD)
    assert (evaluate(made).results["budget_execution"].score is not None) == used


def test_a_part_hardly_spent_is_no_amount_in_yuan() -> None:
    parts = {"funds_other_annual": 400, "funds_other_executed": 1, "funds_fiscal_executed": 2089}
    made = submission({**CLEAN.values, **parts}, {"kpis": CLEAN.rows}, STANDARD)
    assert "unit-looks-wrong" not in {one.name for one in check(made, evaluate(made))}


@pytest.mark.parametrize(("column", "follows"), [("actual", True), ("unit", False)])
def test_a_score_follows_from_a_lost_column_that_it_needs(column: str, follows: bool) -> None:
    made = filled({1: {"self": 12}})
    made = msgspec.structs.replace(made, missing_names=(f"tbl_kpis_{column}",))
    found = {one.name: one for one in check(made, evaluate(made))}
    assert "name-missing" in found
    assert bool(found["self-score-too-high"].causes) == follows


@pytest.mark.parametrize(
    ("own", "reason", "found"), [(4, "", True), (4, "雨季停工", False), (5, "", False)]
)
def test_a_finding_that_the_standard_names(own: int, reason: str, found: bool) -> None:
    standard = load_standard(EXAMPLE)
    row = {"name": "新建公路", "category": "产出", "nature": "≥", "target": 10, "actual": 8}
    made = submission({}, {"own": [{**row, "points": 5, "self": own, "reason": reason}]}, standard)
    named = [one for one in check(made, evaluate(made)) if one.name == "against-the-standard"]
    assert [one.field for one in named] == ["own.reason"] * found
    assert all("偏差原因未填" in one.message for one in named)


@pytest.mark.parametrize(
    ("when", "scores"),
    [
        ({"at_most": Fraction(4)}, [3, 4]),
        ({"below": Fraction(4)}, [3]),
        ({"at_least": Fraction(4)}, [4, 5]),
        ({"above": Fraction(4)}, [5]),
        ({"at_most": "points"}, [3, 4, 5]),
        ({"above": "points"}, []),
        ({"at_least": "target"}, []),  # whose cell is blank
        ({"equals": Fraction(4)}, [4]),
    ],
)
def test_a_condition_compares_with_a_number_or_with_another_column(
    when: dict[str, Any], scores: list[int]
) -> None:
    table = next(one for one in load_standard(EXAMPLE).tables if one.id == "own")
    (rule,) = table.row_checks
    rule = msgspec.structs.replace(rule, at="self", when=(Condition(column="self", **when),))
    standard = msgspec.structs.replace(
        load_standard(EXAMPLE), tables=(msgspec.structs.replace(table, row_checks=(rule,)),)
    )
    row = {"name": "新建公路", "category": "产出", "nature": "定性", "degree": 1, "points": 5}
    made = submission({}, {"own": [{**row, "self": own} for own in (3, 4, 5)]}, standard)
    named = [one for one in check(made, evaluate(made)) if one.name == "against-the-standard"]
    assert [one.actual for one in named] == [str(own) for own in scores]


def test_a_broken_condition_weighs_what_the_standard_says_and_names_the_other_choices() -> None:
    table = next(one for one in load_standard(EXAMPLE).tables if one.id == "own")
    (rule,) = table.row_checks
    when = (Condition(column="category", equals="产出"),)
    rule = msgspec.structs.replace(rule, at="category", when=when, severity="error")
    standard = msgspec.structs.replace(
        load_standard(EXAMPLE), tables=(msgspec.structs.replace(table, row_checks=(rule,)),)
    )
    row = {"name": "新建公路", "category": "产出", "nature": "定性", "degree": 1, "points": 5}
    made = submission({}, {"own": [row]}, standard)
    (found,) = [one for one in check(made, evaluate(made)) if one.name == "against-the-standard"]
    assert (found.severity, found.expected) == ("error", "效益/质量")


def test_of_a_broken_condition_on_other_cells_no_choice_is_named() -> None:
    standard = load_standard(EXAMPLE)
    table = next(one for one in standard.tables if one.id == "own")
    (rule,) = table.row_checks
    when = (Condition(column="nature", equals="定性"),)
    rule = msgspec.structs.replace(rule, at="category", when=when)
    changed = (msgspec.structs.replace(table, row_checks=(rule,)),)
    row = {"name": "新建公路", "category": "产出", "nature": "定性", "degree": 1, "points": 5}
    made = submission({}, {"own": [row]}, msgspec.structs.replace(standard, tables=changed))
    (found,) = [one for one in check(made, evaluate(made)) if one.name == "against-the-standard"]
    assert (found.field, found.expected) == ("own.category", "")
