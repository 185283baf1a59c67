"""What follows from a figure that a text has otherwise, on findings written by hand."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
import pytest

from tests.checks.builder import Change, cell_of
from tests.checks.facts import (
    BASIC,
    ISSUED,
    Fact,
    X,
    Y,
    always,
    case_of,
    finding,
    healed,
    unless,
)
from workbook_tools.checks.healing import figures_as_told

WRITTEN = Change(fields={"narrative_usage": "本年支出1,300.00万元。"})


def test_what_is_told_of_a_figure_in_a_text_and_at_the_figure() -> None:
    ((text, figure),) = figures_as_told(case_of(WRITTEN))
    assert (text.field, text.cell) == ("narrative_usage", cell_of("narrative_usage")[1])
    assert (figure.field, figure.sheet, figure.cell) == (
        "expenditure_total",
        *cell_of("expenditure_total"),
    )
    assert figure.expected.startswith("1,300.00")
    assert figure.message == text.message


@pytest.mark.parametrize(
    "change",
    [
        Change(),
        Change(fields=WRITTEN.fields, issued={"expenditure_total": "1250"}),
        Change(fields={"narrative_usage": "本年支出1,250.00万元，预算执行率为50%。"}),
        Change(fields={"narrative_usage": "基本支出占本年支出的20%。"}),
    ],
)
def test_of_other_figures_in_texts_nothing_is_tried(change: Change) -> None:
    assert list(figures_as_told(case_of(change))) == []


class Text(NamedTuple):
    """Other findings beside that of the text, whether it goes itself, and what follows."""

    facts: list[Fact]
    follows: dict[str, str]
    told: bool = True
    goes: bool = True


RIGHT = unless(expenditure_total=1300)
OF_TEXT = "amount-differs"
AT_FIGURE = finding("at", "expenditure_total")
BY_ANOTHER = finding(ISSUED, BASIC, "900")
EITHER = unless(expenditure_total=1300, budget_basic=900)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(Text([], {}), id="alone"),
        pytest.param(Text([Fact(X, RIGHT)], {"x": OF_TEXT}), id="told at the text"),
        pytest.param(Text([Fact(X, always)], {}), id="what stays"),
        pytest.param(Text([Fact(X, RIGHT)], {}, told=False), id="not told of the text"),
        pytest.param(
            Text([Fact(X, RIGHT), Fact(Y, RIGHT)], {}, goes=False), id="the text stays wrong"
        ),
        pytest.param(
            Text([Fact(X, RIGHT), Fact(AT_FIGURE, RIGHT)], {OF_TEXT: "at", "x": "at"}),
            id="told at the figure",
        ),
        pytest.param(
            Text([Fact(X, RIGHT), Fact(AT_FIGURE, always)], {"x": OF_TEXT}),
            id="of the figure something else is wrong",
        ),
        pytest.param(
            Text(
                [
                    Fact(BY_ANOTHER, unless(budget_basic=900)),
                    Fact(X, EITHER),
                    Fact(Y, RIGHT),
                ],
                {"x": ISSUED, "y": OF_TEXT},
            ),
            id="what goes with a figure already",
        ),
        pytest.param(
            Text(
                [
                    Fact(BY_ANOTHER, unless(budget_basic=900)),
                    Fact(AT_FIGURE, EITHER),
                    Fact(Y, RIGHT),
                ],
                {"at": ISSUED},
            ),
            id="what is told at the figure goes with another",
        ),
    ],
)
def test_a_figure_that_a_text_has_right(case: Text) -> None:
    ((text, _),) = figures_as_told(case_of(WRITTEN))
    own = [Fact(text, RIGHT if case.goes else always)] if case.told else []
    assert healed([*case.facts, *own], WRITTEN) == case.follows


def test_of_two_findings_at_the_figure_the_other_follows_from_the_first() -> None:
    ((text, _),) = figures_as_told(case_of(WRITTEN))
    facts = [
        Fact(text, RIGHT),
        Fact(AT_FIGURE, RIGHT),
        Fact(finding("too", "expenditure_total"), RIGHT),
    ]
    assert healed(facts, WRITTEN) == {OF_TEXT: "at", "too": "at"}


@pytest.mark.parametrize(
    "other",
    [
        {"because": "1 ＋ 2"},
        {"figures": ()},
        {"figures": ("expenditure_total", "budget_basic")},
        {"figures": ("score_total",)},
        {"kind": "share"},
    ],
)
def test_of_amounts_that_are_no_single_figure_nothing_is_tried(other: dict[str, Any]) -> None:
    case = case_of(WRITTEN)
    ((slot, text, found),) = case.disagreements
    case.disagreements = ((slot, text, msgspec.structs.replace(found, **other)),)
    assert list(figures_as_told(case)) == []


@pytest.mark.parametrize("at_figure", [True, False])
def test_a_text_of_which_the_finding_goes_with_another_figure(at_figure: bool) -> None:
    ((text, _),) = figures_as_told(case_of(WRITTEN))
    facts = [
        Fact(BY_ANOTHER, unless(budget_basic=900)),
        Fact(text, EITHER),
        Fact(X, RIGHT),
        *([Fact(AT_FIGURE, RIGHT)] if at_figure else []),
    ]
    assert healed(facts, WRITTEN) == {OF_TEXT: ISSUED}
