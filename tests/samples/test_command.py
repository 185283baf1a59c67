"""What the command line says of a sample is what a script would work with."""

from __future__ import annotations

import json
import subprocess
import sys

from samples.data import HERE
from workbook_tools.standard import load_standard


def test_validate_tells_programs_all_about_the_report_of_xiangtan() -> None:
    path = HERE / "xiangtan-2020.xlsx"

    run = subprocess.run(
        [sys.executable, "-m", "workbook_tools", "validate", str(path), "--format", "json"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert run.returncode == 1, run.stderr
    (workbook,) = json.loads(run.stdout)["workbooks"]
    assert workbook["unit_name"] == "湘潭县科技和工业信息化局"
    scores = workbook["scores"]
    assert {one: score["self"] for one, score in scores.items()} == {
        indicator.id: str(indicator.weight) for indicator in load_standard().indicators
    }
    assert scores["budget_completion"]["score"] == "4"
    assert scores["budget_completion"]["status"] == "computed"
    assert sum(one["status"] == "insufficient" for one in scores.values()) == 26
    total = workbook["total"]
    assert (total["score"], total["low"], total["high"]) == (None, "4", "100")
    assert (total["self"], total["claimed"], total["grade_claimed"]) == ("100", "100", "优")
