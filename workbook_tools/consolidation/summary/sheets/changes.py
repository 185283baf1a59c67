"""变化 and 问题变化: what changed since the round before, by department and by finding."""

from __future__ import annotations

from itertools import islice

from workbook_tools.consolidation.round.changes import tally
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.summary.page import LAST_ROW, TableBook, TablePage
from workbook_tools.consolidation.tables.changes import (
    findings_in_words,
    findings_table,
    in_words,
    table,
)
from workbook_tools.consolidation.tables.table import SummaryTable

_MOST = LAST_ROW - 3


def write(book: TableBook, consolidation: Round) -> None:
    """Write both sheets; nothing where there is no earlier round."""
    if consolidation.previous is None:
        return
    total = tally(consolidation.changes())
    TablePage(book, "变化").listing(
        table(consolidation),
        "与上次汇总相比的变化",
        f"上次：{consolidation.previous.path.name}。{in_words(total)}；"
        f"{findings_in_words(total)}。"
        "先列等次变化的，再列得分、资料齐全与否、问题变化的，最后列只有名次变化的；没有变化的单位不列。",
        frozen=2,
        empty="没有变化。",
    )
    note = "同一单位同一数据项的同类问题视为同一问题，其中的数字变了也算“仍有”，不列在这里。"
    count = total.cured + total.new
    if count > _MOST:
        note = f"共 {count} 条，超过一张工作表的行数，这里列出前 {_MOST} 条。"
    listed = findings_table(consolidation)
    TablePage(book, "问题变化").listing(
        SummaryTable(listed.columns, islice(listed.rows, _MOST)),
        "已消除和新增的问题",
        note,
        frozen=2,
        empty="问题没有变化。",
    )
