"""A report that we wrote ourselves, of a filled workbook, gives the workbook's entries again."""

from __future__ import annotations

from pathlib import Path

import pytest

import workbook_tools
from workbook_tools.cli.samples import samples_folder
from workbook_tools.importing.opening import read_document
from workbook_tools.importing.reports import read_entries
from workbook_tools.importing.wording import plain
from workbook_tools.report import write_report
from workbook_tools.submission import Submission

SAMPLES = sorted(path.name for path in samples_folder().glob("*.xlsx"))
QUICK = "civil-affairs-2020.xlsx"


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(one, marks=[] if one == QUICK else [pytest.mark.slow], id=one)
        for one in SAMPLES
    ],
)
def test_what_comes_back_is_what_was_there(name: str, tmp_path: Path) -> None:
    assessment = workbook_tools.assess(samples_folder() / name)
    submission = assessment.submission
    assert assessment.evaluation is not None
    assert submission is not None
    write_report(assessment.evaluation, tmp_path / "报告.docx")
    entries = read_entries(read_document(tmp_path / "报告.docx"), submission.standard)
    scores = {field for field in submission.entries if field.startswith("self_")}
    assert {one: entries.values.get(one) for one in scores} == {
        one: submission.number(one) for one in scores
    }
    others = {one: value for one, value in entries.values.items() if one not in scores}
    assert len(others) >= sum(_is_told(submission, one) for one in submission.entries) // 2
    for field, value in others.items():
        there = submission.entries[field].value
        if not isinstance(there, str):
            assert value == there, field
        elif "{" not in there:  # where names stand in braces, the report has the figures
            assert plain(str(value)) == plain(there), field


def _is_told(submission: Submission, field: str) -> bool:
    """Whether a field is one that reports tell, and filled."""
    role = field.partition("_")[0]
    told = role not in ("check", "basis", "review", "evidence", "na", "payment", "three", "self")
    return told and not submission.entries[field].blank
