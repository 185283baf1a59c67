"""Departments made up at random: every input, answer and table row of the shipped standard.

All tables are full (120 tasks, 40 indicators of its own, 40 projects). Amounts are whole 万元, so
that a whole set of them can be multiplied without breaking a sum or a ratio.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping

from workbook_tools.standard import Standard
from workbook_tools.standard.contract import NOT_APPLICABLE, check_id
from workbook_tools.standard.rules import Checklist
from workbook_tools.template import Filling

UNIT, CODE = "示例单位甲乙丙", "CODE00"
"""Stand in every text of a department; a workbook puts its own name and code in their place."""

_PRIORITY = 12  # tasks

Value = int | float | str | datetime.date
Row = Mapping[str, Value]


def department(standard: Standard, seed: int) -> Filling:
    """What department number ``seed`` enters, its self scores aside."""
    chance = random.Random(seed)
    money = _money(chance)
    values = {**_basics(), **money, **_counts(chance), **_narrative(), **_answers(standard, chance)}
    rows = {"tasks": _tasks(chance), "kpis": _kpis(chance), "projects": _projects(money)}
    return Filling(values=values, rows=rows)


def _basics() -> dict[str, Value]:
    return {
        "unit_name": UNIT,
        "unit_code": CODE,
        "supervising_department": "示例县人民政府",
        "scope": "本级",
        "fiscal_year": 2020,
        "functions": f"{UNIT}负责本领域的规划、实施、监督和服务，承担县委、县政府交办的其他工作。",
        "unit_head": "张三",
        "finance_head": "李四",
        "prepared_by": "王五",
        "phone": "0000-1234567",
        "prepared_on": datetime.date(2021, 3, 15),
        "assessment_source": "市级部门2020年度绩效考核（某考〔2021〕3号）",
        "survey_source": "2020年12月问卷调查",
        "exempt_basis": "示财预〔2020〕63号",
    }


def _money(chance: random.Random) -> dict[str, int]:
    basic, projects = chance.randint(900, 5000), chance.randint(1500, 20000)
    increase, decrease = chance.randint(0, 400), chance.randint(0, 200)
    means = basic + projects + increase - decrease
    spent = means * chance.randint(880, 1000) // 1000
    spent_basic = basic * chance.randint(95, 100) // 100
    before = chance.randint(600, 3000)
    funds, assets = basic // 8, chance.randint(500, 9000)
    procured = chance.randint(100, 900)
    money = {
        "budget_approved": basic + projects,
        "budget_basic": basic,
        "project_budget_total": projects,
        "project_budget_priority": projects * chance.randint(70, 100) // 100,
        "budget_increase": increase,
        "budget_decrease": decrease,
        "budget_restructured": chance.randint(0, 200),
        "budget_adjustment_exempt": increase // 2,
        "revenue_total": means,
        "expenditure_total": spent,
        "expenditure_basic": spent_basic,
        "expenditure_project": spent - spent_basic,
        "public_funds_budget": funds,
        "public_funds_actual": funds * chance.randint(95, 103) // 100,
        "carryover_previous": before,
        "carryover_current": before + means - spent,
        "procurement_budget": procured,
        "procurement_actual": procured * chance.randint(94, 100) // 100,
        "fixed_assets_total": assets,
        "fixed_assets_in_use": assets * chance.randint(93, 100) // 100,
    }
    for quarter in (1, 2, 3):
        money[f"payment_actual_q{quarter}"] = spent * quarter * chance.randint(22, 26) // 100
    money["payment_actual_q4"] = spent
    for kind in ("overseas", "vehicle_purchase", "vehicle_operation", "reception"):
        budget = chance.randint(2, 40)
        money[f"three_public_{kind}_previous_budget"] = budget + chance.randint(0, 3)
        money[f"three_public_{kind}_current_budget"] = budget
        money[f"three_public_{kind}_previous_actual"] = budget
        money[f"three_public_{kind}_current_actual"] = budget - chance.randint(0, 1)
    return money


def _counts(chance: random.Random) -> dict[str, Value]:
    quota, answers = chance.randint(20, 200), chance.randint(200, 900)
    return {
        "staff_quota": quota,
        "staff_actual": quota + chance.randint(-5, 2),
        "assessment_score": chance.randint(880, 1000) / 10,
        "assessment_full": 100,
        "priority_assigned": _PRIORITY,
        "survey_responses": answers,
        "survey_satisfied": answers * chance.randint(88, 100) // 100,
        **{f"payment_planned_q{quarter}": quarter / 4 for quarter in (1, 2, 3, 4)},
    }


def _narrative() -> dict[str, Value]:
    text = f"{UNIT}按照年度绩效目标推进各项工作，加强预算管理、资产管理和内部控制，"
    text += "对照扣分指标逐项分析原因，明确责任人和完成时间，定期通报进展。"
    topics = "goals management usage disclosure assets internal_control performance"
    topics += " priority_work problems improvements"
    return {f"narrative_{topic}": text * 3 for topic in topics.split()}


def _answers(standard: Standard, chance: random.Random) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for indicator in standard.indicators:
        found[f"evidence_{indicator.id}"] = f"{UNIT}档案〔2021〕{indicator.id}"
        found[f"reason_{indicator.id}"] = "按复算结果扣分。"
        if isinstance(indicator.rule, Checklist):
            for number, item in enumerate(indicator.rule.items, start=1):
                answer = "是" if chance.random() < 0.9 else "否"
                if item.may_be_na and chance.random() < 0.2:
                    answer = NOT_APPLICABLE
                found[check_id(indicator.id, number)] = answer
                found[f"basis_{indicator.id}_{number}"] = f"{UNIT}制度汇编第{number}号"
    return found


def _tasks(chance: random.Random) -> list[Row]:
    rows: list[Row] = []
    for number in range(1, 121):
        planned = chance.randint(1, 4)
        done: Value = min(4, planned + (chance.random() < 0.06)) if number % 40 else "未完成"
        rows.append(
            {
                "name": f"{UNIT}第{number}项年度工作任务",
                "quality_standard": "按期完成并通过验收",
                "planned_quarter": planned,
                "priority": "是" if number <= _PRIORITY else "否",
                "completed_quarter": done,
                "quality_met": "是" if done != "未完成" and chance.random() < 0.97 else "否",
                "evidence": f"{UNIT}验收单{number}号",
            }
        )
    return rows


def _kpis(chance: random.Random) -> list[Row]:
    rows: list[Row] = []
    for number in range(1, 41):
        category = ("经济效益", "社会效益", "生态效益")[number % 3]
        row: dict[str, Value] = {
            "name": f"{UNIT}指标{number}",
            "category": category,
            "unit": "项",
            "evidence": f"{UNIT}统计表{number}",
        }
        if number % 5:
            target = chance.randint(50, 500)
            row |= {"kind": "定量", "direction": "越大越好", "target": target}
            row["actual"] = target + chance.randint(-target // 8, 20)
        else:
            row |= {"kind": "定性", "degree": chance.randint(85, 100) / 100}
        rows.append(row)
    return rows


def _projects(money: Mapping[str, int]) -> list[Row]:
    return [
        {
            "name": f"{UNIT}项目{number}",
            "priority": "是" if number <= 10 else "否",
            "budget": money["project_budget_total"] // 50,
            "actual": money["expenditure_project"] // 50,
        }
        for number in range(1, 41)
    ]
