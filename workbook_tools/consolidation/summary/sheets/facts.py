"""_facts: the figures as they were typed, exact, by field id, for who reads a summary again."""

from __future__ import annotations

from workbook_tools.consolidation.round.departments import number
from workbook_tools.consolidation.round.keeping import kept_facts
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.summary.page import TableBook, TablePage

TITLE = "_facts"
CODE, NAME, ADDS_UP = "unit_code", "unit_name", "adds_up"


def write(book: TableBook, consolidation: Round) -> None:
    """Write the very hidden sheet: a row per department, a column per field."""
    page, style = TablePage(book, TITLE), book.style()
    fields = sorted(kept_facts(consolidation.standard))
    for column, title in enumerate((CODE, NAME, ADDS_UP, *fields)):
        page.put(0, column, title, style)
    for row, item in enumerate(consolidation.departments, start=1):
        lead = (item.code, item.name, "1" if item.adds_up else "0")
        facts = item.record.facts
        values = (facts.get(field) for field in fields)
        known = (value if number(value) is not None else None for value in values)
        for column, value in enumerate((*lead, *known)):
            if value is not None:
                page.put(row, column, value, style)
    page.sheet.very_hidden()
