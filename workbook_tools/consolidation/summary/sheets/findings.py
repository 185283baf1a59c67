"""问题清单: every finding of every workbook, with a link to its cell."""

from __future__ import annotations

from itertools import islice

from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.summary.page import LAST_ROW, TableBook, TablePage
from workbook_tools.consolidation.tables.findings import TITLE, count, table
from workbook_tools.consolidation.tables.table import SummaryTable

MOST_ROWS = LAST_ROW - 3
"""Findings that a sheet holds below its heading."""


def write(book: TableBook, consolidation: Round, *, most: int = MOST_ROWS) -> bool:
    """Write the sheet; returns whether there are more findings than ``most``."""
    whole = table(consolidation)
    rows = iter(whole.rows)
    total = count(consolidation)
    note = (
        "每个工作簿的问题，先错误、后警告、再提示，由它引起的问题列在下面（└）；点“单元格”可打开原表中的位置。"
        "评分标准自身的矛盾各单位相同，见计分表批注，这里不列；无法读取的文件见“缺报与异常”。"
    )
    if total > most:
        note = (
            f"共 {total} 条，超过一张工作表的行数，这里列出前 {most} 条，全部在旁边的 CSV 文件中。"
        )
    page = TablePage(book, TITLE)
    body = page.listing(
        SummaryTable(whole.columns, islice(rows, most)),
        TITLE,
        note,
        frozen=2,
        empty="没有发现问题。",
    )
    on_paper = [place for place, column in enumerate(whole.columns) if column.id != "field"]
    page.sheet.print_area(0, 0, max(body.stop - 1, body.start), max(on_paper))
    return total > most
