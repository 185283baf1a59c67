"""Where things stand in a workbook, by its defined names, read with openpyxl."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries

from workbook_tools.standard import Standard

Places = Mapping[str, tuple[str, int, int]]
"""By defined name: the sheet, the first row and the first column, counted from 1."""


def places_in(path: Path) -> Places:
    """The places of all defined names of a workbook."""
    return places_of(openpyxl.load_workbook(path))


def places_of(book: openpyxl.Workbook) -> Places:
    """The places of all defined names of a workbook that is open already."""
    found = {}
    for name, definition in book.defined_names.items():
        for sheet, reference in definition.destinations:
            column, row, _, _ = range_boundaries(reference)
            assert column is not None
            assert row is not None
            found[name] = (sheet, row, column)
    return found


def place_of(at: str, places: Places, standard: Standard) -> tuple[str, str]:
    """Sheet and cell (A1) of what ``at`` in a sample's file means; of a table its first cell."""
    name, _, number = at.partition("#")
    table = next((one for one in standard.tables if one.id == at), None)
    if table is not None:
        name = f"{at}.{table.columns[0].id}"
    if "." in name:
        name = f"tbl_{name.replace('.', '_')}"
    sheet, row, column = places[name]
    return sheet, f"{get_column_letter(column)}{row + int(number or 1) - 1}"
