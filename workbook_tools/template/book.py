"""The workbook being written: cells, defined names, formulas with their stored results."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, BinaryIO

from xlsxwriter.utility import (  # type: ignore[import-untyped]  # ships no types
    xl_range_abs,
    xl_rowcol_to_cell,
)

from workbook_tools.spreadsheet.book import Book, Page
from workbook_tools.spreadsheet.growing import GrowingSheet, strut
from workbook_tools.standard.contract import Field
from workbook_tools.standard.inputs import InputType
from workbook_tools.standard.model import Standard
from workbook_tools.standard.naming import stated
from workbook_tools.standard.tables import Column
from workbook_tools.template.filling import (
    CellValue,
    Filling,
    StoredResult,
    TemplateError,
    TypedFormula,
)
from workbook_tools.template.limits import excess
from workbook_tools.template.styles import (
    BODY,
    HEAD,
    InputLook,
    Properties,
    field_properties,
    fraction,
    properties,
)
from workbook_tools.template.validation import validation
from workbook_tools.template.wrap import PIXELS, Wrapped, row_height

_NOTE_WIDTH = 320  # pixels
_NOTE_SIZE, _NOTE_MARGIN = 9, 8  # points
_POINTS = 0.75  # of a pixel
_CREATED = datetime.datetime(2021, 1, 1)  # the same input gives the same bytes


class TemplateBook(Book):
    """A workbook of a standard, with what goes into its cells.

    ``formulas`` collects the expected text of the formulas that scores depend on, ``widths`` the
    widths of the cells, by field, whose rows are as high as what is typed asks for.
    """

    def __init__(
        self,
        stream: BinaryIO,
        standard: Standard,
        filling: Filling,
        issued: Mapping[str, CellValue],
    ) -> None:
        super().__init__(stream, {"font_name": BODY, "font_size": 10})
        self.standard, self.filling, self.issued = standard, filling, issued
        self.formulas: dict[str, str] = {}
        self.widths: dict[str, float] = {}
        self.is_blank = not (issued or filling.values or filling.rows or filling.overwritten)
        self._styles: dict[str, Any] = {}
        self.workbook.set_properties({"title": standard.title, "created": _CREATED})
        self.workbook.set_calc_mode("auto")

    def style(self, name: str) -> Any:
        """The format of a named style."""
        if name not in self._styles:
            self._styles[name] = self.format(properties(name, self.standard.rounding.places))
        return self._styles[name]

    def field_look(self, kind: InputLook, entry_type: InputType) -> Properties:
        """The properties of a cell that people fill in."""
        return field_properties(kind, entry_type, self.standard.rounding.places)

    def entry(self, field: Field) -> CellValue:
        """What stands in the cell of a field: typed, else issued, else preset."""
        otherwise = self.issued.get(field.id, field.preset)
        return self.filling.values.get(field.id, otherwise)

    def typed(self, field: Field, width: float) -> Wrapped:
        """What stands in the cell of a field, to make room for it."""
        entry = self.entry(field)
        self.widths[field.id] = width
        return Wrapped(entry if isinstance(entry, str) else "", width)

    def define(self, name: str, reference: str) -> None:
        """Give a workbook-level name to a range, ``'表'!$A$1:$B$2``."""
        self.workbook.define_name(name, f"={reference}")


class TemplatePage(Page):
    """A sheet of a template: fields with their names and rules, formulas that scores rest on."""

    def __init__(self, book: TemplateBook, title: str) -> None:
        super().__init__(book, title, GrowingSheet)
        self.book = book

    def reference(self, row: int, column: int, last_row: int = -1, last_column: int = -1) -> str:
        """The absolute reference of a cell or a range, with the sheet."""
        last_row, last_column = max(row, last_row), max(column, last_column)
        if (row, column) == (last_row, last_column):
            area = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
        else:
            area = xl_range_abs(row, column, last_row, last_column)
        return f"'{self.title}'!{area}"

    def cell(self, row: int, column: int) -> str:
        """The reference of a cell on its own sheet, ``$A$1``."""
        return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))

    def in_column(self, row: int, column: int) -> str:
        """The reference of a cell for a condition that goes down its column, ``$A1``."""
        return str(xl_rowcol_to_cell(row, column, col_abs=True))

    def corner(self, row: int, column: int) -> str:
        """The first cell of an area as its conditional format names it: the row moves, ``$A1``."""
        return str(xl_rowcol_to_cell(row, column, col_abs=True))

    def name(
        self, name: str, row: int, column: int, last_row: int = -1, last_column: int = -1
    ) -> None:
        """Define a name for a cell or a range of this sheet."""
        self.book.define(name, self.reference(row, column, last_row, last_column))

    def height(self, row: int, points: float) -> None:
        """Set the height of a row."""
        self.sheet.set_row(row, points)

    def growing(self, row: int, points: float) -> None:
        """Set the height of a row until something is typed into it: then it fits its texts."""
        self.height(row, points)
        self.sheet.growing.add(row)

    def hide(self, row: int, points: float) -> None:
        """Hide a row that grows, so high; whoever fills in the sheet may show it again."""
        self.sheet.set_row(row, points, None, {"hidden": True})
        self.sheet.growing.add(row)

    def strut(self, row: int, column: int, points: float) -> None:
        """Keep a growing row at least so high, by an empty cell that is not printed."""
        self.sheet.write_blank(row, column, None, self.book.format(strut(points)))

    def text(self, row: int, column: int, text: str, style: str, last_column: int = -1) -> None:
        """Write a fixed text, across merged columns where ``last_column`` is given."""
        look = self.book.style(style)
        if last_column > column:
            self.sheet.merge_range(row, column, row, last_column, text, look)
        elif text:
            self.sheet.write_string(row, column, text, look)
        else:
            self.sheet.write_blank(row, column, None, look)

    def number(self, row: int, column: int, value: Fraction | int, style: str) -> None:
        """Write a fixed number, as a fraction where no decimal is equal to it."""
        book, value = self.book, Fraction(value)
        look = book.style(style)
        if "/" in stated(value):
            places = book.standard.rounding.places
            look = book.format(properties(style, places) | fraction(value.denominator))
        self.sheet.write_number(row, column, float(value), look)

    def formula(
        self,
        row: int,
        column: int,
        text: str,
        style: str,
        *,
        blank: StoredResult = "",
        name: str = "",
        feeds: bool = False,
        last_column: int = -1,
    ) -> None:
        """Write a formula (without "="); ``blank`` is what it shows in an empty template.

        ``feeds``: scores depend on it, so its text is kept on the meta sheet under its name.
        """
        book, look = self.book, self.book.style(style)
        if wrong := excess(text):
            raise TemplateError(f"{self.title} {xl_rowcol_to_cell(row, column)} 的{wrong}")
        if name:
            self.name(name, row, column)
        if feeds:
            book.formulas[name] = text
        if last_column > column:
            self.sheet.merge_range(row, column, row, last_column, "", look)
        if name in book.filling.overwritten:
            self.put(row, column, book.filling.overwritten[name], look)
            return
        stored = blank if book.is_blank else ""
        if book.filling.results:
            cell = (self.title, xl_rowcol_to_cell(row, column))
            stored = book.filling.results.get(cell, stored)
        self.sheet.write_formula(row, column, text, look, stored)

    def field(self, row: int, column: int, field: Field, *, kind: InputLook = "input") -> None:
        """Write the cell of a field: its name, look, rule and what stands in it."""
        book = self.book
        kind = "issued" if field.id in book.issued else kind
        look = book.format(book.field_look(kind, field.type))
        self.put(row, column, book.entry(field), look)
        self.name(field.name, row, column)
        self.sheet.data_validation(row, column, row, column, validation(field))
        if field.id in book.filling.notes:
            self.note(row, column, book.filling.notes[field.id])

    def note(self, row: int, column: int, text: str) -> None:
        """Attach a note, in a box that shows all of it."""
        lines = row_height(Wrapped(text, _NOTE_WIDTH / PIXELS, _NOTE_SIZE))
        look = {
            "author": "workbook-tools",
            "font_name": BODY,
            "font_size": _NOTE_SIZE,
            "width": _NOTE_WIDTH,
            "height": (lines + _NOTE_MARGIN) / _POINTS,
        }
        self.sheet.write_comment(row, column, text, look)

    def column_rule(self, row: int, column: int, last_row: int, entry: Column) -> None:
        """Attach the rule and prompt of a table's column."""
        self.sheet.data_validation(row, column, last_row, column, validation(entry))

    def put(self, row: int, column: int, value: CellValue, look: Any) -> None:
        """Write a value as a person would have typed it."""
        if isinstance(value, TypedFormula):
            self.sheet.write_formula(row, column, value.text, look, value.result)
        else:
            super().put(row, column, value, look)

    def words_highlighted(self, area: tuple[int, int, int, int], rules: Mapping[str, str]) -> None:
        """Colour the cells whose formula condition holds: condition (without "=") to colour."""
        for condition, colour in rules.items():
            look = self.book.format({"font_color": colour, "bold": True})
            rule = {"type": "formula", "criteria": f"={condition}", "format": look}
            self.sheet.conditional_format(*area, rule)

    def print_setup(
        self, *, landscape: bool, repeat: tuple[int, int] | None = None, titled: bool = False
    ) -> None:
        """Set up A4 paper: one page wide, centred, numbered; ``titled``: the title on each page."""
        sheet = self.sheet
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(left=0.45, right=0.45, top=0.85 if titled else 0.6, bottom=0.65)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 0)
        if titled:
            sheet.set_header(f'&C&"{HEAD},常规"&16&A')
        sheet.set_footer("&L&9&A&C&9第 &P 页 共 &N 页")
        if repeat is not None:
            sheet.repeat_rows(*repeat)

    def protect(self) -> None:
        """Lock what is no input, without a password; widths and heights may be changed."""
        self.sheet.protect("", {"format_columns": True, "format_rows": True})
