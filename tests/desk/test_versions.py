"""What a new version of a workbook cured, and what is new in it."""

from __future__ import annotations

import pytest

from samples.data import HERE
from workbook_tools import assess
from workbook_tools.desk.office.showing import changed

pytestmark = [pytest.mark.slow, pytest.mark.covers]

FOUND = assess(HERE / "water-2020.xlsx").findings
SERIOUS = [one for one in FOUND if one.severity != "info"]
HINTS = [one for one in FOUND if one.severity == "info"]


def test_errors_and_warnings_that_went_are_cured_and_those_that_came_are_new() -> None:
    assert len(SERIOUS) > 2
    assert changed(FOUND, FOUND) == (0, 0)
    assert changed(FOUND, SERIOUS[2:]) == (2, 0)
    assert changed(SERIOUS[2:], FOUND) == (0, 2)
    assert changed(SERIOUS[:1], SERIOUS[1:2]) == (1, 1)


def test_hints_are_neither() -> None:
    assert HINTS
    assert changed(SERIOUS, FOUND) == (0, 0)
    assert changed(FOUND, SERIOUS) == (0, 0)


def test_each_of_two_findings_that_are_alike_counts() -> None:
    assert changed([SERIOUS[0]] * 3, [SERIOUS[0]]) == (2, 0)
