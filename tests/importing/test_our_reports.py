"""A report that we wrote ourselves, of a filled workbook, gives the workbook's entries again."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path

import docx
import pytest
from docx.table import Table

import workbook_tools
from workbook_tools.cli.samples import samples_folder
from workbook_tools.importing import import_report
from workbook_tools.importing.wording import plain
from workbook_tools.narrative.marks import CONTRADICTED
from workbook_tools.narrative.placeholders import filled
from workbook_tools.report import write_report
from workbook_tools.report.department.edition import Edition
from workbook_tools.report.department.formal import sayable
from workbook_tools.scoring import Evaluation
from workbook_tools.standard.report_form import PENDING
from workbook_tools.submission import Entry

OWN = Path(__file__).parents[2] / "samples" / "own"
SAMPLES = [*sorted(samples_folder().glob("*.xlsx")), *sorted(OWN.glob("*.xlsx"))]
QUICK = {"civil-affairs-2020", "housing-2024", "project-road-2024"}
NOT_PRINTED = ("evidence_", "review_", "reviewer", "reviewed_on")
"""What a report has no column for, and what is the bureau's."""


@pytest.mark.parametrize("edition", ["formal", "working"])
@pytest.mark.parametrize(
    "sample",
    [
        pytest.param(one, marks=[] if one.stem in QUICK else [pytest.mark.slow], id=one.stem)
        for one in SAMPLES
    ],
)
def test_what_comes_back_is_what_was_there(sample: Path, edition: Edition, tmp_path: Path) -> None:
    assessment = workbook_tools.assess(sample)
    evaluation = assessment.evaluation
    assert evaluation is not None
    write_report(evaluation, tmp_path / "报告.docx", edition=edition)
    imported = import_report(tmp_path / "报告.docx", tmp_path / "自评.xlsx")
    assert imported.standard == evaluation.standard
    told = evaluation
    if edition == "formal":  # what is no fact is not repeated there
        told = sayable(evaluation, assessment.findings)
    there, back = told.submission, workbook_tools.read_submission(imported.target)
    fields = [one for one in there.entries if not one.startswith(NOT_PRINTED)]
    assert {one: _said(back.entries[one]) for one in fields} == {
        one: _said(there.entries[one], told) for one in fields
    }
    for table, rows in there.tables.items():
        assert [_row(row.entries) for row in back.tables[table]] == [
            _row(row.entries) for row in rows if row.counted
        ]


def _row(entries: Mapping[str, Entry]) -> dict[str, object]:
    return {column: _said(entry) for column, entry in entries.items()}


def _said(entry: Entry, evaluation: Evaluation | None = None) -> object:
    """What a cell says; None where it says nothing that can be used, or that a report may say."""
    if not isinstance(entry.value, str):
        return entry.value
    text = filled(entry.value, evaluation) if evaluation else entry.value
    text = text.removesuffix(f"\n{CONTRADICTED}")
    return None if text.startswith(PENDING) else plain(text) or None


def test_two_different_lists_cancel_each_other(tmp_path: Path) -> None:
    assessment = workbook_tools.assess(OWN / "housing-2024.xlsx")
    assert assessment.evaluation is not None
    path = write_report(assessment.evaluation, tmp_path / "报告.docx")
    document = docx.Document(str(path))
    body = document.element.body
    place = next(
        place
        for place, one in enumerate(body)
        if one.xpath("string(.)") == "绩效指标" and one.xpath(".//w:pStyle[@w:val='Heading3']")
    )
    for one in [copy.deepcopy(body[place + 1]), copy.deepcopy(body[place])]:
        body.insert(place + 2, one)
    Table(body[place + 3], document).rows[1].cells[3].text = "150"  # 120 in the first list
    document.save(str(path))
    imported = import_report(path, tmp_path / "自评.xlsx")
    assert not [one for one in imported.placed if one.field.startswith("kpis.")]
    words = [one.reason for one in imported.not_placed if "绩效指标" in one.reason]
    assert len(words) == 22
    assert "有两张内容不同的表" in words[0]
