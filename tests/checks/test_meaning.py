"""Formulas are compared by what they say: meanings.yaml tells the same from other."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from workbook_tools.checks.meaning import (
    is_spelled_alike,
    meaning,
    names_in,
    says_the_same,
)


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


@pytest.mark.parametrize(
    ("wanted", "there", "alike"),
    [
        ("IF(in_a,TRUE,1)", "IF(in_a,TRUE,1)", True),
        ("IF(in_a,TRUE,1)", "IF(in_a,TRUE(),1)", True),
        ('IF(in_a="x",FALSE,1)', 'IF(in_a="x",FALSE(),1)', True),
        ("IF(in_a,TRUE,1)", "IF(in_a,FALSE(),1)", False),
        ('in_a="TRUE"', 'in_a="TRUE()"', False),
        ("IF(in_a,1,2)", "IF(in_a,1)", False),
        ("in_a", "in_a+1", False),
    ],
)
def test_the_same_text_is_seen_without_cutting_it_up(wanted: str, there: str, alike: bool) -> None:
    assert is_spelled_alike(wanted, there) == alike


PLACES = {("", "C5"): "in_a", ("计分表", "C6"): "in_b", ("甲's 表", "C7"): "in_c"}


def stands_for(sheet: str, cell: str, name: str) -> bool:
    return PLACES.get((sheet, cell)) == name


@pytest.mark.parametrize(
    ("wanted", "there", "same"),
    [
        ("in_a+in_b", "C5+计分表!$C$6", True),
        ("in_b+in_a", "计分表!C6+C5", True),
        ("in_c", "'甲''s 表'!C7", True),
        ("in_a", "计分表!C5", False),
        ("in_b", "C6", False),
        ("in_a+in_b", "计分表!C6+C5", False),
        ("in_a", "1", False),
    ],
)
def test_a_reference_to_the_cell_of_a_name_says_the_same(
    wanted: str, there: str, same: bool
) -> None:
    assert says_the_same(meaning(wanted), there, stands_for) == same


@pytest.mark.parametrize(("wanted", "there"), [("1", "C5"), ('"x"', "C5"), ("in_a", '"x"')])
def test_only_a_reference_stands_for_a_name_and_for_nothing_else(wanted: str, there: str) -> None:
    assert not says_the_same(meaning(wanted), there, lambda *_: True)


@pytest.mark.parametrize(("characters", "same"), [(4, True), (216, True), (217, False)])
def test_what_no_program_writes_as_long_is_not_looked_into(characters: int, same: bool) -> None:
    assert says_the_same(meaning("in_a"), "in_a".ljust(characters), nowhere) == same


def test_names_in_a_formula_are_those_that_are_no_text() -> None:
    assert names_in('IF(in_A>B5,"in_b",SUM(In_C,1))') == {"in_a", "in_c"}
    assert names_in("[0]!in_a+'[1]甲'!in_b") == {"in_a", "[1]甲!in_b"}
