"""Prefilled templates, against XlsxWriter writing the same cells with nothing around them.

python -m benchmarks.issuing [--templates 30] [--rounds 3]
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import openpyxl
import xlsxwriter  # type: ignore[import-untyped]  # it ships no types

from benchmarks.measuring import WORK, cpu_seconds, publish
from workbook_tools.jobs.templates import Issue, issue
from workbook_tools.standard import load_standard

_Cells = dict[str, list[tuple[int, int, str | float]]]


def main() -> None:
    """Measure and put the table into the page."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--templates", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    folder = WORK / "issued"
    standard = load_standard()

    def ours() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for number in range(given.templates):
            known = {"unit_code": f"{number:03}", "unit_name": f"第{number}局"}
            issue(Issue(folder / f"{number:03}.xlsx", known), standard)

    ours()
    cells = _cells(folder / "000.xlsx")

    def bare() -> None:
        for _ in range(given.templates):
            _bare(cells)

    works = {"ours: styles, rules, names, heights": ours, "XlsxWriter, bare": bare}
    seconds = cpu_seconds(works, given.rounds)
    base = seconds["XlsxWriter, bare"]
    count = sum(map(len, cells.values()))
    publish(
        "issuing",
        (f"a template, {count:,} cells", "ms", "times XlsxWriter, bare"),
        [
            (name, f"{time / given.templates * 1000:.0f}", f"{time / base:.2f}")
            for name, time in seconds.items()
        ],
    )


def _cells(path: Path) -> _Cells:
    return {
        sheet.title: [
            (cell.row - 1, cell.column - 1, cell.value)
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, str | int | float)
        ]
        for sheet in openpyxl.load_workbook(path).worksheets
    }


def _bare(cells: _Cells) -> None:
    with xlsxwriter.Workbook(WORK / "bare.xlsx", {"in_memory": True}) as book:
        for title, written in cells.items():
            sheet = book.add_worksheet(title)
            for row, column, value in written:
                sheet.write(row, column, value)


if __name__ == "__main__":
    main()
