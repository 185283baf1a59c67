"""What an annotated copy says, read by openpyxl."""

from __future__ import annotations

import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl

from samples.places import places_of

Notes = dict[tuple[str, str], str]
"""By sheet and cell, the text of the note."""


def _book(path: Path) -> openpyxl.Workbook:
    return _loaded(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _loaded(path: Path, modified: int) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


def notes_in(path: Path) -> Notes:
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in _book(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }


def results_in(path: Path) -> tuple[dict[str, Any], list[list[Any]]]:
    """Head of 校验结果 by defined name, and its rows; a link stands as (text, where it leads)."""
    book = _book(path)
    places = places_of(book)
    head = {}
    for name in ("result_time", "result_counts", "result_versions"):
        sheet, row, column = places[name]
        head[name] = book[sheet].cell(row, column).value
    sheet, first, column = places["result_row"]
    rows = []
    for cells in book[sheet].iter_rows(first, None, column, column + 7):
        if cells[0].value is not None:
            rows.append(
                [
                    (one.value, str(one.hyperlink.location).replace("'", ""))
                    if one.hyperlink
                    else one.value or None
                    for one in cells
                ]
            )
    return head, rows


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}
