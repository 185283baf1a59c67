"""How many findings of each severity there are, counted and in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from workbook_tools.checks.finding import Finding
from workbook_tools.standard.severity import SEVERITY_NAMES, Severity


def severities(findings: Iterable[Finding]) -> Counter[Severity]:
    """How many findings of each severity."""
    return Counter(finding.severity for finding in findings)


def severities_in_words(
    number: Mapping[Severity, int], *, unit: str = " 条", between: str = "，", every: bool = False
) -> str:
    """How many of each severity, errors first: ``错误 3 条，警告 1 条``; "" where there are none.

    ``unit`` follows each number: "" where a heading says what is counted. ``every``: also those of
    which there are none, in documents that must say so.
    """
    return between.join(
        f"{name} {number.get(key, 0)}{unit}"
        for key, name in SEVERITY_NAMES.items()
        if every or number.get(key)
    )
