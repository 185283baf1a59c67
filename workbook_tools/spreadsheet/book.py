"""A workbook and its sheets being written: a text stays a text, the same looks are made once."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import IO, Any

import xlsxwriter  # type: ignore[import-untyped]  # ships no types
from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]  # as above
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # as above

from workbook_tools.spreadsheet.cell_text import cell_text
from workbook_tools.spreadsheet.enduring import Enduring

SheetValue = str | float | int | Fraction | datetime.date | None
"""What stands in a cell; bool, too, is an int."""


class Book:
    """A workbook that goes to a stream when it is closed.

    ``font``: the properties of a cell of which nothing is said. ``constant_memory``: rows are let
    go of as soon as the next begins, so that nobody may go back to one; without it everything is
    kept in memory until the end.
    """

    def __init__(
        self, stream: IO[bytes], font: Mapping[str, Any], *, constant_memory: bool = False
    ) -> None:
        self._stream = Enduring(stream)
        self._formats: dict[frozenset[tuple[str, Any]], Any] = {}
        self.constant_memory = constant_memory
        self.workbook = xlsxwriter.Workbook(
            self._stream,
            {
                "in_memory": not constant_memory,
                "constant_memory": constant_memory,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_format_properties": {
                    **font,
                    "font_scheme": "none",  # else Excel takes the typeface of the theme
                },
            },
        )

    def format(self, looks: Mapping[str, Any]) -> Any:
        """A format with these XlsxWriter properties; the same properties give the same format."""
        key = frozenset(looks.items())
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(dict(looks))
        return self._formats[key]

    def close(self) -> None:
        """Write the workbook. Raises OSError where that fails, as XlsxWriter's own error is not."""
        try:
            self.workbook.close()
        except FileCreateError as error:
            cause = error.__context__
            self._stream.failure = cause if isinstance(cause, OSError) else OSError(str(error))
        if self._stream.failure is not None:
            raise self._stream.failure


class Page:
    """A sheet of a book, without gridlines; rows and columns count from 0."""

    def __init__(self, book: Book, title: str, kind: type[Worksheet] | None = None) -> None:
        self.title = title
        self.sheet = book.workbook.add_worksheet(title, kind)
        self.sheet.hide_gridlines(2)

    def put(self, row: int, column: int, value: SheetValue, look: Any) -> None:
        """Write a value as what it is: a text stays a text whatever it begins with."""
        match value:
            case None | "":
                self.sheet.write_blank(row, column, None, look)
            case bool():
                self.sheet.write_boolean(row, column, value, look)
            case str():
                self.sheet.write_string(row, column, cell_text(value), look)
            case datetime.date():
                self.sheet.write_datetime(row, column, value, look)
            case _:
                self.sheet.write_number(row, column, float(value), look)
