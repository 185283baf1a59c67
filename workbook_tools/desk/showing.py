"""What a page shows of one workbook, and of it in a line of a list."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import msgspec

from workbook_tools.assessment import Record
from workbook_tools.assessment.outcomes import Outcome
from workbook_tools.desk.finding_list import by_sheet, number_of
from workbook_tools.desk.score_table import BLANK, score_table, total_of
from workbook_tools.figures import points
from workbook_tools.standard import load_standard


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A workbook in a list of results; a refused one has no more than its name."""

    name: str
    path: str
    refused: bool
    total: str = ""
    grade: str = ""
    claimed: str = ""
    errors: int = 0
    warnings: int = 0


def line(outcome: Outcome) -> Line:
    """A workbook as a line of a list."""
    record, places = outcome.record, _places(outcome)
    shown = Line(name=_name(record), path=record.path, refused=record.total is None)
    if record.total is None:
        return shown
    return msgspec.structs.replace(
        shown,
        total=total_of(record.total, places),
        grade=record.total.grade or "",
        claimed=_claimed(record, places),
        errors=number_of(record.findings, "error"),
        warnings=number_of(record.findings, "warning"),
    )


def workbook_shown(outcome: Outcome) -> Mapping[str, Any]:
    """Score table and findings of one workbook; a refused one has only the reason."""
    record = outcome.record
    standard = load_standard(outcome.standard) if outcome.standard else None
    places = _places(outcome)
    return {
        "record": record,
        "name": _name(record),
        "standard": standard,
        "total": total_of(record.total, places) if record.total else "",
        "claimed": _claimed(record, places),
        "errors": number_of(record.findings, "error"),
        "warnings": number_of(record.findings, "warning"),
        "sections": score_table(record, standard) if standard else (),
        "sheets": by_sheet(record.findings),
    }


def _name(record: Record) -> str:
    return record.unit_name or "（未识别单位）"


def _places(outcome: Outcome) -> int:
    """Decimals of scores by the standard; of a refused workbook there are none to write."""
    return load_standard(outcome.standard).rounding.places if outcome.standard else 0


def _claimed(record: Record, places: int) -> str:
    own = record.total.self if record.total else None
    return BLANK if own is None else points(Fraction(own), places)
