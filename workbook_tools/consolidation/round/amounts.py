"""The columns of amounts that a standard has."""

from __future__ import annotations

import msgspec

from workbook_tools.standard import Standard


class Amount(msgspec.Struct, frozen=True):
    """A column of amounts in 万元: the sum of the fields that are filled."""

    id: str
    section: str
    label: str
    fields: tuple[str, ...]


def amounts(standard: Standard) -> tuple[Amount, ...]:
    """Every single amount, and each column of a grid of amounts added up over its rows."""
    single = [
        Amount(entry.id, entry.section, entry.name_in_words, (entry.id,))
        for entry in standard.inputs
        if entry.type == "money"
    ]
    # A grid that mixes amounts with other figures, such as planned shares, has no sums.
    summed = [
        Amount(
            f"{grid.id}_{column.id}",
            grid.section,
            column.label,
            tuple(f"{grid.id}_{row.id}_{column.id}" for row in grid.rows),
        )
        for grid in standard.grids
        if {axis.type for axis in (*grid.rows, *grid.columns)} | {grid.type} == {None, "money"}
        for column in grid.columns
    ]
    return (*single, *summed)
