"""年度对比 and its details: this year beside last year."""

from __future__ import annotations

from itertools import islice

from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.summary.page import LAST_ROW, TableBook, TablePage
from workbook_tools.consolidation.tables.table import SummaryTable
from workbook_tools.consolidation.tables.years import (
    breaks,
    in_words,
    indicators,
    money,
    standards_in_words,
    table,
)

_MOST = LAST_ROW - 3


def write(book: TableBook, consolidation: Round) -> None:
    """Write the sheets; nothing where there is no last year."""
    last = consolidation.last_year
    if last is None:
        return
    other = standards_in_words(consolidation)
    for title, listed, heading, note, empty in (
        (
            "年度对比",
            table(consolidation),
            "与去年对比",
            f"去年：{last.path.name}。{in_words(consolidation)}{other}",
            "两年都没有单位。",
        ),
        (
            "年度衔接",
            breaks(consolidation),
            "与去年不衔接的数字",
            "去年年末的数就是今年年初的数；对不上的，可能是填错，也可能口径或单位有变化，请核对。",
            "没有不衔接的数字。",
        ),
        (
            "年度指标对比",
            indicators(consolidation),
            "得分有变动的指标",
            f"同一单位两年都有得分的指标，得分不同的列在这里。{other}",
            "没有得分变动的指标。",
        ),
        (
            "年度金额对比",
            money(consolidation),
            "两年的金额",
            "两年都填了的金额。合并的单位，去年是各单位之和；拆分的单位没有比较。",
            "没有两年都有的金额。",
        ),
    ):
        rows = SummaryTable(listed.columns, islice(listed.rows, _MOST))
        TablePage(book, title).listing(rows, heading, note, frozen=2, empty=empty)
