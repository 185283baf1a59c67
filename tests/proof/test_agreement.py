"""Template and engine agree, in every witness; long runs are marked slow."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.lo import requires_libreoffice
from tests.proof.standards import SECOND_EXAMPLE, THIRD_EXAMPLE
from workbook_tools import standard as standards
from workbook_tools.proof import InputSet, Proof, compare, prove
from workbook_tools.proof.cases import make_cases
from workbook_tools.proof.inputs import CellContent, submission_of
from workbook_tools.scoring import evaluate
from workbook_tools.standard import Standard, check_standard, load_standard

pytestmark = pytest.mark.slow

SHIPPED = Path(standards.__file__).parent
LIBREOFFICE = [requires_libreoffice, pytest.mark.libreoffice]


def agreed(proof: Proof, cases: int) -> bool:
    assert [str(one) for one in proof.disagreements] == []
    assert {tally.cases for tally in proof.tallies.values()} == {cases}
    return proof.holds


@pytest.mark.covers
@pytest.mark.parametrize(
    ("witness", "cases"),
    [("ironcalc", 100), ("formulas", 8), pytest.param("libreoffice", 15, marks=LIBREOFFICE)],
)
def test_example(example: Standard, witness: str, cases: int) -> None:
    assert agreed(prove(example, [witness], cases=cases), cases)


@pytest.mark.covers
@pytest.mark.parametrize("name", ["national-2020", "project-2020", SECOND_EXAMPLE, THIRD_EXAMPLE])
def test_own_indicators(name: str | Path) -> None:
    assert agreed(prove(load_standard(name), ["ironcalc"], cases=25), 25)


@pytest.mark.covers
def test_own_indicators_as_a_fourth_level(tmp_path: Path) -> None:
    """一级 产出, 二级 数量和质量, 三级 产出指标, below it own rows; 13/62/20/5."""

    def own(level: str, name: str, weight: int, other: str, points: int) -> tuple[str, str]:
        text = "level: {}\n    name: {}\n    weight: {}"
        return text.format(level, name, weight), text.format(other, name, points)

    text = (SHIPPED / "national-2020.yaml").read_text(encoding="utf-8")
    for old, new in (
        (
            "{id: execution, name: 预算执行, weight: 10}",
            "{id: execution, name: 预算执行, weight: 13}",
        ),
        (
            "{id: output, name: 产出, weight: 50}",
            "{id: output, name: 产出, weight: 62, children: "
            "[{id: done, name: 数量和质量, weight: 62}]}",
        ),
        ("{id: benefit, name: 效益, weight: 30}", "{id: benefit, name: 效益, weight: 20}"),
        (
            "{id: satisfaction, name: 满意度, weight: 10}",
            "{id: satisfaction, name: 满意度, weight: 5}",
        ),
        own("execution", "预算执行率", 10, "execution", 13),
        own("output", "产出指标", 50, "done", 62),
        own("benefit", "效益指标", 30, "benefit", 20),
        own("satisfaction", "满意度指标", 10, "satisfaction", 5),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = tmp_path / "four-levels.yaml"
    path.write_text(text, encoding="utf-8")
    assert [str(one) for one in check_standard(path) if one.severity == "error"] == []
    assert agreed(prove(load_standard(path), ["ironcalc"], cases=25), 25)


@pytest.mark.covers
@pytest.mark.parametrize("review", [Fraction(8), Fraction(99)])
def test_a_review_out_of_range_leaves_an_indicator_out(review: Fraction) -> None:
    """What the bureau scores applies after all; 99 of 10 points is no score of anybody."""
    standard = load_standard(SECOND_EXAMPLE)
    claimed: dict[str, CellContent] = {
        "na_satisfied": "是",
        "self_satisfied": review,
        "review_satisfied": review,
    }
    claimed |= {"review_execution": Fraction(9)}  # so that there is a reviewed total
    cases = [
        InputSet({**one.values, **claimed}, one.rows) for one in make_cases(standard, 100, seed=1)
    ]
    found = [(one, evaluate(submission_of(standard, one))) for one in cases]
    complete = [one for one, known in found if known.review and known.review.score is not None]
    assert complete
    assert agreed(compare(standard, ["ironcalc"], complete), len(complete))


@pytest.mark.parametrize("name", ["national-2020", "project-2020", SECOND_EXAMPLE])
@pytest.mark.parametrize(
    ("witness", "cases"),
    [("ironcalc", 100), ("formulas", 3), pytest.param("libreoffice", 15, marks=LIBREOFFICE)],
)
def test_own_indicators_at_length(name: str | Path, witness: str, cases: int) -> None:
    assert agreed(prove(load_standard(name), [witness], cases=cases, seed=2), cases)


@pytest.mark.covers
def test_shipped(shipped: Standard) -> None:
    assert agreed(prove(shipped, ["ironcalc"], cases=30), 30)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("witness", "cases"),
    [("ironcalc", 150), ("formulas", 6), pytest.param("libreoffice", 25, marks=LIBREOFFICE)],
)
def test_shipped_at_length(shipped: Standard, witness: str, cases: int) -> None:
    assert agreed(prove(shipped, [witness], cases=cases, seed=2), cases)


def test_truth_stands_above_a_number(shipped: Standard) -> None:
    """To what remembers by value, TRUE and 1.0 are one and the same."""
    named: dict[str, CellContent] = {"name": "工作任务", "completed_quarter": Fraction(1)}
    rows: tuple[dict[str, CellContent], ...] = ({"completed_quarter": True}, named)
    case = InputSet(values={"priority_assigned": Fraction(1)}, rows={"tasks": rows})
    assert agreed(compare(shipped, ["formulas"], [case]), 1)
