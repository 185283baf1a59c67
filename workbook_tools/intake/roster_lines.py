"""The lines of a roster's file: CSV in an office's encodings, or the first Excel sheet."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from zipfile import BadZipFile

from workbook_tools.errors import WorkbookToolsError

_EXCEL = (".xlsx", ".xlsm")


class RosterError(WorkbookToolsError):
    """A roster that cannot be used; the message (Chinese) names file, row and column."""


def lines_of(path: Path, sheets: Sequence[str] = ()) -> Iterator[tuple[int, list[str]]]:
    """The rows with their numbers, counted from 1, each cell as trimmed text.

    ``sheets``: the titles of the sheet that is meant, instead of the first one; where the file has
    none of them there are no rows.
    """
    try:
        if path.suffix.lower() in _EXCEL:
            return _numbered(_from_excel(path, sheets))
        return _numbered([] if sheets else _from_csv(path))
    except OSError as error:
        raise RosterError(f"{path.name}：无法读取名册（{error.strerror or error}）。") from error


def _numbered(rows: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    return enumerate(([cell.strip() for cell in row] for row in rows), start=1)


def _from_csv(path: Path) -> list[list[str]]:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise RosterError(f"{path.name}：文字编码无法识别。请另存为 CSV UTF-8 格式，或用 .xlsx。")
    first = text.partition("\n")[0]
    delimiter = "\t" if "\t" in first and "," not in first else ","
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _from_excel(path: Path, sheets: Sequence[str]) -> list[list[str]]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, ValueError, KeyError, EOFError) as error:
        raise RosterError(f"{path.name}：不是能读取的 Excel 工作簿（{error}）。") from error
    try:
        named = [sheet for sheet in book.worksheets if sheet.title.strip() in sheets]
        sheet = next(iter(named if sheets else book.worksheets), None)
        if sheet is None:
            return []
        return [[_as_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    finally:
        book.close()


def _as_text(value: object) -> str:
    match value:
        case None:
            return ""
        case float():
            return f"{Decimal(repr(value)):f}".removesuffix(".0")
        case datetime.datetime():
            return value.date().isoformat()
        case _:
            return str(value)
