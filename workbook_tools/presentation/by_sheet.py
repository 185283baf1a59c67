"""Findings as a person works through them: by sheet, the worst first, effects under their cause."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from workbook_tools.checks import kinds
from workbook_tools.checks.finding import Finding
from workbook_tools.presentation.severities import severities, severities_in_words
from workbook_tools.presentation.telling import UNDER, told
from workbook_tools.standard.severity import SEVERITY_NAMES, SEVERITY_ORDER

WHOLE_FILE = "整个文件"
"""Where a finding stands that is about no sheet."""


class ListedFinding(msgspec.Struct, frozen=True):
    """A finding with the name of its severity, the title of its kind and its whole text.

    ``under``: it follows from one above it on the same sheet.
    """

    finding: Finding
    severity: str
    title: str
    text: str
    under: bool

    @property
    def listed(self) -> str:
        """The text as it stands in a list."""
        return f"{UNDER}{self.text}" if self.under else self.text


class SheetFindings(msgspec.Struct, frozen=True):
    """What was found on one sheet, and how much of each severity: ``错误 3，警告 1``."""

    sheet: str
    counts: str
    items: tuple[ListedFinding, ...]


def by_sheet(findings: Sequence[Finding]) -> tuple[SheetFindings, ...]:
    """The findings by sheet; the sheet with the worst one comes first."""
    titles = {kind.code: kind.title for kind in kinds()}
    sheets: dict[str, list[ListedFinding]] = {}
    for one in told(findings):
        finding = one.finding
        sheet = finding.sheet or WHOLE_FILE
        item = ListedFinding(
            finding=finding,
            severity=SEVERITY_NAMES[finding.severity],
            title=titles[finding.code],
            text=one.text,
            under=one.cause is not None and one.cause.sheet == finding.sheet,
        )
        sheets.setdefault(sheet, []).append(item)
    listed = [SheetFindings(sheet, _counts(items), tuple(items)) for sheet, items in sheets.items()]
    return tuple(sorted(listed, key=lambda one: min(_rank(item) for item in one.items)))


def _counts(items: Sequence[ListedFinding]) -> str:
    return severities_in_words(severities(item.finding for item in items), unit="")


def _rank(item: ListedFinding) -> int:
    return SEVERITY_ORDER[item.finding.severity]
