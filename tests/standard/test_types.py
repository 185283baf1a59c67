"""A derived quantity is written by its type, and nothing is guessed from its unit."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from workbook_tools import load_standard
from workbook_tools.standard.placeholders import placeholders

LAKESIDE = Path(__file__).parents[2] / "docs" / "examples" / "lakeside-2023.yaml"


@pytest.mark.parametrize(("unit", "given"), [("千元", "money"), ("万元", "number")])
def test_the_type_says_how_it_is_written(unit: str, given: str) -> None:
    standard = load_standard(LAKESIDE)
    first, *others = standard.derived
    changed = msgspec.structs.replace(first, unit=unit, **{"type": given})
    standard = msgspec.structs.replace(standard, derived=(changed, *others))

    assert placeholders(standard)[first.id].kind == given


def test_the_types_of_the_shipped_standard() -> None:
    standard = load_standard()

    money = {one.id for one in standard.derived if one.type == "money"}
    assert {"budget_adjusted", "three_public_current_actual", "projects_budget"} <= money
    assert {one.type for one in standard.derived if one.unit == "万元"} == {"money"}
    assert {one.type for one in standard.derived if one.id.startswith("achievement_")} == {"share"}
