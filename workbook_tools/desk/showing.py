"""What a page shows of one workbook, and of it in a line of a list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from workbook_tools.assessment.outcomes import Outcome
from workbook_tools.presentation.by_sheet import by_sheet
from workbook_tools.presentation.indicator_rows import rows_of_record
from workbook_tools.presentation.points import BLANK, score_in_words, total_in_words
from workbook_tools.presentation.score_table import sections
from workbook_tools.presentation.severities import severities
from workbook_tools.standard import load_standard


class ResultLine(msgspec.Struct, frozen=True, kw_only=True):
    """A workbook in a list of results; a refused one has no more than its name."""

    name: str
    path: str
    refused: bool
    total: str = ""
    grade: str = ""
    claimed: str = ""
    errors: int = 0
    warnings: int = 0


def line(outcome: Outcome) -> ResultLine:
    """A workbook as a line of a list."""
    record = outcome.record
    total, name = record.total, record.unit_name or "（未识别单位）"
    if total is None or outcome.standard is None:
        return ResultLine(name=name, path=record.path, refused=True)
    places = load_standard(outcome.standard).rounding.places
    number = severities(record.findings)
    return ResultLine(
        name=name,
        path=record.path,
        refused=False,
        total=total_in_words(total.score, total.low, total.high, places),
        grade=total.grade or "",
        claimed=score_in_words(total.self, places, BLANK),
        errors=number["error"],
        warnings=number["warning"],
    )


def workbook_shown(outcome: Outcome) -> Mapping[str, Any]:
    """Score table and findings of one workbook; a refused one has only the reason."""
    record = outcome.record
    standard = load_standard(outcome.standard) if outcome.standard else None
    return {
        "record": record,
        "line": line(outcome),
        "standard": standard,
        "sections": sections(standard, rows_of_record(record, standard)) if standard else (),
        "sheets": by_sheet(record.findings),
    }
