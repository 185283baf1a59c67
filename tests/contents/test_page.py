"""docs/security.md names guards and tests that there are, and the codes of what is carried."""

from __future__ import annotations

import re
from pathlib import Path

from tests.contents.test_found import KINDS
from workbook_tools.checks import kind

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def test_tests_and_modules_are_there() -> None:
    rows = [line.strip("|").split("|") for line in PAGE.splitlines() if line.startswith("| ")]
    threats = [row for row in rows if len(row) == 3 and "/" in row[2]]
    assert len(threats) > 25
    for _, guard, tests in threats:
        for name in re.findall(r"`([^`]+)`", tests):
            assert (ROOT / "tests" / name).exists(), name
        for name in re.findall(r"`([\w/]+(?:\.py|/))`", guard):
            assert (ROOT / "workbook_tools" / name).exists(), name


def test_what_is_carried_is_named_by_its_code() -> None:
    last = int(max(kind(name).code for name in KINDS)[2:])
    assert {kind(name).code for name in KINDS} == {"WB106", "WB107"} | {
        f"WB{number}" for number in range(113, last + 1)
    }
    assert f"WB106, WB107 and WB113 to WB{last}" in PAGE
