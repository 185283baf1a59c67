"""数据: the long table for pivots, a row per department and indicator."""

from __future__ import annotations

from itertools import islice

from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.summary.page import LAST_ROW, TableBook, TablePage
from workbook_tools.consolidation.tables.data import COLUMNS, table, titles
from workbook_tools.consolidation.tables.table import SummaryTable

MOST_ROWS = LAST_ROW
"""Rows of the table that a sheet holds below its header."""


def write(book: TableBook, consolidation: Round, *, most: int = MOST_ROWS) -> None:
    """Write the sheets: header in the first row, so that pivots take them as they are."""
    rows = iter(table(consolidation).rows)
    sheets = titles(consolidation, most)
    for title in sheets:
        part = SummaryTable(COLUMNS, islice(rows, most))
        _write_sheet(book, title, part, as_table=len(sheets) == 1 and not book.constant_memory)


def _write_sheet(book: TableBook, title: str, part: SummaryTable, *, as_table: bool) -> None:
    """``as_table``: XlsxWriter makes Excel tables only from rows it keeps."""
    page = TablePage(book, title)
    page.header(0, COLUMNS)
    end = page.body(1, part)
    if not as_table or end == 1:
        page.sheet.autofilter(0, 0, max(end - 1, 1), len(COLUMNS) - 1)
    else:
        page.sheet.add_table(
            0,
            0,
            end - 1,
            len(COLUMNS) - 1,
            {
                "name": "data_scores",
                "style": "Table Style Light 1",
                "columns": [
                    {"header": column.title, "header_format": page.header_style}
                    for column in COLUMNS
                ],
            },
        )
    page.sheet.freeze_panes(1, 2)
    page.printed(head=0)
