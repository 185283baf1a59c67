"""Blanks, and claims of 不涉及, by standards in shapes that the shipped ones have none of."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.checks.builder import STANDARD, Change, evaluated
from workbook_tools.checks import Finding, check
from workbook_tools.scoring import evaluate
from workbook_tools.standard.tables import Condition, Mean

NO_SURVEY = Change(fields={"survey_responses": None, "survey_satisfied": None})


def told(change: Change, name: str = "required-blank", **changed: Any) -> list[Finding]:
    """What is told as blank, or as ``name``, by a standard of which something is another."""
    submission, _ = evaluated(change)
    standard = msgspec.structs.replace(STANDARD, **changed)
    submission = msgspec.structs.replace(submission, standard=standard)
    return [one for one in check(submission, evaluate(submission)) if one.name == name]


def measured(**measures: Any) -> dict[str, Any]:
    """Indicators with other measures."""
    return {
        "indicators": tuple(
            msgspec.structs.replace(one, measure=measures.get(one.id, one.measure))
            for one in STANDARD.indicators
        )
    }


SURVEY = "survey_satisfied / survey_responses"
BOTH = "请补填“有效答卷”和“满意答卷”"


@pytest.mark.parametrize(
    ("measures", "said"),
    [
        ({"satisfaction": SURVEY}, f"{BOTH}。"),
        ({"satisfaction": (SURVEY, "satisfaction_rate")}, f"{BOTH}，或填写“满意率”。"),
        (
            {"satisfaction": (SURVEY, "satisfaction_rate", "survey_satisfied / tasks_done")},
            f"{BOTH}，或填写“满意率”、“满意答卷”、“实际完成工作数”。",
        ),
    ],
    ids=["only", "other", "two others"],
)
def test_what_may_be_filled_in_instead(measures: dict[str, Any], said: str) -> None:
    (found,) = [one for one in told(NO_SURVEY, **measured(**measures)) if "答卷" in one.message]
    assert found.field == "survey_responses"
    assert said in found.message


@pytest.mark.parametrize(
    ("table", "required", "severities"),
    [
        ("projects", True, ["warning"]),
        ("projects", False, []),
        ("tasks", False, ["error"]),  # indicators need it
    ],
)
def test_a_table_that_must_not_be_empty(table: str, required: bool, severities: list[str]) -> None:
    tables = tuple(
        msgspec.structs.replace(one, required=required and one.id == table)
        for one in STANDARD.tables
    )
    found = told(Change(rows={"tasks": {0: None, 1: None}}), tables=tables)
    assert [one.severity for one in found if one.field == table] == severities


@pytest.mark.parametrize(
    ("kind", "found"), [("定量", ["achievement_ecological"]), ("定性", [])], ids=["none", "one"]
)
def test_a_mean_over_rows_of_which_there_are_none(kind: str, found: list[str]) -> None:
    """The only row of the category is a 定性 one; there are 定量 ones of others."""
    derived = tuple(
        msgspec.structs.replace(one, where=(*one.where, Condition(column="kind", equals=kind)))
        if isinstance(one, Mean) and one.id == "achievement_ecological"
        else one
        for one in STANDARD.derived
    )
    assert [one.field for one in told(Change(), derived=derived)] == found


@pytest.mark.parametrize(
    ("counted", "said"), [("full", "按满分 5.00 分计"), ("spread", "5.00 分按比例分摊到其他指标")]
)
def test_how_points_count_that_are_claimed_not_to_apply(counted: str, said: str) -> None:
    change = Change(fields={"na_ecological_benefit": "是"})
    (found,) = told(change, "na-claimed", not_applicable=counted)
    assert f"：单位申报不涉及，{said}，待财政部门复核。" in found.message
