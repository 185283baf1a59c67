"""排名: departments by the points that count."""

from __future__ import annotations

from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.summary.page import PALE, TableBook, TablePage
from workbook_tools.consolidation.tables.ranking import COLUMNS, TITLE, table
from workbook_tools.consolidation.tables.statistics import full_points
from workbook_tools.consolidation.tables.table import place_of

FIRST_ROW = 3
"""Of the departments, below title, note and header."""


def write(book: TableBook, consolidation: Round) -> None:
    """Write the sheet."""
    page = TablePage(book, TITLE)
    rows = page.listing(
        table(consolidation),
        "得分排名",
        "有复核得分的按复核得分，其余按复算得分；同分同名次；资料不足、总分不完整的不排名，列出可能的得分区间。"
        "“自评高出”为自评总分减得分。",
        frozen=3,
        empty="没有可汇总的单位。",
    )
    if rows:
        points = place_of(COLUMNS, "points")
        bar = {
            "type": "data_bar",
            "data_bar_2010": True,
            "bar_solid": True,
            "bar_color": PALE,
            "bar_border_color": PALE,
            "min_type": "num",
            "min_value": 0,
            "max_type": "num",
            "max_value": float(full_points(consolidation)),
        }
        page.sheet.conditional_format(rows.start, points, rows.stop - 1, points, bar)
