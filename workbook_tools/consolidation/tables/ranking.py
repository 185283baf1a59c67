"""排名: departments by the points that count."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_tools.consolidation.round.departments import BASIS_NAMES, Standing
from workbook_tools.consolidation.round.previous import Before
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.tables.table import (
    SheetColumn,
    SummaryTable,
    TableCell,
    as_float,
    link,
)
from workbook_tools.figures import points_range
from workbook_tools.presentation.points import UNDECIDED
from workbook_tools.presentation.severities import severities
from workbook_tools.standard.severity import SEVERITY_NAMES

COLUMNS = (
    SheetColumn("rank", "名次", "count", 6),
    SheetColumn("unit_code", "单位编码", "text", 12),
    SheetColumn("unit_name", "单位名称", "text", 28),
    SheetColumn("supervisor", "主管部门", "text", 18),
    SheetColumn("points", "得分", "points", 14),
    SheetColumn("range", "得分区间", "center", 14),
    SheetColumn("grade", "等次", "center", 7),
    SheetColumn("basis", "得分依据", "center", 9),
    SheetColumn("claimed", "自评总分", "points", 10),
    SheetColumn("claimed_grade", "自评等次", "center", 9),
    SheetColumn("difference", "自评高出", "difference", 10),
    SheetColumn("errors", SEVERITY_NAMES["error"], "count", 7),
    SheetColumn("warnings", SEVERITY_NAMES["warning"], "count", 7),
    SheetColumn("infos", SEVERITY_NAMES["info"], "count", 7),
    SheetColumn("file", "工作簿", "text", 26),
)
TITLE = "排名"


def table(consolidation: Round) -> SummaryTable:
    """A row per department; ``range`` stands where the total is incomplete."""
    return SummaryTable(COLUMNS, _rows(consolidation))


def _rows(consolidation: Round) -> Iterator[tuple[TableCell, ...]]:
    places = consolidation.standard.rounding.places
    for item in consolidation.departments:
        standing = item.standing
        number = severities(item.findings)
        yield (
            item.rank,
            item.code,
            item.name,
            item.supervisor,
            as_float(standing.points),
            range_in_words(standing, places),
            standing.grade or UNDECIDED,
            BASIS_NAMES[standing.basis],
            as_float(item.claimed_total),
            item.claimed_grade or "",
            as_float(item.claimed_above),
            number["error"],
            number["warning"],
            number["info"],
            link(consolidation, item.record.path),
        )


def range_in_words(then: Before | Standing, places: int) -> str:
    """What an incomplete total can be; "" for one that is known, or of which nobody tells."""
    if then.points is not None or then.low is None or then.high is None:
        return ""
    return points_range(then.low, then.high, places)
