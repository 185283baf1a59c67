"""What is on record of a workbook for those who add up."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import msgspec

from tests.template.department import FILLED
from workbook_tools import build_template, load_standard, validate


def test_what_cannot_be_used_is_no_fact(tmp_path: Path) -> None:
    """More assets in use than there are: a part above its whole is in no sum and no rate."""
    values = {
        **FILLED.values,
        "fixed_assets_total": Fraction(40),
        "fixed_assets_in_use": Fraction(50),
    }
    path = tmp_path / "自评表.xlsx"
    build_template(load_standard(), path, filling=msgspec.structs.replace(FILLED, values=values))

    with validate([path]) as validation:
        (record,) = validation

    assert record.facts["fixed_assets_total"] == "40"
    assert "fixed_assets_in_use" not in record.facts
