"""Whatever is wrong in the template, or in a witness, the proof finds it and shows it small."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import msgspec
import pytest

from tests.lo import requires_libreoffice
from tests.proof.standards import indicator, with_indicator, with_rule
from workbook_tools.proof import InputSet, Proof, compare, prove
from workbook_tools.proof.defects import DEFECTS
from workbook_tools.proof.inputs import CellContent
from workbook_tools.standard import Standard, load_standard
from workbook_tools.standard.contract import grid_inputs
from workbook_tools.standard.rules import AtMost, Bands, Steps
from workbook_tools.template import expressions, rates
from workbook_tools.template.scores import score_formulas

pytestmark = pytest.mark.slow

FORMULAS = pytest.param("formulas", marks=pytest.mark.slow)
WITNESSES = [
    "ironcalc",
    FORMULAS,
    pytest.param("libreoffice", marks=[requires_libreoffice, pytest.mark.libreoffice]),
]


def fractions(**values: object) -> InputSet:
    return InputSet({name: Fraction(str(value)) for name, value in values.items()})


def disagreeing(proof: Proof) -> set[str]:
    return {one.name for one in proof.disagreements}


def carryover(out: object) -> InputSet:
    """A share of 100 that is left at the end of the year, in the example standard."""
    return fractions(budget=100, carryover_in=0, spent_total=100 - Fraction(str(out)))


def dearer(standard: Standard, identity: str, deduct: Fraction) -> AtMost:
    """The rule of an indicator with another deduction per step."""
    rule = indicator(standard, identity).rule
    assert isinstance(rule, AtMost)
    assert isinstance(rule.beyond, Steps)
    assert rule.beyond.deduct < deduct
    return AtMost(limit=rule.limit, beyond=msgspec.structs.replace(rule.beyond, deduct=deduct))


@pytest.mark.parametrize("witness", WITNESSES)
def test_a_step_that_takes_more_is_found(example: Standard, witness: str) -> None:
    broken = with_rule(example, "carryover", dearer(example, "carryover", Fraction(8, 5)))
    proof = compare(example, [witness], [carryover(4), carryover(10)], template=broken)

    assert not proof.holds
    assert disagreeing(proof) == {"score_carryover", "total_low", "total_high"}
    tally = proof.tallies["carryover", witness]
    assert (tally.agreed, tally.explained, tally.disagreed) == (1, 0, 1)
    found = next(one for one in proof.disagreements if one.name == "score_carryover")
    assert found.witness == witness
    assert found.expected == Fraction(7, 2)  # 5 points beyond the limit, three steps of 1.5
    assert found.shown == pytest.approx(3.2)  # three steps of 1.6
    assert set(found.inputs.values) == {"budget", "carryover_in", "spent_total"}


@pytest.mark.parametrize("witness", ["ironcalc"])
@pytest.mark.slow
def test_made_up_cases_find_a_step_of_the_shipped_standard(shipped: Standard, witness: str) -> None:
    rule = dearer(shipped, "three_public_control", Fraction(3, 5))
    broken = with_rule(shipped, "three_public_control", rule)
    proof = prove(shipped, ["ironcalc"], cases=40, template=broken)

    scores = {name for name in disagreeing(proof) if name.startswith("score_")}
    assert scores == {"score_three_public_control"}
    smallest = next(one for one in proof.disagreements if one.name in scores).inputs
    # four amounts of this year's budget, four of its spending, at most one that keeps them to scale
    needed = {
        one.id
        for one in grid_inputs(next(one for one in shipped.grids if one.id == "three_public"))
        if "_current_" in one.id
    }
    assert len(needed) == 8
    assert needed <= smallest.values.keys()
    assert len(smallest.values) <= 9
    assert all(name.startswith("three_public_") for name in smallest.values)
    assert not smallest.rows


def test_a_bound_that_belongs_to_the_other_band_is_found(example: Standard) -> None:
    rule = indicator(example, "execution").rule
    assert isinstance(rule, Bands)
    first, *others = rule.bands
    moved = type(first)(upper=first.upper, inclusive=True, points=first.points)
    broken = with_rule(example, "execution", Bands(bands=(moved, *others)))

    at, above = (fractions(budget=100, spent_total=each) for each in (60, "60.01"))
    assert "score_execution" in disagreeing(compare(example, ["ironcalc"], [at], template=broken))
    assert compare(example, ["ironcalc"], [above], template=broken).holds


def test_another_zero_policy_is_found(example: Standard) -> None:
    broken = with_indicator(example, "complaints", zero="zero_unless_both")
    case = fractions(complaints=0, complaints_settled=3)
    proof = compare(example, ["ironcalc"], [case], template=broken)
    assert {"score_complaints", "status_complaints"} <= disagreeing(proof)


@pytest.fixture
def broken_by_hand(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """A way to break how formulas are written; what was written before is forgotten, and after."""
    yield monkeypatch
    monkeypatch.undo()
    score_formulas.cache_clear()


# LibreOffice and IronCalc round in ROUNDUP, and LibreOffice in INT, what looks like noise to them:
# they cannot see such a guard missing, the others can.


def test_a_missing_guard_of_whole_steps_is_found(
    shipped: Standard, broken_by_hand: pytest.MonkeyPatch
) -> None:
    # (0.30 − 0.15) ÷ 0.05 are three steps, a little less in binary arithmetic
    case = fractions(carryover_previous=100, carryover_current=130)
    assert compare(shipped, ["ironcalc"], [case]).holds
    score_formulas.cache_clear()
    broken_by_hand.setattr(rates, "rounded", lambda text, places=9: text)
    assert "score_carryover_control" in disagreeing(compare(shipped, ["ironcalc"], [case]))


@pytest.mark.slow
def test_a_missing_guard_of_begun_steps_is_found(
    example: Standard, broken_by_hand: pytest.MonkeyPatch
) -> None:
    # (0.09 − 0.05) ÷ 0.02 are two steps, in binary arithmetic a little more, or less
    cases = [carryover(5 + 2 * steps) for steps in range(1, 5)]
    assert compare(example, ["formulas"], cases).holds
    score_formulas.cache_clear()
    broken_by_hand.setattr(rates, "rounded", lambda text, places=9: text)
    assert "score_carryover" in disagreeing(compare(example, ["formulas"], cases))


def test_a_missing_guard_of_a_sum_is_found(
    shipped: Standard, broken_by_hand: pytest.MonkeyPatch
) -> None:
    # 0.54 ÷ 8 = 6.75 %, 2 × 0.9325 = 1.865, which rounds up; the sum leaves 0.54000000004
    cases = [
        fractions(
            budget_approved=8,
            budget_increase="863.95",
            budget_decrease=200,
            budget_restructured="287413.09",
            budget_adjustment_exempt="288476.5",
        )
    ]
    assert compare(shipped, ["ironcalc"], cases).holds
    score_formulas.cache_clear()
    broken_by_hand.setattr(expressions, "is_sum_of_amounts", lambda *_: False)
    assert "score_budget_adjustment" in disagreeing(compare(shipped, ["ironcalc"], cases))


def test_a_missing_guard_of_the_last_rounding_is_found(
    shipped: Standard, broken_by_hand: pytest.MonkeyPatch
) -> None:
    score_formulas.cache_clear()
    broken_by_hand.setattr(
        "workbook_tools.template.scores.final",
        lambda text, places: f"ROUND(({text})-1E-9,{places})",
    )
    halves = [
        fractions(satisfaction_rate=Fraction(2 * hundredth + 1, 1000)) for hundredth in (3, 77)
    ]
    proof = compare(shipped, ["ironcalc"], halves)
    assert "score_satisfaction" in disagreeing(proof)


def truths(name: str) -> Sequence[InputSet]:
    return [InputSet({"budget": Fraction(4), name: truth}) for truth in (True, False)]


@requires_libreoffice
@pytest.mark.libreoffice
def test_a_named_defect_is_told_and_counted(example: Standard) -> None:
    proof = compare(example, ["libreoffice"], truths("spent_total"))
    assert proof.holds
    assert {defect.id: count for defect, count in proof.defects.items()} == {"truth-is-a-number": 2}
    assert proof.tallies["execution", "libreoffice"].explained == 2


def test_a_text_that_formulas_takes_for_a_number_is_told(example: Standard) -> None:
    cases = [InputSet({"budget": Fraction(4), "spent_total": text}) for text in ("2", "待定")]
    proof = compare(example, ["formulas"], cases)
    assert proof.holds
    assert {defect.id: count for defect, count in proof.defects.items()} == {"text-is-a-number": 1}


@pytest.mark.slow
def test_formulas_takes_a_text_for_a_number_and_does_not_add_it_up() -> None:
    row: dict[str, CellContent] = {
        "second": "时效指标", "name": "甲", "nature": "≤", "target": Fraction(538),
        "actual": "1149.17", "points": Fraction(50), "self": "30.39",
    }  # fmt: skip
    proof = compare(load_standard("national-2020"), ["formulas"], [InputSet({}, {"kpis": (row,)})])
    assert proof.holds
    assert {defect.id: count for defect, count in proof.defects.items()} == {"text-is-a-number": 1}


def test_a_named_defect_excuses_nothing_else(
    example: Standard, monkeypatch: pytest.MonkeyPatch
) -> None:
    lenient = [defect for defect in DEFECTS if defect.witness == "libreoffice"]
    for defect in lenient:
        monkeypatch.setattr(
            "workbook_tools.proof.defects.DEFECTS",
            (type(defect)("ironcalc", defect.id, "", "", defect.reading),),
        )
    broken = with_indicator(example, "control", weight=Fraction(15))
    assert compare(example, ["ironcalc"], truths("spent_total"), template=broken).holds
    broken = with_rule(example, "satisfied", indicator(example, "punctuality").rule)
    case = InputSet({"satisfaction": Fraction(9, 10), "spent_total": True})
    proof = compare(example, ["ironcalc"], [case], template=broken)
    assert "score_satisfied" in disagreeing(proof)
    assert not proof.defects
