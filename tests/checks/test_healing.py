"""Of a workbook with very many findings nobody asks which of them follow from which."""

from __future__ import annotations

import pytest

from tests.checks.test_own_rows import filled
from workbook_tools.checks import Finding, check, healing
from workbook_tools.scoring import evaluate


def told() -> list[Finding]:
    """A row whose points were mistyped: the sum is told there, and all else follows."""
    made = filled({2: {"points": 1}})
    return [one for one in check(made, evaluate(made)) if one.name != "erratum"]


@pytest.mark.parametrize("beyond", [False, True])
def test_what_follows_from_a_sum_is_asked_of_so_many_findings(
    beyond: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = filled({2: {"points": 1}})
    count = len(check(made, evaluate(made)))
    monkeypatch.setattr(healing, "_MANY", count - beyond)

    (points,) = [one for one in told() if one.name == "row-points-differ"]
    (row,) = [one for one in told() if one.name == "self-score-out-of-range"]

    assert points.cell == ("L200" if beyond else "L202")
    assert bool(row.causes) == (not beyond)
