"""What the parts of rules, caps and tables say of themselves."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from workbook_tools.standard import load_standard
from workbook_tools.standard.rules import (
    AtLeast,
    AtMost,
    Band,
    Bands,
    Period,
    Periods,
    Proportion,
    Rows,
    Rule,
    Steps,
    texts_of,
)
from workbook_tools.standard.tables import Classify, ClassifyCase, Condition
from workbook_tools.standard.totals import Cap, CapBand
from workbook_tools.standard.vocabulary import Term

HALF, ONE = Fraction(1, 2), Fraction(1)
STEPS = Steps(size=Fraction(1, 100), deduct=ONE)


@pytest.mark.parametrize("measure", [Fraction(49, 100), HALF, Fraction(51, 100)])
@pytest.mark.parametrize("inclusive", [True, False])
def test_a_band_ends_at_its_upper_end_and_may_hold_it(measure: Fraction, inclusive: bool) -> None:
    held = measure < HALF or (measure == HALF and inclusive)
    assert Band(upper=HALF, inclusive=inclusive, points=ONE).holds(measure) == held
    assert CapBand(upper=HALF, inclusive=inclusive, at_most=ONE).holds(measure) == held
    assert Band(points=ONE).holds(measure)


def test_a_cap_is_that_of_the_first_band_that_holds() -> None:
    bands = (CapBand(upper=HALF, at_most=Fraction(60)), CapBand(upper=ONE, at_most=Fraction(80)))
    cap = Cap(id="c", label="上限", measure="x", bands=bands, basis="")
    found = [cap.most(one) for one in (Fraction(0), HALF, Fraction(99, 100), ONE)]
    assert found == [60, 80, 80, None]


@pytest.mark.parametrize(
    ("how", "rule"),
    [
        ({}, Proportion()),
        ({"below": STEPS}, AtLeast(limit=ONE, below=STEPS)),
        (
            {"below": "zero"},
            Bands(
                bands=(
                    Band(upper=ONE, inclusive=False, points=Fraction(0)),
                    Band(earns="weight"),
                )
            ),
        ),
        ({"bands": (Band(points=ONE),)}, Bands(bands=(Band(points=ONE),))),
    ],
    ids=["proportion", "steps", "all or nothing", "bands"],
)
def test_a_row_is_scored_by_a_rule_of_a_single_measure(how: dict[str, Any], rule: Rule) -> None:
    assert Rows(table="own", points="points", of="achievement", **how).each == rule


@pytest.mark.parametrize(
    ("rule", "texts"),
    [
        (AtMost(limit="planned * 2", beyond="linear"), ("planned * 2",)),
        (AtLeast(limit="planned", below="proportion"), ("planned",)),
        (AtMost(limit=ONE, beyond="linear"), ()),
        (Proportion(), ()),
        (
            Periods(
                mode="share",
                periods=(
                    Period(label="上半年", points=ONE, actual="a", planned="b"),
                    Period(label="下半年", points=ONE, actual="c", planned="d"),
                ),
            ),
            ("a", "b", "c", "d"),
        ),
    ],
)
def test_the_expressions_of_a_rule(rule: Rule, texts: tuple[str, ...]) -> None:
    assert texts_of(rule) == texts


@pytest.mark.parametrize(
    ("condition", "comparison", "columns"),
    [
        (Condition(column="a", equals="是"), None, ("a",)),
        (Condition(column="a", filled=True), None, ("a",)),
        (Condition(column="a", at_most="b"), ("at_most", "b"), ("a", "b")),
        (Condition(column="a", above="b"), ("above", "b"), ("a", "b")),
        (Condition(column="a", below=Fraction(0)), ("below", 0), ("a",)),
    ],
)
def test_the_columns_of_a_condition(
    condition: Condition, comparison: tuple[str, object] | None, columns: tuple[str, ...]
) -> None:
    assert (condition.comparison, condition.columns) == (comparison, columns)


def test_a_classification_asks_each_column_once() -> None:
    cases = (
        ClassifyCase(when=(Condition(column="done", at_most="planned"),), then="按时"),
        ClassifyCase(when=(Condition(column="done", filled=True),), then="逾期"),
        ClassifyCase(then="未完成"),
    )
    assert Classify(id="s", label="状态", cases=cases).asked == ("done", "planned")


def test_what_the_rest_of_a_row_may_make_unusable() -> None:
    table = load_standard("national-2020").tables[0]
    found = {
        column.id: ([one.at for one in checks], [one.id for one in measures])
        for column in table.columns
        for checks, measures in (table.spoilt_by(column.id),)
        if checks or measures
    }
    assert found == {
        "target": (["target"], ["achievement"]),
        "actual": (["actual", "actual", "actual"], ["achievement"]),
    }


def test_the_figures_of_a_term_by_what_is_said_around_it() -> None:
    term = Term(words=("支出",), actual="a", budget="b", adjusted="c", previous_actual="d")
    assert term.figures == {
        ("actual", "this"): "a",
        ("budget", "this"): "b",
        ("adjusted", "this"): "c",
        ("actual", "previous"): "d",
    }
    assert Term(words=("支出",), previous_budget="e").figures == {("budget", "previous"): "e"}
