"""A table that is both a sheet of the summary and a pandas table: its columns and its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from workbook_tools.consolidation.round.round import Round


class Link(NamedTuple):
    """A text that leads to a cell of another workbook; "" where there is no sheet or cell."""

    text: str
    path: str
    sheet: str = ""
    cell: str = ""


TableCell = str | float | int | Link | None
ColumnKind = Literal[
    "text", "center", "wrap", "points", "difference", "rise", "money", "count", "measure"
]
"""How a column looks: kinds of text; points, signed points and ranks, 万元, counts and shares."""


class SheetColumn(NamedTuple):
    """``id`` names it for programs, ``title`` for people; ``width`` in characters."""

    id: str
    title: str
    kind: ColumnKind
    width: float


class SummaryTable(NamedTuple):
    """``rows`` may be a generator: it is gone through once, row by row."""

    columns: tuple[SheetColumn, ...]
    rows: Iterable[tuple[TableCell, ...]]


def as_float(value: Fraction | None) -> float | None:
    """A number as Excel and pandas store it."""
    return None if value is None else float(value)


def place_of(columns: Sequence[SheetColumn], identity: str) -> int:
    """Where a column stands among others, from 0; raises ValueError for an id that is not there."""
    return [column.id for column in columns].index(identity)


def link(round_: Round, path: str, text: str = "", sheet: str = "", cell: str = "") -> Link:
    """A link to a workbook, or rather its commented copy; by default with its shown path."""
    return Link(text or round_.shown(path), round_.annotated.get(path, path), sheet, cell)
