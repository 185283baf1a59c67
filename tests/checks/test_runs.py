"""Which neighbouring cells are told as one, on sheets of inputs laid out by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import pytest

from tests.checks.builder import Change, evaluated
from tests.checks.facts import told_at
from workbook_tools.checks.case import Case
from workbook_tools.checks.finding import Cause, Finding
from workbook_tools.checks.runs import told_together
from workbook_tools.standard.inputs import NUMBER_TYPES
from workbook_tools.standard.severity import Severity

SHEET, OTHER = "网格", "另一网格"


def laid_out(numbers: str, texts: str = "", elsewhere: str = "") -> Case:
    """A case with inputs for numbers and texts in these cells, and for numbers on another sheet."""
    submission, evaluation = evaluated(Change())
    known = Case(submission, evaluation).fields
    of_numbers = [one.id for one in known.values() if one.type in NUMBER_TYPES]
    of_texts = [one.id for one in known.values() if one.type not in NUMBER_TYPES]
    cells = [(SHEET, cell) for cell in numbers.split()]
    cells += [(OTHER, cell) for cell in elsewhere.split()]
    places = dict(zip(of_numbers, [*cells, (SHEET, "")], strict=False))
    places |= dict(zip(of_texts, ((SHEET, cell) for cell in texts.split()), strict=False))
    entries = {
        field: msgspec.structs.replace(
            entry, **dict(zip(("sheet", "cell"), places.get(field, ("", "")), strict=True))
        )
        for field, entry in submission.entries.items()
    }
    return Case(msgspec.structs.replace(submission, entries=entries), evaluation)


def finding(
    cell: str,
    name: str = "number-as-text",
    *,
    sheet: str = SHEET,
    field: str = "some",
    expected: str = "",
    severity: Severity = "error",
    causes: Sequence[Cause] = (),
) -> Finding:
    """A finding of which the message is its cell."""
    return told_at(
        name,
        sheet,
        cell,
        code=f"SC-{name}",
        severity=severity,
        field=field,
        expected=expected,
        causes=tuple(causes),
    )


def cause(cell: str, name: str = "number-as-text") -> Cause:
    return Cause(f"SC-{name}", SHEET, cell)


class Layout(NamedTuple):
    """Inputs, those with a finding, and what is told: the first of a run, its last and how many."""

    numbers: str
    found: str
    told: str
    texts: str = ""
    elsewhere: str = ""


@pytest.mark.parametrize(
    "layout",
    [
        pytest.param(Layout("B2 B3 B4 B5", "B2 B3 B4 B5", "B2>B5=3"), id="four down"),
        pytest.param(Layout("B2 C2 D2 E2", "B2 C2 D2 E2", "B2>E2=3"), id="four along"),
        pytest.param(Layout("B2 B3 B4", "B2 B3 B4", "B2 B3 B4"), id="three are few"),
        pytest.param(
            Layout("B2 B3 B4 B5 B6", "B2 B3 B5 B6", "B2 B3 B5 B6"), id="a sound input between"
        ),
        pytest.param(
            Layout("B2 B3 B4 B5 B6 B7", "B2 B3 B4 B5 B7", "B2>B5=3 B7"), id="one beyond a sound one"
        ),
        pytest.param(
            Layout("B1 B2 B3 B4 B5 B6", "B1 B3 B4 B5 B6", "B1 B3>B6=3"), id="one before a sound one"
        ),
        pytest.param(
            Layout("B2 B3 B5 B6", "B2 B3 B5 B6", "B2>B6=3", texts="B4"), id="a text between"
        ),
        pytest.param(
            Layout("B2 B3 B5 B6", "B2 B3 B5 B6", "B2>B6=3", elsewhere="B4"),
            id="an input of another sheet between",
        ),
        pytest.param(Layout("B10 B9 B8 B11", "B8 B9 B10 B11", "B8>B11=3"), id="rows are numbers"),
        pytest.param(
            Layout("B2 B3 B4 C2 C3 C4", "B2 C2 B3 C3 B4 C4", "B2 C2 B3 C3 B4 C4"),
            id="three beside three",
        ),
        pytest.param(
            Layout("B2 B3 B4 B5 C2 C3 C4 C5", "B2 C2 B3 C3 B4 C4 B5 C5", "B2>B5=3 C2>C5=3"),
            id="two columns",
        ),
        pytest.param(
            Layout("B2 C2 D2 E2 B3 C3 D3 E3", "B2 C2 D2 E2 B3 C3 D3 E3", "B2>E2=3 B3>E3=3"),
            id="two rows",
        ),
        pytest.param(
            Layout("B2 C2 D2 E2 F2 B3 B4 B5", "B2 C2 D2 E2 F2 B3 B4 B5", "B2>B5=3 C2>F2=3"),
            id="a column first, then what is left of the row",
        ),
        pytest.param(
            Layout("B2 C2 D2 E2 B3 B4 B5", "B2 C2 D2 E2 B3 B4 B5", "B2>B5=3 C2 D2 E2"),
            id="a column first, and too few are left of the row",
        ),
        pytest.param(
            Layout("B2 C2 D2 E2 B4 C3", "B2 C2 D2 E2 B4 C3", "B2>E2=3 B4 C3"), id="a row of a few"
        ),
        pytest.param(Layout("B2 B3 B4", "B2 B3 B4 B9", "B2 B3 B4 B9"), id="no input of numbers"),
    ],
)
def test_runs(layout: Layout) -> None:
    found = [finding(cell) for cell in layout.found.split()]
    told = told_together(laid_out(layout.numbers, layout.texts, layout.elsewhere), found)
    run = re.compile(r"\w+。(\w+) 至 (\w+) 的 (\d+) 格也是这样，请一并改正。")
    cells = [
        f"{one.cell}>{match[2]}={match[3]}" if (match := run.fullmatch(one.message)) else one.cell
        for one in told
    ]
    assert " ".join(cells) == layout.told
    assert all(one.message == f"{one.cell}。" or run.fullmatch(one.message) for one in told)


COLUMN = ["B2", "B3", "B4", "B5"]


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([finding(one, "out-of-range") for one in COLUMN], 1),
        ([finding(one, "not-a-number") for one in COLUMN], 1),
        ([finding(one, "not-an-integer") for one in COLUMN], 4),
        ([finding(one, "required-blank") for one in COLUMN], 4),
        ([finding(one, "required-blank", field="kpis.actual") for one in COLUMN], 1),
        ([finding(one, "not-an-integer", field="kpis.actual") for one in COLUMN], 4),
        ([finding(one, field=f"kpis.{one}") for one in COLUMN], 1),
        ([finding(one, "required-blank", field=f"kpis.{one}") for one in COLUMN], 4),
        ([finding(one, causes=[cause("A1")]) for one in COLUMN], 4),
        ([*(finding(one) for one in COLUMN[:3]), finding("B5", causes=[cause("A1")])], 4),
        ([*(finding(one) for one in COLUMN[:3]), finding("B5", "out-of-range")], 4),
        ([*(finding(one) for one in COLUMN[:3]), finding("B5", sheet=OTHER)], 4),
        ([*(finding(one) for one in COLUMN), finding("")], 2),
        ([finding("", name) for name in ("number-as-text", "required-blank")] * 2, 4),
    ],
)
def test_what_is_told_together(found: list[Finding], told: int) -> None:
    case = laid_out(" ".join(COLUMN), elsewhere=" ".join(COLUMN))
    assert len(told_together(case, found)) == told


@pytest.mark.parametrize(
    ("expected", "listed"),
    [
        (["1", "", "", ""], ""),
        (["", "2", "不限", "4%"], "：B3 应为 2、B5 应为 4%"),
        (
            [str(number) for number in range(1, 10)],
            "：" + "、".join(f"B{number + 1} 应为 {number}" for number in range(2, 10)),
        ),
        (
            [str(number) for number in range(1, 11)],
            "：" + "、".join(f"B{number + 1} 应为 {number}" for number in range(2, 10)) + " 等",
        ),
    ],
)
def test_what_should_stand_in_the_others(expected: list[str], listed: str) -> None:
    cells = [f"B{number}" for number, _ in enumerate(expected, start=2)]
    found = [finding(cell, expected=due) for cell, due in zip(cells, expected, strict=True)]
    (told,) = told_together(laid_out(" ".join(cells)), found)
    count = len(cells) - 1
    said = f"B2。B3 至 {cells[-1]} 的 {count} 格也是这样，请一并改正{listed}。"
    assert (told.message, told.expected) == (said, expected[0])


@pytest.mark.parametrize(
    ("severities", "told"),
    [
        (["warning", "info", "error", "warning"], "error"),
        (["error", "warning", "warning", "info"], "error"),
        (["info", "info", "warning", "info"], "warning"),
    ],
)
def test_the_worst_of_a_run(severities: list[Severity], told: str) -> None:
    found = [finding(cell, severity=one) for cell, one in zip(COLUMN, severities, strict=True)]
    (one,) = told_together(laid_out(" ".join(COLUMN)), found)
    assert one.severity == told


def test_what_follows_from_any_of_a_run_follows_from_the_first() -> None:
    beside = [
        finding("Z1", "grade-differs", causes=[cause("B4"), cause("A1", "other"), cause("B5")]),
        finding("Z2", "grade-differs", causes=[cause("A1", "other")]),
        finding("Z3", "grade-differs", causes=[cause("B2")]),
        finding("Z4", "grade-differs", causes=[cause("B9")]),
        finding("Z5", "grade-differs"),
    ]
    found = [beside[0], *(finding(cell) for cell in COLUMN), *beside[1:], finding("B9")]
    told = told_together(laid_out(f"{' '.join(COLUMN)} B6 B9"), found)
    assert [(one.cell, one.causes) for one in told] == [
        ("Z1", (cause("B2"), cause("A1", "other"))),
        ("B2", ()),
        ("Z2", (cause("A1", "other"),)),
        ("Z3", (cause("B2"),)),
        ("Z4", (cause("B9"),)),
        ("Z5", ()),
        ("B9", ()),
    ]


def test_without_a_run_everything_is_told_as_it_was() -> None:
    found = [finding("B2"), finding("B3"), finding("Z1", "grade-differs", causes=[cause("B2")])]
    assert told_together(laid_out("B2 B3"), found) == found
