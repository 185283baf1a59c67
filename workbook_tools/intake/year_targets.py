"""The year's targets beside a roster: rows that the bureau approved, to be filled in beforehand.

They stand in further sheets of the roster's Excel file, each named like a table of the standard
(绩效指标) or what that is also called (绩效目标申报表): a line per indicator, with the columns by
which the roster tells its rows apart, and any columns of the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from workbook_tools.intake.roster_lines import RosterError, lines_of
from workbook_tools.standard import Standard
from workbook_tools.standard.known_fields import UNIT_CODE
from workbook_tools.standard.naming import label_of
from workbook_tools.standard.tables import Column, Table
from workbook_tools.standard.unit_codes import CODE_FIELDS, unit_code

T = TypeVar("T")
SubjectKey = tuple[str, ...]
"""The unit's code and whatever else tells a workbook from others."""
_CODE = "单位编码"


def year_targets(
    path: Path, standard: Standard, typed: Callable[[Column, str], T]
) -> dict[SubjectKey, dict[str, list[Mapping[str, T]]]]:
    """The rows of tables that a roster's file holds, by workbook and table.

    ``typed`` makes a value of a text; its ValueError says what is wrong. Raises RosterError, naming
    sheet and line.
    """
    found: dict[SubjectKey, dict[str, list[Mapping[str, T]]]] = {}
    for table in standard.tables:
        lines = lines_of(path, (table.label, *table.also_called))
        for key, row in _rows(path, standard, table, lines, typed):
            found.setdefault(key, {}).setdefault(table.id, []).append(row)
    return found


def _rows(
    path: Path,
    standard: Standard,
    table: Table,
    lines: Iterable[tuple[int, list[str]]],
    typed: Callable[[Column, str], T],
) -> Iterable[tuple[SubjectKey, Mapping[str, T]]]:
    identity = (UNIT_CODE, *(one for one in standard.identity if one != UNIT_CODE))
    titles = {one: label_of(standard, one) or _CODE for one in identity}  # a code may be no input
    labels = {title: one for one, title in titles.items()} | {one: one for one in identity}
    labels[_CODE] = UNIT_CODE
    columns = {one.label: one for one in table.columns} | {one.id: one for one in table.columns}
    heading: list[str] = []
    for number, cells in lines:
        if not heading:
            heading = cells if set(labels) & set(cells) else []
            continue
        named = dict(zip(heading, cells, strict=False))
        told = {labels[label]: text for label, text in named.items() if label in labels and text}
        if not told:
            continue
        where = f"{path.name} 的“{table.label}”第 {number} 行"
        for one in identity:
            if one not in told:
                raise RosterError(f"{where}“{titles[one]}”列：没有填写。")
            if one in CODE_FIELDS:
                told[one] = unit_code(told[one])
        row: dict[str, T] = {}
        for label, text in named.items():
            if label in columns and text:
                try:
                    row[columns[label].id] = typed(columns[label], text)
                except ValueError as error:
                    raise RosterError(f"{where}“{label}”列：“{text}”{error}") from error
        yield tuple(told[one] for one in identity), row
