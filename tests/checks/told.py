"""told.md: every finding of every case, word for word, as people read it.

``python -m tests.checks.told > tests/checks/told.md`` after a change of wording; the difference is
then read like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.checks.builder import Change, findings
from tests.checks.test_cases import CASES
from tests.checks.test_own_rows import ROW_CASES, filled
from workbook_tools.checks import Finding, check
from workbook_tools.scoring import evaluate

_DIGEST = re.compile("[0-9a-f]{64}")


def page() -> str:
    """The text of told.md."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# What is told, case by case"
    yield "\nMade by `tests/checks/told.py`. Errata stand in every workbook; they are told once."
    yield from _case("nothing is changed", findings(Change()))
    for case in CASES:
        yield from _case(case.name, _without_errata(findings(case.change)))
    for row_case in ROW_CASES:
        made = filled(row_case.rows)
        yield from _case(f"own rows: {row_case.name}", _without_errata(check(made, evaluate(made))))


def _without_errata(found: list[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.name != "erratum"]


def _case(name: str, found: list[Finding]) -> Iterator[str]:
    yield f"\n## {name}\n"
    for one in found:
        place = f"{one.sheet}!{one.cell}" if one.sheet else "文件"
        yield f"- {one.code} {one.severity} {place} `{one.field}` {one.message}"
        if one.expected or one.actual:
            expected = _DIGEST.sub("一串校验码", one.expected)
            yield f"  - 应为 `{expected}`，现为 `{one.actual}`"
        if one.causes:
            causes = "、".join(f"{each.code} {each.sheet}!{each.cell}" for each in one.causes)
            yield f"  - 由 {causes} 引起"


if __name__ == "__main__":
    print(page(), end="")
