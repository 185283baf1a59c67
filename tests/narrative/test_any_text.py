"""Whatever people write, the checks read it without failing, and quote it as it stands."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.narrative.test_cases import CASES, FULL_MARKS, found_in
from tests.submissions import submission
from workbook_tools.narrative.comparing import disagreements
from workbook_tools.scoring import evaluate
from workbook_tools.standard import load_standard
from workbook_tools.standard.vocabulary import Vocabulary

EVALUATION = evaluate(submission({**CASES.department, **FULL_MARKS}))
TERMS = [word for term in load_standard().vocabulary.terms for word in term.words]
OTHERS = [
    *"，、；：（）。“”占和含为",
    *("其中", "占比", "分别为", "较上年", "比预算", "同比", "下降", "增长", "两项合计", "合计"),
    *("预算", "实际支出", "2020年", "2019年", "上年", "我局", "情况", "其他", "用于"),
    *("0万元", "12.5万元", "1,948.62万元", "37.66%", "５８人", "0", "3亿元", "100%", "0%"),
]
WORDS = st.sampled_from([*TERMS, *OTHERS])


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=25).map("".join))
def test_any_sentence_can_be_read(text: str) -> None:
    for one in disagreements(text, EVALUATION):
        assert text[one.start : one.end].strip()
        assert one.said
        assert one.right


def test_quotation_marks_and_full_width_digits_are_quoted_as_they_stand() -> None:
    (found,) = found_in("2020年“三公”经费实际支出２９．０７万元。")
    assert "写“2020年“三公”经费实际支出２９．０７万元”" in found.message


def test_what_is_wrong_in_each_cell_is_told_there() -> None:
    found = found_in("本年支出合计1,984.62万元。", narrative_other="本年支出合计1,984.62万元。")
    assert [one.field for one in found] == ["narrative_usage", "narrative_other"]


def test_without_a_fiscal_year_no_year_in_digits_is_understood() -> None:
    assert found_in("2020年本年支出合计1,984.62万元。")
    assert not found_in("2020年支出合计1,984.62万元。", fiscal_year=None)


def test_blank_figures_contradict_nothing() -> None:
    assert not found_in("本年支出合计1,984.62万元。", expenditure_total=None)


def test_a_standard_without_a_vocabulary_reads_nothing() -> None:
    bare = msgspec.structs.replace(load_standard(), vocabulary=Vocabulary())
    figures = {**CASES.department, "narrative_usage": "本年支出合计1,984.62万元。"}
    made = submission(figures, standard=bare)
    assert disagreements("本年支出合计1,984.62万元。", evaluate(made)) == []
