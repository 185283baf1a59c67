"""What the JSON tells of the other readings of the rules, and 校验结果 does not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.checks.builder import STANDARD, Change, evaluated
from workbook_tools.annotation import annotate
from workbook_tools.assessment import assess
from workbook_tools.template import Filling, build_template


def filled(path: Path, **fields: Any) -> Path:
    """The workbook of a department with 100 points, but for these fields."""
    submission, _ = evaluated(Change(fields=fields))
    rows = {
        table: [{name: entry.value for name, entry in row.entries.items()} for row in rows]
        for table, rows in submission.tables.items()
    }
    values = {field: entry.value for field, entry in submission.entries.items()}
    build_template(STANDARD, path, filling=Filling(values=values, rows=rows))
    return path


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "；复算总分 100.00"),
        ({"assessment_score": 0, "staff_actual": 54}, "；复算总分 91.63"),
        (
            {"assessment_score": None, "survey_satisfied": None, "staff_actual": 54},
            "；复算总分 86.63～99.63（资料不全）",
        ),
    ],
)
def test_the_result_sheet_tells_the_score_and_nothing_of_other_readings(
    tmp_path: Path, fields: dict[str, Any], expected: str
) -> None:
    source, target = filled(tmp_path / "a.xlsx", **fields), tmp_path / "b.xlsx"
    assessment = assess(source)
    assert assessment.evaluation is not None
    annotate(source, target, assessment.findings, assessment.evaluation)
    book = openpyxl.load_workbook(target)
    sheet, cell = next(book.defined_names["result_counts"].destinations)
    assert book[sheet][cell].value.endswith(expected)


def test_json_gives_the_score_under_each_reading_and_the_range(tmp_path: Path) -> None:
    source = filled(tmp_path / "a.xlsx", assessment_score=0, staff_actual=54, budget_increase=None)
    command = [sys.executable, "-m", "workbook_tools", "validate", "--format", "json", str(source)]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    (workbook,) = json.loads(run.stdout)["workbooks"]
    scores, total = workbook["scores"], workbook["total"]
    assert scores["staff_control"]["readings"] == {"linear": "4.6", "half_point_steps": "1"}
    assert scores["actual_completion"]["readings"] == {"tasks_done": "8"}
    assert scores["budget_completion"]["readings"] == {"adjusted_budget": None}
    assert scores["goal_clarity"]["readings"] == {}
    # without the increase two indicators of 2 points each cannot be computed
    assert (total["low"], total["high"]) == ("87.63", "91.63")
    assert (total["readings_low"], total["readings_high"]) == ("84", "99.63")
    assert (total["grade"], total["grade_low"], total["grade_high"]) == (None, "良", "优")
