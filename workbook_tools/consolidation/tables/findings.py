"""问题清单: every finding of every workbook that could be read, with a link to its cell.

What keeps the others from being read stands in 缺报与异常, file by file, and is counted there: so
the findings counted on 总览, in 排名 and here are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbook_tools.checks import Finding
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.tables.table import SheetColumn, SummaryTable, TableCell, link
from workbook_tools.presentation.telling import told
from workbook_tools.standard.severity import SEVERITY_NAMES

COLUMNS = (
    SheetColumn("unit_code", "单位编码", "text", 12),
    SheetColumn("unit_name", "单位名称", "text", 24),
    SheetColumn("severity", "级别", "center", 7),
    SheetColumn("code", "编号", "center", 9),
    SheetColumn("title", "问题类别", "wrap", 18),
    SheetColumn("sheet", "工作表", "center", 10),
    SheetColumn("cell", "单元格", "center", 8),
    SheetColumn("expected", "应为", "wrap", 14),
    SheetColumn("actual", "实为", "wrap", 14),
    SheetColumn("message", "说明", "wrap", 62),
    SheetColumn("file", "工作簿", "text", 26),
    SheetColumn("field", "数据项编号", "text", 22),
)
TITLE = "问题清单"


def table(consolidation: Round) -> SummaryTable:
    """A row per finding: departments in their order, the worst first, what follows below it."""
    return SummaryTable(COLUMNS, _rows(consolidation))


def count(consolidation: Round) -> int:
    """How many findings there are in all."""
    return sum(len(findings) for _, _, _, findings in _by_workbook(consolidation))


def _by_workbook(
    consolidation: Round,
) -> Iterator[tuple[str, str, str, Sequence[Finding]]]:
    """Code, name, path and findings of each workbook."""
    for item in consolidation.departments:
        yield item.code, item.name, item.record.path, item.findings


def _rows(consolidation: Round) -> Iterator[tuple[TableCell, ...]]:
    titles = consolidation.titles
    for code, name, path, findings in _by_workbook(consolidation):
        for one in told(list(findings)):
            finding = one.finding
            yield (
                code,
                name,
                SEVERITY_NAMES[finding.severity],
                finding.code,
                titles.get(finding.code, finding.name),
                finding.sheet,
                link(consolidation, path, finding.cell, finding.sheet, finding.cell)
                if finding.cell
                else "",
                *finding.compared,
                one.listed,
                link(consolidation, path),
                finding.field,
            )
