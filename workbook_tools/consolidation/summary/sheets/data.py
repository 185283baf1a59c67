"""数据: the long table for pivots, a row per department and indicator."""

from __future__ import annotations

from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.summary.page import TableBook, TablePage
from workbook_tools.consolidation.tables.data import COLUMNS, table


def write(book: TableBook, consolidation: Round) -> None:
    """Write the sheet: header in the first row, so that pivots take it as it is."""
    page = TablePage(book, "数据")
    page.header(0, COLUMNS)
    end = page.body(1, table(consolidation))
    if book.constant_memory or end == 1:  # XlsxWriter makes Excel tables only from rows it keeps
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
