"""``validate`` of several workbooks says on stderr which are of another year than most."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.shell import run
from tests.submission.handmade import write_workbook

YEARS = {
    # years by workbook, a letter each: what is told
    "one": (
        (2020, 2020, 2019),
        "评价年度：2 份是 2020 年度，c.xlsx 是 2019 年度，请核实是否交错。",
    ),
    "two years": (
        (2020, 2021, 2019, 2020),
        "评价年度：2 份是 2020 年度，c.xlsx 是 2019 年度，b.xlsx 是 2021 年度，请核实是否交错。",
    ),
    "many": (
        (2020, 2020, 2020, 2020, 2020, 2019, 2019, 2019, 2019),
        "评价年度：5 份是 2020 年度，f.xlsx、g.xlsx、h.xlsx 等 4 份是 2019 年度，请核实是否交错。",
    ),
    "none says": ((2020, 2020, None), ""),
    "the same": ((2020, 2020), ""),
    "no year prevails": (
        (2020, 2019),
        "评价年度：b.xlsx 是 2019 年度，a.xlsx 是 2020 年度，请核实是否交错。",
    ),
    "a single one": ((2020,), ""),
}


def sent(folder: Path, years: Sequence[int | None]) -> None:
    for letter, year in zip("abcdefghij", years, strict=False):
        contents = {"unit_name": f"{letter}局", "fiscal_year": year, "budget_approved": 5}
        write_workbook(folder / f"{letter}.xlsx", contents)


@pytest.mark.parametrize("case", YEARS)
def test_a_workbook_of_another_year_is_told_at_the_end(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    years, told = YEARS[case]
    sent(tmp_path, years)
    monkeypatch.chdir(tmp_path)

    ran = run("validate", "*.xlsx", "-j", "1", "--no-cache")

    assert [line for line in ran.err.splitlines() if "评价年度" in line] == ([told] if told else [])
    assert "交错" not in ran.out


def test_json_and_findings_stay_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(tmp_path, (2020, 2020, 2019))
    monkeypatch.chdir(tmp_path)

    together = run("validate", "*.xlsx", "-j", "1", "--no-cache", "--format", "json")
    alone = run("validate", "c.xlsx", "-j", "1", "--no-cache", "--format", "json")

    assert "c.xlsx 是 2019 年度" in together.err
    assert json.loads(together.out)["workbooks"][2] == json.loads(alone.out)["workbooks"][0]
