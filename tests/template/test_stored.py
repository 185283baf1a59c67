"""Previews calculate nothing: what stands beside the formulas is what people see there."""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
import pytest

from tests.template.test_build import parts
from tests.template.test_contract import cells_of
from workbook_tools.standard.model import Standard
from workbook_tools.template import Filling, TypedFormula, build_issued, build_template, pattern
from workbook_tools.template.stored import with_results


def test_each_of_many_shows_its_own(standard: Standard, tmp_path: Path) -> None:
    """What one template is given does not stay for the next."""
    names = ("县教育局", "县民政局")
    for name in names:
        build_issued(standard, tmp_path / f"{name}.xlsx", {"unit_name": name, "staff_quota": 5})
    for name in names:
        book = openpyxl.load_workbook(tmp_path / f"{name}.xlsx", data_only=True)
        shown = {cell.value for row in book["计分表"].iter_rows() for cell in row}
        assert any(str(one).startswith(f"单位名称：{name}") for one in shown)
        (status,) = cells_of(book, "status_staff_control")
        assert status.value == "资料不全：【在职人员数】"
        assert cells_of(book, "score_staff_control")[0].value in (None, "")


def test_results_given_are_those_stored(standard: Standard, tmp_path: Path) -> None:
    values = {"staff_quota": 50}
    build_template(standard, tmp_path / "none.xlsx", filling=Filling(values=values, results={}))
    none = openpyxl.load_workbook(tmp_path / "none.xlsx", data_only=True)
    assert cells_of(none, "total_high")[0].value in (None, "")


def test_an_error_in_an_input_is_stored_as_what_formulas_make_of_it(
    standard: Standard, tmp_path: Path
) -> None:
    path = tmp_path / "error.xlsx"
    typed = Filling(values={"staff_quota": TypedFormula("=1/0", "#DIV/0!")})
    build_template(standard, path, filling=typed)
    book = openpyxl.load_workbook(path, data_only=True)
    (quota,) = cells_of(book, "in_staff_quota")
    assert quota.value == "#DIV/0!"
    assert [one.value for one in book["人员资产"][quota.row]][6] == "单元格有错误"


def test_without_the_interpreter_nothing_is_stored(
    standard: Standard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ironcalc", None)
    pattern._pattern.cache_clear()
    try:
        for name, build in (("alone", build_template), ("among", build_issued)):
            build(standard, tmp_path / f"{name}.xlsx", {"unit_name": "县教育局"})
    finally:
        pattern._pattern.cache_clear()
    assert parts(tmp_path / "alone.xlsx") == parts(tmp_path / "among.xlsx")
    book = openpyxl.load_workbook(tmp_path / "alone.xlsx", data_only=True)
    assert cells_of(book, "total_high")[0].value in (None, "")


def test_every_kind_of_result() -> None:
    cell = b'<c r="A%d" s="3"><f>B1</f><v></v></c>'
    part = b"".join(cell % number for number in range(1, 6))
    assert with_results(part, (0.1 + 0.2, True, "甲<乙", "", None)) == (
        b'<c r="A1" s="3"><f>B1</f><v>0.3</v></c>'
        b'<c r="A2" s="3" t="b"><f>B1</f><v>1</v></c>'
        + '<c r="A3" s="3" t="str"><f>B1</f><v>甲&lt;乙</v></c>'.encode()
        + cell % 4
        + cell % 5
    )
