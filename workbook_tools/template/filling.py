"""What to write into a template besides the template itself."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction

import msgspec

from workbook_tools.errors import WorkbookToolsError


class TypedFormula(msgspec.Struct, frozen=True):
    """A formula (with its "=") standing where a value belongs, and the result stored with it.

    An error value is one too: ``TypedFormula("=NA()", "#N/A")``.
    """

    text: str
    result: float | str


CellValue = Fraction | float | bool | str | datetime.date | TypedFormula | None
StoredResult = float | str


class Filling(msgspec.Struct, frozen=True, kw_only=True):
    """A department's entries, to be written as if a person had typed them.

    ``values`` by field id; None empties a cell that has a preset. ``rows`` by table id, each row by
    column id. ``overwritten``: what stands in place of a formula, by that cell's defined name.
    ``results``: what a spreadsheet program computed, by sheet title and cell ("G5"), stored beside
    the formulas; a formula without one stores "". Without them the formulas are calculated.
    ``notes``: a note for the cell of a field, by its id. ``row_notes``: for cells of tables, as in
    ``rows``; there are at most as many.
    """

    values: Mapping[str, CellValue] = {}
    rows: Mapping[str, Sequence[Mapping[str, CellValue]]] = {}
    overwritten: Mapping[str, CellValue] = {}
    results: Mapping[tuple[str, str], StoredResult] | None = None
    notes: Mapping[str, str] = {}
    row_notes: Mapping[str, Sequence[Mapping[str, str]]] = {}


class TemplateError(WorkbookToolsError, ValueError):
    """A template cannot be built; the message (Chinese) names the field or the limit."""
