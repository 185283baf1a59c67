"""The calculator that other tests trust: it must not believe what a file says."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from tests.lo import recalculate, requires_libreoffice, results_of


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

    assert [results_of(path) for path in results] == [
        {("Sheet1", "B1"): 10},
        {("Sheet1", "B1"): 20},
    ]
