"""The sentences under each score: exact, in order, and true on paper."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import load_cases
from tests.scoring.sentences import QUARTERS, STANDARD, sentence, with_rule
from workbook_tools.standard.naming import name_of
from workbook_tools.standard.rules import Proportion


@pytest.mark.parametrize(
    ("indicator", "values", "expected"),
    [
        (
            "staff_control",
            {"staff_actual": 54, "staff_quota": 50},
            "在职人员数 54 ÷ 编制数 50 = 108.00% ＞ 100%，5 ÷ 108.00% = 4.63 分",
        ),
        (
            "staff_control",
            {"staff_actual": 48, "staff_quota": 50},
            "在职人员数 48 ÷ 编制数 50 = 96.00% ≤ 100%，得满分 5 分",
        ),
        (
            "budget_completion",
            {"expenditure_total": 999.99, "budget_approved": 1000},
            "本年支出合计 999.99 ÷ 年初批复预算数 1,000 = 99.999% ＜ 100%，4 × 99.999% = 4.00 分",
        ),
        (
            "budget_adjustment",
            {
                "budget_approved": 1000,
                "budget_increase": 1500,
                "budget_decrease": 0,
                "budget_restructured": 0,
                "budget_adjustment_exempt": 0,
            },
            "（追加 1,500 ＋ 追减 0 ＋ 结构调整 0 － 不计入考核的调整 0）÷ 年初批复预算数 1,000"
            " = 150.00% ＞ 0%，1 － 150.00% 小于 0，扣完为止，得 0.00 分",
        ),
        (
            "carryover_control",
            {"carryover_previous": 100, "carryover_current": 124.99},
            "（本年结转结余 124.99 － 上年结转结余 100）÷ 上年结转结余 100 = 24.99% ＞ 15%，"
            "高出 9.99 个百分点，每 5 个百分点扣 1 分（不足 5 个百分点的不扣），"
            "扣 1 × 1 = 1 分，4 － 1 = 3.00 分",
        ),
        (
            "carryover_control",
            {"carryover_previous": 0, "carryover_current": 10},
            "（本年结转结余 10 － 上年结转结余 0）÷ 上年结转结余 0，"
            "除数为 0，而被除数不为 0，得 0.00 分",
        ),
        (
            "carryover_control",
            {"na_carryover_control": "是"},
            "本单位申报不涉及该指标，按满分 4 分计（待财政部门复核）",
        ),
        (
            "procurement_execution",
            {"procurement_budget": 100, "procurement_actual": 99.27},
            "实际政府采购 99.27 ÷ 政府采购预算 100 = 99.27% ＜ 100%，"
            "低了 0.73 个百分点，每 1 个百分点扣 0.5 分（不足 1 个百分点的不扣），得满分 4 分",
        ),
        (
            "procurement_execution",
            {"procurement_budget": 100, "procurement_actual": 50},
            "实际政府采购 50 ÷ 政府采购预算 100 = 50.00% ＜ 100%，"
            "低了 50.00 个百分点，每 1 个百分点扣 0.5 分（不足 1 个百分点的不扣），"
            "扣 50 × 0.5 = 25 分，扣完为止，得 0.00 分",
        ),
        (
            "priority_spending",
            {"project_budget_priority": 0, "project_budget_total": 0},
            "重点项目预算 0 ÷ 项目支出预算 0，除数为 0，视为不涉及，按满分 5 分计",
        ),
        (
            "actual_completion",
            {"assessment_score": 102.5, "assessment_full": 100},
            "考核得分 102.5 ÷ 考核满分 100 = 102.50%，超过 100%，得满分 8 分",
        ),
        (
            "satisfaction",
            {"satisfaction_rate": 0.923},
            "满意率 92.30%，5 × 92.30% = 4.62 分",
        ),
        (
            "fund_compliance",
            {
                "check_fund_compliance_1": "是",
                "check_fund_compliance_2": "否",
                "check_fund_compliance_3": "不涉及",
                "check_fund_compliance_4": "是",
                "check_fund_compliance_5": "是",
            },
            "第1项 0.2 分 ＋ 第2项 0 分 ＋ 第3项 0.2 分（不涉及） ＋ 第4项 0.2 分"
            " ＋ 第5项 0.2 分 = 0.80 分",
        ),
        (
            "payment_progress",
            {
                **QUARTERS,
                "budget_approved": 1000,
                "budget_increase": 200,
                "budget_decrease": 0,
                "payment_actual_q1": 299.99,
                "payment_actual_q2": 600,
                "payment_actual_q3": 900,
                "payment_actual_q4": 1210,
            },
            "调整后预算数 1,200；年终 1,210 ÷ 1,200 = 100.83% ≥ 100%，得 1 分；"
            "第一季度 299.99 ÷ 1,200 = 24.999% ＜ 25%，得 0 分；"
            "第二季度 600 ÷ 1,200 = 50.00% ≥ 50%，得 0.25 分；"
            "第三季度 900 ÷ 1,200 = 75.00% ≥ 75%，得 0.25 分；"
            "第四季度 1,210 ÷ 1,200 = 100.83% ≥ 100%，得 0.25 分；合计 1.75 分",
        ),
    ],
)
def test_sentence(indicator: str, values: dict[str, Any], expected: str) -> None:
    assert sentence(indicator, values) == expected


def test_sentence_of_tasks_and_of_indicators_of_ones_own() -> None:
    tasks = [
        {"name": "甲", "planned_quarter": 1, "completed_quarter": 1},
        {"name": "乙", "planned_quarter": 1, "completed_quarter": 2},
        {"name": "丙", "planned_quarter": 4, "completed_quarter": 4},
    ]
    assert sentence("timely_completion", {}, {"tasks": tasks}) == (
        "第一季度 1 ÷ 2，得 0.5 分；第二季度 没有计划，得 1 分；第三季度 没有计划，得 1 分；"
        "第四季度 1 ÷ 1，得 1 分；合计 3.50 分"
    )
    kpis = [{"name": "方便群众", "category": "社会效益", "kind": "定性", "degree": 0.9}]
    assert sentence("social_benefit", {}, {"kpis": kpis}) == (
        "社会效益实现程度 90.00%，5 × 90.00% = 4.50 分"
    )


@pytest.mark.parametrize(
    ("indicator", "values", "tables", "expected"),
    [
        (
            "staff_control",
            {"staff_actual": 54},
            {},
            "没有填写“编制数”，得不出“在职人员数 ÷ 编制数”，无法计算",
        ),
        (
            "staff_control",
            {"staff_actual": "５４"},
            {},
            "没有填写“编制数”，“在职人员数”填写有误，不能使用，"
            "得不出“在职人员数 ÷ 编制数”，无法计算",
        ),
        (
            "staff_control",
            {"staff_actual": 54, "staff_quota": 0},
            {},
            "“编制数”为 0，不能作除数，得不出“在职人员数 ÷ 编制数”，无法计算",
        ),
        (
            "satisfaction",
            {"satisfaction_rate": "95％"},
            {},
            "“满意率”填写有误，不能使用，得不出“满意答卷 ÷ 有效答卷（或公布的满意率）”，无法计算",
        ),
        (
            "satisfaction",
            {},
            {},
            "没有填写“满意答卷”、“有效答卷”，也没有填写“满意率”，"
            "得不出“满意答卷 ÷ 有效答卷（或公布的满意率）”，无法计算",
        ),
        ("timely_completion", {}, {}, "“年度工作任务”表没有填写，无法计算"),
        ("quality_rate", {}, {}, "“年度工作任务”表没有填写，无法计算"),
        (
            "quality_rate",
            {},
            {"tasks": [{"name": "甲", "completed_quarter": 1}]},
            "“年度工作任务”表的 H200（是否达到质量标准）没有填写或不能使用，"
            "得不出“质量达标工作数”，无法计算",
        ),
        (
            "economic_benefit",
            {},
            {"kpis": [{"name": "甲", "category": "社会效益", "kind": "定性", "degree": 1}]},
            "“个性指标”表没有“经济效益”的行，得不出“经济效益实现程度”，无法计算",
        ),
    ],
)
def test_what_lacks_is_named_as_the_sheet_names_it(
    indicator: str, values: dict[str, Any], tables: dict[str, Any], expected: str
) -> None:
    assert sentence(indicator, values, tables) == expected


def test_a_sum_that_lacks_a_term_names_the_term() -> None:
    four = ("overseas", "vehicle_purchase", "vehicle_operation", "reception")
    values: dict[str, Any] = {
        f"three_public_{kind}_{year}_budget": 1 for kind in four for year in ("previous", "current")
    }
    values["three_public_reception_previous_budget"] = None
    assert sentence("three_public_change", values) == (
        "没有填写“公务接待费—上年预算数”，"
        "得不出（本年“三公经费”预算 － 上年“三公经费”预算）÷ 上年“三公经费”预算，无法计算"
    )


TASK = {"name": "甲", "planned_quarter": 1, "completed_quarter": 1, "priority": "否"}
TASKS = "“年度工作任务”表"


@pytest.mark.parametrize(
    ("measure", "rows", "expected"),
    [
        ("tasks_quality_met / tasks_done", [], f"{TASKS}没有填写"),
        (
            "tasks_on_time / tasks_done",
            [{**TASK, "quality_met": "是", "completed_quarter": None}],
            f"{TASKS}的 G200（实际完成季度）没有填写或不能使用，得不出“实际完成工作数”等",
        ),
        (
            "tasks_quality_met / tasks_done",
            [{**TASK, "quality_met": None}],
            f"{TASKS}的 H200（是否达到质量标准）没有填写或不能使用，得不出“质量达标工作数”",
        ),
        (
            "tasks_done / tasks_priority",
            [{**TASK, "quality_met": "是"}],
            "“列出的重点工作数”为 0，不能作除数，得不出“质量达标工作数 ÷ 计划工作数”",
        ),
    ],
)
def test_what_lacks_in_a_table_or_is_zero_in_it(
    measure: str, rows: list[dict[str, Any]], expected: str
) -> None:
    standard = with_rule("quality_rate", Proportion(), measure=measure, needs_rows=())
    written = sentence("quality_rate", {}, {"tasks": rows}, standard)
    assert written == f"{expected}，无法计算"


def test_rounding_for_display_never_hides_a_difference_that_counts() -> None:
    """With 2 decimals each of these would seem to be at the limit, or to cost another amount."""
    one_step = sentence(
        "public_funds_control", {"public_funds_budget": 3, "public_funds_actual": 3.029999}
    )
    assert "= 100.99997% ＞ 100%，高出 0.99997 个百分点" in one_step
    assert one_step.endswith("得满分 2 分")
    cent = sentence("actual_completion", {"assessment_score": 99.3149, "assessment_full": 100})
    assert cent.endswith("= 99.315%，8 × 99.315% = 7.95 分")


@given(st.integers(1, 400_000), st.integers(1, 400_000))
def test_who_computes_with_the_figures_shown_gets_the_score_shown(part: int, whole: int) -> None:
    values = {"staff_actual": part, "staff_quota": whole}
    values |= {"assessment_score": part, "assessment_full": whole}
    for indicator in ("staff_control", "actual_completion"):
        written = sentence(indicator, values)
        shown = re.search(r"(\d+) ([×÷]) ([\d.]+)% = ([\d.]+) 分$", written)
        if shown is None:
            beyond = part > 2 * whole and indicator == "actual_completion"
            assert ("两倍，不能使用" if beyond else "得满分") in written
            continue
        weight, rate = Fraction(shown[1]), Fraction(shown[3]) / 100
        exact = weight * rate if shown[2] == "×" else weight / rate
        assert abs(exact - Fraction(shown[4])) <= Fraction("0.005")


def test_every_worked_case_ends_in_its_score_or_says_why_there_is_none() -> None:
    for file in load_cases().values():
        for case in file.cases:
            written = sentence(file.indicator, {**file.common, **case.given}, case.tables)
            if case.status == "insufficient":
                assert written.endswith("无法计算"), written
                continue
            score = re.search(r"([\d.]+) 分(?:计|计（待财政部门复核）)?$", written)
            assert score, written
            assert Fraction(score[1]) == case.score, written


def test_sentences_survive_a_console_that_knows_only_gbk() -> None:
    for file in load_cases().values():
        for case in file.cases:
            sentence(file.indicator, {**file.common, **case.given}, case.tables).encode("gbk")


def test_name_of_anything_a_calculation_can_name() -> None:
    assert name_of(STANDARD, "staff_quota") == "编制数"
    assert name_of(STANDARD, "budget_increase") == "追加"
    assert name_of(STANDARD, "tasks_done") == "实际完成工作数"
    assert name_of(STANDARD, "tasks") == "年度工作任务"
    assert name_of(STANDARD, "no_such_id") == "no_such_id"
