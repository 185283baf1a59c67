"""The sentences under each score: exact, in order, and true on paper."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import load_cases
from tests.submissions import submission
from workbook_tools.scoring import evaluate, explain_result, name_of
from workbook_tools.standard import Standard, load_standard
from workbook_tools.standard.rules import AtLeast, AtMost, Band, Bands, Period, Periods, Rule, Steps

STANDARD = load_standard()
QUARTERS = {
    "payment_planned_q1": 0.25,
    "payment_planned_q2": 0.5,
    "payment_planned_q3": 0.75,
    "payment_planned_q4": 1,
}


def sentence(
    indicator: str,
    values: dict[str, Any],
    tables: dict[str, Any] | None = None,
    standard: Standard = STANDARD,
) -> str:
    return explain_result(evaluate(submission(values, tables, standard)), indicator)


def with_rule(indicator: str, rule: Rule) -> Standard:
    """The standard with another rule for one indicator."""
    changed = tuple(
        msgspec.structs.replace(one, rule=rule) if one.id == indicator else one
        for one in STANDARD.indicators
    )
    return msgspec.structs.replace(STANDARD, indicators=changed)


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
    ("degrees", "expected"),
    [
        ({"甲": 0.95, "乙": 1}, "=（甲 95.00% ＋ 乙 100.00%）÷ 2 = 97.50%，5 × 97.50% = 4.88 分"),
        (  # with two decimals each they would make 50.00%
            {"甲": 0.500049, "乙": 0.500049, "丙": 0.500052},
            "=（甲 50.005% ＋ 乙 50.005% ＋ 丙 50.005%）÷ 3 = 50.01%，5 × 50.01% = 2.50 分",
        ),
        (  # a seventh row is told by the number only
            dict.fromkeys("甲乙丙丁戊己庚", 0.5),
            "=（甲 50.00% ＋ 乙 50.00% ＋ 丙 50.00% ＋ 丁 50.00% ＋ 戊 50.00% ＋ 己 50.00%"
            " 等 7 项）÷ 7 = 50.00%，5 × 50.00% = 2.50 分",
        ),
        (
            dict.fromkeys("甲乙丙丁戊己", 0.5),
            "=（甲 50.00% ＋ 乙 50.00% ＋ 丙 50.00% ＋ 丁 50.00% ＋ 戊 50.00% ＋ 己 50.00%）÷ 6"
            " = 50.00%，5 × 50.00% = 2.50 分",
        ),
        (
            {"一二三四五六七八九十甲乙": 1, "一二三四五六七八九十\n甲乙": 0.5},
            "=（一二三四五六七八九十甲乙 100.00% ＋ 一二三四五六七八九十 甲… 50.00%）÷ 2"
            " = 75.00%，5 × 75.00% = 3.75 分",
        ),
    ],
)
def test_a_mean_is_written_out_row_by_row(degrees: dict[str, float], expected: str) -> None:
    kpis: list[dict[str, Any]] = [
        {"name": name, "category": "社会效益", "kind": "定性", "degree": degree}
        for name, degree in degrees.items()
    ]
    kpis.insert(1, {"name": "别的", "category": "经济效益", "kind": "定性", "degree": 0.1})
    assert sentence("social_benefit", {}, {"kpis": kpis}) == f"社会效益实现程度 {expected}"


def test_shares_without_an_end_that_never_add_up_are_shown_with_ten_decimals() -> None:
    """Thirds are shown too low however many decimals they have, and the mean is half a unit."""
    kpis = [
        {
            "name": name,
            "category": "社会效益",
            "kind": "定量",
            "direction": "越大越好",
            "target": 3,
            "actual": actual,
        }
        for name, actual in (("甲", 1), ("乙", 1), ("丙", 1.00015))
    ]
    rows = "甲 33.3333333333% ＋ 乙 33.3333333333% ＋ 丙 33.3383333333%"
    assert f" =（{rows}）÷ 3 = 33.34%，" in sentence("social_benefit", {}, {"kpis": kpis})


@given(st.lists(st.integers(0, 10_000), min_size=2, max_size=6), st.sampled_from([3, 7, 10_000]))
def test_who_adds_up_the_rows_shown_gets_the_mean_shown(parts: list[int], whole: int) -> None:
    kpis = [
        {
            "name": f"第{number}项",
            "category": "社会效益",
            "kind": "定量",
            "direction": "越大越好",
            "target": whole,
            "actual": part,
        }
        for number, part in enumerate(parts)
    ]
    written = sentence("social_benefit", {}, {"kpis": kpis})
    rows, mean = written.split("）÷ ")
    shares = [Fraction(share) for share in re.findall(r"项 ([\d.]+)%", rows)]
    assert len(shares) == len(parts)
    shown = re.search(r" = ([\d.]+)%", mean)
    assert shown
    unit = Fraction(1, 10 ** len(shown[1].partition(".")[2]))
    assert abs(sum(shares, Fraction(0)) / len(parts) - Fraction(shown[1])) <= unit / 2


@pytest.mark.parametrize(
    ("indicator", "values", "tables", "expected"),
    [
        ("staff_control", {"staff_actual": 54}, {}, "没有填写“编制数”，无法计算"),
        (
            "staff_control",
            {"staff_actual": "５４"},
            {},
            "没有填写“编制数”，“在职人员数”填写有误，不能使用，无法计算",
        ),
        (
            "staff_control",
            {"staff_actual": 54, "staff_quota": 0},
            {},
            "“编制数”为 0，不能作除数，无法计算",
        ),
        (
            "satisfaction",
            {"satisfaction_rate": "95％"},
            {},
            "没有填写“满意答卷”、“有效答卷”，“满意率”填写有误，不能使用，无法计算",
        ),
        (
            "satisfaction",
            {},
            {},
            "没有填写“满意答卷”、“有效答卷”，也没有填写“满意率”，无法计算",
        ),
        ("timely_completion", {}, {}, "“年度工作任务”表没有填写，无法计算"),
        ("quality_rate", {}, {}, "“年度工作任务”表没有填写，无法计算"),
        (
            "quality_rate",
            {},
            {"tasks": [{"name": "甲", "completed_quarter": 1}]},
            "“年度工作任务”表有的行没有填全，得不出“质量达标工作数”，无法计算",
        ),
        (
            "economic_benefit",
            {},
            {"kpis": [{"name": "甲", "category": "社会效益", "kind": "定性", "degree": 1}]},
            "“个性指标”表没有这一类的行，或有的行没有填全，得不出“经济效益实现程度”，无法计算",
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
    assert sentence("three_public_change", values) == ("没有填写“公务接待费—上年预算数”，无法计算")


def test_other_rules_of_the_vocabulary() -> None:
    staff = {"staff_actual": 108.25, "staff_quota": 100}
    ceil = AtMost(limit=Fraction(1), beyond=_steps("0.05", "0.5", "ceil"))
    assert sentence("staff_control", staff, standard=with_rule("staff_control", ceil)) == (
        "在职人员数 108.25 ÷ 编制数 100 = 108.25% ＞ 100%，高出 8.25 个百分点，"
        "每 5 个百分点扣 0.5 分（不足 5 个百分点的按 5 个百分点扣），"
        "扣 2 × 0.5 = 1 分，5 － 1 = 4.00 分"
    )
    share = AtMost(limit=Fraction(1), beyond=_steps("0.01", "0.2", "proportional"))
    assert sentence("staff_control", staff, standard=with_rule("staff_control", share)) == (
        "在职人员数 108.25 ÷ 编制数 100 = 108.25% ＞ 100%，高出 8.25 个百分点，"
        "每 1 个百分点扣 0.2 分（不足 1 个百分点的按比例扣），"
        "扣 8.25 × 0.2 = 1.65 分，5 － 1.65 = 3.35 分"
    )
    inverse = AtMost(limit=Fraction("0.8"), beyond="inverse")
    assert sentence("staff_control", staff, standard=with_rule("staff_control", inverse)) == (
        "在职人员数 108.25 ÷ 编制数 100 = 108.25% ＞ 80%，5 × 80% ÷ 108.25% = 3.70 分"
    )
    linear = AtMost(limit=Fraction(1), beyond="linear")
    assert sentence("staff_control", staff, standard=with_rule("staff_control", linear)) == (
        "在职人员数 108.25 ÷ 编制数 100 = 108.25% ＞ 100%，5 ×（1 － 8.25%）= 4.59 分"
    )
    below = AtLeast(limit=Fraction("1.2"), below="proportion")
    assert sentence("staff_control", staff, standard=with_rule("staff_control", below)) == (
        "在职人员数 108.25 ÷ 编制数 100 = 108.25% ＜ 120%，5 × 108.25% ÷ 120% = 4.51 分"
    )


def _steps(size: str, deduct: str, partial: str) -> Steps:
    return Steps(size=Fraction(size), deduct=Fraction(deduct), partial=partial)  # type: ignore[arg-type]  # one of the three


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (100, "100.00%（≤ 100%），得 5.00 分"),
        (109.99, "109.99%（＞ 100%，＜ 110%），得 3.00 分"),
        (110, "110.00%（≥ 110%），得 0.00 分"),
        (100.00001, "100.00001%（＞ 100%，＜ 110%），得 3.00 分"),
    ],
)
def test_bands_say_between_which_bounds(actual: float, expected: str) -> None:
    bands = (
        Band(upper=Fraction(1), points=Fraction(5)),
        Band(upper=Fraction("1.1"), inclusive=False, points=Fraction(3)),
        Band(points=Fraction(0)),
    )
    standard = with_rule("staff_control", Bands(bands=bands))
    written = sentence(
        "staff_control", {"staff_actual": actual, "staff_quota": 100}, standard=standard
    )
    assert written.endswith(f" = {expected}")


def test_periods_of_a_group_show_that_they_fall_together() -> None:
    periods = tuple(
        Period(
            label=f"{number}季度",
            group="year",
            points=Fraction(1),
            actual=f"payment_actual_q{number} / budget_approved",
            planned=f"payment_planned_q{number}",
        )
        for number in (1, 2)
    )
    standard = with_rule("payment_progress", Periods(mode="all_or_nothing", periods=periods))
    values = {**QUARTERS, "budget_approved": 100, "budget_increase": 0, "budget_decrease": 0}
    values |= {"payment_actual_q1": 30, "payment_actual_q2": 40, "payment_actual_q4": 100}
    written = sentence("payment_progress", values, standard=standard)
    assert written == (
        "年初批复预算数 100；1季度 30 ÷ 100 = 30.00% ≥ 25%，得 0 分；"
        "2季度 40 ÷ 100 = 40.00% ＜ 50%，得 0 分；合计 0.00 分"
    )


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
            assert "得满分" in written
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
