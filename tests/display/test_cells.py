"""What Excel shows in every cell of what we write; and each rule finds the fault that it is for."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Alignment, Font

from tests.cli.shell import SAMPLES, run
from tests.display.cells import oddities, texts

STANDARDS = ["hunan-county-2020", "national-2020", "project-2020"]


@pytest.mark.parametrize(
    ("value", "code", "width", "says"),
    [
        (2, "0.##", 10, "a bare point 2."),
        (1234567.5, "#,##0.00", 8, "#### instead of 1,234,567.50"),
        (1234567.5, "#,##0.00", 12, ""),
        (0.9927, "0.00%", 5, "#### instead of 99.27%"),
        ("#DIV/0!", "General", 20, "an error value #DIV/0!"),
        (1 / 3, "General", 12, ""),
        ("写不下的字就换行或延伸到旁边", "General", 3, ""),
    ],
)
def test_the_rules(value: float | str, code: str, width: float, says: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["B2"] = value
    sheet["B2"].number_format = code
    sheet.column_dimensions["B"].width = width
    book.save(tmp_path / "book.xlsx")
    found = oddities(tmp_path / "book.xlsx")
    assert found == ([f"Sheet!B2: {says}"] if says else [])


def test_sizes_merges_and_shrinking_count(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (1, 2, 3):
        sheet.cell(row, 1, 1234567.25).number_format = "0.00"
    sheet.column_dimensions["A"].width = sheet.column_dimensions["B"].width = 10
    sheet["A1"].font = Font(sz=22)
    sheet["A2"].font = Font(sz=22)
    sheet.merge_cells("A2:C2")
    sheet["A3"].font, sheet["A3"].alignment = Font(sz=22), Alignment(shrink_to_fit=True)
    book.save(tmp_path / "book.xlsx")
    assert oddities(tmp_path / "book.xlsx") == ["Sheet!A1: #### instead of 1234567.25"]


def test_general_has_as_many_digits_as_excel_gives_it(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row, value in enumerate((1 / 3, 2, 1234.5678, -0.5, 61.3333333333333), start=1):
        sheet.cell(row, 1, value)
    book.save(tmp_path / "book.xlsx")
    found = [one.text for one in texts(tmp_path / "book.xlsx")]
    assert found == ["0.333333333", "2", "1234.5678", "-0.5", "61.33333333"]
    assert Decimal(found[0]) < Decimal(1) / 3


@pytest.mark.parametrize("standard", STANDARDS)
def test_templates(standard: str, tmp_path: Path) -> None:
    blank = tmp_path / "blank.xlsx"
    run("template", "-o", blank, "--standard", standard)
    assert oddities(blank) == []
    assert sum(1 for _ in texts(blank)) > 300


@pytest.mark.slow
def test_a_template_of_a_roster_and_a_workbook_from_a_report(tmp_path: Path) -> None:
    run("template", "-o", tmp_path / "many", "--roster", SAMPLES / "roster.csv", "-j", "1")
    first = min((tmp_path / "many").glob("*.xlsx"))
    run("report", SAMPLES / "agriculture-2020.xlsx", "-o", tmp_path / "reports", "-j", "1")
    (report,) = (tmp_path / "reports").glob("*.docx")
    imported = tmp_path / "imported.xlsx"
    run("import", report, "-o", imported)
    assert [f"{path.name} {one}" for path in (first, imported) for one in oddities(path)] == []
    assert {one.text for one in texts(first)} >= {"√", "待填"}  # stored beside formulas


@pytest.mark.slow
def test_copies_and_the_summary(tmp_path: Path) -> None:
    books = [*SAMPLES.glob("*.xlsx"), *(SAMPLES / "own").glob("*.xlsx")]
    run("validate", *books, "-o", tmp_path / "copies", "-j", "1")
    copies = sorted((tmp_path / "copies").rglob("*.xlsx"))
    assert len(copies) == len(books)
    made = [tmp_path / "summary.xlsx", tmp_path / "projects.xlsx"]
    run("consolidate", *SAMPLES.glob("*.xlsx"), "-o", made[0], "--no-cache", "-j", "1")
    projects = (SAMPLES / "own").glob("project-*.xlsx")
    run("consolidate", *projects, "-o", made[1], "--no-cache", "-j", "1")
    assert [f"{path.name} {one}" for path in (*copies, *made) for one in oddities(path)] == []
