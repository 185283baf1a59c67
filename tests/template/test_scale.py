"""Amounts in 元 beside what the bureau filled in: the formulas say what the engine says."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.template.department import FILLED, filled_in_yuan
from workbook_tools import assess
from workbook_tools.standard.contract import fields
from workbook_tools.standard.model import Standard
from workbook_tools.template import Filling, build_template


@pytest.mark.parametrize(("issued", "computed"), [(True, False), (False, True)])
def test_all_in_yuan(standard: Standard, tmp_path: Path, issued: bool, computed: bool) -> None:
    """Beside an issued budget in 万元 they are out of scale; all in 元, their rates are right."""
    path = tmp_path / "自评表.xlsx"
    known = {"budget_approved": FILLED.values["budget_approved"]} if issued else {}
    build_template(standard, path, known, filling=filled_in_yuan(standard, known))

    assessment = assess(path)

    assert assessment.submission is not None
    assert assessment.evaluation is not None
    score = assessment.evaluation.results["budget_completion"].score
    assert (score is not None) == computed
    stored = assessment.submission.stored["score_budget_completion"].value
    assert (stored if isinstance(stored, Fraction) else None) == score
    names = {one.name for one in assessment.findings}
    assert "formula-value-differs" not in names


def test_what_is_in_yuan_is_no_measure(standard: Standard, tmp_path: Path) -> None:
    """Basic budget and public funds in 元: the first is out of scale beside the issued budget, and
    does not cover the second, whose rate would earn full marks."""
    path = tmp_path / "自评表.xlsx"
    issued = {"budget_approved": FILLED.values["budget_approved"]}
    typed = {field: value for field, value in FILLED.values.items() if field not in issued}
    typed |= {"budget_basic": 8_000_000, "public_funds_budget": 600_000, "public_funds_actual": 55}
    build_template(standard, path, issued, filling=Filling(values=typed, rows=FILLED.rows))

    assessment = assess(path)

    assert assessment.submission is not None
    assert assessment.evaluation is not None
    assert assessment.evaluation.results["public_funds_control"].score is None
    assert assessment.submission.stored["score_public_funds_control"].value is None
    told = {one.field: one.name for one in assessment.findings if one.name == "unit-looks-wrong"}
    assert set(told) == {"budget_basic", "public_funds_budget"}


def test_every_amount_may_be_issued(standard: Standard, tmp_path: Path) -> None:
    """However many amounts the roster gives, no formula is longer than Excel takes."""
    known = {one.id: Fraction(15) for one in fields(standard).values() if one.type == "money"}

    build_template(standard, tmp_path / "自评表.xlsx", known)

    assert (tmp_path / "自评表.xlsx").exists()
