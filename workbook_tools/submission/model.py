"""A department's filled workbook as typed data, each figure with the cell that it came from."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

import msgspec

from workbook_tools.errors import WorkbookToolsError
from workbook_tools.ooxml import Area, Cell, Contents
from workbook_tools.ooxml.cells import CellKind
from workbook_tools.standard.contract import FORMULA_EDITION
from workbook_tools.standard.inputs import Value
from workbook_tools.standard.known_fields import UNIT_CODE, UNIT_NAME
from workbook_tools.standard.model import Standard
from workbook_tools.standard.unit_codes import CODE_FIELDS, unit_code

EntryProblem = Literal[
    "moved",  # cut or dragged onto another, or another onto it: whose content it is, is not known
    "name-missing",  # the workbook has no such defined name, or it points nowhere
    "number-as-text",  # "3,975.53" or "１２" where a number belongs
    "not-a-number",
    "out-of-range",  # a number that the standard excludes there
    "not-an-integer",  # a fraction of a person, a task or a year
    "only-blanks",  # nothing but spaces: an empty cell that does not look like one
    "not-a-date",
    "not-in-list",
    "error-value",  # #DIV/0! and the like
    "formula-lost",  # a result is stored, and the formula that it is of is not in the file
    "not-calculated",  # a formula whose result was never stored
]


class Entry(msgspec.Struct, frozen=True, gc=False):
    """What stands in one input cell.

    ``value`` is what can be used: an exact number, a text, a date, or None when the cell is blank
    or ``problem`` says why it cannot be used. ``raw`` is what a person sees in the cell ("" when
    blank), ``suggestion`` what seems to be meant by it. ``sheet`` and ``cell`` (A1) tell
    where; both are "" when the name is missing. ``formula`` (without "=") is there when the cell
    holds one although it should hold a typed value.
    """

    field: str
    sheet: str
    cell: str
    value: Value | None = None
    raw: str = ""
    problem: EntryProblem | None = None
    suggestion: str = ""
    formula: str | None = None

    @property
    def blank(self) -> bool:
        """Nothing stands in the cell; an empty text counts as nothing, and so do mere spaces."""
        return self.problem == "only-blanks" or (self.raw == "" and self.problem is None)

    @property
    def unusable(self) -> bool:
        """Something stands in the cell, and it cannot be used."""
        return self.value is None and not self.blank

    @property
    def number(self) -> Fraction | None:
        """The usable number, if the entry holds one."""
        return self.value if isinstance(self.value, Fraction) else None


class Row(msgspec.Struct, frozen=True):
    """A table row with something in it, spaces at least; ``entries`` by column id, all columns.

    ``number`` is the row of the sheet. ``counted``: the name is filled, so the row counts.
    ``name``: what stands in the column that names rows.
    """

    number: int
    counted: bool
    entries: Mapping[str, Entry]
    name: str = ""


class Stored(msgspec.Struct, frozen=True, gc=False):
    """The result that a formula cell of the workbook carries, never used for scoring.

    ``value`` is a number, a text or None (nothing stored); ``kind`` tells errors from texts.
    """

    name: str
    sheet: str
    cell: str
    kind: CellKind
    value: Fraction | str | None
    formula: str | None


class FormulaColumn(msgspec.Struct, frozen=True, gc=False):
    """The cells where the template has the same formula beside every row of a table.

    ``area`` is where the defined name points, ``cells`` what stands there from top to bottom.
    """

    name: str
    area: Area
    cells: tuple[Cell, ...]


class Recalculation(msgspec.Struct, frozen=True):
    """What the workbook's own formulas give today, worked out by an independent interpreter.

    ``values``: by defined name, a number, a text (errors as "#DIV/0!") or None for an empty cell.
    ``failure`` says why there are none: the interpreter is not installed, the workbook is too
    large, the time ran out, or the interpreter gave up.
    """

    values: Mapping[str, Fraction | str | None] = {}
    failure: Literal["", "not-installed", "too-large", "too-long", "failed"] = ""


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """What the workbook says about itself, and what stands in it that does not belong there.

    ``converted_from``: the suffix of the format that it was converted from, "" for an .xlsx.
    """

    standard: str
    standard_version: str
    standard_hash: str
    tool_version: str
    unit_code: str
    formula_edition: str = FORMULA_EDITION
    sheets: tuple[str, ...]
    contents: Contents = Contents()
    signed: bool = False
    converted_from: str = ""


class Submission(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A filled workbook, read. Missing and unusable cells are entries that say so.

    ``entries``: by field id, every field of the standard's contract. ``tables``: by table id, the
    rows with anything in them, in order. ``stored``: by defined name, the workbook's own results
    in single cells; ``row_formulas``: those beside table rows. ``columns``: by defined name, where
    the input columns of tables stand. ``issued``: by field id, what the bureau wrote into the
    template, as text (numbers in plain decimals). ``formulas``: by defined name, the formula text
    that the template was made with. ``missing_names``: contract names that the workbook lacks.
    ``below``: by table id, the names that stand right below a table and do not count.
    ``copies``: by missing name, the copied sheets that each have it for themselves.
    ``merged``: by sheet with inputs, its merged areas, the template's own among them.
    ``recalculated`` is there when the stored results were in doubt.
    """

    path: str
    standard: Standard
    origin: Origin
    entries: Mapping[str, Entry]
    tables: Mapping[str, tuple[Row, ...]]
    stored: Mapping[str, Stored]
    issued: Mapping[str, str]
    formulas: Mapping[str, str]
    missing_names: tuple[str, ...] = ()
    row_formulas: Mapping[str, FormulaColumn] = {}
    columns: Mapping[str, Area] = {}
    below: Mapping[str, tuple[Entry, ...]] = {}
    copies: Mapping[str, tuple[str, ...]] = {}
    merged: Mapping[str, tuple[Area, ...]] = {}
    recalculated: Recalculation | None = None

    def __repr__(self) -> str:
        """Whose it is and where it came from; all that it holds would fill hundreds of pages."""
        unit = " ".join(filter(None, (self.text(UNIT_CODE), self.text(UNIT_NAME))))
        return f"<Submission {unit or 'of an unnamed unit'}, {self.standard!r}, {self.path!r}>"

    def number(self, field: str) -> Fraction | None:
        """The usable number of a field, if there is one; a standard may do without the field."""
        entry = self.entries.get(field)
        return None if entry is None else entry.number

    def text(self, field: str) -> str:
        """The text of a field, "" when blank, unusable, or not in the standard."""
        entry = self.entries.get(field)
        return entry.value if entry is not None and isinstance(entry.value, str) else ""

    def is_as_issued(self, field: str) -> bool:
        """Whether an issued field holds what the bureau wrote into it."""
        value, issued = self.entries[field].value, self.issued[field].strip()
        if field in CODE_FIELDS:
            return value == unit_code(issued)
        if isinstance(value, Fraction):
            try:
                return value == Fraction(issued)
            except ValueError:
                return False
        if isinstance(value, datetime.date):
            return value.isoformat() == issued
        return (value or "").strip() == issued

    @property
    def is_passed_on(self) -> bool:
        """Whether it is in a template issued to another unit: neither code nor name is the issued.

        A cell that was cleared says nothing.
        """
        return all(
            one in self.issued and self.text(one) and not self.is_as_issued(one)
            for one in (UNIT_CODE, UNIT_NAME)
        )

    def counted_rows(self, table: str) -> tuple[Row, ...]:
        """The rows of a table that count: those with a name."""
        return tuple(row for row in self.tables[table] if row.counted)


class SubmissionRefused(WorkbookToolsError):  # noqa: N818 - it is an answer about a workbook, not a fault
    """The workbook cannot be read as a submission.

    ``code`` is the name of the finding (family WB, e.g. ``not-a-template``), ``message`` says in
    Chinese what is wrong with the file and what to do.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[type[SubmissionRefused], tuple[str, str]]:
        """Travel between processes whole."""
        return type(self), (self.code, self.message)
