"""Of an input set that shows something, the smallest part that still shows it."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.proof import InputSet, contents
from workbook_tools.proof.inputs import RowOfCells
from workbook_tools.proof.shrinking import shrink

FIELDS = [f"field_{number}" for number in range(40)]


@given(st.sets(st.sampled_from(FIELDS), min_size=1, max_size=4))
def test_nothing_that_is_not_needed_stays(needed: set[str]) -> None:
    inputs = InputSet({name: Fraction(4711, 100) for name in FIELDS})
    small = shrink(inputs, lambda each: needed <= each.values.keys())
    assert small.values.keys() == needed
    assert set(small.values.values()) == {Fraction(0)}


def test_numbers_become_plainer_only_where_they_may() -> None:
    inputs = InputSet({"a": Fraction(4711, 100), "b": Fraction(4711, 100)})
    small = shrink(inputs, lambda each: each.values.get("a", 0) == Fraction(4711, 100))
    assert small.values == {"a": Fraction(4711, 100)}


def test_rows_move_up_and_the_others_go() -> None:
    rows: list[RowOfCells] = [
        {"name": f"第{number}行", "budget": Fraction(number)} for number in range(30)
    ]

    def shows(inputs: InputSet) -> bool:
        return any(row.get("budget") == 17 for row in inputs.rows.get("projects", ()))

    small = shrink(InputSet({"a": Fraction(1)}, {"projects": ({}, *rows)}), shows)
    assert small == InputSet({}, {"projects": ({"budget": Fraction(17)},)})


def test_a_slow_witness_is_not_asked_for_ever() -> None:
    asked = 0

    def shows(inputs: InputSet) -> bool:
        nonlocal asked
        asked += 1
        return len(inputs.values) >= 900

    inputs = InputSet({f"field_{number}": Fraction(1) for number in range(1000)})
    small = shrink(inputs, shows)
    assert shows(small)
    assert asked < 1000
    assert len(list(contents(small))) <= 1000
