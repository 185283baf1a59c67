"""Writing the summary alone, against XlsxWriter writing the same cells with nothing around them.

python -m benchmarks.summary_writing [--workbooks 1000] [--rounds 3]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter  # type: ignore[import-untyped]  # it ships no types

from benchmarks.measuring import WORK, cpu_seconds, publish
from benchmarks.workbooks import make_workbooks
from workbook_tools.consolidation import consolidate

Sheets = dict[str, list[list[Any]]]


def main() -> None:
    """Measure and put the table into the page."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--workbooks", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    paths = make_workbooks(given.workbooks, WORK / "many")
    target = WORK / "summary.xlsx"
    result = consolidate(paths, None)
    result.write(target, overwrite=True)
    sheets = dict(_cells(target))
    works = {
        "ours: styles, links, charts, formulas": lambda: result.write(target, overwrite=True),
        "XlsxWriter, bare": lambda: _bare(sheets, constant_memory=False),
        "XlsxWriter, bare, row by row": lambda: _bare(sheets, constant_memory=True),
    }
    seconds = cpu_seconds(works, given.rounds)
    base = seconds["XlsxWriter, bare"]
    count = sum(cell is not None for sheet in sheets.values() for row in sheet for cell in row)
    publish(
        "summary",
        (f"{given.workbooks:,} workbooks, {count:,} cells", "s", "times XlsxWriter, bare"),
        [(name, f"{time:.2f}", f"{time / base:.2f}") for name, time in seconds.items()],
    )


def _cells(path: Path) -> Iterator[tuple[str, list[list[Any]]]]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for sheet in book.worksheets:
        yield sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]


def _bare(sheets: Sheets, *, constant_memory: bool) -> None:
    options = {"constant_memory": constant_memory, "strings_to_formulas": False}
    with xlsxwriter.Workbook(WORK / "bare.xlsx", {**options, "strings_to_urls": False}) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, bool):
                        sheet.write_boolean(number, column, cell)
                    elif isinstance(cell, int | float):
                        sheet.write_number(number, column, cell)
                    elif cell is not None:
                        sheet.write_string(number, column, str(cell))


if __name__ == "__main__":
    main()
