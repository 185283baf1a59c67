"""What is filled in, in one case of the proof; and the same as a submission for the engine.

The submission is made in memory through the typing rules that the cells of a file go through, so
that ten thousand cases need no ten thousand files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache

import msgspec

from workbook_tools.ooxml import BLANK, Cell
from workbook_tools.standard import Standard, standard_hash
from workbook_tools.standard.contract import Entered, fields
from workbook_tools.standard.tables import Table
from workbook_tools.submission import Entry, Origin, Row, Submission
from workbook_tools.submission.typed import typed_entry


class ErrorValue(msgspec.Struct, frozen=True):
    """An error value standing in a cell, as Excel writes it, ``#N/A`` or ``#DIV/0!`` say."""

    text: str

    @property
    def formula(self) -> str:
        """A formula with this result: the error's own text, which all programs read."""
        return f"={self.text}"


CellContent = Fraction | str | bool | ErrorValue
"""What stands in a cell that is not blank."""
RowOfCells = Mapping[str, CellContent]


class InputSet(msgspec.Struct, frozen=True):
    """The filled cells of one case; whatever is not mentioned is blank, presets too.

    ``values`` by field id; ``rows`` by table id, each row by column id, an empty row being a gap.
    """

    values: Mapping[str, CellContent] = {}
    rows: Mapping[str, tuple[RowOfCells, ...]] = {}


Key = tuple[str, int, str]
"""Where in an input set a content stands: a field's ("", 0, id), or (table, row from 0, column)."""


def contents(inputs: InputSet) -> Iterator[tuple[Key, CellContent]]:
    """Every filled cell of an input set."""
    for field, content in inputs.values.items():
        yield ("", 0, field), content
    for table, rows in inputs.rows.items():
        for number, row in enumerate(rows):
            for column, content in row.items():
                yield (table, number, column), content


def input_set(cells: Mapping[Key, CellContent]) -> InputSet:
    """The input set with these cells filled; rows without any below the last one are left out."""
    values = {column: content for (table, _, column), content in cells.items() if not table}
    rows: dict[str, list[dict[str, CellContent]]] = {}
    for (table, number, column), content in cells.items():
        if table:
            found = rows.setdefault(table, [])
            found += [{} for _ in range(number + 1 - len(found))]
            found[number][column] = content
    return InputSet(values, {table: tuple(found) for table, found in rows.items()})


def submission_of(standard: Standard, inputs: InputSet) -> Submission:
    """The submission of a workbook in which these cells are filled."""
    known, (origin, blank) = fields(standard), _blank(standard)
    filled = {one: _entry(known[one], content) for one, content in inputs.values.items()}
    return Submission(
        path="",
        standard=standard,
        origin=origin,
        entries={**blank, **filled},
        tables={
            table.id: tuple(_rows(table, inputs.rows.get(table.id, ())))
            for table in standard.tables
        },
        stored={},
        issued={},
        formulas={},
    )


@lru_cache(maxsize=4)
def _blank(standard: Standard) -> tuple[Origin, dict[str, Entry]]:
    origin = Origin(
        standard=standard.id,
        standard_version=standard.version,
        standard_hash=standard_hash(standard),
        tool_version="",
        unit_code="",
        sheets=tuple(sheet.title for sheet in standard.sheets),
    )
    return origin, {one.id: _entry(one, None) for one in fields(standard).values()}


def _rows(table: Table, rows: tuple[RowOfCells, ...]) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        if row:
            entries = {column.id: _entry(column, row.get(column.id)) for column in table.columns}
            name = entries[table.named_by.id]
            yield Row(number, counted=not name.blank, entries=entries, name=name.raw)


def _entry(field: Entered, content: CellContent | None) -> Entry:
    return typed_entry(field, _cell(content), "", "", False)


def _cell(content: CellContent | None) -> Cell:
    match content:
        case None:
            return BLANK
        case bool():
            return Cell("bool", content)
        case Fraction():
            return Cell("number", float(content))
        case str():
            return Cell("text", content)
        case ErrorValue(text=text):
            return Cell("error", text)
