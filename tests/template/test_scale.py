"""Amounts in 元 beside what the bureau filled in: the formulas say what the engine says."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.template.department import FILLED
from workbook_tools import assess
from workbook_tools.standard.contract import fields
from workbook_tools.standard.model import Standard
from workbook_tools.template import Filling, build_template


@pytest.mark.parametrize(("issued", "computed"), [(True, False), (False, True)])
def test_all_in_yuan(standard: Standard, tmp_path: Path, issued: bool, computed: bool) -> None:
    """Beside an issued budget in 万元 they are out of scale; all in 元, their rates are right."""
    path = tmp_path / "自评表.xlsx"
    typed = {
        field: value * 10_000
        if fields(standard)[field].type == "money" and isinstance(value, int | Fraction)
        else value
        for field, value in FILLED.values.items()
    }
    known = {"budget_approved": FILLED.values["budget_approved"]} if issued else {}
    typed = {field: value for field, value in typed.items() if field not in known}
    build_template(standard, path, known, filling=Filling(values=typed, rows=FILLED.rows))

    assessment = assess(path)

    assert assessment.submission is not None
    assert assessment.evaluation is not None
    score = assessment.evaluation.results["budget_completion"].score
    assert (score is not None) == computed
    stored = assessment.submission.stored["score_budget_completion"].value
    assert (stored if isinstance(stored, Fraction) else None) == score
    names = {one.name for one in assessment.findings}
    assert "formula-value-differs" not in names
