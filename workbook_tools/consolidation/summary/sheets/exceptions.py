"""缺报与异常: who has not reported, and which files do not count, each with its reason."""

from __future__ import annotations

from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.summary.page import TableBook, TablePage
from workbook_tools.consolidation.tables.exceptions import table


def write(book: TableBook, consolidation: Round) -> None:
    """Write the sheet."""
    note = "未报送、空白模板、重复、无法读取、年度或版本不同和略过的文件，各有原因和处理建议。"
    if consolidation.roster is None:
        note += "本次没有提供名册，无法判断谁未报送。"
    TablePage(book, "缺报与异常").listing(
        table(consolidation), "缺报与异常", note, frozen=0, empty="没有缺报，也没有异常文件。"
    )
