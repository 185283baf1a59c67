"""Of a workbook with very many findings nobody asks which of them follow from which."""

from __future__ import annotations

import pytest

from tests.checks.builder import Change, findings
from tests.checks.test_own_rows import filled
from workbook_tools.checks import Finding, check, healing
from workbook_tools.scoring import evaluate


def _mistyped() -> list[Finding]:
    """A row whose points were mistyped: the sum is told there."""
    made = filled({2: {"points": 1}})
    return check(made, evaluate(made))


def _spent() -> list[Finding]:
    """A total that is wrong in three relations: with the first of them the others go."""
    return findings(Change(fields={"expenditure_total": 1240}))


@pytest.mark.parametrize("beyond", [False, True])
def test_a_sum_is_told_at_its_row_unless_there_are_very_many_findings(
    beyond: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(healing, "_MANY", len(_mistyped()) - beyond)
    (points,) = [one for one in _mistyped() if one.name == "row-points-differ"]
    assert points.cell == ("L200" if beyond else "L202")


@pytest.mark.parametrize("beyond", [False, True])
def test_what_goes_with_a_figure_follows_from_it_unless_there_are_very_many_findings(
    beyond: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(healing, "_MANY", len(_spent()) - beyond)
    follow = [bool(one.causes) for one in _spent() if one.name == "figures-differ"]
    assert follow == [not beyond] * 2
