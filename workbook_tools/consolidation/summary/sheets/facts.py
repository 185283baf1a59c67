"""_facts: each department as a line of exact figures, for those who read a summary again."""

from __future__ import annotations

from workbook_tools.consolidation.round.lines import columns, lines
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.summary.page import TableBook, TablePage

TITLE = "_facts"


def write(book: TableBook, consolidation: Round) -> None:
    """Write the very hidden sheet: a row per department, a column per figure, by their ids."""
    page, style = TablePage(book, TITLE), book.style()
    places = {name: column for column, name in enumerate(columns(consolidation.standard))}
    for name, column in places.items():
        page.put(0, column, name, style)
    for row, line in enumerate(lines(consolidation), start=1):
        for name, column in places.items():
            if text := line.get(name):
                page.put(row, column, text, style)
    page.sheet.very_hidden()
