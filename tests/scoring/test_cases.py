"""Every case worked by hand comes out as on paper."""

from __future__ import annotations

import pytest

from tests.cases import FOLDER, CaseFile, WorkedCase, load_cases
from tests.submissions import submission
from workbook_tools.scoring import evaluate
from workbook_tools.standard import load_standard

FILES = load_cases()


@pytest.mark.parametrize(
    ("file", "case"),
    [
        pytest.param(file, case, id=f"{file.indicator}-{case.name}")
        for file in FILES.values()
        for case in file.cases
    ],
)
def test_worked_case(file: CaseFile, case: WorkedCase) -> None:
    result = evaluate(submission({**file.common, **case.given}, case.tables)).results[
        file.indicator
    ]

    assert result.status == case.status
    assert result.score == case.score
    if case.measure is not None:
        assert result.measure == case.measure


def test_every_indicator_has_its_cases() -> None:
    assert list(FILES) == sorted(one.id for one in load_standard().indicators)
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(FILES)
    for file in FILES.values():
        names = [case.name for case in file.cases]
        assert len(set(names)) == len(names) >= 8, file.indicator


def test_every_case_shows_its_arithmetic_and_a_score_where_there_is_one() -> None:
    for file in FILES.values():
        for case in file.cases:
            assert case.arithmetic.endswith(("。", "）")), case.name
            assert (case.score is None) == (case.status == "insufficient"), case.name
