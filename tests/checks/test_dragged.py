"""What altered formulas tell of cells that were dragged, on formulas written by hand."""

from __future__ import annotations

from typing import Literal, NamedTuple

import pytest

from workbook_tools.checks.dragged import Drag, drags
from workbook_tools.checks.faults import Fault


class Told(NamedTuple):
    """A drag: its sheet, from and to, and the cells of the formulas that tell."""

    sheet: str
    moves: dict[str, str]
    formulas: list[str]


def fault(
    cell: str,
    expected: str,
    actual: str,
    sheet: str = "表",
    kind: Literal["altered", "overwritten"] = "altered",
) -> Fault:
    """A formula that is not the template's."""
    return Fault(
        kind=kind,
        name=f"calc_{cell}",
        sheet=sheet,
        cell=cell,
        last_cell=cell,
        rows=1,
        expected=expected,
        actual=actual,
        altered=((expected, actual),) if kind == "altered" else (),
    )


DOWN = fault("Z5", "=$G5+$H5", "=$G6+$H5")
DOWN_TOO = fault("Y5", "=$G5*2", "=$G6*2")
OVER_IT = fault("Z6", "=$G6+$H6", "=#REF!+$H6")
UP = fault("X6", "=$G6*3", "=$G5*3")


@pytest.mark.parametrize(
    ("faults", "told"),
    [
        pytest.param([DOWN], [Told("表", {"G5": "G6"}, ["Z5"])], id="one"),
        pytest.param([], [], id="none"),
        pytest.param(
            [fault("Z5", "=$G5", "=$G6", kind="overwritten")], [], id="a formula that is gone"
        ),
        pytest.param(
            [DOWN, DOWN_TOO],
            [Told("表", {"G5": "G6"}, ["Z5", "Y5"])],
            id="two formulas that ask for one cell",
        ),
        pytest.param([OVER_IT], [], id="only a cell that is gone"),
        pytest.param([fault("Z5", "=$G5", "=ZZZ9999999")], [], id="what looks like a cell is none"),
        pytest.param([fault("Z5", "=$G5", "=$G:$G")], [], id="a column is no cell"),
        pytest.param(
            [fault("Z5", "=$G5", "=#REF!$G5")], [], id="a cell that is gone before one that is not"
        ),
        pytest.param(
            [OVER_IT, DOWN],
            [Told("表", {"G5": "G6"}, ["Z5", "Z6"])],
            id="the cell that it was put onto is gone",
        ),
        pytest.param(
            [DOWN, fault("Y9", "=$G6", "=#REF!"), fault("Y8", "=$G7", "=#REF!")],
            [Told("表", {"G5": "G6"}, ["Z5", "Y9"])],
            id="elsewhere, of another cell that is gone too, nothing is said",
        ),
        pytest.param(
            [DOWN, fault("Y9", "=$G6+$G7", "=#REF!+#REF!"), fault("Y8", "=$G6+$H7", "=#REF!+$H8")],
            [Told("表", {"G5": "G6"}, ["Z5"])],
            id="more is gone than was put onto",
        ),
        pytest.param(
            [DOWN, fault("X6", "=$G6*$A6", "=$G6/$A6"), fault("X5", "=$G5*$A5", "=$G5/$A5")],
            [Told("表", {"G5": "G6"}, ["Z5", "X6"])],
            id="whatever is another in the row that it was put into",
        ),
        pytest.param(
            [DOWN, fault("Z6", "=$G6+$H6", "=#REF!+$H6", sheet="另一表")],
            [Told("表", {"G5": "G6"}, ["Z5"])],
            id="another sheet",
        ),
        pytest.param(
            [DOWN, fault("Z5", "=$G5", "=$G6", sheet="另一表")],
            [Told("表", {"G5": "G6"}, ["Z5"]), Told("另一表", {"G5": "G6"}, ["Z5"])],
            id="one on each of two sheets",
        ),
        pytest.param(
            [fault("Z5", "=$H5+$G5+$AA5", "=$H9+$G9+$AA9")],
            [Told("表", {"G5": "G9", "H5": "H9", "AA5": "AA9"}, ["Z5"])],
            id="in the order of the sheet",
        ),
        pytest.param(
            [fault("Z5", "=$G6+$G5", "=$H6+$H5")],
            [Told("表", {"G5": "H5", "G6": "H6"}, ["Z5"])],
            id="to the right",
        ),
        pytest.param(
            [fault("Z5", "=$G5+$H5", "=$G6+$I5")], [], id="one formula, in two directions"
        ),
        pytest.param(
            [DOWN, fault("Y8", "=$G8", "=$G10"), fault("Y12", "=$G12", "=$H13")],
            [
                Told("表", {"G5": "G6"}, ["Z5"]),
                Told("表", {"G8": "G10"}, ["Y8"]),
                Told("表", {"G12": "H13"}, ["Y12"]),
            ],
            id="three drags",
        ),
        pytest.param([fault("Z5", "=$G5+1", "=$G6+2")], [], id="more than the cell is another"),
        pytest.param(
            [fault("Z5", "=LOG10(A.B2)+$G5", "=LOG10(A.B2)+$G6")],
            [Told("表", {"G5": "G6"}, ["Z5"])],
            id="functions and names are no cells",
        ),
        pytest.param(
            [DOWN, DOWN_TOO, UP],
            [Told("表", {"G5": "G6"}, ["Z5", "Y5", "X6"])],
            id="a formula that was dragged along asks for where it was",
        ),
        pytest.param(
            [UP, DOWN],
            [Told("表", {"G6": "G5"}, ["X6", "Z5"]), Told("表", {"G5": "G6"}, ["Z5", "X6"])],
            id="as many one way as the other: both",
        ),
        pytest.param(
            [DOWN, DOWN_TOO, fault("X6", "=$H6", "=$G6")],
            [
                Told("表", {"G5": "G6"}, ["Z5", "Y5", "X6"]),
                Told("表", {"H6": "G6"}, ["X6"]),
            ],
            id="to the left is not back up",
        ),
    ],
)
def test_drags(faults: list[Fault], told: list[Told]) -> None:
    found = drags(faults)
    assert [
        Told(one.sheet, dict(one.moves), [each.cell for each in one.faults]) for one in found
    ] == told
    assert [list(one.moves) for one in found] == [list(one.moves.items()) for one in told]


@pytest.mark.parametrize(
    ("moves", "rows", "left", "ends"),
    [
        ([("G5", "G6")], {5, 6}, {"G5"}, ("G5", "G6")),
        ([("G5", "H5")], {5}, {"G5"}, ("G5", "H5")),
        (
            [("G5", "G6"), ("G6", "G7"), ("G7", "G8")],
            {5, 6, 7, 8},
            {"G5"},
            ("G5 至 G7", "G6 至 G8"),
        ),
        ([("B17", "B20"), ("C17", "C20")], {17, 20}, {"B17", "C17"}, ("B17 至 C17", "B20 至 C20")),
    ],
)
def test_a_drag(
    moves: list[tuple[str, str]], rows: set[int], left: set[str], ends: tuple[str, str]
) -> None:
    drag = Drag("表", tuple(moves), ())
    assert (set(drag.rows), set(drag.left), drag.ends) == (rows, left, ends)
