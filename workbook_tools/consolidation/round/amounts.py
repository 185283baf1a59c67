"""What the summary needs to know of a standard: its levels, and its amounts."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from workbook_tools.standard import Standard
from workbook_tools.standard.model import Indicator, Level


class Amount(msgspec.Struct, frozen=True):
    """A column of amounts in 万元: the sum of the fields that are filled."""

    id: str
    section: str
    label: str
    fields: tuple[str, ...]


def indicators_by_top_level(standard: Standard) -> Iterator[tuple[Level, tuple[Indicator, ...]]]:
    """Each 一级 with its 三级 indicators, in the order of the standard."""
    for level in standard.levels:
        ids = {level.id, *(child.id for child in level.children)}
        yield level, tuple(i for i in standard.indicators if i.level in ids)


def level_names(standard: Standard) -> dict[str, tuple[str, str]]:
    """By level id, the names of its 一级 and 二级 ("" where it is a 一级 itself)."""
    names = {level.id: (level.name, "") for level in standard.levels}
    for level in standard.levels:
        names |= {child.id: (level.name, child.name) for child in level.children}
    return names


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
