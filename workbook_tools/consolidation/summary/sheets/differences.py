"""自评差异: where a department's own score is not the one that counts."""

from __future__ import annotations

from workbook_tools.consolidation.round.departments import counting
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.summary.page import TableBook, TablePage
from workbook_tools.consolidation.tables.differences import table


def write(book: TableBook, consolidation: Round) -> None:
    """Write the sheet."""
    open_claims = sum(
        score.self is not None and counting(score) is None
        for item in consolidation.departments
        for score in item.record.scores.values()
    )
    note = "自评得分与得分（有复核的按复核，其余按复算）不一致的指标；“自评高出”为自评得分减得分。"
    if open_claims:
        note += f"另有 {open_claims} 项自评了得分、但资料不足无法复算，见“问题清单”。"
    TablePage(book, "自评差异").listing(
        table(consolidation),
        "自评与复算的差异",
        note,
        frozen=2,
        empty="没有差异：能够计算的指标，自评得分都与复算一致。",
    )
