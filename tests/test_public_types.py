"""What the public functions give and raise is had from `workbook_tools`."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import workbook_tools as wt
from tests.cli.shell import SAMPLES
from workbook_tools.conversion.libreoffice import ELSEWHERE
from workbook_tools.report.paper import pdf

TRANSPORT = SAMPLES / "transport-2020.xlsx"
REPORT = """县水利局2020年度部门整体支出绩效自评报告

一、部门概况
（一）主要职能是管水。
二、存在的问题
预算执行进度偏慢，四季度支出占比偏高。
"""


def test_an_evaluation_and_a_round() -> None:
    evaluation = wt.evaluate(wt.read_submission(TRANSPORT))
    assert isinstance(evaluation, wt.Evaluation)
    assert isinstance(evaluation.total, wt.Total)
    assert evaluation.total.score == Fraction("97.66")
    result = evaluation.results["staff_control"]
    assert isinstance(result, wt.Result)
    entry = evaluation.submission.entries["staff_quota"]
    assert isinstance(entry, wt.Entry)
    assert isinstance(evaluation.submission.tables["tasks"][0], wt.Row)

    validation = wt.validate(TRANSPORT)
    assert isinstance(validation, wt.Validation)
    (record,) = validation
    assert isinstance(record, wt.Record)
    assert isinstance(record.total, wt.Totals)
    assert isinstance(record.scores["staff_control"], wt.Score)
    assert isinstance(record.findings[0], wt.Finding)

    together = wt.consolidate_records(
        [record],
        standard=wt.load_standard(),
        roster=wt.read_roster(SAMPLES / "roster.csv", wt.load_standard()),
    )
    (department,) = together.departments
    assert isinstance(department, wt.Department)
    assert isinstance(department.standing, wt.Standing)
    assert department.standing.points == Fraction("97.66")
    assert isinstance(together.notices[0], wt.Notice)
    assert isinstance(together.roster, wt.Roster)
    assert isinstance(together.roster.rows[0], wt.RosterRow)


def test_an_import(tmp_path: Path) -> None:
    report = tmp_path / "报告.txt"
    report.write_text(REPORT, encoding="utf-8")
    imported = wt.import_report(report, tmp_path / "自评.xlsx")
    assert isinstance(imported, wt.Imported)
    assert all(isinstance(one, wt.Placed) for one in imported.placed)
    assert all(isinstance(one, wt.NotPlaced) for one in imported.not_placed)
    assert {"fiscal_year", "narrative_problems"} <= {one.field for one in imported.placed}
    (only,) = wt.import_forms(report, tmp_path / "另一份.xlsx")
    assert only.placed == imported.placed


def test_whatever_goes_wrong_is_one_kind_of_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = tmp_path / "没有"
    with pytest.raises(wt.WorkbookToolsError) as source:
        wt.validate(nowhere)
    assert isinstance(source.value, wt.SourceError)
    with pytest.raises(wt.WorkbookToolsError) as standard:
        wt.load_standard("没有")
    assert isinstance(standard.value, wt.StandardError)
    with pytest.raises(wt.ClusterError, match="连不上调度器"), wt.cluster("http://127.0.0.1:9"):
        pass
    monkeypatch.setenv(ELSEWHERE, "none")
    with pytest.raises(wt.PdfError, match="没有找到 LibreOffice"):
        pdf.find_office()
