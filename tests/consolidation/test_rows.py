"""Rows of the summary are written in one go, and are those that XlsxWriter writes by cells."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.consolidation.records import consolidation, record
from tests.consolidation.test_workbook import WHEN
from workbook_tools.checks import make
from workbook_tools.consolidation.summary.page import TablePage


@pytest.mark.parametrize("rows_kept", [0, 40_000])
def test_rows_in_one_go_are_those_of_cells_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows_kept: int
) -> None:
    monkeypatch.setattr("workbook_tools.consolidation.summary.workbook._KEPT_ROWS", rows_kept)
    texts = ("x" * 40_000, "😀" * 20_000, "<r>&</r>", " a_x000D_b\n", "=1+1", "")
    result = consolidation(
        record("1", findings=tuple(make("unreadable", text) for text in texts)),
        *(record(str(number)) for number in range(2, 40)),
    )
    together = result.write(tmp_path / "together.xlsx", when=WHEN)

    def one_by_one(
        page: TablePage, row: int, values: Sequence[Any], looks: Sequence[Any], *, column: int = 0
    ) -> None:
        for place, (value, look) in enumerate(zip(values, looks, strict=True), start=column):
            page.put(row, place, value, look)

    monkeypatch.setattr(TablePage, "put_row", one_by_one)
    apart = result.write(tmp_path / "apart.xlsx", when=WHEN)
    assert together.read_bytes() == apart.read_bytes()
