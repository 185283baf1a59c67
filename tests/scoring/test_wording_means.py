"""A mean of rows is written out, so that a clerk can retrace it."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scoring.sentences import sentence


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
