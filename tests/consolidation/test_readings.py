"""解读敏感性: what each reading would change, and the departments whose grade hangs on readings."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest

from tests.consolidation.records import STANDARD, consolidation, record
from tests.consolidation.test_workbook import table
from workbook_tools.assessment import Record
from workbook_tools.consolidation import Consolidation

WHEN = datetime.datetime(2021, 4, 2, 9, 30)
ALTERNATIVES = {
    (one.id, reading.id): (one.title, reading.label)
    for one in STANDARD.indicators
    for reading in one.alternatives
}
HALF = ALTERNATIVES["staff_control", "half_point_steps"]
LINEAR = ALTERNATIVES["staff_control", "linear"]
BANDS = ALTERNATIVES["budget_adjustment", "bands"]
TASKS = ALTERNATIVES["actual_completion", "tasks_done"]


def county() -> Consolidation:
    """Grades are 优 from 90; weights: staff_control 5, budget_adjustment 2, actual_completion 8."""
    return consolidation(
        # falls by half_point_steps alone, to 88.00; at its best by no reading
        record("1", "92", name="一局", readings={"staff_control": {"half_point_steps": "1"}}),
        # falls by two readings together only: 92 - 1.5 - 1
        record(
            "2",
            "92",
            name="二局",
            readings={
                "staff_control": {"half_point_steps": "3.5", "linear": "4.9"},
                "budget_adjustment": {"bands": "1"},
            },
        ),
        # as the first, but the bureau's score for another indicator lifts it out of reach
        record(
            "3",
            "92",
            name="三局",
            review="10",
            readings={"staff_control": {"half_point_steps": "1"}},
        ),
        # a reading without figures, and a default without
        record(
            "4",
            "97",
            name="四局",
            insufficient=("staff_control",),
            readings={"actual_completion": {"tasks_done": None}, "staff_control": {"linear": "0"}},
        ),
    )


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = county().write(tmp_path_factory.mktemp("out") / "汇总.xlsx", when=WHEN)
    return openpyxl.load_workbook(path)


def rulings(book: Any) -> dict[tuple[str, str], dict[str, Any]]:
    rows = table(book["解读敏感性"], "另一种解读")[: len(ALTERNATIVES)]
    return {(row["三级指标"], row["另一种解读"]): row for row in rows}


def test_every_reading_has_a_row_and_those_that_change_grades_stand_first(book: Any) -> None:
    rows = rulings(book)
    assert set(rows) == set(ALTERNATIVES.values())
    assert list(rows)[:3] == [HALF, LINEAR, BANDS]


def test_a_reading_tells_whose_points_and_whose_grade_it_changes(book: Any) -> None:
    row = rulings(book)[HALF]
    assert (row["得分变动\n单位数"], row["最多降低"], row["最多提高"]) == (3, -4, None)
    assert (row["等次变动\n单位数"], row["等次变动的单位"]) == (1, "优→良：一局")
    assert row["资料不足\n单位数"] == 1
    assert "5分" in row["现行计分口径"]
    assert "0.5分" in row["依据"]


def test_a_reading_that_lacks_figures_is_counted_and_changes_nothing(book: Any) -> None:
    row = rulings(book)[TASKS]
    assert (row["得分变动\n单位数"], row["资料不足\n单位数"]) == (0, 1)
    linear = rulings(book)[LINEAR]  # the fourth has no default score to compare with
    assert (linear["得分变动\n单位数"], linear["资料不足\n单位数"]) == (1, 1)


def test_departments_are_listed_whose_grade_hangs_on_readings(book: Any) -> None:
    first, second, *more = table(book["解读敏感性"], "单独采用就改变等次的解读")
    assert more == []
    keys = ("单位编码", "单位名称", "得分", "最低", "最高", "等次", "可能等次")
    assert [first[key] for key in keys] == ["1", "一局", 92, 88, 92, "优", "良～优"]
    assert [second[key] for key in keys] == ["2", "二局", 92, 89.5, 92, "优", "良～优"]
    assert first["单独采用就改变等次的解读"] == "：".join(HALF)
    assert "合在一起" in second["单独采用就改变等次的解读"]


def changed(given: Record, total: Mapping[str, str], **scores: Mapping[str, str]) -> Record:
    """The record with other totals and other scores of indicators."""
    assert given.total is not None
    replace = msgspec.structs.replace
    return replace(
        given,
        total=replace(given.total, **total),
        scores={
            indicator: replace(score, **scores.get(indicator, {}))
            for indicator, score in given.scores.items()
        },
    )


def test_a_score_that_the_bureau_reviewed_is_settled() -> None:
    lowered = record("1", "92", readings={"staff_control": {"half_point_steps": "0"}})
    assert list(consolidation(lowered).undecided["low"]) == [87]
    reviewed = changed(
        lowered, {"review": "92", "grade_review": "优"}, staff_control={"review": "5"}
    )
    result = consolidation(reviewed)
    assert result.undecided.empty
    assert result.readings["moved"].sum() == result.readings["unknown"].sum() == 0


def test_a_reading_that_gives_more_may_lift_a_grade() -> None:
    readings = {"staff_control": {"linear": "3.5", "half_point_steps": "2"}}
    result = consolidation(
        changed(
            record("1", "92", readings=readings),
            {"score": "89", "low": "89", "high": "89", "grade": "良"},
            staff_control={"score": "2"},
        )
    )
    first = result.readings.iloc[0]
    assert (first["reading"], first["highest"], first["departments"]) == (
        LINEAR[1],
        1.5,
        "良→优：单位1",
    )
    assert [tuple(row) for row in result.undecided[["low", "high", "possible"]].values] == [
        (89, 90.5, "良～优")
    ]


def test_a_grade_that_missing_figures_leave_open_is_not_listed() -> None:
    readings = {"staff_control": {"half_point_steps": "0"}}
    insufficient = ("actual_completion", "quality_rate")
    result = consolidation(record("1", "100", insufficient=insufficient, readings=readings))
    assert result.departments[0].standing.grade is None
    assert result.undecided.empty
    assert result.readings["moved"].sum() == 1
    assert result.readings["regraded"].sum() == 0


def test_an_incomplete_total_keeps_its_grade_only_while_both_ends_do() -> None:
    readings = {"staff_control": {"half_point_steps": "1"}}
    result = consolidation(record("1", "95", insufficient=("goal_soundness",), readings=readings))
    assert list(result.undecided["possible"]) == ["良～优"]  # 93 to 95, or 89 to 91
    assert result.readings["departments"][0] == "优→良～优：单位1"


def test_many_departments_are_named_below_and_counted_above() -> None:
    readings = {"staff_control": {"half_point_steps": "1"}}
    result = consolidation(*(record(str(n), "92", readings=readings) for n in range(10, 25)))
    named = result.readings["departments"][0]
    assert named.endswith("单位19 等 15 个，见下表")
    assert named.count("、") == 9
    assert list(result.undecided["unit_code"]) == [str(n) for n in range(10, 25)]


def test_a_county_where_nothing_depends_on_readings_is_told_so(tmp_path: Path) -> None:
    path = consolidation(record("1")).write(tmp_path / "汇总.xlsx", when=WHEN)
    texts = [row[0] for row in openpyxl.load_workbook(path)["解读敏感性"].values]
    assert any("各单位的等次都不变" in str(text) for text in texts)
