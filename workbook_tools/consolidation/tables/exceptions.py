"""缺报与异常: who has not reported, and which files do not count, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_tools.consolidation.round.notices import NOTICE_NAMES
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.tables.table import SheetColumn, SummaryTable, TableCell

_COLUMNS = (
    SheetColumn("kind", "情形", "center", 16),
    SheetColumn("unit_code", "单位编码", "text", 12),
    SheetColumn("unit_name", "单位名称", "text", 28),
    SheetColumn("file", "文件", "wrap", 32),
    SheetColumn("reason", "原因", "wrap", 60),
    SheetColumn("advice", "建议", "wrap", 40),
)
_CONTACT = SheetColumn("contact", "联系人及电话", "wrap", 22)


def table(consolidation: Round) -> SummaryTable:
    """A row per notice, in the order of their kinds; whom to call where the roster tells any."""
    if any(notice.contact for notice in consolidation.notices):
        rows = zip(_rows(consolidation), consolidation.notices, strict=True)
        return SummaryTable((*_COLUMNS, _CONTACT), ((*row, notice.contact) for row, notice in rows))
    return SummaryTable(_COLUMNS, _rows(consolidation))


def _rows(consolidation: Round) -> Iterator[tuple[TableCell, ...]]:
    for notice in consolidation.notices:
        yield (
            NOTICE_NAMES[notice.kind],
            notice.unit_code,
            notice.unit_name,
            consolidation.shown(notice.path),
            notice.reason,
            notice.advice,
        )
