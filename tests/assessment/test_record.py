"""What is on record of a workbook for those who add up."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import msgspec
import openpyxl

from tests.template.department import FILLED, input_cell
from workbook_tools import build_template, load_standard, validate
from workbook_tools.template.filling import CellValue


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


def test_a_unit_whose_issued_name_was_cleared_is_called_as_issued(tmp_path: Path) -> None:
    path = tmp_path / "自评表.xlsx"
    issued: dict[str, CellValue] = {"unit_name": "云溪县档案馆", "unit_code": "0117"}
    values = {field: value for field, value in FILLED.values.items() if field not in issued}
    filling = msgspec.structs.replace(FILLED, values=values)
    build_template(load_standard(), path, issued, filling=filling)
    book = openpyxl.load_workbook(path)
    for field in ("unit_name", "unit_code"):
        input_cell(book, field).value = None
    book.save(path)

    with validate([path]) as validation:
        (record,) = validation

    assert record.unit_name == "云溪县档案馆"
    assert {one.field for one in record.findings if one.name == "differs-from-issued"} == {
        "unit_name",
        "unit_code",
    }
