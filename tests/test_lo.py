"""The calculator that other tests trust: it must not believe what a file says."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from tests.lo import recalculate, requires_libreoffice


@requires_libreoffice
@pytest.mark.libreoffice
def test_a_planted_wrong_result_is_replaced(tmp_path: Path) -> None:
    sources = []
    for number in (1, 2):
        path = tmp_path / f"planted {number}.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            sheet.write_number("A1", number)
            sheet.write_formula("B1", "=A1*10", None, 999)
        sources.append(path)

    results = recalculate(sources, tmp_path / "out")

    values = [
        openpyxl.load_workbook(path, data_only=True)["Sheet1"]["B1"].value for path in results
    ]
    assert values == [10, 20]
