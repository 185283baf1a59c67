"""What the pages of a batch and of a workbook show."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import msgspec

from workbook_tools.assessment import Record
from workbook_tools.consolidation import NOTICE_NAMES
from workbook_tools.desk.alone.batch import Batch, Taken
from workbook_tools.desk.finding_list import by_sheet, number_of
from workbook_tools.desk.score_table import BLANK, score_table, total_of
from workbook_tools.figures import points
from workbook_tools.standard import load_standard


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the list of results."""

    name: str
    path: str
    refused: bool
    total: str = ""
    grade: str = ""
    claimed: str = ""
    errors: int = 0
    warnings: int = 0


def batch_shown(batch: Batch) -> Mapping[str, Any]:
    """The list of results, how many of each, and who is missing."""
    statuses = [one.outcome.record.status for one in batch.taken]
    notices = [
        (NOTICE_NAMES[one.kind], one.reason, one.unit_name or batch.round.shown(one.path))
        for one in batch.round.notices
    ]
    return {
        "batch": batch,
        "entries": [_entry(one.outcome.record) for one in batch.taken],
        "clean": statuses.count("clean"),
        "found": statuses.count("findings"),
        "refused": statuses.count("refused"),
        "missing": (
            sum(one.kind == "missing" for one in batch.round.notices) if batch.roster else None
        ),
        "notices": notices,
    }


def workbook_shown(taken: Taken) -> Mapping[str, Any]:
    """Score table and findings of one workbook; a refused one has only the reason."""
    record = taken.outcome.record
    standard = load_standard(taken.outcome.standard) if taken.outcome.standard else None
    return {
        "record": record,
        "name": _name(record),
        "standard": standard,
        "total": total_of(record.total) if record.total else "",
        "claimed": _claimed(record),
        "errors": number_of(record.findings, "error"),
        "warnings": number_of(record.findings, "warning"),
        "sections": score_table(record, standard) if standard else (),
        "sheets": by_sheet(record.findings),
    }


def _entry(record: Record) -> Entry:
    entry = Entry(name=_name(record), path=record.path, refused=record.total is None)
    if record.total is None:
        return entry
    return msgspec.structs.replace(
        entry,
        total=total_of(record.total),
        grade=record.total.grade or "",
        claimed=_claimed(record),
        errors=number_of(record.findings, "error"),
        warnings=number_of(record.findings, "warning"),
    )


def _name(record: Record) -> str:
    return record.unit_name or "（未识别单位）"


def _claimed(record: Record) -> str:
    own = record.total.self if record.total else None
    return BLANK if own is None else points(Fraction(own))
