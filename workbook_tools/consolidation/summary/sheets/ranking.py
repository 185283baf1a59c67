"""排名: departments by the points that count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from workbook_tools.consolidation.result import Consolidation
from workbook_tools.consolidation.round.departments import BASIS_NAMES
from workbook_tools.consolidation.round.previous import UNDECIDED
from workbook_tools.consolidation.summary.page import PALE, Book, Page
from workbook_tools.consolidation.tables.statistics import full_points
from workbook_tools.consolidation.tables.table import Cell, Column, Table, as_float
from workbook_tools.figures import points

COLUMNS = (
    Column("rank", "名次", "count", 6),
    Column("unit_code", "单位编码", "text", 12),
    Column("unit_name", "单位名称", "text", 28),
    Column("supervisor", "主管部门", "text", 18),
    Column("points", "得分", "points", 14),
    Column("range", "得分区间", "center", 14),
    Column("grade", "等次", "center", 7),
    Column("basis", "得分依据", "center", 9),
    Column("claimed", "自评总分", "points", 10),
    Column("claimed_grade", "自评等次", "center", 9),
    Column("difference", "自评高出", "difference", 10),
    Column("errors", "错误", "count", 7),
    Column("warnings", "警告", "count", 7),
    Column("infos", "提示", "count", 7),
    Column("file", "工作簿", "text", 26),
)
TITLE = "排名"
POINTS, CLAIMED = 4, 8
"""Where the columns stand by which claims are drawn against points."""
FIRST_ROW = 3
"""Of the departments, below title, note and header."""


def table(consolidation: Consolidation) -> Table:
    """A row per department; ``range`` stands where the total is incomplete."""
    return Table(COLUMNS, _rows(consolidation))


def write(book: Book, consolidation: Consolidation) -> None:
    """Write the sheet."""
    page = Page(book, TITLE)
    rows = page.listing(
        table(consolidation),
        "得分排名",
        "有复核得分的按复核得分，其余按复算得分；同分同名次；资料不足、总分不完整的不排名，列出可能的得分区间。"
        "“自评高出”为自评总分减得分。",
        frozen=3,
        empty="没有可汇总的单位。",
    )
    if rows:
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
        page.sheet.conditional_format(rows.start, POINTS, rows.stop - 1, POINTS, bar)


def _rows(consolidation: Consolidation) -> Iterator[tuple[Cell, ...]]:
    places = consolidation.standard.rounding.places
    for item in consolidation.departments:
        standing = item.standing
        severities = Counter(finding.severity for finding in item.findings)
        yield (
            item.rank,
            item.code,
            item.name,
            item.supervisor,
            as_float(standing.points),
            f"{points(standing.low, places)}～{points(standing.high, places)}"
            if standing.points is None
            else "",
            standing.grade or UNDECIDED,
            BASIS_NAMES[standing.basis],
            as_float(item.claimed_total),
            item.claimed_grade or "",
            as_float(item.claimed_above),
            severities["error"],
            severities["warning"],
            severities["info"],
            consolidation.link(item.record.path),
        )
