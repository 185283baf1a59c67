"""Small workbooks with the contract's defined names and nothing of the real template's looks."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]  # ships no types
from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]  # ships no types

from workbook_tools.standard import load_standard
from workbook_tools.standard.contract import META_SHEET, column_name, fields

STANDARD = load_standard()
META = {"meta_standard": STANDARD.id, "meta_standard_version": "1.0", "meta_unit_code": "0301"}


def write_workbook(
    path: Path,
    contents: Mapping[str, object],
    tables: Mapping[str, Sequence[Mapping[str, object]]] | None = None,
    *,
    sheet: str = "填报",
    first_row: int = 1,
    meta: Mapping[str, str] = META,
    pairs: Mapping[str, Mapping[str, str]] | None = None,
    broken_names: Sequence[str] = (),
    date_1904: bool = False,
) -> Path:
    """Write fields into column C of one sheet and tables below them, each with its name.

    ``contents`` by field id (or by defined name, for result cells): None, numbers, texts, truth
    values, dates, or ``("formula", result)``, whose result "#N/A" is an error value. ``tables``:
    rows by column id, {} for a gap; their columns stand in the *reverse* order of the standard.
    ``pairs``: two-column ranges by name, on the meta sheet. ``first_row`` counts from 0.
    """
    known = fields(STANDARD)
    with xlsxwriter.Workbook(path, {"date_1904": date_1904}) as book:
        page = book.add_worksheet(sheet)
        hidden = book.add_worksheet(META_SHEET)
        hidden.very_hidden()
        row = first_row

        def name(defined: str, where: str, first: tuple[int, int], last: tuple[int, int]) -> None:
            quoted = where.replace("'", "''")
            corners = [xl_rowcol_to_cell(*corner, True, True) for corner in (first, last)]
            reference = corners[0] if first == last else ":".join(corners)
            book.define_name(defined, f"='{quoted}'!{reference}")

        for identity, content in contents.items():
            _write(page, row, 2, content)
            name(known[identity].name if identity in known else identity, sheet, (row, 2), (row, 2))
            row += 1
        for table in STANDARD.tables:
            rows = (tables or {}).get(table.id)
            if rows is None:
                continue
            row += 2
            for place, column in enumerate(reversed(table.columns)):
                for number, one in enumerate(rows):
                    _write(page, row + number, place, one.get(column.id))
                last = (row + table.rows - 1, place)
                name(column_name(table.id, column.id), sheet, (row, place), last)
            row += table.rows
        for number, (defined, text) in enumerate(meta.items()):
            hidden.write_string(number, 1, text)
            name(defined, META_SHEET, (number, 1), (number, 1))
        below = len(meta) + 1
        for defined, listed in (pairs or {}).items():
            for number, (key, text) in enumerate(listed.items()):
                hidden.write_string(below + number, 0, key)
                hidden.write_string(below + number, 1, text)
            name(defined, META_SHEET, (below, 0), (below + len(listed), 1))
            below += len(listed) + 2
        for defined in broken_names:
            book.define_name(defined, "=#REF!$B$2")
    return path


def _write(page: xlsxwriter.worksheet.Worksheet, row: int, column: int, content: object) -> None:
    match content:
        case None:
            pass
        case bool():
            page.write_boolean(row, column, content)
        case int() | float():
            page.write_number(row, column, content)
        case str():
            page.write_string(row, column, content)
        case datetime.date():
            page.write_datetime(row, column, content)
        case (str() as formula, result):
            page.write_formula(row, column, formula, None, result)
        case _:
            raise ValueError(f"no cell can hold {content!r}")
