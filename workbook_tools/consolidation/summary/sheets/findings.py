"""问题清单: every finding of every workbook, with a link to its cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from workbook_tools.checks import SEVERITY_NAMES, SEVERITY_ORDER, Finding
from workbook_tools.consolidation.result import Consolidation
from workbook_tools.consolidation.summary.page import LAST_ROW, Book, Page
from workbook_tools.consolidation.tables.table import Cell, Column, Table

COLUMNS = (
    Column("unit_code", "单位编码", "text", 12),
    Column("unit_name", "单位名称", "text", 24),
    Column("severity", "级别", "center", 7),
    Column("code", "编号", "center", 9),
    Column("title", "问题类别", "wrap", 18),
    Column("sheet", "工作表", "center", 10),
    Column("cell", "单元格", "center", 8),
    Column("expected", "应为", "wrap", 14),
    Column("actual", "实为", "wrap", 14),
    Column("message", "说明", "wrap", 62),
    Column("file", "工作簿", "text", 26),
    Column("field", "数据项编号", "text", 22),
)
MOST_ROWS = LAST_ROW - 3
"""Findings that a sheet holds below its heading."""


def table(consolidation: Consolidation) -> Table:
    """A row per finding, departments in their order, the worst findings first."""
    return Table(COLUMNS, _rows(consolidation))


def count(consolidation: Consolidation) -> int:
    """How many findings there are in all."""
    return sum(len(findings) for _, _, _, findings in _by_workbook(consolidation))


def write(book: Book, consolidation: Consolidation, *, most: int = MOST_ROWS) -> bool:
    """Write the sheet; returns whether there are more findings than ``most``."""
    whole = table(consolidation)
    rows = iter(whole.rows)
    total = count(consolidation)
    note = (
        "每个工作簿的问题，先错误、后警告、再提示；点“单元格”可打开原表中的位置。"
        "评分标准自身的矛盾各单位相同，见计分表批注，这里不列。"
    )
    if total > most:
        note = (
            f"共 {total} 条，超过一张工作表的行数，这里列出前 {most} 条，全部在旁边的 CSV 文件中。"
        )
    Page(book, "问题清单").listing(
        Table(whole.columns, islice(rows, most)), "问题清单", note, frozen=2, empty="没有发现问题。"
    )
    return total > most


def _by_workbook(
    consolidation: Consolidation,
) -> Iterator[tuple[str, str, str, Sequence[Finding]]]:
    """Code, name, path and findings of each workbook."""
    for item in consolidation.departments:
        yield item.code, item.name, item.record.path, item.findings
    for outcome in consolidation.refused:
        record = outcome.record
        yield record.unit_code, record.unit_name, record.path, record.findings


def _worst_first(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: SEVERITY_ORDER[finding.severity])


def _rows(consolidation: Consolidation) -> Iterator[tuple[Cell, ...]]:
    titles = consolidation.titles
    for code, name, path, findings in _by_workbook(consolidation):
        for finding in _worst_first(findings):
            yield (
                code,
                name,
                SEVERITY_NAMES[finding.severity],
                finding.code,
                titles.get(finding.code, finding.name),
                finding.sheet,
                consolidation.link(path, finding.cell, finding.sheet, finding.cell)
                if finding.cell
                else "",
                *finding.compared,
                finding.message,
                consolidation.link(path),
                finding.field,
            )
