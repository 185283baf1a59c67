"""The scores of the samples: ours, those of LibreOffice, and those worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path

import msgspec
import openpyxl
import pytest

from samples.build import filling_of
from samples.data import HERE, issued_to, load_samples
from samples.places import places_of
from tests.lo import recalculate, requires_libreoffice
from workbook_tools.assessment import assess
from workbook_tools.scoring import Evaluation
from workbook_tools.standard import load_standard
from workbook_tools.template import build_template

STANDARD = load_standard()
SAMPLES = load_samples()
CLOSE = 1e-9  # measures are shares of a few units; Excel's doubles hold 15 digits

Shown = float | str | None


@cache
def evaluated(stem: str) -> Evaluation:
    evaluation = assess(HERE / f"{stem}.xlsx").evaluation
    assert evaluation is not None
    return evaluation


def as_shown(value: Fraction | str | None) -> Shown:
    return float(value) if isinstance(value, Fraction) else value


def ours(evaluation: Evaluation) -> dict[str, Shown]:
    """What each result cell of the workbook should show; None is an empty cell."""
    total, review = evaluation.total, evaluation.review
    found: dict[str, Fraction | str | None] = {
        "total_score": total.score,
        "total_low": total.low,
        "total_high": total.high,
        "total_self": evaluation.self_total,
        "grade_score": total.grade,
        "grade_self": evaluation.self_grade,
        "total_review": review.score if review else None,
        "grade_review": review.grade if review else None,
    }
    for result in evaluation.results.values():
        found[f"score_{result.indicator}"] = result.score
        if result.measure is not None:
            found[f"value_{result.indicator}"] = result.measure
    found |= {f"subtotal_{level}": score for level, score in evaluation.subtotals.items()}
    return {name: as_shown(value) for name, value in found.items()}


def shown_in(path: Path, names: Mapping[str, object]) -> dict[str, Shown]:
    book = openpyxl.load_workbook(path, data_only=True)
    places = places_of(book)
    found = {}
    for name in names:
        sheet, row, column = places[name]
        value = book[sheet].cell(row, column).value
        assert value is None or isinstance(value, int | float | str), name
        found[name] = None if value == "" else value
    return found


def untampered(stem: str, folder: Path) -> Path:
    """The sample, or a build of it in which nobody touched the formulas."""
    sample = SAMPLES[stem]
    if not any(one.alter or one.overwrite for one in sample.mistakes):
        return HERE / f"{stem}.xlsx"
    mistakes = [msgspec.structs.replace(one, alter={}, overwrite={}) for one in sample.mistakes]
    sample = msgspec.structs.replace(sample, mistakes=mistakes)
    path = folder / f"{stem}.xlsx"
    filling = filling_of(sample, STANDARD, {}, {}, saved=True)
    build_template(STANDARD, path, issued_to(sample, STANDARD), filling)
    return path


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every sample with each formula calculated anew by LibreOffice."""
    folder = tmp_path_factory.mktemp("samples")
    sources = [untampered(stem, folder) for stem in SAMPLES]
    return dict(zip(SAMPLES, recalculate(sources, folder / "out"), strict=True))


@requires_libreoffice
@pytest.mark.libreoffice
@pytest.mark.parametrize("stem", SAMPLES)
def test_libreoffice_computes_the_very_scores(stem: str, recalculated: dict[str, Path]) -> None:
    expected = ours(evaluated(stem))

    shown = shown_in(recalculated[stem], expected)

    assert {name: shown[name] for name in shown if not name.startswith("value_")} == {
        name: expected[name] for name in expected if not name.startswith("value_")
    }
    for name in expected:
        if name.startswith("value_"):
            assert shown[name] == pytest.approx(expected[name], abs=CLOSE), name


@pytest.mark.parametrize("stem", [stem for stem, one in SAMPLES.items() if one.worked])
def test_scores_worked_out_by_hand(stem: str) -> None:
    results = evaluated(stem).results

    assert {one: results[one].score for one in SAMPLES[stem].worked} == {
        one: Fraction(str(worked.score)) for one, worked in SAMPLES[stem].worked.items()
    }


def test_all_that_can_be_computed_of_the_report_of_xiangtan() -> None:
    evaluation = evaluated("xiangtan-2020")

    computed = {one.indicator: one.score for one in evaluation.results.values() if one.score}
    assert computed == {"budget_completion": 4}
    lacking = [one for one in evaluation.results.values() if one.status == "insufficient"]
    assert len(lacking) == 26
    assert evaluation.total.score is None
    assert [evaluation.total.low, evaluation.total.high] == [4, 100]
    assert evaluation.self_total == 100
    assert evaluation.submission.number("claimed_total") == 100
    assert evaluation.submission.text("claimed_grade") == "优"


def test_nothing_can_be_computed_of_the_report_of_shaodong() -> None:
    evaluation = evaluated("shaodong-2019")

    assert all(one.status == "insufficient" for one in evaluation.results.values())
    assert [evaluation.total.low, evaluation.total.high] == [0, 100]
    assert evaluation.self_total is None


def test_two_departments_have_the_same_total() -> None:
    tied = [
        evaluated(f"{stem}-2020").ranked_by.score for stem in ("transport", "market-supervision")
    ]

    assert tied == [Fraction("97.66")] * 2


def test_a_review_score_counts_before_the_computed_one() -> None:
    evaluation = evaluated("agriculture-2020")

    assert evaluation.total.score == Fraction("94.94")
    assert evaluation.ranked_by.score == Fraction("94.44")  # 社会效益 5 分，复核 4.5 分


def test_the_real_reports_hold_the_published_figures_and_no_other() -> None:
    published = {
        "fiscal_year": "2020",
        "claimed_total": "100",
        "budget_approved": "3975.53",
        "budget_basic": "1004.08",
        "project_budget_total": "2971.45",
        "expenditure_total": "3975.53",
        "expenditure_basic": "1004.08",
        "expenditure_project": "2971.45",
        "three_public_overseas_current_actual": "0",
        "three_public_vehicle_purchase_current_actual": "0",
        "three_public_vehicle_operation_current_actual": "1.66",
        "three_public_reception_current_actual": "1.86",
    }
    own = {f"self_{one.id}": one.weight for one in STANDARD.indicators}
    preset = {f"payment_planned_q{quarter}": Fraction(quarter, 4) for quarter in (1, 2, 3, 4)}

    assert numbers_in("xiangtan-2020") == {
        **{field: Fraction(figure) for field, figure in published.items()},
        **own,
        **preset,
    }
    assert numbers_in("shaodong-2019") == {"fiscal_year": 2019, **preset}


def numbers_in(stem: str) -> dict[str, Fraction]:
    submission = evaluated(stem).submission
    assert not any(submission.tables.values())
    return {
        field: entry.number
        for field, entry in submission.entries.items()
        if entry.number is not None
    }
