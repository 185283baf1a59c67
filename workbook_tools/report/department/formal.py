"""What of an evaluation may stand as fact in a report that is signed and sent.

A figure that cannot be used, or that seems to be in 元, is no fact: the formal edition says that it
is still to be put right, and nothing that is reckoned from it. The working edition shows what
stands in the cell, and why it is none.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from workbook_tools.checks import Finding
from workbook_tools.checks.units import UNIT_LOOKS_WRONG
from workbook_tools.report.department.facts import PENDING
from workbook_tools.scoring import Evaluation
from workbook_tools.scoring.quantities import quantities
from workbook_tools.submission import Entry, Row


def sayable(evaluation: Evaluation, findings: Sequence[Finding]) -> Evaluation:
    """The evaluation with ``资料待更正`` in place of every entry that is no fact."""
    submission = evaluation.submission
    doubtful = {one.field for one in findings if one.name == UNIT_LOOKS_WRONG}
    doubtful |= evaluation.excluded
    told = msgspec.structs.replace(
        submission,
        entries={
            field: _pending(entry) if field in doubtful else _told(entry)
            for field, entry in submission.entries.items()
        },
        tables={table: tuple(map(_told_row, rows)) for table, rows in submission.tables.items()},
    )
    return msgspec.structs.replace(evaluation, submission=told, quantities=quantities(told))


def _told_row(row: Row) -> Row:
    entries = {column: _told(entry) for column, entry in row.entries.items()}
    return msgspec.structs.replace(row, entries=entries)


def _told(entry: Entry) -> Entry:
    return entry if entry.blank or entry.value is not None else _pending(entry)


def _pending(entry: Entry) -> Entry:
    return msgspec.structs.replace(entry, value=PENDING, raw=PENDING, problem=None)
