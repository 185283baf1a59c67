"""Findings as a person works through them: by sheet, the worst first, effects under their cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from workbook_tools.checks import Finding, kinds
from workbook_tools.checks.telling import told
from workbook_tools.standard.severity import SEVERITY_NAMES, SEVERITY_ORDER, Severity

_FILE = "整个文件"


class Item(msgspec.Struct, frozen=True):
    """One finding; ``under``: it follows from the one before it."""

    severity: Severity
    label: str
    code: str
    title: str
    cell: str
    text: str
    under: bool


class SheetItems(msgspec.Struct, frozen=True):
    """What was found on one sheet, and how much of each severity."""

    sheet: str
    counts: str
    items: tuple[Item, ...]


def by_sheet(findings: Sequence[Finding]) -> tuple[SheetItems, ...]:
    """The findings by sheet; the sheet with the worst one comes first."""
    titles = {kind.code: kind.title for kind in kinds()}
    sheets: dict[str, list[Item]] = {}
    above = ""
    for one in told(findings):
        finding = one.finding
        sheet = finding.sheet or _FILE
        item = Item(
            severity=finding.severity,
            label=SEVERITY_NAMES[finding.severity],
            code=finding.code,
            title=titles[finding.code],
            cell=finding.cell,
            text=one.text,
            under=one.under and sheet == above,
        )
        above = sheet
        sheets.setdefault(sheet, []).append(item)
    listed = [SheetItems(sheet, counts(items), tuple(items)) for sheet, items in sheets.items()]
    return tuple(sorted(listed, key=lambda one: min(_worth(item) for item in one.items)))


def number_of(findings: Sequence[Finding], severity: Severity) -> int:
    """How many there are of this severity."""
    return sum(one.severity == severity for one in findings)


def changed(before: Sequence[Finding], now: Sequence[Finding]) -> tuple[int, int]:
    """How many errors and warnings of an earlier version are cured, and how many are new."""
    then, here = (
        Counter((one.code, one.sheet, one.field) for one in found if one.severity != "info")
        for found in (before, now)
    )
    return (then - here).total(), (here - then).total()


def counts(items: Sequence[Item]) -> str:
    """``错误 3，警告 1``."""
    number = Counter(item.severity for item in items)
    return "，".join(f"{name} {number[key]}" for key, name in SEVERITY_NAMES.items() if number[key])


def _worth(item: Item) -> int:
    return SEVERITY_ORDER[item.severity]
