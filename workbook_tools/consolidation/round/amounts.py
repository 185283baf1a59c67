"""The columns of amounts that a standard has."""

from __future__ import annotations

import msgspec

from workbook_tools.standard import Standard
from workbook_tools.standard.inputs import Axis, Grid
from workbook_tools.standard.sums import adds_up, money_grids


class Amount(msgspec.Struct, frozen=True):
    """A column of amounts in 万元: the sum of the fields that are filled.

    ``label`` names it within its ``section``, ``name`` in a sentence.
    """

    id: str
    section: str
    label: str
    name: str
    fields: tuple[str, ...]


def amounts(standard: Standard) -> tuple[Amount, ...]:
    """Every single amount, and each column of a grid of amounts added up over its rows.

    Where rows of a grid hold others, as a total its parts, all of its cells stand for themselves.
    """
    single = [
        Amount(entry.id, entry.section, entry.name_in_words, entry.name_in_words, (entry.id,))
        for entry in standard.inputs
        if entry.type == "money"
    ]
    gridded = [
        amount
        for grid in money_grids(standard)
        for column in grid.columns
        for amount in _of_column(grid, column, summed=adds_up(standard, grid))
    ]
    return (*single, *gridded)


def _of_column(grid: Grid, column: Axis, *, summed: bool) -> tuple[Amount, ...]:
    fields = tuple(grid.field(row, column) for row in grid.rows)
    if summed:
        whole = f"{grid.id}_{column.id}"
        return (Amount(whole, grid.section, column.label, column.label, fields),)
    return tuple(
        Amount(field, column.label, row.label, f"{column.label}（{row.label}）", (field,))
        for row, field in zip(grid.rows, fields, strict=True)
    )
