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
