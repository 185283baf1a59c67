"""Which amounts stand together, told in held_against.yaml."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from workbook_tools.standard import load_standard
from workbook_tools.standard.scale import Against, held_against, within_year


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    amount: str
    standard: str = "hunan-county-2020"
    issued: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    least: bool = False
    first: tuple[str, ...] = ()


CASES = msgspec.yaml.decode(
    Path(__file__).with_name("held_against.yaml").read_bytes(), type=list[Case]
)


@pytest.mark.parametrize("case", CASES, ids=lambda one: f"{one.amount} {'-'.join(one.issued)}")
def test_what_an_amount_is_held_against(case: Case) -> None:
    found = held_against(load_standard(case.standard), case.amount, case.issued)
    assert found == Against(case.others, case.least, case.first)


def test_nothing_is_held_against_anything_where_no_scale_is_stated() -> None:
    standard = load_standard()
    tolerances = msgspec.structs.replace(standard.tolerances, scale=None)
    standard = msgspec.structs.replace(standard, tolerances=tolerances)
    for amount in ("procurement_actual", "three_public_reception_current_actual"):
        assert held_against(standard, amount, ("procurement_budget",)) == Against(())


def test_the_parts_of_a_year_are_those_named_and_the_cells_of_named_grids() -> None:
    parts = within_year(load_standard())
    assert {"carryover_current", "projects", "three_public_reception_previous_actual"} <= parts
    assert parts.isdisjoint({"payment_actual_q1", "payment_planned_q1", "expenditure_total"})
