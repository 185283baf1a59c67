"""What follows from which figure, where it is written by hand what is found with which figures."""

from __future__ import annotations

import msgspec
import pytest

from tests.checks.builder import Change, cell_of
from tests.checks.facts import (
    BASIC,
    ISSUED,
    PROJECTS,
    SUM,
    WHOLE,
    Fact,
    Holds,
    X,
    Y,
    Z,
    always,
    case_of,
    finding,
    healed,
    healing,
    only,
    unless,
)
from workbook_tools.checks.case import Case
from workbook_tools.checks.finding import Finding

BROKEN = Change(fields={BASIC: 790})  # 790 + 400 = 1200
TOLD = finding(SUM, WHOLE, "1,190.00")
AGREES = unless(budget_approved=1190, budget_basic=800, project_budget_total=410)


@pytest.mark.parametrize(
    ("facts", "at", "expected"),
    [
        pytest.param([], WHOLE, "1,190.00", id="nothing tells them apart"),
        pytest.param([Fact(X, unless(budget_basic=800))], BASIC, "800.00", id="a part"),
        pytest.param([Fact(X, unless(project_budget_total=410))], PROJECTS, "410.00", id="another"),
        pytest.param([Fact(X, unless(budget_approved=1190))], WHOLE, "1,190.00", id="the whole"),
        pytest.param(
            [Fact(X, unless(budget_basic=800)), Fact(Y, unless(project_budget_total=410))],
            BASIC,
            "",
            id="either part",
        ),
        pytest.param(
            [Fact(X, unless(budget_basic=800)), Fact(Y, unless(budget_approved=1190))],
            WHOLE,
            "1,190.00",
            id="the whole or a part",
        ),
        pytest.param(
            [
                Fact(X, unless(budget_basic=800)),
                Fact(Y, unless(project_budget_total=410)),
                Fact(Z, only(budget_basic=800)),
            ],
            PROJECTS,
            "410.00",
            id="the part that makes nothing anew",
        ),
        pytest.param(
            [Fact(Z, only(budget_approved=1190, project_budget_total=410))],
            BASIC,
            "800.00",
            id="the only figure that makes nothing anew",
        ),
        pytest.param(
            [Fact(Z, only(budget_approved=1190))], BASIC, "", id="two parts make nothing anew"
        ),
        pytest.param(
            [Fact(X, unless(budget_basic=800)), Fact(Y, always), Fact(Z, only(budget_basic=800))],
            BASIC,
            "800.00",
            id="what explains most, whatever it makes anew",
        ),
    ],
)
def test_where_a_sum_is_told(facts: list[Fact], at: str, expected: str) -> None:
    case = case_of(BROKEN)
    told = [Fact(TOLD, AGREES), *facts]
    findings = [one.finding for one in told if one.told(case)]
    first, *others = healing(case, told).well_placed(findings)
    assert (first.cell, first.field, first.expected) == (cell_of(at)[1], at, expected)
    assert others == findings[1:]


def test_a_sum_told_after_many_other_findings() -> None:
    case, facts = case_of(BROKEN), [Fact(TOLD, AGREES), Fact(X, unless(budget_basic=800))]
    found = [*[Y] * 8, TOLD, X]
    told = healing(case, [Fact(Y, always), *facts]).well_placed(found)
    assert [one.field for one in told] == ["staff_actual"] * 8 + [BASIC, "staff_actual"]


def test_a_sum_that_differs_by_rounding_stays() -> None:
    told = finding(SUM, WHOLE, "1,190.00", "info")
    facts = [Fact(told, AGREES), Fact(X, unless(budget_basic=800))]
    assert healing(case_of(BROKEN), facts).well_placed([told, X]) == [told, X]


@pytest.mark.parametrize(
    ("whole", "due", "possible"), [(390, -10, False), (400, 0, True), (410, 10, True)]
)
def test_no_part_is_less_than_nothing(whole: int, due: int, possible: bool) -> None:
    told = finding(SUM, WHOLE, "1,200.00")
    facts = [
        Fact(told, unless(budget_approved=1200, budget_basic=due)),
        Fact(X, unless(budget_basic=due)),
    ]
    case = case_of(Change(fields={WHOLE: whole}))
    first, _ = healing(case, facts).well_placed([told, X])
    assert first.field == (BASIC if possible else WHOLE)


# ------------------------------------------------------------------- what goes with a figure


A_FACT = Fact(finding("x", "staff_actual"), unless(budget_basic=900))


@pytest.mark.parametrize(
    ("cause", "explains"),
    [
        (finding(ISSUED, BASIC, "900.00 万元"), True),
        (finding(SUM, BASIC, "900"), True),
        (finding("unit-looks-wrong", BASIC, "900"), True),
        (finding("figures-differ", BASIC, "900"), True),
        (finding("figures-differ", BASIC, "900", "warning"), True),
        (finding("figures-differ", BASIC, "900", "info"), False),
        (finding("figures-differ", BASIC, "901"), False),
        (finding("figures-differ", BASIC, "不大于 900"), False),
        (finding("figures-differ", BASIC, ""), False),
        (finding("figures-differ", BASIC, "900", cell=""), False),
        (finding("part-exceeds-whole", BASIC, "900"), False),
        (finding("row-points-differ", BASIC, "900"), False),
        (msgspec.structs.replace(finding(ISSUED, BASIC, "900"), field="budget"), False),
    ],
)
def test_which_findings_say_what_is_right(cause: Finding, explains: bool) -> None:
    found = healed([Fact(cause, unless(budget_basic=900)), A_FACT])
    assert found == ({"x": cause.name} if explains else {})


def test_the_worst_finding_is_tried_first() -> None:
    slight = finding("figures-differ", BASIC, "900", "warning")
    grave = finding(ISSUED, PROJECTS, "500")
    facts = [
        Fact(slight, unless(budget_basic=900)),
        Fact(grave, unless(project_budget_total=500)),
        Fact(X, unless(budget_basic=900, project_budget_total=500)),
        Fact(Y, unless(budget_basic=900)),
    ]
    assert healed(facts) == {"x": ISSUED, "y": "figures-differ"}


def test_findings_that_say_nothing_of_a_figure_are_not_tried() -> None:
    others = [finding(f"z{number}", "staff_actual") for number in range(8)]
    cause = Fact(finding(ISSUED, BASIC, "900"), unless(budget_basic=900))
    assert healed([*(Fact(one, always) for one in others), cause, A_FACT]) == {"x": ISSUED}


def test_what_goes_with_another_figure_explains_nothing() -> None:
    facts = [
        Fact(finding(ISSUED, BASIC, "900"), unless(budget_basic=900)),
        Fact(
            finding("figures-differ", PROJECTS, "500"),
            unless(budget_basic=900, project_budget_total=500),
        ),
        Fact(X, unless(project_budget_total=500)),
    ]
    assert healed(facts) == {"figures-differ": ISSUED}


def test_what_explains_others_follows_from_nothing() -> None:
    facts = [
        Fact(finding(ISSUED, BASIC, "900"), unless(budget_basic=900, project_budget_total=500)),
        Fact(finding("figures-differ", PROJECTS, "500"), unless(project_budget_total=500)),
        Fact(X, unless(budget_basic=900)),
    ]
    assert healed(facts) == {"x": ISSUED}


def test_a_figure_that_leaves_nothing_filled_in_explains_nothing() -> None:
    facts = [Fact(finding(ISSUED, BASIC, "800"), unless(budget_basic=800)), Fact(X, always)]
    facts[1] = Fact(X, unless(budget_basic=800))
    issued = {BASIC: "800"}
    change = Change(fields={BASIC: 900}, issued=issued, untouched=True)
    assert healed(facts, change) == {}
    change = Change(fields={BASIC: 900, "staff_actual": 4}, issued=issued, untouched=True)
    assert healed(facts, change) == {"x": ISSUED}


@pytest.mark.parametrize(("due", "explains"), [("1,300", True), ("13,000,000", False)])
def test_a_figure_that_makes_an_amount_suspect_explains_nothing(due: str, explains: bool) -> None:
    number = int(due.replace(",", ""))
    facts = [
        Fact(finding(ISSUED, "expenditure_total", due), unless(expenditure_total=number)),
        Fact(X, unless(expenditure_total=number)),
    ]
    assert healed(facts) == ({"x": ISSUED} if explains else {})


# ------------------------------------------------------------------- rows of tables


def rows_without(table: str, column: str, value: str) -> Holds:
    """Told unless a row has this to read in the column, and counts."""
    return lambda case: all(
        row.entries[column].raw != value for row in case.submission.counted_rows(table)
    )


def test_a_figure_of_a_row() -> None:
    cause = finding("figures-differ", "kpis.actual[1]", "17")

    def others(case: Case) -> bool:
        actual = [row.entries["actual"] for row in case.submission.tables["kpis"]]
        return [(one.number, one.raw) for one in actual[::2]] != [(520, "520"), (None, "")]

    facts = [
        Fact(cause, rows_without("kpis", "actual", "17")),
        Fact(X, rows_without("kpis", "actual", "17")),
        Fact(Y, lambda case: case.submission.tables["kpis"][1].entries["actual"].number != 17),
        Fact(Z, others),
    ]
    assert healed(facts) == {"x": cause.name, "y": cause.name}


@pytest.mark.parametrize("named", [True, False])
def test_a_row_without_a_name(named: bool) -> None:
    """With a name it counts; with its figure put right it still does not."""
    field, right = ("tasks.name[3]", "第四项") if named else ("tasks.planned_quarter[3]", "3")
    cause = finding("unnamed-row" if named else "figures-differ", field, right)

    named_so = finding("name", "staff_actual")

    def uncounted(case: Case) -> bool:
        return not case.submission.tables["tasks"][2].counted

    facts = [
        Fact(cause, lambda case: right not in [r.name for r in case.submission.tables["tasks"]]),
        Fact(X, uncounted),
        Fact(Y, rows_without("tasks", "name", "第四项")),
        Fact(named_so, lambda case: case.submission.tables["tasks"][2].name != "第四项"),
        Fact(Z, lambda case: case.submission.tables["tasks"][1].name != "第四项"),
    ]
    change = Change(rows={"tasks": {3: {"planned_quarter": 2}}})
    expected = dict.fromkeys(["x", "y", "name"], cause.name) if named else {}
    assert healed(facts, change) == expected


@pytest.mark.parametrize("where", ["second", "third", "nowhere", "unnamed"])
def test_a_row_that_is_there_again(where: str) -> None:
    """All its copies go; what its copies lack is not explained by their being there."""
    row = {"category": "社会效益", "kind": "定性", "degree": 1}
    names = {3: "甲", 4: "乙", 5: "甲", 6: "乙", 7: "甲", 8: "", 9: ""}
    change = Change(rows={"kpis": {at: {**row, "name": name} for at, name in names.items()}})
    place = {"second": 5, "third": 6, "nowhere": 7, "unnamed": 9}[where]
    cause = finding("row-repeated", f"kpis.name[{place}]")
    gone = {"second": [205, 207], "third": [206]}.get(where, [])

    def told(case: Case) -> bool:
        there = {one.number for one in case.submission.tables["kpis"]}
        return there != set(range(200, 210)) - set(gone) if gone else 209 in there and 207 in there

    elsewhere = finding("z", "kpis.actual[1]")
    facts = [
        Fact(cause, told),
        Fact(X, told),
        Fact(finding("own", f"kpis.actual[{place}]"), told),
        Fact(finding("beside", f"tasks.name[{place}]"), told),
        Fact(finding("file", f"kpis.name[{place}]", cell=""), told),
        Fact(elsewhere, told),
    ]
    explained = ["x", "beside", "file", "z"]
    assert healed(facts, change) == ({} if not gone else dict.fromkeys(explained, "row-repeated"))


# ------------------------------------------------------------------- figures that a text has right
