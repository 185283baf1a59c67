"""Formulas are compared by what they say: meanings.yaml tells the same from other."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from workbook_tools.checks.meaning import meaning, says_the_same


class Formula(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    formula: str
    same: str = ""
    other: str = ""


TOLD = msgspec.yaml.decode(
    Path(__file__).with_name("meanings.yaml").read_bytes(), type=list[Formula]
)


def nowhere(*_: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("wanted", "there"), [(one.formula, there) for one in TOLD for there in one.same.splitlines()]
)
def test_another_spelling_says_the_same(wanted: str, there: str) -> None:
    assert says_the_same(meaning(wanted), there, nowhere)


@pytest.mark.parametrize(
    ("wanted", "there"), [(one.formula, there) for one in TOLD for there in one.other.splitlines()]
)
def test_another_formula_does_not(wanted: str, there: str) -> None:
    assert not says_the_same(meaning(wanted), there, nowhere)


def test_parentheses_without_end_are_read() -> None:
    deep = "(" * 4000 + "in_a" + ")" * 4000

    assert meaning(deep) == meaning("in_a")
    assert meaning("(" * 4000) != meaning("in_a")
