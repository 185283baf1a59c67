"""The layouts of ``forms/``: official forms as data, written as workbooks and Word documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import docx
import msgspec
import xlsxwriter  # type: ignore[import-untyped]  # ships no types
import yaml
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

FOLDER = Path(__file__).with_name("forms")
Kind = Literal["xlsx", "docx"]
_FORMATTED = re.compile(r"(-?[\d.]+) \[(.+)\]")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
Area = tuple[int, int, int, int]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sheet, a table or paragraphs; ``hidden``: rows that are hidden, from 1."""

    table: str = ""
    sheet: str = ""
    lines: str = ""
    hidden: tuple[int, ...] = ()


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What becomes one workbook."""

    standard: str
    values: dict[str, Any] = {}
    rows: str = ""
    listed: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An invented form; ``about``: what is special about it, in Chinese, as the document has it."""

    about: str
    parts: tuple[Part, ...]
    forms: tuple[Expected, ...] = ()
    refused: str = ""
    file: tuple[Kind, ...] = ("xlsx", "docx")
    standard: str = ""


def layouts() -> dict[str, Layout]:
    """Every layout by the name of its file."""
    return {
        path.stem: msgspec.convert(
            yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader), Layout
        )
        for path in sorted(FOLDER.glob("*.yaml"))
    }


def cells(table: str) -> list[list[str]]:
    """A drawn table as rows of cells, all of one length."""
    rows = [
        [cell.strip().replace("\\", "\n") for cell in line.strip().strip("|").split("|")]
        for line in table.strip().split("\n")
    ]
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def listed_rows(table: str) -> list[dict[str, str]]:
    """The rows of a drawn list, by the columns that its first row names; blank cells are none."""
    if not table.strip():
        return []
    head, *rows = cells(table)
    return [{key: text for key, text in zip(head, row, strict=True) if text} for row in rows]


def write(layout: Layout, path: Path) -> Path:
    """Write a layout as what the path's suffix says."""
    if path.suffix == ".xlsx":
        _write_workbook(layout, path)
    else:
        _write_document(layout, path)
    return path


def _areas(rows: list[list[str]]) -> Iterator[Area]:
    """The cells, each with the rows and columns that it takes."""
    for top, row in enumerate(rows):
        for left, text in enumerate(row):
            if text in ("^", "<"):
                continue
            right = left
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            bottom = top
            while bottom + 1 < len(rows) and rows[bottom + 1][left] == "^":
                bottom += 1
            yield top, left, bottom, right


def _write_workbook(layout: Layout, path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        looks: dict[str, Any] = {}
        sheet: Worksheet | None = None
        first = 0
        for part in layout.parts:
            if sheet is None or part.sheet:
                sheet, first = book.add_worksheet(part.sheet or None), 0
            for line in filter(None, part.lines.split("\n")):
                sheet.write_string(first, 0, line)
                first += 1
            if part.table:
                rows = cells(part.table)
                for top, left, bottom, right in _areas(rows):
                    if (top, left) != (bottom, right):
                        sheet.merge_range(first + top, left, first + bottom, right, "")
                    _type(book, sheet, looks, (first + top, left), rows[top][left])
                for row in part.hidden:
                    sheet.set_row(first + row - 1, None, None, {"hidden": True})
                first += len(rows)


def _type(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    looks: dict[str, Any],
    place: tuple[int, int],
    text: str,
) -> None:
    if found := _FORMATTED.fullmatch(text):
        code = found[2]
        looks.setdefault(code, book.add_format({"num_format": code}))
        sheet.write_number(*place, float(found[1]), looks[code])
    elif _NUMBER.fullmatch(text):
        sheet.write_number(*place, float(text))
    elif text:
        sheet.write_string(*place, text)


def _write_document(layout: Layout, path: Path) -> None:
    document = docx.Document()
    for part in layout.parts:
        for line in part.lines.split("\n"):
            if line:
                document.add_paragraph(line)
        if part.table:
            rows = cells(part.table)
            table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
            for top, left, bottom, right in _areas(rows):
                cell = table.cell(top, left)
                if (top, left) != (bottom, right):
                    cell = cell.merge(table.cell(bottom, right))
                cell.text = _as_shown(rows[top][left])
            document.add_paragraph("")
    document.save(str(path))


def _as_shown(text: str) -> str:
    found = _FORMATTED.fullmatch(text)
    if found is None:
        return text
    number, code = Decimal(found[1]), found[2]
    places = len(code.partition(".")[2].rstrip("%_ "))
    if code.endswith("%"):
        return f"{number * 100:.{places}f}%"
    return f"{number:,.{places}f}" if "," in code else f"{number:.{places}f}"


def read_back(values: Mapping[str, object]) -> dict[str, str]:
    """Values as the layouts write them."""
    return {key: _plain(value) for key, value in values.items()}


def _plain(value: object) -> str:
    if isinstance(value, int | float):
        return f"{Decimal(repr(value)).normalize():f}"
    return str(value)
