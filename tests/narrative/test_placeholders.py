"""Names in braces: what they stand for, how it is written, and what is left alone."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.narrative.test_cases import CASES, FULL_MARKS
from tests.submissions import submission
from workbook_tools.narrative.placeholders import filled, names_in
from workbook_tools.scoring import Evaluation, evaluate
from workbook_tools.standard import load_standard
from workbook_tools.standard.placeholders import placeholders


def department(**changed: Any) -> Evaluation:
    return evaluate(submission({**CASES.department, **FULL_MARKS, **changed}))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("支出{expenditure_total}。", "支出1,948.62万元。"),
        ("支出{expenditure_total}万元。", "支出1,948.62万元。"),
        ("支出{本年支出合计}。", "支出1,948.62万元。"),
        ("支出｛ 本年 支出合计 ｝万元。", "支出1,948.62万元。"),
        ("{编制数}，{自评等次}，{评价结果}", "62人，优，〔未填写：自评等次〕"),
        ("支出{expenditure_total} 万元。", "支出1,948.62 万元。"),
        ("支出｛ expenditure_total ｝。", "支出1,948.62万元。"),
        ("{expenditure_basic}和{expenditure_project}", "733.87万元和1,214.75万元"),
        ("实际{three_public_current_actual}", "实际27.09万元"),
        ("编制{staff_quota}，在职{staff_actual}人", "编制62人，在职58人"),
        ("控制率{value_staff_control}", "控制率93.55%"),
        ("满意度{value_satisfaction}％", "满意度96.00％"),
        ("{fiscal_year}度{unit_name}", "2020年度示例县园林绿化中心（虚构）"),
        ("得{score_staff_control}，自评{self_total}", "得5.00分，自评100.00分"),
        ("等次{self_grade}，复算{grade}", "等次优，复算〔缺少数据：复算等次〕"),
        ("总分{score_total}", "总分〔缺少数据：复算总分〕"),
        ("任务{tasks_planned}", "任务0项"),
        ("负责人{unit_head}", "负责人〔未填写：单位负责人〕"),
        ("联系{phone}，填报{prepared_on}", "联系0000-1，填报2021年3月5日"),
        ('{"a": 1}、{}、{A}、{三公}、{no_such_name}', '{"a": 1}、{}、{A}、{三公}、{no_such_name}'),
    ],
)
def test_filled(text: str, said: str) -> None:
    known = department(prepared_on=datetime.date(2021, 3, 5), phone="0000-1")
    assert filled(text, known) == said


def test_what_cannot_be_used_is_lacking_and_not_blank() -> None:
    known = department(staff_quota="六十二", staff_actual=None)
    assert filled("{staff_quota}", known) == "〔缺少数据：编制数〕"
    assert filled("{staff_actual}", known) == "〔未填写：在职人员数〕"


def test_names_come_in_the_order_of_the_text_unknown_ones_too() -> None:
    assert names_in("{b_c}、{A}｛a｝{ b_c }{}{支出}") == ("b_c", "A", "a", "b_c", "支出")


def test_every_name_can_be_filled_in() -> None:
    known = department()
    for name, placeholder in placeholders(load_standard()).items():
        written = filled(f"{{{name}}}", known)
        assert written == filled(f"{{{placeholder.word}}}", known)
        assert "{" not in written, name
        assert not written.startswith("〔") or placeholder.label in written


@given(st.text("{}｛｝ab_1 万元", max_size=30))
def test_other_braces_stay(text: str) -> None:
    known = placeholders(load_standard())
    assert not known.keys() & set(names_in(text))
    assert filled(text, EVALUATION) == text


EVALUATION = department()
