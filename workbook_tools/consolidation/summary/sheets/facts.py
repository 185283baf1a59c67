"""_facts: each department as a line of exact figures, for those who read a summary again."""

from __future__ import annotations

import operator
from itertools import groupby

from workbook_tools.consolidation.round.lines import columns, lines
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.summary.page import TableBook, TablePage

TITLE = "_facts"


def write(book: TableBook, consolidation: Round) -> None:
    """Write the very hidden sheet: a row per department, a column per figure, by their ids."""
    page, names = TablePage(book, TITLE), columns(consolidation.standard)
    looks = [book.style()] * len(names)
    page.put_row(0, names, looks)
    for row, line in enumerate(lines(consolidation), start=1):
        column = 0
        for empty, run in groupby((line.get(name) for name in names), operator.not_):
            texts = list(run)
            if not empty:
                page.put_row(row, texts, looks[: len(texts)], column=column)
            column += len(texts)
    page.sheet.very_hidden()
