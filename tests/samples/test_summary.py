"""The summary of the samples: its totals, recomputed from the inputs in a few independent lines."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

import workbook_tools
from samples.data import HERE, ROSTER
from tests.lo import print_to_pdf, requires_libreoffice

IN_YUAN = "health-2020.xlsx"
"""One of whose amounts is planted in 元; its money is added up apart."""
INSIDE_ANOTHER = "school-2020.xlsx"
"""Its figures are part of the education bureau's, which reports 汇总含所属."""
TOTALS = {
    "年初批复预算数": "in_budget_approved",
    "基本支出预算": "in_budget_basic",
    "本年收入合计": "in_revenue_total",
    "本年支出合计": "in_expenditure_total",
}


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("summary") / "summary.xlsx"
    workbook_tools.consolidate(sorted(HERE.glob("*.xlsx")), target, roster=ROSTER)
    return target


def entered(book: openpyxl.Workbook, name: str) -> float:
    """A number that stands in a sample, by its defined name; blank is nothing."""
    sheet, cell = book.defined_names[name].attr_text.split("!")
    value = book[sheet.strip("'")][cell.replace("$", "")].value
    return float(value) if isinstance(value, int | float) else 0.0


@pytest.mark.slow
def test_totals_are_those_of_the_inputs(summary: Path) -> None:
    sheet = openpyxl.load_workbook(summary, data_only=True)["预算汇总"]
    rows = list(sheet.iter_rows(values_only=True))
    heading = next(row for row in rows if "年初批复预算数" in row)
    total = next(row for row in rows if str(row[1] or "").startswith("合计"))
    sound_ones = [
        openpyxl.load_workbook(path, data_only=True)
        for path in HERE.glob("*.xlsx")
        if path.name not in (INSIDE_ANOTHER, IN_YUAN)
    ]
    for title, name in TOTALS.items():
        sound = sum(entered(book, name) for book in sound_ones)
        assert total[heading.index(title)] == pytest.approx(sound, abs=0.001), title
    assert str(total[1]).endswith("不含金额存疑的 1 个）")


def test_what_is_wrong_with_the_standard_is_not_said_of_every_department(summary: Path) -> None:
    sheet = openpyxl.load_workbook(summary)["问题清单"]
    codes = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert "SC301" in codes
    assert "ST601" not in codes


@requires_libreoffice
@pytest.mark.libreoffice
def test_libreoffice_opens_it_with_its_charts(summary: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(summary) as package:
        charts = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 5
    (printed,) = print_to_pdf([summary], tmp_path)
    assert printed.read_bytes().startswith(b"%PDF")
