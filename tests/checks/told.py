"""told.md: every finding of every case, word for word, as people read it.

``python -m tests.checks.told > tests/checks/told.md`` after a change of wording; the difference is
then read like any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from tests.checks.builder import Change, findings
from tests.checks.test_cases import CASES
from tests.checks.test_own_rows import ROW_CASES, RowCase, filled
from workbook_tools.checks import Finding, check
from workbook_tools.scoring import evaluate

_DIGEST = re.compile("[0-9a-f]{64}")


def _changed(change: Change) -> list[Finding]:
    return _without_errata(findings(change))


def _in_own_rows(case: RowCase) -> list[Finding]:
    made = filled(case.rows, case.values)
    return _without_errata(check(made, evaluate(made)))


TOLD: dict[str, Callable[[], list[Finding]]] = {
    "nothing is changed": partial(findings, Change()),
    **{case.name: partial(_changed, case.change) for case in CASES},
    **{f"own rows: {case.name}": partial(_in_own_rows, case) for case in ROW_CASES},
}
"""What is found in each case; errata stand in every workbook and are told in the first only."""


def page() -> str:
    """The text of told.md."""
    head = "# What is told, case by case\n\nMade by `tests/checks/told.py`.\n"
    return head + "".join(section(name) for name in TOLD)


def section(name: str) -> str:
    """What is told in one case, as it stands in told.md."""
    return "".join(f"{line}\n" for line in _lines(name, TOLD[name]()))


def _without_errata(found: list[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.name != "erratum"]


def _lines(name: str, found: list[Finding]) -> Iterator[str]:
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
