"""An invented department, each of whose scores a clerk can check on paper."""

from __future__ import annotations

from collections.abc import Container
from fractions import Fraction
from typing import Any

from openpyxl import Workbook

from workbook_tools.standard.contract import fields
from workbook_tools.standard.model import Standard
from workbook_tools.template import CellValue, Filling

_TASKS: list[tuple[int, int | str, str | None, str]] = [
    # planned quarter, completed quarter, quality met, priority
    (1, 1, "是", "是"),
    (1, 2, "是", "否"),
    (2, 2, "否", "是"),
    (2, 1, "是", "否"),
    (3, "未完成", None, "是"),
    (3, 3, "是", "否"),
    (3, 4, "是", "否"),
    (3, 3, "是", "否"),
]

_CHECKS: dict[str, str] = {
    "goal_soundness": "是是否",  # 1 + 0.5
    "goal_clarity": "是是是是",
    "budget_rules": "是是是",
    "fund_compliance": "是是N是否",  # 4 × 0.2
    "disclosure": "否是",  # 0.5
    "basic_information": "是是是",
    "asset_rules": "否是是",  # 1
    "asset_safety": "是是N是N",
}

_VALUES: dict[str, CellValue] = {
    "unit_name": "某县样例局（虚构）",
    "fiscal_year": 2020,
    "staff_quota": 50,
    "staff_actual": 54,  # 5 ÷ 1.08 = 4.63
    # 38 against 40: the change is −5 %, 5 points
    "three_public_overseas_previous_budget": 0,
    "three_public_vehicle_purchase_previous_budget": 0,
    "three_public_vehicle_operation_previous_budget": 25,
    "three_public_reception_previous_budget": 15,
    "three_public_overseas_current_budget": 0,
    "three_public_vehicle_purchase_current_budget": 0,
    "three_public_vehicle_operation_current_budget": 24,
    "three_public_reception_current_budget": 14,
    "three_public_overseas_current_actual": 0,
    "three_public_vehicle_purchase_current_actual": 0,
    "three_public_vehicle_operation_current_actual": 25,
    "three_public_reception_current_actual": Fraction(139, 10),  # 38.9 ÷ 38 = 102.4 %: −2 × 0.5
    "project_budget_total": 0,
    "project_budget_priority": 0,  # no projects: full
    "budget_approved": 1000,
    "expenditure_total": 990,  # 4 × 0.99 = 3.96
    "budget_increase": 150,
    "budget_decrease": 50,
    "budget_restructured": 0,
    "budget_adjustment_exempt": 20,  # 2 × (1 − 0.18) = 1.64
    # against 1,100: 25 % met exactly, 50 % missed by one, 75 % met, the year's end missed
    "payment_actual_q1": 275,
    "payment_actual_q2": 549,
    "payment_actual_q3": 825,
    "payment_actual_q4": 1099,  # 0.25 + 0.25
    "carryover_previous": 100,
    "carryover_current": 125,  # 10 points of percentage beyond 15 %: 4 − 2
    "public_funds_budget": 0,
    "public_funds_actual": 1,  # something without a budget: nothing
    "procurement_budget": 200,
    "procurement_actual": 195,  # 97.5 %: two whole steps, 4 − 2 × 0.5
    "fixed_assets_total": 300,
    "fixed_assets_in_use": 297,  # 99 %: 1 − 0.1
    "assessment_score": 93,
    "assessment_full": 100,  # 8 × 0.93 = 7.44
    "priority_assigned": 4,  # two of four done: 5
    "survey_responses": 400,
    "survey_satisfied": 383,  # 5 × 0.9575 = 4.7875: 4.79
    "na_ecological_benefit": "是",
}

_KPIS: list[dict[str, CellValue]] = [
    {"category": "经济效益", "kind": "定量", "direction": "越大越好", "target": 200, "actual": 190},
    {"category": "经济效益", "kind": "定量", "direction": "越小越好", "target": 9, "actual": 10},
    {"category": "社会效益", "kind": "定性", "degree": Fraction(9, 10)},
    {"category": "社会效益", "kind": "定量", "direction": "越大越好", "target": 3, "actual": 7},
]

SCORES: dict[str, float] = {
    "goal_soundness": 1.5,
    "goal_clarity": 3,
    "staff_control": 4.63,
    "three_public_change": 5,
    "priority_spending": 5,
    "budget_completion": 3.96,
    "budget_adjustment": 1.64,
    "payment_progress": 0.5,
    "carryover_control": 2,
    "public_funds_control": 0,
    "three_public_control": 1,
    "procurement_execution": 3,
    "budget_rules": 2,
    "fund_compliance": 0.8,
    "disclosure": 0.5,
    "basic_information": 1,
    "asset_rules": 1,
    "asset_safety": 2,
    "asset_utilization": 0.9,
    "actual_completion": 7.44,
    "timely_completion": 3,  # 1/2 + 2/2 + 2/4 + nothing due in the fourth quarter
    "quality_rate": 6,  # 6 of 8
    "priority_completion": 5,
    "economic_benefit": 4.63,  # 5 × (0.95 + 0.9) ÷ 2 = 4.625
    "social_benefit": 4.75,  # 5 × (0.9 + 1) ÷ 2
    "ecological_benefit": 5,
    "satisfaction": 4.79,
}

FILLED = Filling(
    values=_VALUES
    | {f"self_{indicator}": Fraction(str(score)) for indicator, score in SCORES.items()}
    | {
        f"check_{indicator}_{number}": "不涉及" if answer == "N" else answer
        for indicator, answers in _CHECKS.items()
        for number, answer in enumerate(answers, start=1)
    },
    rows={
        "tasks": [
            {
                "name": f"任务{number}",
                "planned_quarter": planned,
                "completed_quarter": completed,
                "quality_met": quality,
                "priority": priority,
            }
            for number, (planned, completed, quality, priority) in enumerate(_TASKS, start=1)
        ],
        "kpis": [{"name": f"指标{number}", **row} for number, row in enumerate(_KPIS, start=1)],
    },
)


def filled_in_yuan(standard: Standard, known: Container[str] = ()) -> Filling:
    """The same department with every amount in 元, but for the fields that are ``known``."""
    money = {one.id for one in fields(standard).values() if one.type == "money"}
    values = {
        field: value * 10_000 if field in money and isinstance(value, int | Fraction) else value
        for field, value in FILLED.values.items()
        if field not in known
    }
    return Filling(values=values, rows=FILLED.rows)


def input_cell(book: Workbook, field: str) -> Any:
    """The cell of an input in a workbook of ours."""
    ((title, place),) = book.defined_names[f"in_{field}"].destinations
    return book[title][place.replace("$", "")]
