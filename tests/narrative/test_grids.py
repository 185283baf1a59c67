"""Texts of the tables whose figures stand in a grid: what is wrong is found, all else is let be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.submissions import submission
from workbook_tools.checks import Finding, check
from workbook_tools.scoring import evaluate
from workbook_tools.standard import load_standard

TESTS = Path(__file__).parents[1]
OWN_SAMPLES = sorted((TESTS.parent / "samples" / "own").glob("*.yaml"))


class FilledIn(msgspec.Struct, frozen=True):
    values: dict[str, Any]
    rows: list[dict[str, Any]]
    standard: str = "national-2020"


class Sentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: str
    finds: str = ""


def _filled_in(path: Path) -> FilledIn:
    return msgspec.yaml.decode(path.read_bytes(), type=FilledIn)


FILLED_IN = {
    "national-2020": _filled_in(TESTS / "checks" / "own_rows_clean.yaml"),
    "project-2020": _filled_in(TESTS.parent / "samples" / "own" / "project-road-2024.yaml"),
}
SENTENCES = [
    pytest.param(name, one, id=f"{name}: {one.text}")
    for name, sentences in msgspec.yaml.decode(
        Path(__file__).with_name("grids.yaml").read_bytes(), type=dict[str, list[Sentence]]
    ).items()
    for one in sentences
]


def found_in(made: FilledIn, **texts: object) -> list[Finding]:
    """The NA findings of a workbook, with these texts in its report."""
    standard = load_standard(made.standard)
    sent = submission({**made.values, **texts}, {"kpis": made.rows}, standard)
    return [one for one in check(sent, evaluate(sent)) if one.code.startswith("NA")]


@pytest.mark.parametrize(("name", "sentence"), SENTENCES)
def test_sentence(name: str, sentence: Sentence) -> None:
    made = msgspec.structs.replace(FILLED_IN[name], standard=name)

    found = found_in(made, narrative_performance=sentence.text)

    wanted = [tuple(sentence.finds.split(" | "))] if sentence.finds else []
    assert [(one.name, one.expected) for one in found] == [(one[0], one[2]) for one in wanted]
    for finding, (_, words, right) in zip(found, wanted, strict=True):
        assert words in finding.message
        assert right in finding.message
        assert finding.field == "narrative_performance"


@pytest.mark.parametrize("path", OWN_SAMPLES, ids=lambda path: path.stem)
def test_texts_of_the_shipped_samples_are_let_be(path: Path) -> None:
    assert found_in(_filled_in(path)) == []


@pytest.mark.parametrize("text", ["narrative_goals", "narrative_usage", "narrative_other"])
def test_every_text_of_the_report_is_read(text: str) -> None:
    (found,) = found_in(FILLED_IN["national-2020"], **{text: "全年执行数2,900.00万元。"})

    assert (found.sheet, found.field) == ("报告正文", text)


def test_an_amount_that_is_not_filled_in_contradicts_nothing() -> None:
    made = FILLED_IN["national-2020"]
    text = "全年执行数2,900.00万元，预算执行率99%。"

    assert found_in(made, funds_total_executed=None, narrative_usage=text) == []
