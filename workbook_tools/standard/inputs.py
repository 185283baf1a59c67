"""What people enter in single cells: inputs, and grids of them."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Literal

import msgspec

InputType = Literal[
    "money",  # 万元, 2 decimals
    "count",  # whole number
    "share",  # a part of 1, shown as a percentage
    "number",  # any number, unit said by the person who fills it in
    "score",  # points
    "year",
    "date",
    "choice",
    "text",
    "long_text",
]
NUMBER_TYPES: frozenset[str] = frozenset({"money", "count", "share", "number", "score", "year"})
WHOLE_TYPES: frozenset[str] = frozenset({"count", "year"})
Choice = int | str
Value = Fraction | str | datetime.date
"""What a cell may hold that can be used: an exact number, a text or a date."""
DATES = datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)
"""The first and the last day that a date cell takes: what lies beyond is no date of our time."""


class Part(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Base of everything in a standard: immutable, keyword-only, unknown keys refused."""


class Sheet(Part, frozen=True, kw_only=True):
    """An input sheet: its id, its title, and one line on who fills it with what.

    ``checklists``: the items of all checklist indicators are answered on this sheet.
    """

    id: str
    title: str
    about: str = ""
    checklists: bool = False


class Input(Part, frozen=True, kw_only=True):
    """One thing that a department (or the bureau) enters in one cell.

    ``short`` is the name used inside a written calculation, ``label`` the one beside the cell.
    ``min`` and ``max`` bound the number, both inclusive, in the unit of the type. ``preset`` is
    already in the cell of an empty template and may be changed. ``source`` says from which
    official table or paper the figure is copied. ``also_called``: the words that reports write
    above the text or before the entry, other than the label; compared without spaces, punctuation,
    numbering, 的 and a closing 情况.
    ``with_subordinates``: the choice of the known field ``scope`` by which a unit's figures hold
    those of its subordinates too.
    """

    id: str
    label: str
    also_called: tuple[str, ...] = ()
    sheet: str
    section: str
    type: InputType
    unit: str = ""
    short: str = ""
    required: bool = True
    min: Fraction | None = None
    max: Fraction | None = None
    choices: tuple[Choice, ...] = ()
    with_subordinates: str = ""
    preset: Fraction | str | None = None
    help: str = ""
    source: str = ""

    @property
    def name_in_words(self) -> str:
        """The name to use inside a calculation or a message."""
        return self.short or self.label


class Axis(Part, frozen=True, kw_only=True):
    """A row or a column of a :class:`Grid`; what it states overrides the grid."""

    id: str
    label: str
    type: InputType | None = None
    required: bool | None = None
    min: Fraction | None = None
    max: Fraction | None = None
    presets: dict[str, Fraction] = {}
    help: str = ""
    source: str = ""


class Grid(Part, frozen=True, kw_only=True):
    """Inputs that form a rectangle; the one in row r and column c has the id ``{id}_{r}_{c}``.

    ``presets`` of a row are keyed by column id.
    """

    id: str
    label: str
    sheet: str
    section: str
    type: InputType
    unit: str = ""
    required: bool = True
    min: Fraction | None = None
    max: Fraction | None = None
    help: str = ""
    source: str = ""
    rows: tuple[Axis, ...]
    columns: tuple[Axis, ...]

    def field(self, row: Axis, column: Axis) -> str:
        """The id of the input in a row and a column."""
        return f"{self.id}_{row.id}_{column.id}"
