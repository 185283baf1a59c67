"""Solved for one of its quantities, an expression has the wanted value."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from workbook_tools.proof.aims import halfway, thresholds
from workbook_tools.proof.solving import expanded, solve
from workbook_tools.scoring.arithmetic import ZeroDenominatorError, worth
from workbook_tools.scoring.rules import points
from workbook_tools.standard import Standard
from workbook_tools.standard.expression import names, parse
from workbook_tools.standard.rules import AtLeast, AtMost, Bands, Proportion, Steps

MEASURES = [
    "a / b",
    "(a - b) / b",
    "(a + b - c) / (b + c)",
    "-a / 3 + b",
    "a / b - c",
    "a * 0.9 - b * c",
    "a / b + c / b",
]
amounts = st.decimals(-1000, 1000, places=2).map(Fraction)


@given(st.sampled_from(MEASURES), st.data(), amounts, amounts, amounts, amounts)
def test_what_is_solved_has_the_value(
    text: str, data: st.DataObject, a: Fraction, b: Fraction, c: Fraction, target: Fraction
) -> None:
    tree = parse(text)
    unknown = data.draw(st.sampled_from(sorted(set(names(tree)))))
    known = {"a": a, "b": b, "c": c}
    found = solve(tree, unknown, {k: v for k, v in known.items() if k != unknown}, target)
    assume(found is not None)
    try:
        assert worth(tree, {**known, unknown: found}) == target
    except ZeroDenominatorError:
        assert text == "a / b + c / b"  # only what b is divided by may be zero there
        raise


@pytest.mark.parametrize("text", MEASURES[:6])
def test_a_solution_is_found_where_there_is_one(text: str) -> None:
    tree = parse(text)
    known = {"a": Fraction(7), "b": Fraction(11), "c": Fraction(5)}
    for unknown in set(names(tree)):
        others = {name: value for name, value in known.items() if name != unknown}
        assert solve(tree, unknown, others, worth(tree, known)) == known[unknown]


def test_what_cannot_be_solved_says_so() -> None:
    assert solve(parse("a * a"), "a", {}, Fraction(4)) is None
    assert solve(parse("a / b"), "b", {"a": Fraction(0)}, Fraction(2)) is None
    assert solve(parse("a - a"), "a", {}, Fraction(0)) is None


def test_derived_formulas_are_written_out(shipped: Standard) -> None:
    tree = expanded(parse("payment_actual_q1 / budget_adjusted"), shipped)
    assert list(names(tree)) == [
        "payment_actual_q1",
        "budget_approved",
        "budget_increase",
        "budget_decrease",
    ]


def test_thresholds_and_scores_halfway_are_where_the_rules_say(shipped: Standard) -> None:
    for one in shipped.indicators:
        match one.rule:
            case Proportion() | AtMost() | AtLeast() | Bands() as rule:
                assert thresholds(rule, one.weight)
                score = Fraction(1235, 1000)
                measure = halfway(rule, one.weight, min(score, one.weight))
                assert (measure is None) == isinstance(
                    getattr(rule, "beyond", getattr(rule, "below", None)), Steps
                )
                if measure is not None:
                    assert points(rule, one.weight, measure) == min(score, one.weight)
            case _:
                assert thresholds(one.rule, one.weight) == []
