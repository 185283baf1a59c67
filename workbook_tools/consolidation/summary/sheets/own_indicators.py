"""自提指标: the indicators that departments brought themselves, and how many were set too low."""

from __future__ import annotations

from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.summary.page import TableBook, TablePage
from workbook_tools.consolidation.tables.own_indicators import by_unit, has_own_indicators, table


def write(book: TableBook, consolidation: Round) -> None:
    """Write both sheets; there are none where the standard knows no such indicators."""
    if not has_own_indicators(consolidation.standard):
        return
    rows = [row for item in consolidation.departments for row in item.record.rows]
    beaten = sum(row.beaten for row in rows)
    share = f"{100 * beaten / len(rows):.0f}%" if rows else "0%"
    note = (
        f"各单位自己提出的三级指标共 {len(rows)} 项；"
        f"大幅超过年度指标值的 {beaten} 项，占 {share}，年初指标值可能设得偏低。"
    )
    TablePage(book, "自提指标").listing(
        table(consolidation),
        "单位自己提出的指标",
        note,
        frozen=2,
        empty="没有单位填写。",
    )
    TablePage(book, "自提指标按单位").listing(
        by_unit(consolidation),
        "各单位自提指标的完成情况",
        "按超额较多占比从高到低排列：排在前面的，年初指标值最可能设得偏低，宜先核实。",
        frozen=2,
        empty="没有单位填写。",
    )
