"""The columns of an input sheet, shared by all that stands on it, and its completeness count.

From the left: label (or item, or a table's name column), input, unit, mark, then the help over
the rest. What the workbook says about the inputs stands right of the printed columns.
"""

from __future__ import annotations

import msgspec

from workbook_tools.standard.contract import Field, checklist_sheet, fields, own_rows
from workbook_tools.standard.inputs import Grid, Sheet
from workbook_tools.standard.model import Standard
from workbook_tools.standard.tables import Column, Table
from workbook_tools.template.own_rows import printed_columns
from workbook_tools.template.rows import RowFormula
from workbook_tools.template.wrap import width_in_two_lines

LABEL, INPUT, UNIT, MARK, HELP = range(5)
REQUIRED, OPTIONAL, WHEN_NEEDED, ISSUED = "●必填", "○选填", "◐按需填", "■财政预填"

_FORM = (23.0, 26.0, 6.0, 10.0)
_FORM_WITH_GRID = (28.0, 14.0, 14.0, 14.0)
_CHECKLIST = (43.0, 10.0, 6.0, 9.0)
_GRID = 14.0
_LEAST_HELP = 32.0
_LEAST_BASIS = 30.0
_LEAST_BESIDE_GRID = 32.0
_NARRATIVE = (24.0, 96.0)
_UPRIGHT, _LANDSCAPE = 100.0, 145.0  # that A4 takes at full size
_SHORT = 8  # characters of a label, which may then take two lines
_FEW = 10  # single inputs above a list, which then begins on the first screen


class Plan(msgspec.Struct, frozen=True):
    """Column widths in characters of the printed columns; the grids and tables of the sheet."""

    sheet: Sheet
    fields: tuple[Field, ...]
    grids: tuple[Grid, ...]
    tables: tuple[Table, ...]
    checklists: bool
    narrative: bool
    widths: tuple[float, ...]

    @property
    def last(self) -> int:
        """The last printed column."""
        return len(self.widths) - 1

    @property
    def check(self) -> int:
        """The column that says whether an input is in order; what follows is not printed."""
        return len(self.widths) + 1

    @property
    def strut(self) -> int:
        """The narrow column between what is printed and the checks."""
        return len(self.widths)

    @property
    def is_list(self) -> bool:
        """Whether the sheet is a list to fill in, with few other inputs above it."""
        return len(self.tables) == 1 and len(self.fields) <= _FEW and not self.checklists

    def width(self, first: int, last: int) -> float:
        """The width of columns ``first`` to ``last``."""
        return sum(self.widths[first : last + 1])

    @property
    def landscape(self) -> bool:
        """Whether upright paper would take it only with letters of less than 9 points."""
        return sum(self.widths) > _UPRIGHT


class Tally:
    """What of a sheet must be filled in, and formulas that count what is."""

    def __init__(self) -> None:
        self.required = 0
        self.filled: list[str] = []
        self.filled_when_blank = 0

    def add(self, required: int, filled: str, when_blank: int = 0) -> None:
        """Count ``required`` cells; ``filled`` is the formula text that counts the filled ones."""
        self.required += required
        self.filled.append(filled)
        self.filled_when_blank += when_blank


def plan_sheet(standard: Standard, sheet: Sheet) -> Plan:
    """The plan of an input sheet."""
    own = tuple(
        field
        for field in fields(standard).values()
        if field.sheet == sheet.id and field.role == "input"
    )
    grids = tuple(grid for grid in standard.grids if grid.sheet == sheet.id)
    tables = tuple(table for table in standard.tables if table.sheet == sheet.id)
    checklists = sheet.id == checklist_sheet(standard)
    narrative = bool(own) and all(field.type == "long_text" for field in own)
    if tables and not (own or grids or checklists):
        widths = _table_widths(standard, tables)
    else:
        widths = _widths(standard, grids, tables, checklists, narrative)
        if sum(widths) > _LANDSCAPE:
            widths = _widths(standard, grids, tables, checklists, narrative, narrow=True)
    return Plan(sheet, own, grids, tables, checklists, narrative, widths)


def _table_widths(standard: Standard, tables: tuple[Table, ...]) -> tuple[float, ...]:
    """The widths where nothing stands on the sheet but tables."""
    widths = [0.0] * max(len(printed_columns(table, standard)) for table in tables)
    for table in tables:
        for index, column in enumerate(printed_columns(table, standard)):
            width = _printed_width(column, table, standard, narrow=False)
            widths[index] = max(widths[index], width)
    widths[-1] += max(0.0, _LEAST_HELP - sum(widths[HELP:]))
    return tuple(widths)


def _widths(
    standard: Standard,
    grids: tuple[Grid, ...],
    tables: tuple[Table, ...],
    checklists: bool,
    narrative: bool,
    *,
    narrow: bool = False,
) -> tuple[float, ...]:
    """``narrow``: tables take as little room as they can."""
    if narrative:
        return _NARRATIVE
    widths = list(_CHECKLIST if checklists else _FORM_WITH_GRID if grids else _FORM)

    def at_least(index: int, width: float) -> None:
        widths.extend([0.0] * (index + 1 - len(widths)))
        widths[index] = max(widths[index], width)

    for grid in grids:
        for index in range(1, 1 + len(grid.columns)):
            at_least(index, _GRID)
    for table in tables:
        for index, column in enumerate(printed_columns(table, standard)):
            at_least(index, _printed_width(column, table, standard, narrow=narrow))
    lacking = (_LEAST_BASIS if checklists else _LEAST_HELP) - sum(widths[HELP:])
    beside_grid = 1 + max((len(grid.columns) for grid in grids), default=0)
    if len(widths) <= max(HELP, beside_grid):
        widths.append(max(lacking, _LEAST_BESIDE_GRID))
    else:
        widths[-1] += max(0.0, lacking)
    return tuple(widths)


def _printed_width(
    column: Column | RowFormula, table: Table, standard: Standard, *, narrow: bool
) -> float:
    if isinstance(column, RowFormula):
        return column.width
    if own_rows(standard, table.id):
        return _width_beside_results(column, table)
    return _column_width(column, table, narrow=narrow)


def _width_beside_results(column: Column, table: Table) -> float:
    """The width in a table of own indicators: all of its columns are printed on one page.

    Labels and choices take two lines, for which its rows have room.
    """
    if column.type in ("text", "long_text"):
        if len(column.label) > _SHORT:
            return 1.5 * len(column.label)
        return 15.0 if column.id == table.named_by.id else width_in_two_lines(len(column.label))
    if column.type == "choice":
        return width_in_two_lines(max(map(len, (column.label, *map(str, column.choices)))))
    return width_in_two_lines(5)


def _column_width(column: Column, table: Table, *, narrow: bool) -> float:
    """``narrow``: the table has so many columns that labels and choices take two lines."""
    if column.type in ("text", "long_text"):
        named = column.id == table.named_by.id
        return _narrow_text(column, named) if narrow else (30.0 if named else 20.0)
    words = [column.label, *map(str, column.choices)]
    if narrow:
        return max(8.5, *(float(len(word)) + 2 for word in words))
    return max(13.0, *(2.0 * len(word) + 1 for word in words))


def _narrow_text(column: Column, named: bool) -> float:
    if len(column.label) > _SHORT:  # over long texts, such as reasons
        return 2.0 * len(column.label) + 2
    return 20.0 if named else max(9.0, len(column.label) + 4.0)
