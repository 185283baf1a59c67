"""Submissions made in memory, through the very typing rules that a workbook's cells go through.

No file is involved. Each field stands in column C of its sheet, each in a row of its own; table
rows stand from row ``FIRST_ROW`` on, their columns side by side from C on.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import msgspec

from workbook_tools.ooxml import BLANK, Cell, to_a1, to_serial
from workbook_tools.standard import Standard, load_standard, standard_hash
from workbook_tools.standard.contract import RESULT_SHEET, fields
from workbook_tools.standard.tables import Table
from workbook_tools.submission import Entry, Origin, Row, Submission
from workbook_tools.submission.typed import typed_entry

FIRST_ROW = 200
_COLUMN = 3

Tables = Mapping[str, Sequence[Mapping[str, object]]]


def submission(
    values: Mapping[str, object],
    tables: Tables | None = None,
    standard: Standard | None = None,
    **overrides: Any,
) -> Submission:
    """The submission of a workbook in which these fields and table rows are filled.

    ``values`` by field id, ``tables`` by table id: a list of rows by column id, an empty mapping
    leaving a gap. Contents are as in :func:`cell`; what is not mentioned is blank, also where the
    template has a preset. ``overrides`` replace members of the Submission, e.g. ``issued``. An
    unknown id is a ValueError: a test with a slip of the pen would prove nothing.
    """
    standard = standard or load_standard()
    known, given = fields(standard), tables or {}
    titles = {sheet.id: sheet.title for sheet in standard.sheets}
    unknown = {*values} - {*known} | {*given} - {table.id for table in standard.tables}
    if unknown:
        raise ValueError(f"not in the standard: {sorted(unknown)}")
    made = Submission(
        path="示例单位.xlsx",
        standard=standard,
        origin=Origin(
            standard=standard.id,
            standard_version=standard.version,
            standard_hash=standard_hash(standard),
            tool_version="0",
            unit_code="",
            sheets=(*titles.values(), RESULT_SHEET),
        ),
        entries={
            one.id: typed_entry(
                one, cell(values.get(one.id)), titles[one.sheet], to_a1(row, _COLUMN), False
            )
            for row, one in enumerate(known.values(), start=_COLUMN)
        },
        tables={
            table.id: tuple(_rows(table, titles[table.sheet], given.get(table.id, ())))
            for table in standard.tables
        },
        stored={},
        issued={},
        formulas={},
    )
    return msgspec.structs.replace(made, **overrides)


def cell(content: object) -> Cell:
    """A cell as it would stand in a file.

    None is blank; numbers, texts, truth values and dates are what they are; ``{"error": "#N/A"}``
    is an error value, ``{"formula": "A1+1", "value": 2}`` a formula with its stored result. A Cell
    is taken as it is.
    """
    match content:
        case Cell():
            return content
        case None:
            return BLANK
        case bool():
            return Cell("bool", content)
        case int() | float() | Fraction():
            return Cell("number", float(content))
        case str():
            return Cell("text", content)
        case datetime.date():
            moment = datetime.datetime.combine(content, datetime.time())
            return Cell("number", to_serial(moment))
        case {"error": str() as error}:
            return Cell("error", error)
        case {"formula": str() as formula, **result}:
            found = cell(result.get("value"))
            return Cell(found.kind, found.value, formula)
        case _:
            raise ValueError(f"no cell can hold {content!r}")


def _rows(table: Table, sheet: str, rows: Sequence[Mapping[str, object]]) -> list[Row]:
    """The rows with something in them, as the reader gives them."""
    unknown = {name for row in rows for name in row} - {column.id for column in table.columns}
    if unknown:
        raise ValueError(f"not in the table {table.id}: {sorted(unknown)}")
    made = []
    for number, row in enumerate(rows, start=FIRST_ROW):
        entries: dict[str, Entry] = {
            column.id: typed_entry(
                column, cell(row.get(column.id)), sheet, to_a1(number, place), False
            )
            for place, column in enumerate(table.columns, start=_COLUMN)
        }
        if any(entry.raw for entry in entries.values()):
            name = entries[table.named_by.id]
            made.append(Row(number, counted=not name.blank, entries=entries, name=name.raw))
    return made
