"""Findings as notes: one per cell, the worst first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from workbook_tools.checks.finding import Finding
from workbook_tools.ooxml.notes import Note
from workbook_tools.presentation.telling import Told, told
from workbook_tools.standard.severity import SEVERITY_NAMES, SEVERITY_ORDER

AUTHOR = "workbook-tools 绩效校验"
MARKER = "【绩效校验】"
"""The first line of each note of ours. LibreOffice drops authors; the text stays."""
POINTER = "……（批注放不下，其余见“校验结果”表）"
MOST_NOTES = 500
"""Notes that one sheet gets; more would be a wall of red corners. 校验结果 lists everything."""


def notes(findings: Sequence[Finding]) -> list[Note]:
    """The notes for the findings that have a cell, sheet by sheet in the order of the findings."""
    by_cell: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for one in told(findings):
        if one.finding.cell:
            by_cell[one.finding.sheet, one.finding.cell].append(one)
    by_sheet: dict[str, list[tuple[int, Note]]] = defaultdict(list)
    for (sheet, cell), here in by_cell.items():
        here.sort(key=_rank)
        by_sheet[sheet].append((_rank(here[0]), Note(sheet, cell, _text(here))))
    return [
        note
        for placed in by_sheet.values()
        for _, note in sorted(placed, key=lambda ranked: ranked[0])[:MOST_NOTES]
    ]


def _rank(one: Told) -> int:
    return SEVERITY_ORDER[one.finding.severity]


def _text(here: Sequence[Told]) -> str:
    return "\n".join(
        f"{SEVERITY_NAMES[one.finding.severity]} {one.finding.code}：{one.text}" for one in here
    )
