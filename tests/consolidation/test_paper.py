"""The summary on paper."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.consolidation.records import consolidation, record
from workbook_tools.checks import make

WHEN = datetime.datetime(2021, 4, 2, 9, 30)


def summary(folder: Path, count: int) -> Any:
    found = make("total-differs", "不符。", sheet="基本信息", cell="B19", field="claimed_total")
    records = (record(f"{number:03}", "98", findings=(found,)) for number in range(count))
    consolidation(*records).write(folder / "s.xlsx", when=WHEN)
    return openpyxl.load_workbook(folder / "s.xlsx")


@pytest.mark.parametrize("sheet", ["排名", "指标得分", "自评差异", "预算汇总", "问题清单"])
def test_every_page_has_the_title_and_the_head(sheet: str, tmp_path: Path) -> None:
    page = summary(tmp_path, 2)[sheet]
    assert page.print_title_rows.startswith("$1:$")
    heads = {cell.value for cell in page[int(page.print_title_rows.rpartition("$")[2])]}
    assert "单位名称" in heads


@pytest.mark.slow
@pytest.mark.parametrize(("count", "pages"), [(22, 1), (24, 1), (35, 2), (50, 2), (400, 0)])
def test_a_few_rows_get_no_page_of_their_own(count: int, pages: int, tmp_path: Path) -> None:
    """By Excel's widths 22 departments fill a page; of many pages the last does not matter."""
    setup = summary(tmp_path, count)["指标得分"].page_setup
    fitted = 1 if setup.fitToHeight is None else setup.fitToHeight
    assert (setup.fitToWidth, fitted) == (2, pages)


@pytest.mark.parametrize("count", [0, 3])
def test_ids_of_fields_are_for_programs_and_not_printed(count: int, tmp_path: Path) -> None:
    page = summary(tmp_path, count)["问题清单"]
    printed = page[page.print_area.partition("!")[2] or page.print_area]
    texts = {cell.value for row in printed for cell in row}
    assert {"说明", "工作簿"} <= texts
    assert "数据项编号" not in texts
    assert ("claimed_total" in {cell.value for row in page.iter_rows() for cell in row}) == (
        count > 0
    )
    assert "claimed_total" not in texts
    assert count == 0 or f"{count - 1:03}" in texts
