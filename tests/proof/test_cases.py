"""The made-up input sets: always the same, and everything in them that they promise."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from workbook_tools.proof import ErrorValue, InputSet, contents
from workbook_tools.proof.aims import thresholds
from workbook_tools.proof.cases import make_cases
from workbook_tools.proof.comparing import expected_results
from workbook_tools.proof.inputs import input_set, submission_of
from workbook_tools.scoring import Evaluation, evaluate
from workbook_tools.standard import Standard
from workbook_tools.standard.contract import fields
from workbook_tools.standard.rules import Checklist, Periods
from workbook_tools.submission import read_submission
from workbook_tools.template import CellValue, Filling, TypedFormula, build_template

pytestmark = pytest.mark.slow

COUNT = 500
FROM_TABLES = (
    "quality_rate",
    "priority_completion",
    "economic_benefit",
    "social_benefit",
    "ecological_benefit",
)
"""Nothing is aimed at where a measure comes from table rows alone."""


@pytest.fixture(scope="module")
def cases(shipped: Standard) -> list[InputSet]:
    return list(make_cases(shipped, COUNT, 1))


@pytest.fixture(scope="module")
def evaluations(shipped: Standard, cases: list[InputSet]) -> list[Evaluation]:
    return [evaluate(submission_of(shipped, case)) for case in cases]


def test_a_seed_gives_the_same_cases_and_fewer_are_the_first_of_more(
    shipped: Standard, cases: list[InputSet]
) -> None:
    assert list(make_cases(shipped, 20, 1)) == cases[:20]
    assert list(make_cases(shipped, 20, 2)) != cases[:20]


def test_every_threshold_is_met_and_just_missed_on_both_sides(
    shipped: Standard, evaluations: list[Evaluation]
) -> None:
    near = Fraction(1, 100)
    aimed = [one for one in shipped.indicators if one.id not in FROM_TABLES]
    for indicator in aimed:
        measures = {
            measure
            for evaluation in evaluations
            if (measure := evaluation.results[indicator.id].measure) is not None
        }
        for threshold in thresholds(indicator.rule, indicator.weight):
            away = {measure - threshold for measure in measures}
            where = (indicator.id, float(threshold))
            # no part is above its whole by more than rounding, and counts are not rounded
            if threshold < 1 or indicator.id != "satisfaction":
                assert any(0 < each < near for each in away), where
            assert 0 in away, where
            # a negative share of something that is never negative cannot be typed
            if threshold > 0 or indicator.id in ("three_public_change", "budget_adjustment"):
                assert any(-near < each < 0 for each in away), where


def test_every_status_and_every_zero_is_there(
    shipped: Standard, evaluations: list[Evaluation]
) -> None:
    for indicator in shipped.indicators:
        results = [evaluation.results[indicator.id] for evaluation in evaluations]
        found = {result.status for result in results}
        checklist = isinstance(indicator.rule, Checklist)
        assert {"computed", "insufficient"} <= found, indicator.id
        if indicator.zero != "insufficient" and not checklist:
            by_zero = [one for one in results if one.status == "not_applicable"]
            assert any(not one.claimed_na for one in by_zero), indicator.id
        if indicator.zero == "zero_unless_both":
            zeros = [one for one in results if one.measured_by and one.measure is None]
            assert {one.score for one in zeros} == {0, indicator.weight}, indicator.id
        if isinstance(indicator.rule, Periods):
            assert len({result.score for result in results}) > 4


def test_grades_are_met_and_just_missed(shipped: Standard, evaluations: list[Evaluation]) -> None:
    totals = {evaluation.self_total for evaluation in evaluations}
    reviewed = {one.review.score for one in evaluations if one.review}
    for grade in shipped.grades[:-1]:
        for away in (-1, 0, 1):
            assert grade.at_least + Fraction(away, 100) in totals
        assert grade.at_least in reviewed


def test_what_people_should_not_type_is_there(shipped: Standard, cases: list[InputSet]) -> None:
    known = {("", one.id): one for one in fields(shipped).values()}
    found: set[str] = set()
    for case in cases:
        for (table, _, name), content in contents(case):
            if isinstance(content, bool):
                found.add("truth")
            elif isinstance(content, ErrorValue):
                found.add(content.text)
            elif isinstance(content, str) and ("", name) in known and not table:
                kind = known["", name].type
                found.add("space" if kind == "choice" and content == "是 " else kind)
    assert {"truth", "#N/A", "#DIV/0!", "space", "money", "score"} <= found


def test_tables_are_empty_full_and_have_gaps(shipped: Standard, cases: list[InputSet]) -> None:
    for table in shipped.tables:
        rows = [case.rows.get(table.id, ()) for case in cases]
        assert any(not each for each in rows)
        assert any(len(each) == table.rows for each in rows)
        assert any({} in each[:-1] for each in rows)
        name = table.columns[0].id
        assert any(name not in row for each in rows for row in each if row)


def as_filling(inputs: InputSet, standard: Standard) -> Filling:
    """The same, to be written into a template; presets that are not there are emptied."""

    def value(content: object) -> CellValue:
        match content:
            case ErrorValue(text=text):
                return TypedFormula(content.formula, text)
            case Fraction() | str() | bool():
                return content
            case _:
                return None

    return Filling(
        values={one: value(inputs.values.get(one)) for one in fields(standard)},
        rows={
            table: [{column: value(content) for column, content in row.items()} for row in rows]
            for table, rows in inputs.rows.items()
        },
    )


@pytest.mark.slow
def test_the_engine_finds_the_same_in_a_real_file(
    shipped: Standard, cases: list[InputSet], tmp_path: Path
) -> None:
    for case in cases[1:8]:
        filling = as_filling(case, shipped)
        build_template(shipped, tmp_path / "case.xlsx", filling=filling, overwrite=True)
        from_file = evaluate(read_submission(tmp_path / "case.xlsx"))
        in_memory = evaluate(submission_of(shipped, case))
        assert expected_results(from_file) == expected_results(in_memory)


def test_cells_and_input_sets_are_two_views_of_one_thing(cases: list[InputSet]) -> None:
    for case in cases[:50]:
        cells = dict(contents(case))
        assert dict(contents(input_set(cells))) == cells
