"""Every workbook of ours keeps values as what they are, and says when it cannot be written."""

from __future__ import annotations

import datetime
import io
from fractions import Fraction

import openpyxl
import pytest

from workbook_tools.spreadsheet.book import Book, Page, SheetValue

FONT = {"font_name": "宋体", "font_size": 10}


@pytest.mark.parametrize("constant_memory", [False, True])
def test_values_come_back_as_what_they_are(constant_memory: bool) -> None:
    given: list[SheetValue] = [
        *("=1+1", "http://example.org", "007", "<r><t>x</t></r> ", "　"),
        *(3, 2.5, Fraction(1, 4), True, datetime.date(2021, 3, 20), "", None),
    ]
    stream = io.BytesIO()
    book = Book(stream, FONT, constant_memory=constant_memory)
    page = Page(book, "表")
    day = book.format({"num_format": "yyyy-mm-dd"})
    for row, value in enumerate(given):
        page.put(row, 0, value, day if isinstance(value, datetime.date) else book.format({}))
    book.close()
    sheet = openpyxl.load_workbook(stream)["表"]
    read = [sheet.cell(row, 1) for row in range(1, len(given) + 1)]
    assert [cell.value for cell in read[:5]] == given[:5]
    assert {cell.data_type for cell in read[:5]} == {"s"}
    assert not any(cell.hyperlink for cell in read)
    assert [cell.value for cell in read[5:9]] == [3, 2.5, 0.25, True]
    assert [cell.data_type for cell in read[5:9]] == ["n", "n", "n", "b"]
    assert read[9].value == datetime.datetime(2021, 3, 20)
    assert [cell.value for cell in read[10:]] == [None, None]


def test_a_text_over_several_cells_is_no_formula_and_no_link() -> None:
    stream = io.BytesIO()
    book = Book(stream, FONT)
    page = Page(book, "表")
    for row, text in enumerate(("=1+1", "http://example.org", "007")):
        page.sheet.merge_range(row, 0, row, 2, text, book.format({}))
    book.close()
    sheet = openpyxl.load_workbook(stream)["表"]
    cells = [sheet.cell(row, 1) for row in (1, 2, 3)]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        ("=1+1", "s"),
        ("http://example.org", "s"),
        ("007", "s"),
    ]
    assert not any(cell.hyperlink for cell in cells)


def test_the_same_looks_are_one_format_in_any_order() -> None:
    book = Book(io.BytesIO(), FONT)
    bold = book.format({"bold": True, "font_size": 9})
    assert book.format({"font_size": 9, "bold": True}) is bold
    assert book.format({"font_size": 9}) is not bold
    Page(book, "表")
    book.close()


class Full(io.BytesIO):
    """A disk without room."""

    def write(self, data: object) -> int:
        raise OSError(28, "no space")


def test_what_keeps_a_workbook_from_being_written_is_told() -> None:
    book = Book(Full(), FONT)
    Page(book, "表")
    with pytest.raises(OSError, match="no space"):
        book.close()
