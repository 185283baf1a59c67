"""The line of the guide that says, when a copy is opened, what was found and where it is listed."""

from __future__ import annotations

from collections.abc import Sequence

from workbook_tools.annotation.results import summary
from workbook_tools.checks.finding import Finding
from workbook_tools.ooxml import Workbook
from workbook_tools.ooxml.rows import CellLink, PlainValue, RowsError, cut_cells, fill_cells
from workbook_tools.ooxml.splice import Edits
from workbook_tools.scoring import Evaluation
from workbook_tools.standard.contract import RESULT_COUNTS, RESULT_NOTICE, RESULT_SHEET


def noticed(workbook: Workbook, findings: Sequence[Finding], evaluation: Evaluation) -> Edits:
    """The edits that write the line; none where the workbook has no cell for it."""
    area = workbook.names.get(RESULT_NOTICE)
    if area is None:
        return Edits()
    text = f"{RESULT_SHEET}：{summary(findings, evaluation)}。"
    listed = workbook.names.get(RESULT_COUNTS)
    line: PlainValue = (
        CellLink(f"{text}点这里查看问题清单。", listed.sheet, "A1") if listed else text
    )
    try:
        return fill_cells(workbook, area.sheet, {area.a1: line})
    except RowsError:
        return Edits()


def unnoticed(workbook: Workbook) -> Edits:
    """The edits that take the line out again."""
    area = workbook.names.get(RESULT_NOTICE)
    if area is None:
        return Edits()
    try:
        return cut_cells(workbook, area.sheet, [area.a1])
    except RowsError:
        return Edits()
