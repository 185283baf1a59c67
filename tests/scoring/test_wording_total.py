"""What is said of a total in which more than the indicators' points had a say."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.submissions import submission
from workbook_tools.scoring import evaluate, explain_total
from workbook_tools.standard import load_standard

STANDARD = load_standard(Path(__file__).parents[2] / "docs" / "examples" / "qingling-2024.yaml")
PERFECT: dict[str, Any] = {
    "budget": 100,
    "spent": 100,
    "cost_budget": 10,
    "cost": 10,
    "late": 0,
    "returned": 0,
    "diverted": 0,
    "satisfaction_target": Fraction("0.9"),
    "satisfaction": Fraction("0.95"),
    "awards": 0,
    "audit_cases": 0,
}
ROWS = [
    {"name": kind, "category": kind, "nature": "≥", "target": 10, "actual": 10, "points": points}
    for kind, points in (("产出", 40), ("效益", 20), ("质量", 10))
]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        (
            {"awards": 2, "audit_cases": 1},
            "各项指标得分合计 100.00 分；表彰加分 ＋2 分；审计扣分 －2 分",
        ),
        ({"spent": 76}, "各项指标得分合计 97.60 分；预算执行率 76.00%，总分最高 89.00 分"),
        ({"awards": None}, "各项指标得分合计 100.00 分；表彰加分没有填写，无法计算"),
        (
            {"na_satisfied": "是", "awards": 4, "spent": 50},
            "各项指标得分合计 90.00 分；不涉及的 10 分分摊到其他指标，其余得分 × 100 ÷ 90；"
            "表彰加分 ＋3 分；预算执行率 50.00%，总分最高 69.00 分",
        ),
    ],
)
def test_what_was_added_and_what_holds_it_down(changes: dict[str, Any], said: str) -> None:
    given = {name: value for name, value in {**PERFECT, **changes}.items() if value is not None}
    assert explain_total(evaluate(submission(given, {"own": ROWS}, STANDARD))) == said
