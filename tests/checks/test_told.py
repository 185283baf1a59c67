"""What is told in each case stands word for word in told.md, for people to read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.checks.told import TOLD, section

PAGE = Path(__file__).with_name("told.md").read_text(encoding="utf-8")
HOW = "python -m tests.checks.told > tests/checks/told.md"


@pytest.mark.parametrize("name", TOLD)
def test_every_finding_is_told_as_written(name: str) -> None:
    written = re.search(rf"\n## {re.escape(name)}\n.*?(?=\n## |\Z)", PAGE, re.DOTALL)
    assert written is not None, HOW
    assert section(name) == written[0], HOW


def test_the_page_has_each_case_once() -> None:
    assert re.findall(r"^## (.*)$", PAGE, re.MULTILINE) == list(TOLD), HOW
