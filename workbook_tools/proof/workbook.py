"""A template to be calculated by witnesses: its file, and where its inputs and results stand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from workbook_tools.ooxml import open_workbook, to_a1
from workbook_tools.ooxml.names import DefinedNames
from workbook_tools.proof.inputs import CellContent, InputSet, contents
from workbook_tools.standard import Standard
from workbook_tools.standard.contract import ROW_SCORE, column_name, fields, own_rows
from workbook_tools.submission.reader import output_names
from workbook_tools.template import Filling, build_template

WitnessCell = tuple[str, int, int]
"""A cell: sheet title, row and column, both from 1."""
WitnessResult = float | str | bool | None
"""What a witness says that a cell shows; errors as their text, ``#N/A``."""

PLANTED = "total_high"
PLANTED_RESULT = -12345.0
"""Stored in the file beside one formula: a witness that shows it has not calculated."""


class ProofBook(msgspec.Struct, frozen=True):
    """An empty template on disk, made for the proof.

    ``sheets`` in their order. ``inputs`` by field id, ``columns`` by table and column id (the first
    row's cell), ``rows`` by table id: how many it has; ``outputs`` by defined name, those of table
    rows by :func:`row_output`; ``preset``: what already stands in input cells.
    """

    path: Path
    sheets: tuple[str, ...]
    inputs: Mapping[str, WitnessCell]
    outputs: Mapping[str, WitnessCell]
    columns: Mapping[str, Mapping[str, WitnessCell]]
    rows: Mapping[str, int]
    preset: Mapping[WitnessCell, CellContent]

    def cells(self, inputs: InputSet) -> dict[WitnessCell, CellContent]:
        """The cells of the workbook that an input set fills, each with its content."""
        found: dict[WitnessCell, CellContent] = {}
        for (table, number, identity), content in contents(inputs):
            if table:
                sheet, row, column = self.columns[table][identity]
                found[sheet, row + number, column] = content
            else:
                found[self.inputs[identity]] = content
        return found


def build_proof_book(standard: Standard, folder: Path) -> ProofBook:
    """Write an empty template of the standard into the folder, one wrong result planted in it."""
    path = folder / "proof.xlsx"
    build_template(standard, path)
    with open_workbook(path) as workbook:
        names, sheets = workbook.names, tuple(sheet.name for sheet in workbook.sheets)
    sheet, row, column = _first(names, PLANTED)
    planted = {(sheet, to_a1(row, column)): PLANTED_RESULT}
    build_template(standard, path, filling=Filling(results=planted), overwrite=True)
    known = fields(standard).values()
    inputs = {one.id: _first(names, one.name) for one in known}
    return ProofBook(
        path=path,
        sheets=sheets,
        inputs=inputs,
        outputs={
            **{name: _first(names, name) for name in output_names(standard)},
            **{
                row_output(table.id, number): _row(_first(names, column), number)
                for table in standard.tables
                if own_rows(standard, table.id)
                for column in [column_name(table.id, ROW_SCORE)]
                for number in range(1, table.rows + 1)
            },
        },
        columns={
            table.id: {
                column.id: _first(names, column_name(table.id, column.id))
                for column in table.columns
            }
            for table in standard.tables
        },
        rows={table.id: table.rows for table in standard.tables},
        preset={inputs[one.id]: one.preset for one in known if one.preset is not None},
    )


def row_output(table: str, number: int) -> str:
    """What the score of a table's row is called; rows count from 1."""
    return f"{column_name(table, ROW_SCORE)}[{number}]"


def _row(first: WitnessCell, number: int) -> WitnessCell:
    sheet, row, column = first
    return sheet, row + number - 1, column


def _first(names: DefinedNames, name: str) -> WitnessCell:
    area = names[name]
    assert area is not None, f"{name} names no cell of the template"
    return area.sheet, area.first_row, area.first_col
