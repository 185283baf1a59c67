"""The sentence of every rule and measure of the vocabulary."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import msgspec
import pytest

from tests.scoring.sentences import QUARTERS, STANDARD, sentence, with_rule
from workbook_tools.standard.model import Rounding
from workbook_tools.standard.rules import AtLeast, AtMost, Band, Bands, Period, Periods, Steps

THREE_PUBLIC = {
    f"three_public_{kind}_{year}_budget": 10 if (kind, year) == ("reception", "previous") else 0
    for kind in ("overseas", "vehicle_purchase", "vehicle_operation", "reception")
    for year in ("previous", "current")
}


@pytest.mark.parametrize(
    ("indicator", "values", "expected"),
    [
        (
            "staff_control",
            {"staff_actual": 50, "staff_quota": 50},
            "在职人员数 50 ÷ 编制数 50 = 100.00% ≤ 100%，得满分 5 分",
        ),
        (
            "budget_completion",
            {"expenditure_total": 1000, "budget_approved": 1000},
            "本年支出合计 1,000 ÷ 年初批复预算数 1,000 = 100.00% ≥ 100%，得满分 4 分",
        ),
        (
            "actual_completion",
            {"assessment_score": 100, "assessment_full": 100},
            "考核得分 100 ÷ 考核满分 100 = 100.00%，8 × 100.00% = 8.00 分",
        ),
        (
            "actual_completion",
            {"assessment_score": 99.9999, "assessment_full": 100},
            "考核得分 99.9999 ÷ 考核满分 100 = 99.9999%，8 × 99.9999% = 8.00 分",
        ),
        (
            "actual_completion",
            {"assessment_score": 0, "assessment_full": 100},
            "考核得分 0 ÷ 考核满分 100 = 0.00%，8 × 0.00% = 0.00 分",
        ),
        (
            "actual_completion",
            {"assessment_score": 0.001, "assessment_full": 100},
            "考核得分 0.001 ÷ 考核满分 100 = 0.001%，8 × 0.001% = 0.00 分",
        ),
        (
            "three_public_change",
            {**THREE_PUBLIC, "three_public_reception_current_budget": 20},
            "（“三公经费”本年预算合计 20 － “三公经费”上年预算合计 10）÷ “三公经费”上年预算合计 10"
            " = 100.00% ＞ 0%，5 ×（1 － 100.00%）= 0.00 分",
        ),
        (
            "carryover_control",
            {"carryover_previous": 100, "carryover_current": 135},
            "（本年结转结余 135 － 上年结转结余 100）÷ 上年结转结余 100 = 35.00% ＞ 15%，"
            "高出 20.00 个百分点，每 5 个百分点扣 1 分（不足 5 个百分点的不扣），"
            "扣 4 × 1 = 4 分，4 － 4 = 0.00 分",
        ),
    ],
)
def test_sentence_at_the_very_limit(indicator: str, values: dict[str, Any], expected: str) -> None:
    assert sentence(indicator, values) == expected


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("staff_actual - staff_quota", "在职人员数 54 － 编制数 50 = 4"),
        ("staff_actual + staff_quota * 2", "在职人员数 54 ＋ 编制数 50 × 2 = 154"),
        ("(staff_actual + staff_quota) * 2", "（在职人员数 54 ＋ 编制数 50）× 2 = 208"),
        ("staff_actual - (staff_quota - 9)", "在职人员数 54 －（编制数 50 － 9）= 13"),
        ("staff_actual / (staff_quota / 2)", "在职人员数 54 ÷（编制数 50 ÷ 2）= 216.00%"),
        ("-staff_actual / staff_quota", "－在职人员数 54 ÷ 编制数 50 = -108.00%"),
        ("0 * -(staff_actual - staff_quota)", "0 × －（在职人员数 54 － 编制数 50）= 0"),
        ("satisfaction_rate * 2", "满意率 92.30% × 2 = 1.846"),
        ("staff_actual", "在职人员数 54"),
        ("satisfaction_rate", "满意率 92.30%"),
    ],
)
def test_any_measure_is_written_with_the_parentheses_that_it_needs(
    measure: str, expected: str
) -> None:
    rule = AtMost(limit=Fraction(10_000), beyond="linear")
    standard = with_rule("staff_control", rule, measure=measure)
    values = {"staff_actual": 54, "staff_quota": 50, "satisfaction_rate": 0.923}
    limit = "1,000,000%" if expected.endswith("%") else "10,000"
    written = sentence("staff_control", values, standard=standard)
    assert written == f"{expected} ≤ {limit}，得满分 5 分"


def test_a_measure_that_is_no_share_has_steps_and_limits_without_percent() -> None:
    steps = AtMost(limit=Fraction(1), beyond=_steps("2", "0.5", "floor"))
    standard = with_rule("staff_control", steps, measure="staff_actual - staff_quota")
    values = {"staff_actual": 54, "staff_quota": 50}
    assert sentence("staff_control", values, standard=standard) == (
        "在职人员数 54 － 编制数 50 = 4 ＞ 1，高出 3，每 2 扣 0.5 分（不足 2 的不扣），"
        "扣 1 × 0.5 = 0.5 分，5 － 0.5 = 4.50 分"
    )


def test_periods_name_what_they_share_once_and_then_show_bare_figures() -> None:
    periods = tuple(
        Period(
            label=f"{number}季度",
            points=Fraction(1),
            actual=f"-(payment_actual_q{number} - budget_approved) / budget_increase",
            planned=f"payment_planned_q{number}",
        )
        for number in (1, 2)
    )
    standard = with_rule("payment_progress", Periods(mode="all_or_nothing", periods=periods))
    values = {**QUARTERS, "budget_approved": 100, "budget_increase": 80, "budget_decrease": 0}
    values |= {"payment_actual_q1": 30, "payment_actual_q2": 64, "payment_actual_q4": 100}
    assert sentence("payment_progress", values, standard=standard) == (
        "年初批复预算数 100；追加 80；"
        "1季度 －（30 － 100）÷ 80 = 87.50% ≥ 25%，得 1 分；"
        "2季度 －（64 － 100）÷ 80 = 45.00% ＜ 50%，得 0 分；合计 1.00 分"
    )


def test_points_have_the_places_of_the_standard() -> None:
    standard = msgspec.structs.replace(STANDARD, rounding=Rounding(places=1))
    written = sentence("staff_control", {"staff_actual": 54, "staff_quota": 50}, standard=standard)
    assert written.endswith("5 ÷ 108.00% = 4.6 分")


def test_a_single_band_without_bounds_has_none_to_show() -> None:
    standard = with_rule("staff_control", Bands(bands=(Band(points=Fraction(3)),)))
    values = {"staff_actual": 54, "staff_quota": 50}
    assert sentence("staff_control", values, standard=standard) == (
        "在职人员数 54 ÷ 编制数 50 = 108.00%，得 3.00 分"
    )


def test_other_rules_of_the_vocabulary() -> None:
    staff = {"staff_actual": 433, "staff_quota": 400}
    ceil = AtMost(limit=Fraction(1), beyond=_steps("0.05", "0.5", "ceil"))
    assert sentence("staff_control", staff, standard=with_rule("staff_control", ceil)) == (
        "在职人员数 433 ÷ 编制数 400 = 108.25% ＞ 100%，高出 8.25 个百分点，"
        "每 5 个百分点扣 0.5 分（不足 5 个百分点的按 5 个百分点扣），"
        "扣 2 × 0.5 = 1 分，5 － 1 = 4.00 分"
    )
    share = AtMost(limit=Fraction(1), beyond=_steps("0.01", "0.2", "proportional"))
    assert sentence("staff_control", staff, standard=with_rule("staff_control", share)) == (
        "在职人员数 433 ÷ 编制数 400 = 108.25% ＞ 100%，高出 8.25 个百分点，"
        "每 1 个百分点扣 0.2 分（不足 1 个百分点的按比例扣），"
        "扣 8.25 × 0.2 = 1.65 分，5 － 1.65 = 3.35 分"
    )
    inverse = AtMost(limit=Fraction("0.8"), beyond="inverse")
    assert sentence("staff_control", staff, standard=with_rule("staff_control", inverse)) == (
        "在职人员数 433 ÷ 编制数 400 = 108.25% ＞ 80%，5 × 80% ÷ 108.25% = 3.70 分"
    )
    linear = AtMost(limit=Fraction(1), beyond="linear")
    assert sentence("staff_control", staff, standard=with_rule("staff_control", linear)) == (
        "在职人员数 433 ÷ 编制数 400 = 108.25% ＞ 100%，5 ×（1 － 8.25%）= 4.59 分"
    )
    below = AtLeast(limit=Fraction("1.2"), below="proportion")
    assert sentence("staff_control", staff, standard=with_rule("staff_control", below)) == (
        "在职人员数 433 ÷ 编制数 400 = 108.25% ＜ 120%，5 × 108.25% ÷ 120% = 4.51 分"
    )


def _steps(size: str, deduct: str, partial: str) -> Steps:
    return Steps(size=Fraction(size), deduct=Fraction(deduct), partial=partial)  # type: ignore[arg-type]  # one of the three


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (10_000_000, "100.00%（≤ 100%），得 5.00 分"),
        (10_999_000, "109.99%（＞ 100%，＜ 110%），得 3.00 分"),
        (11_000_000, "110.00%（≥ 110%），得 0.00 分"),
        (10_000_001, "100.00001%（＞ 100%，＜ 110%），得 3.00 分"),
    ],
)
def test_bands_say_between_which_bounds(actual: int, expected: str) -> None:
    bands = (
        Band(upper=Fraction(1), points=Fraction(5)),
        Band(upper=Fraction("1.1"), inclusive=False, points=Fraction(3)),
        Band(points=Fraction(0)),
    )
    standard = with_rule("staff_control", Bands(bands=bands))
    written = sentence(
        "staff_control", {"staff_actual": actual, "staff_quota": 10_000_000}, standard=standard
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
