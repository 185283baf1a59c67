"""The text of every cell as Excel shows it, and what nobody should have to read there."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
from openpyxl.utils import column_index_from_string

from tests.display.excel_format import is_date, shown

_NARROW = {",": 0.5, ".": 0.5, "-": 0.7, "%": 1.6, " ": 0.5, "(": 0.7, ")": 0.7}
_DEFAULT_WIDTH = 8.43
_BARE_POINT = re.compile(r"\d\.(?!\d)")
_MOST_DIGITS = 11
"""Characters that Excel gives a number under General, its point among them."""


class Shown(NamedTuple):
    """A cell that holds something: its text, and how many digits of the cell's size have room.

    ``room`` is None where a text runs on, is wrapped or shrinks to its cell: it never becomes ####.
    """

    sheet: str
    cell: str
    value: object
    text: str
    room: float | None


def texts(path: Path) -> Iterator[Shown]:
    """Every cell of the sheets that people see, formulas by the results stored with them."""
    book = openpyxl.load_workbook(path, data_only=True)
    size = _normal_size(book)
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        widths = _widths(sheet)
        spans = {area.min_row * 100_000 + area.min_col: area for area in sheet.merged_cells.ranges}
        for number, row in enumerate(sheet.iter_rows(), start=1):
            if sheet.row_dimensions[number].hidden:
                continue
            for cell in row:
                if cell.value in (None, "") or not widths(cell.column):
                    continue
                area = spans.get(cell.row * 100_000 + cell.column)
                columns = range(area.min_col, area.max_col + 1) if area else [cell.column]
                room = sum(map(widths, columns)) * size / (cell.font.sz or size)
                fixed = not isinstance(cell.value, str) and not cell.alignment.shrink_to_fit
                room_or_none = room if fixed else None
                yield Shown(sheet.title, cell.coordinate, cell.value, _text(cell), room_or_none)


def oddities(path: Path) -> list[str]:
    """Texts that are wrong whoever reads them, each with its cell."""
    return [
        f"{one.sheet}!{one.cell}: {fault} {one.text}"
        for one in texts(path)
        if (fault := fault_of(one))
    ]


def fault_of(one: Shown) -> str:
    """What is wrong with a text; "" for nothing."""
    if one.room is not None and _digits(one.text) > one.room:
        return "#### instead of"
    if one.text.startswith("#"):
        return "an error value"
    if one.room is not None and _BARE_POINT.search(one.text):
        return "a bare point"
    return ""


def _text(cell: Any) -> str:
    value = cell.value
    match value:
        case bool():
            return str(value).upper()
        case int() | float() if not is_date(cell.number_format):
            text = shown(cell.number_format, Decimal(f"{value:.15g}"))
            return _general(value) if cell.number_format == "General" else text
        case datetime.datetime():
            return f"{value:%Y-%m-%d}"
        case _:
            return str(value)


def _general(value: float) -> str:
    """A number as General shows it, with no more digits than it has room for."""
    whole = len(str(abs(int(value))))
    text = f"{value:.{max(0, _MOST_DIGITS - 1 - whole)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _digits(text: str) -> float:
    """How wide a text is, in digits."""
    wide = {"W", "F", "A"}
    return sum(
        _NARROW.get(one, 2 if unicodedata.east_asian_width(one) in wide else 1) for one in text
    )


def _normal_size(book: Any) -> float:
    return float(book._fonts[0].sz or 11)  # of the style Normal, which widths are told in


def _widths(sheet: Any) -> Any:
    """By column its width in digits, 0 for one that is hidden."""
    known: dict[int, float] = {}
    for letter, one in sheet.column_dimensions.items():
        first = one.min or column_index_from_string(letter)
        for column in range(first, (one.max or first) + 1):
            known[column] = 0 if one.hidden else one.width
    default = sheet.sheet_format.defaultColWidth or _DEFAULT_WIDTH
    return lambda column: known.get(column, default)
