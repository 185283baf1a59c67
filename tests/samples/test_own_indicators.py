"""The samples with own indicators: scores worked by hand, and every planted slip at its cell."""

from __future__ import annotations

from fractions import Fraction

import openpyxl
import pytest

from samples.own.build import HERE, OwnSample, Wanted, load
from workbook_tools import assess
from workbook_tools.checks import kind
from workbook_tools.submission import Submission

SAMPLES = load()


def place(one: Wanted, made: Submission) -> tuple[str, str]:
    column, _, number = one.at.removesuffix("]").partition("[")
    if number:
        entry = made.counted_rows("kpis")[int(number) - 1].entries[column]
    else:
        entry = made.entries[column]
    return entry.sheet, entry.cell


@pytest.mark.parametrize(("stem", "sample"), SAMPLES.items(), ids=list(SAMPLES))
def test_own_indicators(stem: str, sample: OwnSample) -> None:
    assessment = assess(HERE / f"{stem}.xlsx")
    made, evaluation = assessment.submission, assessment.evaluation
    assert made is not None
    assert evaluation is not None
    found = {one: result.score for one, result in evaluation.results.items()}
    found["total"] = evaluation.total.score
    wanted = {one: Fraction(str(score)) for one, score in sample.scores.items()}
    assert {one: score for one, score in found.items() if score is not None} == wanted
    assert sorted(
        (one.name, one.sheet, one.cell, one.severity)
        for one in assessment.findings
        if one.name != "erratum"
    ) == sorted(
        (one.name, *place(one, made), one.severity or kind(one.name).severity)
        for one in sample.finds
    ), "\n".join(one.message for one in assessment.findings)
    # what LibreOffice stored is what we find
    for indicator, score in wanted.items():
        name = "total_score" if indicator == "total" else f"score_{indicator}"
        stored = made.stored[name].value
        assert isinstance(stored, Fraction)
        assert abs(stored - score) < Fraction(1, 10**6)


def test_there_are_three_departments_and_two_projects_of_one_unit() -> None:
    used = [sample.standard for sample in SAMPLES.values()]
    assert (used.count("national-2020"), used.count("project-2020")) == (3, 2)
    projects = [one.values for one in SAMPLES.values() if one.standard == "project-2020"]
    assert len({one["unit_code"] for one in projects}) == 1
    assert len({one["project_code"] for one in projects}) == 2


def test_a_part_of_an_indicator_has_no_score_while_a_row_of_it_has_none() -> None:
    sheet = openpyxl.load_workbook(HERE / "forestry-2024.xlsx", data_only=True)["计分表"]
    rows = {str(row[0].value or "").strip(): row for row in sheet.iter_rows() if row[0].value}
    satisfied, quantity = rows["服务对象满意度指标"], rows["数量指标"]
    figures = [
        [one.value for one in row if isinstance(one.value, int | float)]
        for row in (satisfied, quantity)
    ]
    assert figures[0] == [10, 9.78]
    assert figures[1][:3] == [30, 30, 22]
