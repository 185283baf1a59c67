"""What is told in each case stands word for word in told.md, for people to read."""

from __future__ import annotations

from pathlib import Path

from tests.checks.told import page


def test_every_finding_is_told_as_written() -> None:
    written = Path(__file__).with_name("told.md").read_text(encoding="utf-8")
    assert page() == written, "python -m tests.checks.told > tests/checks/told.md"
