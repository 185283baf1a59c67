"""The bureau's roster: who is expected to report, and what the bureau already knows of each."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from zipfile import BadZipFile

import msgspec

from workbook_tools.errors import WorkbookToolsError
from workbook_tools.standard import Standard
from workbook_tools.standard.contract import Field, fields
from workbook_tools.standard.inputs import NUMBER_TYPES

Value = Fraction | str | datetime.date
OFFICE = "office"
OFFICE_LABEL = "归口业务股室"
_REQUIRED = ("unit_code", "unit_name")
_EXCEL = (".xlsx", ".xlsm")
_SHOWN = 20  # bad rows that are told at once
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


class RosterError(WorkbookToolsError):
    """A roster that cannot be used; the message (Chinese) names file, row and column."""


class RosterRow(msgspec.Struct, frozen=True, kw_only=True):
    """One department: ``row`` is its line in the file, ``values`` what it gives, by input id."""

    row: int
    unit_code: str
    unit_name: str
    office: str
    values: Mapping[str, Value]


class Roster(msgspec.Struct, frozen=True, kw_only=True):
    """The departments in the order of the file, each with a code of its own."""

    path: Path
    rows: tuple[RosterRow, ...]

    def by_code(self) -> dict[str, RosterRow]:
        """The rows by unit code."""
        return {row.unit_code: row for row in self.rows}


def read_roster(path: str | Path, standard: Standard) -> Roster:
    """Read a roster from CSV (UTF-8 or GB18030) or from the first sheet of an Excel workbook.

    The first row names the columns: ``unit_code``, ``unit_name``, optionally ``office``
    (归口业务股室), and any input ids of the standard; their Chinese labels do as well. Raises
    RosterError, naming row and column, for unknown or missing columns, and for all rows whose code
    is blank or stands twice or whose values the input's type does not allow (up to a limit).
    """
    path = Path(path)
    lines = _lines(path)
    heading = next(lines, None)
    if heading is None:
        raise RosterError(f"{path.name}：名册是空的。第一行应为列名 unit_code、unit_name。")
    known = {entry.id: entry for entry in fields(standard).values() if entry.role == "input"}
    columns = _columns(path, heading[1], known, standard.id)
    rows: dict[str, RosterRow] = {}
    problems: list[str] = []
    for number, cells in lines:
        if not any(cells):
            continue
        try:
            row = _row(path, number, columns, cells, known)
        except RosterError as error:
            problems.append(str(error))
            continue
        if row.unit_code in rows:
            problems.append(
                f"{path.name} 第 {number} 行“单位编码”列：{row.unit_code} 与第 "
                f"{rows[row.unit_code].row} 行重复。每个单位只能有一行，请删除或更正其中一行。"
            )
            continue
        rows[row.unit_code] = row
    if problems:
        more = len(problems) - _SHOWN
        rest = [f"…… 另有 {more} 行有问题。"] if more > 0 else []
        raise RosterError("\n".join([*problems[:_SHOWN], *rest]))
    if not rows:
        raise RosterError(f"{path.name}：名册只有列名，没有单位。")
    return Roster(path=path, rows=tuple(rows.values()))


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows with their numbers, counted from 1, each cell as trimmed text."""
    try:
        if path.suffix.lower() in _EXCEL:
            return _numbered(_from_excel(path))
        return _numbered(_from_csv(path))
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


def _from_excel(path: Path) -> list[list[str]]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, ValueError, KeyError, EOFError) as error:
        raise RosterError(f"{path.name}：不是能读取的 Excel 工作簿（{error}）。") from error
    try:
        sheet = book.worksheets[0]
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


def _columns(
    path: Path, heading: list[str], known: Mapping[str, Field], standard: str
) -> dict[str, int]:
    """Where each column stands, by id."""
    labels = {entry.label: entry.id for entry in known.values()}
    labels |= {OFFICE_LABEL: OFFICE, "单位编码": "unit_code", "单位名称": "unit_name"}
    columns: dict[str, int] = {}
    for place, title in enumerate(heading):
        if not title:
            continue
        column = labels.get(title, title)
        if column not in known and column not in (*_REQUIRED, OFFICE):
            raise RosterError(
                f"{path.name} 第 1 行第 {place + 1} 列：不认识的列名“{title}”。"
                f"列名应为 unit_code、unit_name、office 或评分标准 {standard} 的数据项编号。"
            )
        if column in columns:
            raise RosterError(f"{path.name} 第 1 行第 {place + 1} 列：列“{title}”出现了两次。")
        columns[column] = place
    for required in _REQUIRED:
        if required not in columns:
            raise RosterError(f"{path.name} 第 1 行：缺少必需的列 {required}。")
    return columns


def _row(
    path: Path,
    number: int,
    columns: Mapping[str, int],
    cells: list[str],
    known: Mapping[str, Field],
) -> RosterRow:
    given = {
        column: cells[place]
        for column, place in columns.items()
        if place < len(cells) and cells[place]
    }
    for required, label in zip(_REQUIRED, ("单位编码", "单位名称"), strict=True):
        if required not in given:
            raise RosterError(f"{path.name} 第 {number} 行“{label}”列：没有填写。")
    values: dict[str, Value] = {}
    for column, text in given.items():
        if column not in known:
            continue
        try:
            values[column] = _value(known[column], text)
        except ValueError as error:
            raise RosterError(
                f"{path.name} 第 {number} 行“{known[column].label}”列：“{text}”{error}"
            ) from error
    return RosterRow(
        row=number,
        unit_code=given["unit_code"],
        unit_name=given["unit_name"],
        office=given.get(OFFICE, ""),
        values=values,
    )


def _value(field: Field, text: str) -> Value:
    """The typed value. Raises ValueError with the rest of the sentence when it is not allowed."""
    if field.type in NUMBER_TYPES:
        return _number(field, text)
    if field.type == "date":
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            raise ValueError("不是日期。请写成 2021-03-15 的样子。") from None
    allowed = [str(choice) for choice in field.choices]
    if allowed and text not in allowed:
        raise ValueError(f"不在可选值中。可选：{'、'.join(allowed)}。")
    return text


def _number(field: Field, text: str) -> Fraction:
    if not _NUMBER.fullmatch(text):
        raise ValueError("不是数字。请只写数字，不带单位和千分位逗号。")
    number = Fraction(text)
    if field.type in ("count", "year") and number.denominator != 1:
        raise ValueError("应为整数。")
    if field.min is not None and number < field.min:
        raise ValueError(f"小于允许的最小值 {float(field.min):g}。")
    if field.max is not None and number > field.max:
        raise ValueError(f"大于允许的最大值 {float(field.max):g}。")
    return number
