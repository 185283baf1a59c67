"""Whether recalculating a workbook would tell something, and where its names belong."""

from __future__ import annotations

import msgspec
import pytest

from tests.checks.builder import STANDARD, Change, cell_of, evaluated
from tests.checks.test_own_rows import STANDARD as NATIONAL
from tests.checks.test_own_rows import filled
from workbook_tools.checks import check
from workbook_tools.checks.places import label_of, places
from workbook_tools.checks.results import doubtful
from workbook_tools.checks.untouched import is_blank
from workbook_tools.checks.words import in_cell, number_in
from workbook_tools.ooxml import Area
from workbook_tools.scoring import evaluate
from workbook_tools.standard.contract import ROW_RESULTS, column_name
from workbook_tools.standard.inputs import InputType


@pytest.mark.parametrize(
    ("change", "asks"),
    [
        (Change(), False),
        (Change(stored={"score_disclosure": {"value": 0.5}}), True),
        (Change(stored={"score_disclosure": {"value": ""}}), True),
        (Change(stored={"total_low": {"value": 90}}), True),
        (Change(stored={"total_high": {"value": 90}}), True),
        (Change(stored={"total_score": {"value": 90}}), True),
        (Change(stored={"score_disclosure": {"value": 0.995}}), True),
        (Change(stored={"score_disclosure": {"value": 0.996}}), False),
        (Change(stored={"value_disclosure": {"value": 0.5}}), False),  # is not compared
        (Change(uncalculated=True), True),
        (Change(without_formulas=True, stored={"score_disclosure": {"value": 0.5}}), False),
        (Change(missing=("score_disclosure",)), False),
    ],
)
def test_recalculating_tells_something_where_a_result_is_not_ours(
    change: Change, asks: bool
) -> None:
    assert doubtful(*evaluated(change)) == asks


@pytest.mark.parametrize(("unusable", "asks"), [(True, False), (False, True)])
def test_an_error_that_comes_from_an_input_tells_nothing(unusable: bool, asks: bool) -> None:
    fields = {"phone": {"error": "#N/A"}} if unusable else {}
    change = Change(fields=fields, stored={"score_disclosure": {"value": "#N/A"}})
    assert doubtful(*evaluated(change)) == asks


@pytest.mark.parametrize(
    ("name", "sheet", "group", "label", "entered"),
    [
        ("in_staff_quota", "staff_assets", "staff_quota", "编制数", True),
        (
            "in_payment_actual_q1",
            "execution",
            "payment actual",
            "实际支付数（累计）—第一季度末",
            True,
        ),
        ("tbl_tasks_name", "tasks", "tasks", "年度工作任务：工作任务", True),
        ("tbl_tasks_timeliness", "tasks", "tasks", "年度工作任务：完成情况", False),
        ("score_disclosure", "score_table", "disclosure", "预决算信息公开性得分", False),
        ("self_disclosure", "score_table", "disclosure", "预决算信息公开性自评得分", True),
        (
            "subtotal_asset_management",
            "score_table",
            "level asset_management",
            "资产管理小计",
            False,
        ),
        ("grade_score", "score_table", "grade_score", "复算等次", False),
    ],
)
def test_where_a_name_belongs(name: str, sheet: str, group: str, label: str, entered: bool) -> None:
    place = places(STANDARD)[name]
    assert (place.sheet, place.group, place.label, place.entered) == (sheet, group, label, entered)


def test_the_results_of_own_rows_have_places_where_rows_are_scored() -> None:
    found = places(NATIONAL)
    results = {name: found[column_name("kpis", name)] for name in ROW_RESULTS}
    assert {one.label for one in results.values()} == {
        "绩效指标：系统得分",
        "绩效指标：自评与系统差异",
        "绩效指标：提示",
    }
    assert not any(one.entered for one in results.values())
    assert column_name("tasks", ROW_RESULTS[0]) not in places(STANDARD)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("score_disclosure", "预决算信息公开性得分"),
        ("tbl_tasks_valid_quality_met", "年度工作任务：“是否达到质量标准”的辅助计算"),
        ("tbl_tasks_at_timeliness", "年度工作任务：“完成情况”的辅助计算"),
        ("tbl_tasks_x", "年度工作任务：辅助计算"),
        ("calc_tasks_priority_done", "重点工作完成数"),
        ("calc_tasks_done", "实际完成工作数"),
        ("high_priority_completion", "重点工作办结率辅助计算"),
        ("done_quality_rate", "质量达标率辅助计算"),
        ("tasks_done_x", "辅助计算"),
        ("anything", "辅助计算"),
    ],
)
def test_what_people_call_a_formula(name: str, label: str) -> None:
    assert label_of(STANDARD, name) == label


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        ("1560.05", "money", "1,560.05"),
        ("0.85", "share", "85.00%"),
        ("50", "count", "50"),
        ("1560.05", "text", "1560.05"),
        ("五十", "money", "五十"),
    ],
)
def test_a_number_is_written_as_its_cell_shows_it(text: str, kind: InputType, shown: str) -> None:
    assert in_cell(text, kind) == shown


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12,436.80 万元", 12436.8),
        ("85%", 0.85),
        ("85.00%", 0.85),
        ("120", 120),
        ("", None),
        ("=X(1)", None),
    ],
)
def test_a_figure_of_a_finding_is_a_number_again(text: str, number: float | None) -> None:
    found = number_in(text)
    assert (found if found is None else float(found)) == number


@pytest.mark.parametrize(
    ("change", "blank"),
    [
        (Change(untouched=True), True),
        (Change(), False),
        (Change(untouched=True, contents={"code": ["VBA 宏"]}), True),
    ],
)
def test_a_blank_template_is_told_by_its_findings(change: Change, blank: bool) -> None:
    found = check(*evaluated(change))
    assert is_blank(found) == blank
    assert is_blank([]) is False


def test_a_hidden_sheet_of_the_template_is_known_under_any_name() -> None:
    """People rename sheets; what names lie in one says that it is the template's."""
    made = filled({})
    columns = {name: msgspec.structs.replace(one) for name, one in made.columns.items()}
    columns["tbl_kpis_name"] = Area("指标表", 200, 3, 250, 3)
    (table,) = {one.sheet for one in made.columns.values()} or {"绩效指标"}
    seen = msgspec.structs.replace(
        made.origin.contents, hidden=("指标表", table, "底稿", "WpsReserved_CellImgList")
    )
    origin = msgspec.structs.replace(made.origin, contents=seen)
    made = msgspec.structs.replace(made, origin=origin, columns=columns)
    (found,) = [one for one in check(made, evaluate(made)) if one.name == "hidden-sheets"]
    assert found.actual == "底稿"


def test_a_hidden_sheet_with_nothing_but_results_is_the_template_s() -> None:
    submission, evaluation = evaluated(Change(contents={"hidden": ["得分", "底稿"]}))
    moved = msgspec.structs.replace(submission.stored["total_score"], sheet="得分")
    stored = {**submission.stored, "total_score": moved}
    submission = msgspec.structs.replace(submission, stored=stored)
    (found,) = [one for one in check(submission, evaluation) if one.name == "hidden-sheets"]
    assert found.actual == "底稿"


def test_an_erratum_of_a_score_whose_name_is_lost_is_told_of_the_file() -> None:
    found = check(*evaluated(Change(missing=("score_procurement_execution",))))
    errata = {one.field: (one.sheet, one.cell) for one in found if one.name == "erratum"}
    assert errata["procurement_execution"] == ("", "")
    assert errata["actual_completion"] == cell_of("score_actual_completion")
