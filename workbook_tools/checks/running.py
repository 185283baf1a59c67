"""Run every check on a submission and put the findings in the order of the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from workbook_tools.checks.case import Case
from workbook_tools.checks.causes import with_causes
from workbook_tools.checks.contents import contents
from workbook_tools.checks.finding import Finding
from workbook_tools.checks.healing import Healing
from workbook_tools.checks.registry import checks, kind
from workbook_tools.checks.runs import told_together
from workbook_tools.checks.untouched import blank_template
from workbook_tools.ooxml.address import from_a1
from workbook_tools.scoring.model import Evaluation
from workbook_tools.standard.model import Standard
from workbook_tools.standard.severity import SEVERITY_ORDER
from workbook_tools.submission.model import Submission

_LONGEST = 3000
"""Characters of a text in a finding; the longest formula of the template has a thousand."""
_ASK_FOR_CONTENT = frozenset(
    {"unnamed-row", "deduction-without-reason", "evidence-missing", "na-without-reason"}
)
"""What says of a cell that something is to be written into it, whether it has blanks or not."""


def check(submission: Submission, evaluation: Evaluation) -> list[Finding]:
    """All findings of a submission, in the order of its sheets, rows and columns.

    In a cell the worst comes first; findings about the file come before all others. Of a template
    that nobody filled in there is only that to say, and what travels in the file.

    Raises :class:`~workbook_tools.checks.registry.UnknownFindingError` when the standard names a
    kind of finding that does not exist.
    """
    _know_all_kinds(submission.standard)
    case = Case(submission, evaluation)
    sheets = {title: number for number, title in enumerate(submission.origin.sheets)}
    healing = Healing(case, _raised)
    found = healing.well_placed(_raised(case))
    found.sort(key=lambda finding: _place(finding, sheets))
    return told_together(case, with_causes(case, found, healing.healed(found)))


def _raised(case: Case) -> list[Finding]:
    each = (blank_template, contents) if case.untouched else checks().values()
    found = [_short(finding) for one in each for finding in one(case)]
    asked = {(one.sheet, one.cell) for one in found if one.name in _ASK_FOR_CONTENT}
    return [one for one in found if one.name != "only-blanks" or (one.sheet, one.cell) not in asked]


def _short(finding: Finding) -> Finding:
    """The finding without what nobody would read of the megabytes that a cell may hold."""
    texts = {name: getattr(finding, name) for name in ("expected", "actual", "message")}
    long = {name: text for name, text in texts.items() if text and len(text) > _LONGEST}
    if not long:
        return finding
    cut = {name: f"{text[:_LONGEST]}……（共 {len(text)} 个字符）" for name, text in long.items()}
    return msgspec.structs.replace(finding, **cut)


@lru_cache(maxsize=16)
def _know_all_kinds(standard: Standard) -> None:
    for one in standard.cross_checks:
        kind(one.finding)
    for table in standard.tables:
        for rule in table.row_checks:
            kind(rule.finding)


def _place(finding: Finding, sheets: Mapping[str, int]) -> tuple[int, int, int, int, str]:
    sheet = sheets.get(finding.sheet, len(sheets)) if finding.sheet else -1
    row, column = from_a1(finding.cell) if finding.cell else (0, 0)
    return sheet, row, column, SEVERITY_ORDER[finding.severity], finding.code
