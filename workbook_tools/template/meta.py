"""The very hidden sheet by which programs know the workbook again."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from fractions import Fraction

from workbook_tools.standard.contract import (
    FORMULA_EDITION,
    META_FORMULAS,
    META_ISSUED,
    META_SHEET,
)
from workbook_tools.standard.known_fields import UNIT_CODE
from workbook_tools.template.book import TemplateBook, TemplatePage
from workbook_tools.template.filling import CellValue, TemplateError

_WIDTH = 30


def write_meta(book: TemplateBook, *, standard_hash: str, tool_version: str) -> None:
    """Write identity, issued values and the expected text of the formulas."""
    page = TemplatePage(book, META_SHEET)
    page.sheet.set_column(0, 4, _WIDTH)
    standard = book.standard
    identity = {
        "meta_standard": standard.id,
        "meta_standard_version": standard.version,
        "meta_standard_hash": standard_hash,
        "meta_tool_version": tool_version,
        "meta_unit_code": issued_text(book.issued.get(UNIT_CODE)),
        "meta_formula_edition": FORMULA_EDITION,
    }
    row = 0
    for name, text in identity.items():
        page.text(row, 0, name, "hidden")
        page.text(row, 1, text, "hidden")
        page.name(name, row, 1)
        row += 1
    issued = ((field, issued_text(value)) for field, value in book.issued.items())
    row = _pairs(page, row + 1, META_ISSUED, issued)
    _pairs(page, row + 1, META_FORMULAS, book.formulas.items())
    page.protect()
    page.sheet.very_hidden()


def _pairs(page: TemplatePage, row: int, name: str, pairs: Iterable[tuple[str, str]]) -> int:
    """Two columns under a name, at least one row high; gives the row after them."""
    page.text(row, 0, name, "hidden")
    first = row = row + 1
    for key, text in pairs:
        page.text(row, 0, key, "hidden")
        page.text(row, 1, text, "hidden")
        row += 1
    last = max(first, row - 1)
    page.name(name, first, 0, last, 1)
    return last + 1


def issued_text(value: CellValue) -> str:
    """An issued value as text: numbers as plain decimals, dates as 2021-03-15."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            raise TemplateError("预填的值不能是逻辑值")
        case int():
            return str(value)
        case float() | Fraction():
            return f"{float(value):.15g}"
        case datetime.date():
            return value.isoformat()
        case _:
            raise TemplateError("预填的值不能是公式")
