"""横向比较, 比率对照, 同类组: departments beside those like them, and whom to look at again."""

from __future__ import annotations

from workbook_tools.consolidation.round.peers import UNGROUPED
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.summary.page import TableBook, TablePage
from workbook_tools.consolidation.tables.comparison import groups, in_words, ratios, table
from workbook_tools.figures import amount
from workbook_tools.standard.naming import counted_in


def write(book: TableBook, consolidation: Round) -> None:
    """Write the sheets; there are none where the standard compares nothing."""
    comparison = consolidation.comparison
    if comparison is None:
        return
    TablePage(book, "横向比较").listing(
        table(consolidation),
        "横向比较：值得再看一眼的",
        f"{in_words(consolidation)}都是提示，不是错误，不影响得分；用来决定抽查谁、问什么。",
        frozen=2,
        empty="没有值得再看一眼的。",
    )
    unit = counted_in(consolidation.standard)
    ungrouped = comparison.groups.count(UNGROUPED)
    left = f"{ungrouped} {unit}缺少分组依据或金额疑似按元填写，没有比较。" if ungrouped else ""
    beside = TablePage(book, "比率对照")
    beside.listing(
        ratios(consolidation),
        "各单位的比率和同类的中位数",
        f"每个比率右边是同类组的中位数；空白的是数据不全，或同类太少。{left}",
        frozen=2,
        empty="没有可以比较的。",
    )
    beside.printed(head=2, wide=2, beside=2)
    peers = consolidation.standard.peers
    assert peers is not None
    TablePage(book, "同类组").listing(
        groups(consolidation),
        "同类组的中位数和离散程度",
        f"离散程度是各{unit.removeprefix('个')}与中位数之差的中位数；相差超过它 "
        f"{amount(peers.times)} 倍的列入“横向比较”。有数据的不到 {peers.few} 个的，没有比较。",
        frozen=2,
        empty="没有可以比较的。",
    )
