"""Invented sentences: every mistake is found, and no right sentence is flagged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.submissions import submission
from workbook_tools.checks import Finding, check
from workbook_tools.scoring import evaluate
from workbook_tools.standard import load_standard


class Sentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: str
    finds: str = ""


class Cases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    department: dict[str, Any]
    sentences: list[Sentence]


CASES = msgspec.yaml.decode(Path(__file__).with_name("cases.yaml").read_bytes(), type=Cases)
FULL_MARKS = {f"self_{one.id}": float(one.weight) for one in load_standard().indicators}


def found_in(text: str, **figures: object) -> list[Finding]:
    """The NA findings of the department with this text in its report."""
    values = {**CASES.department, **FULL_MARKS, "narrative_usage": text, **figures}
    made = submission(values)
    return [one for one in check(made, evaluate(made)) if one.code.startswith("NA")]


@pytest.mark.parametrize("sentence", CASES.sentences, ids=lambda one: one.text)
def test_sentence(sentence: Sentence) -> None:
    found = found_in(sentence.text)
    wanted = [sentence.finds.split(" | ")] if sentence.finds else []
    assert [(one.name, one.expected) for one in found] == [(one[0], one[2]) for one in wanted]
    for finding, (_, words, right) in zip(found, wanted, strict=True):
        assert words in finding.message
        assert right in finding.message
        assert (finding.sheet, finding.field) == ("报告正文", "narrative_usage")


def test_there_are_enough_sentences_of_both_kinds() -> None:
    mistaken = sum(bool(one.finds) for one in CASES.sentences)
    assert mistaken >= 30
    assert len(CASES.sentences) - mistaken >= 60


BY_A_TYPO = {
    "of the whole": (
        "本年支出合计1,984.62万元，其中：基本支出733.87万元，占37.66%。",
        {"expenditure_basic": None},
    ),
    "of a part": (
        "本年支出合计1,948.62万元，其中：基本支出737.83万元，占37.66%。",
        {},
    ),
    "of a part, the whole in the text alone": (
        "本年支出合计1,948.62万元，其中：基本支出737.83万元，占37.66%。",
        {"expenditure_total": None, "expenditure_project": None},
    ),
    "before a change": (
        "公务接待费2.41万元，较上年2.90万元下降26.21%。",
        {"three_public_reception_previous_actual": None},
    ),
}


@pytest.mark.parametrize("name", BY_A_TYPO)
def test_a_typo_of_an_amount_makes_no_share_wrong(name: str) -> None:
    """Its share was worked out from the true figure, and mending the amount is all there is."""
    text, figures = BY_A_TYPO[name]

    assert [one.name for one in found_in(text, **figures)] == ["amount-differs"]


def test_a_share_is_never_reckoned_from_an_amount_that_is_wrong() -> None:
    text = "本年支出合计1,984.62万元，其中：基本支出733.87万元，占39.66%。"

    amount, share = found_in(text)

    assert amount.name == "amount-differs"
    assert share.expected == "37.66%"
    assert "1,984.62" not in share.message


def test_of_amounts_that_do_not_add_up_no_share_is_reckoned() -> None:
    parts = "基本支出773.87万元，占37.66%；项目支出1,214.75万元，占62.34%。"
    text = f"本年支出合计1,948.62万元，其中：{parts}"
    unknown = dict.fromkeys(("expenditure_total", "expenditure_basic", "expenditure_project"))

    assert [one.name for one in found_in(text, **unknown)] == ["amount-differs"]
