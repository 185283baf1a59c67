"""The score table of real workbooks: the same from a record as from an evaluation."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from samples.data import HERE
from workbook_tools import Record, assess, record
from workbook_tools.presentation.indicator_rows import rows_of_evaluation, rows_of_record
from workbook_tools.presentation.score_row import IndicatorRow, OwnScoreRow, ScoreRow
from workbook_tools.presentation.score_table import sections, sums
from workbook_tools.scoring import Evaluation

FILES = ("archives-2020", "emergency-2020", "water-2020", "own/forestry-2024")


def outcome(path: Path) -> tuple[Evaluation, Record]:
    assessment = assess(path)
    assert assessment.evaluation is not None
    return assessment.evaluation, record(assessment)


def rows_of(name: str) -> tuple[IndicatorRow, ...]:
    return rows_of_evaluation(outcome(HERE / f"{name}.xlsx")[0])


@pytest.mark.parametrize("name", FILES)
def test_a_record_gives_the_rows_of_the_evaluation_that_it_was_made_of(name: str) -> None:
    evaluation, kept = outcome(HERE / f"{name}.xlsx")
    rows = rows_of_evaluation(evaluation)
    again = rows_of_record(kept, evaluation.standard)
    assert [one.indicator for one in again] == list(evaluation.standard.indicators)
    for here, there in zip(rows, again, strict=True):
        assert _words(here) == _words(there)
        assert [_words(one) for one in here.own] == [_words(one) for one in there.own]


def _words(row: IndicatorRow | OwnScoreRow) -> tuple[str, ...]:
    words = (
        row.title,
        row.weight_in_words,
        row.claimed_in_words,
        row.computed_in_words,
        row.difference_in_words,
        row.tone,
    )
    if isinstance(row, OwnScoreRow):
        return (*words, row.measure_in_words)
    return (*words, row.status_in_words)


@pytest.mark.parametrize("name", FILES)
def test_every_indicator_stands_once_below_its_levels_which_add_up(name: str) -> None:
    evaluation, _ = outcome(HERE / f"{name}.xlsx")
    rows = rows_of_evaluation(evaluation)
    table = sections(evaluation.standard, rows)
    listed = [row.indicator.id for section in table for row in section.rows]
    assert sorted(listed) == sorted(evaluation.results)
    assert [section.sums.weight for section in table] == [
        level.weight for level in evaluation.standard.levels
    ]
    for section, level in zip(table, evaluation.standard.levels, strict=True):
        named = [group.sums.title for group in section.groups if group.sums]
        assert named == [child.name for child in level.children]
        for group in section.groups:
            if group.sums:
                _adds_up(group.sums, group.rows)
        _adds_up(section.sums, section.rows)
    assert sums("合计", rows).claimed == evaluation.self_total


def _adds_up(sum_: ScoreRow, rows: tuple[IndicatorRow, ...]) -> None:
    scores = [row.computed for row in rows]
    known = [one for one in scores if one is not None]
    assert sum_.computed == (sum(known, Fraction(0)) if len(known) == len(scores) else None)
    assert sum_.weight == sum(row.weight for row in rows)


def test_a_row_says_how_the_claim_stands_to_our_score_and_how_it_ended() -> None:
    ended = {row.status_in_words for name in FILES for row in rows_of(name)}
    assert ended == {"已计算", "不涉及", "资料不足"}
    for row in (row for name in FILES for row in rows_of(name)):
        if row.claimed is None or row.computed is None:
            assert (row.tone, row.difference_in_words) == ("open", "—")
        else:
            assert row.difference == row.claimed - row.computed
            assert row.difference_in_words.startswith("+") == (row.tone == "high")
            assert row.difference_in_words.startswith("-") == (row.tone == "low")
        assert (row.computed_in_words == "资料不足") == (row.status == "insufficient")


def test_an_indicator_of_ones_own_is_named_with_its_part_and_has_a_share_of_its_target() -> None:
    own = [one for row in rows_of("own/forestry-2024") for one in row.own]
    assert own
    assert any("：" in one.title for one in own)
    assert any(one.measure_in_words.endswith("%") for one in own)


def test_a_review_stands_in_place_of_our_score_in_sums() -> None:
    first, second, *_ = rows_of("archives-2020")
    assert first.reviewed is not None or first.computed is not None
    reviewed = ScoreRow(
        title="一项",
        weight=first.weight,
        claimed=first.claimed,
        computed=first.computed,
        reviewed=Fraction(1, 2),
        places=2,
    )
    assert second.reviewed is None
    assert second.computed is not None
    assert sums("两项", [reviewed, second]).reviewed == Fraction(1, 2) + second.computed
    assert sums("一项", [second]).reviewed == second.computed
