"""What follows from what, of findings written by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
import pytest

from tests.checks.builder import Change, cell_of
from tests.checks.facts import case_of, finding
from tests.checks.test_own_rows import filled
from workbook_tools.checks.case import Case
from workbook_tools.checks.causes import with_causes
from workbook_tools.checks.dragged import Drag
from workbook_tools.checks.faults import Fault
from workbook_tools.checks.finding import Finding
from workbook_tools.scoring import evaluate
from workbook_tools.standard.severity import Severity

TASKS = cell_of("tasks.name[0]")[0]
Follow = dict[str, list[str]]


def compared(
    name: str, field: str, expected: str, actual: str, severity: Severity = "error"
) -> Finding:
    return msgspec.structs.replace(finding(name, field, expected, severity), actual=actual)


def following(
    case: Case, findings: Sequence[Finding], healed: Mapping[int, Finding] | None = None
) -> Follow:
    """The names of the findings that each follows from; of those that follow from none, nothing."""
    names = {(one.code, one.sheet, one.cell): one.name for one in findings}
    told = with_causes(case, findings, healed or {})
    assert [one.name for one in told] == [one.name for one in findings]
    return {
        one.name: [names[cause.code, cause.sheet, cause.cell] for cause in one.causes]
        for one in told
        if one.causes
    }


# ------------------------------------------------------------------- cells that were dragged

ALTERED = msgspec.structs.replace(finding("formula-altered", "tasks.beside[0]"), field="calc_tasks")
FAULT = Fault(
    kind="altered",
    name="calc_tasks",
    sheet=TASKS,
    cell=ALTERED.cell,
    last_cell=ALTERED.cell,
    rows=1,
    expected="",
    actual="",
)


def at(finding: Finding, sheet: str, cell: str) -> Finding:
    return msgspec.structs.replace(finding, sheet=sheet, cell=cell)


BLANK = finding("required-blank", "tasks.planned_quarter[0]")
LETTER = BLANK.cell.rstrip("0123456789")


@pytest.mark.parametrize(
    ("told", "follows"),
    [
        (BLANK, True),
        (at(BLANK, TASKS, f"{LETTER}204"), True),
        (at(BLANK, TASKS, f"{LETTER}203"), False),
        (at(BLANK, TASKS, ""), False),
        (at(BLANK, "基本信息", BLANK.cell), False),
        (msgspec.structs.replace(BLANK, name="formula-overwritten", field="calc"), True),
        (msgspec.structs.replace(BLANK, name="required-blank", field="calc"), False),
    ],
)
def test_cells_of_rows_that_a_drag_emptied_or_filled(told: Finding, follows: bool) -> None:
    case = case_of(Change())
    case.drags = (Drag(TASKS, ((f"{LETTER}200", f"{LETTER}204"),), (FAULT,)),)
    expected = {told.name: ["formula-altered"]} if follows else {}
    assert following(case, [told, ALTERED]) == expected
    assert following(case, [told]) == {}
    assert following(case, [told, msgspec.structs.replace(ALTERED, name="formula-lost")]) == {}


# ------------------------------------------------------------------- a figure put right


def test_what_goes_with_a_figure_follows_from_it_unless_from_something_else() -> None:
    case = case_of(Change())
    wrong = finding("figures-differ", "budget_basic", "900")
    first = finding("x", "staff_actual")
    row = finding("self-score-too-low", "kpis.degree[2]")
    spoilt = finding("not-a-number", "kpis.actual[2]")
    found = [first, row, spoilt, wrong]
    assert following(case, found, {0: wrong, 1: wrong}) == {
        "x": ["figures-differ"],
        "self-score-too-low": ["not-a-number"],
    }


# ------------------------------------------------------------------- the claimed total and grade


def total(expected: str, actual: str, severity: Severity = "error") -> Finding:
    return compared("total-differs", "claimed_total", expected, actual, severity)


def due(actual: str, severity: Severity = "error") -> Finding:
    return compared("grade-differs", "claimed_grade", "优", actual, severity)


@pytest.mark.parametrize(
    ("found", "follows"),
    [
        ([total("85.00", "95.00"), due("良")], {"grade-differs": ["total-differs"]}),
        ([total("85.00", "95.00"), due("优")], {}),
        ([total("95.00", "85.00"), due("优")], {"grade-differs": ["total-differs"]}),
        ([total("85.00", "95.00", "warning"), due("良")], {}),
        ([total("85.00", "95.00"), due("良", "warning")], {}),
        ([total("", "95.00"), due("良")], {}),
        ([due("良")], {}),
        ([total("85.00", "95.00"), finding("x", "claimed_grade")], {}),
    ],
)
def test_a_grade_from_a_total(found: list[Finding], follows: Follow) -> None:
    assert following(case_of(Change()), found) == follows


LESS = Change(fields={"self_staff_control": 2, "self_budget_completion": 2})


def scores(case: Case) -> tuple[list[Finding], list[int]]:
    """The two self scores that are too low, and by how much."""
    names = "self_staff_control", "self_budget_completion"
    found = [
        msgspec.structs.replace(finding("self-score-too-low", one), code=one, severity="error")
        for one in names
    ]
    results = case.evaluation.results
    apart = []
    for one in names:
        ours, own = results[one.removeprefix("self_")].score, case.submission.number(one)
        assert ours is not None
        assert own is not None
        apart.append(int(ours - own))
    return found, apart


@pytest.mark.parametrize("which", ["first", "second", "both", "neither", "unsaid", "rounding"])
def test_a_total_from_the_self_scores_with_which_it_would_be_their_sum(which: str) -> None:
    case = case_of(LESS)
    found, (one, other) = scores(case)
    assert 0 < one != other > 0
    apart = {"first": one, "second": other, "both": one + other, "neither": 40}.get(which, one)
    claimed = total(str(100 - apart), "未填" if which == "unsaid" else "100.00")
    told = with_causes(case, [*found, claimed], {})[-1]
    expected = {"first": found[:1], "second": found[1:], "both": found}.get(which, [])
    if which == "rounding":
        expected = found[:1]
    assert [cause.code for cause in told.causes] == [each.code for each in expected]
    slight = with_causes(case, [*found, msgspec.structs.replace(claimed, severity="warning")], {})
    assert [cause.code for cause in slight[-1].causes] == [each.code for each in found]


def test_a_total_from_the_first_of_two_self_scores_that_are_both_enough() -> None:
    case = case_of(Change(fields={"self_staff_control": 4, "self_budget_completion": 3}))
    found, apart = scores(case)
    assert apart == [1, 1]
    told = with_causes(case, [*found, total("99", "100")], {})[-1]
    assert [cause.code for cause in told.causes] == [found[0].code]


POINTS = compared("row-points-differ", "kpis.degree[0]", "5", "6")


@pytest.mark.parametrize("severity", ["warning", "error"])
def test_a_total_from_points_that_do_not_add_up_where_nothing_else_explains_it(
    severity: Severity,
) -> None:
    case = case_of(Change())
    claimed = total("90", "99", severity)
    cause = finding("figures-differ", "budget_basic", "900")
    assert following(case, [claimed, POINTS]) == {"total-differs": ["row-points-differ"]}
    assert following(case, [claimed, POINTS, cause], {0: cause}) == {
        "total-differs": ["figures-differ"]
    }
    assert "total-differs" not in following(case, [claimed, POINTS, cause], {1: cause})
    low = finding("self-score-out-of-range", "self_staff_control")
    found = following(case, [claimed, POINTS, low])
    expected = "self-score-out-of-range" if severity == "warning" else "row-points-differ"
    assert found == {"total-differs": [expected]}


@pytest.mark.parametrize("severity", ["warning", "error"])
def test_a_total_from_rows_that_belong_to_no_indicator(severity: Severity) -> None:
    nowhere = msgspec.structs.replace(finding("not-in-list", "kpis.name[1]"), field="kpis.second")
    found = [total("90", "99", severity), nowhere, POINTS]
    made = filled({})
    assert following(Case(made, evaluate(made)), found) == {
        "total-differs": ["not-in-list"],
        "row-points-differ": ["not-in-list"],
    }


@pytest.mark.parametrize(
    ("first", "second", "follows"),
    [
        (("50", "48"), ("30", "32"), True),
        (("50", "48"), ("30", "31"), False),
        (("50", "48"), ("30", "28"), False),
        (("", "48"), ("30", "32"), False),
        (("50", "48"), ("30", ""), False),
        (("", ""), ("", ""), False),
    ],
)
def test_points_of_another_kind_that_are_too_many_by_what_these_are_too_few(
    first: tuple[str, str], second: tuple[str, str], follows: bool
) -> None:
    found = [
        compared("row-points-differ", "kpis.degree[0]", *first),
        compared("row-points-differ", "kpis.degree[2]", *second),
    ]
    told = with_causes(case_of(Change()), found, {})
    expected = [found[0].cell] if follows else []
    assert [[cause.cell for cause in one.causes] for one in told] == [[], expected]
    twice = [found[0], at(found[0], found[0].sheet, "Y99"), found[1]]
    told = with_causes(case_of(Change()), twice, {})
    assert [cause.cell for cause in told[-1].causes] == expected


# ------------------------------------------------------------------- an issued figure in 元

IN_YUAN = Change(fields={"budget_approved": 12_000_000}, issued={"budget_approved": "1200"})


@pytest.mark.parametrize(
    ("cause", "change", "follows"),
    [
        (finding("unit-looks-wrong", "budget_basic"), IN_YUAN, True),
        (finding("unit-looks-wrong", "projects.budget[0]"), IN_YUAN, False),
        (finding("figures-differ", "budget_basic"), IN_YUAN, False),
        (
            finding("unit-looks-wrong", "budget_basic"),
            msgspec.structs.replace(IN_YUAN, fields={"budget_approved": 12_000_001}),
            False,
        ),
        (
            finding("unit-looks-wrong", "budget_basic"),
            msgspec.structs.replace(IN_YUAN, issued={"budget_approved": "不详"}),
            False,
        ),
    ],
)
def test_an_issued_figure_written_in_yuan(cause: Finding, change: Change, follows: bool) -> None:
    found = [cause, finding("differs-from-issued", "budget_approved")]
    expected = {"differs-from-issued": [cause.name]} if follows else {}
    assert following(case_of(change), found) == expected


# ------------------------------------------------------------------- rows and what spoils them

SCORE = finding("self-score-too-low", "kpis.degree[1]")
INFO = cell_of("unit_name")[0]


@pytest.mark.parametrize(
    ("cause", "follows"),
    [
        (finding("not-a-number", "kpis.actual[1]"), True),
        (finding("unit-looks-wrong", "kpis.actual[1]"), True),
        (finding("degree-outside-tier", "kpis.degree[1]"), True),
        (finding("target-in-another-unit", "kpis.actual[1]"), True),
        (finding("figures-differ", "kpis.actual[1]"), False),
        (finding("not-a-number", "kpis.actual[0]"), False),
        (finding("not-a-number", "kpis.actual[1]", cell=""), False),
        (finding("not-a-number", "tasks.name[1]"), False),
        (at(finding("not-a-number", "kpis.actual[1]"), INFO, SCORE.cell), False),
        (at(finding("not-a-number", "tasks.name[1]"), SCORE.sheet, SCORE.cell), False),
        (at(finding("sheet-removed", "unit_name"), "", ""), False),
    ],
)
def test_a_score_of_a_row_follows_from_what_is_wrong_with_its_cells(
    cause: Finding, follows: bool
) -> None:
    expected = {SCORE.name: [cause.name]} if follows else {}
    assert following(case_of(Change()), [SCORE, cause]) == expected


@pytest.mark.parametrize(("table", "follows"), [("kpis", True), ("tasks", False), (None, False)])
def test_a_score_of_a_row_follows_from_the_sheet_of_its_table(
    table: str | None, follows: bool
) -> None:
    case = case_of(Change())
    sheets = {one.id: one.sheet for one in case.standard.tables}
    sheet = sheets[table] if table else "none"
    assert sheets["tasks"] != sheets["kpis"]
    removed = msgspec.structs.replace(
        finding("sheet-removed", "unit_name"), field=sheet, sheet="", cell=""
    )
    expected = {SCORE.name: ["sheet-removed"]} if follows else {}
    assert following(case, [SCORE, removed]) == expected


def test_a_score_of_an_own_row_follows_from_the_sheet_of_its_table() -> None:
    made = filled({})
    entry = made.tables["kpis"][0].entries["self"]
    score = at(SCORE, entry.sheet, entry.cell)
    removed = msgspec.structs.replace(at(SCORE, "", ""), name="sheet-removed")
    for table in made.standard.tables:
        removed = msgspec.structs.replace(removed, field=table.sheet)
    assert following(Case(made, evaluate(made)), [score, removed]) == {SCORE.name: [removed.name]}


# ------------------------------------------------------------------- indicators and what they use


@pytest.mark.parametrize(
    ("name", "unsupported", "differs"),
    [
        ("required-blank", True, False),
        ("only-blanks", True, False),
        ("not-a-number", True, True),
        ("unit-looks-wrong", False, False),  # not an amount: nothing was misread
        ("differs-from-issued", False, True),
        ("figures-differ", False, False),
    ],
)
@pytest.mark.parametrize("used", [True, False])
def test_the_score_of_an_indicator_from_a_figure(
    name: str, unsupported: bool, differs: bool, used: bool
) -> None:
    case = case_of(Change(fields={"staff_quota": None}))
    issued = {"staff_quota": "50", "fixed_assets_total": "900"}
    case = Case(msgspec.structs.replace(case.submission, issued=issued), case.evaluation)
    cause = finding(name, "staff_quota" if used else "fixed_assets_total")
    lacks, low, high = (
        finding(one, "self_staff_control")
        for one in ("self-score-unsupported", "self-score-too-low", "self-score-too-high")
    )
    assert following(case, [cause, lacks]) == ({lacks.name: [name]} if unsupported and used else {})
    for one in (low, high):
        assert following(case, [cause, one]) == ({one.name: [name]} if differs and used else {})


def test_points_beyond_those_of_a_row_from_points_of_its_kind_that_do_not_add_up() -> None:
    made = filled({0: {"points": 8}})
    rows = made.tables["kpis"]

    def of_row(name: str, column: str, row: int, cell: str | None = None) -> Finding:
        entry = rows[row].entries[column]
        told = finding(name, "kpis.name[0]")
        told = at(told, entry.sheet, entry.cell if cell is None else cell)
        return msgspec.structs.replace(told, field=f"kpis.{column}")

    points = of_row("row-points-differ", "points", 0)
    nowhere = msgspec.structs.replace(of_row("row-points-differ", "points", 0, ""), code="nowhere")
    beyond = [of_row("self-score-out-of-range", "self", row) for row in (0, 1, 6)]
    single = at(finding("self-score-out-of-range", "staff_actual"), points.sheet, points.cell)
    told = with_causes(Case(made, evaluate(made)), [points, nowhere, *beyond, single], {})
    assert [[cause.cell for cause in one.causes] for one in told[2:]] == [
        [points.cell],
        [points.cell],
        [],
        [],
    ]
