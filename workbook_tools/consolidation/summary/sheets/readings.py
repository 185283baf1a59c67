"""解读敏感性: which readings would change whose grade, so that exactly those can be ruled on."""

from __future__ import annotations

from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.summary.page import ALERT, MUTED, NAVY, TableBook, TablePage
from workbook_tools.consolidation.tables.readings import (
    COLUMNS,
    UNDECIDED_COLUMNS,
    table,
    undecided_table,
)
from workbook_tools.consolidation.tables.table import place_of


def write(book: TableBook, consolidation: Round) -> None:
    """Write the sheet: the readings, and below them the departments whose grade hangs on them."""
    page = TablePage(book, "解读敏感性")
    rows = page.listing(
        table(consolidation),
        "评分标准解读的敏感性",
        "评分标准原文有不止一种合理解读的指标：每行为一种解读单独采用时的变动，影响等次的排在最前，宜先裁定。"
        "已复核的得分不受解读影响；“资料不足”为无法按该解读计算的单位；资料不足、等次待定的单位不计入等次变动。",
        frozen=1,
        empty="本评分标准没有列出其他解读。",
    )
    if rows:
        regraded = place_of(COLUMNS, "regraded")
        style = {"bold": True, "font_color": ALERT}
        page.sheet.conditional_format(
            rows.start,
            regraded,
            rows.stop - 1,
            regraded,
            {
                "type": "cell",
                "criteria": ">",
                "value": 0,
                "format": book.workbook.add_format(style),
            },
        )
    row = max(rows.stop, rows.start + 1) + 1
    page.put(row, 0, "等次取决于解读的单位", book.style(bold=True, font_color=NAVY))
    note = "“最低”“最高”为各指标都取最低、最高的解读时的总分；资料不足的指标按 0 分、满分计。"
    page.put(row, 1, note, book.style(font_size=9, font_color=MUTED))
    page.header(row + 1, UNDECIDED_COLUMNS)
    end = page.body(row + 2, undecided_table(consolidation))
    if end == row + 2:
        page.put(
            end, 0, "没有：无论采用哪种解读，各单位的等次都不变。", book.style(font_color=MUTED)
        )
    page.printed(head=row + 1, top=row + 1)  # the second table's head is on the pages after it
