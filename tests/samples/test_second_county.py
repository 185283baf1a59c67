"""The second county and its last year: what was planted is told, as worked by hand in its data."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from samples.second_county import HERE, LAST_YEAR, ROSTER, SENT, load, write
from tests.cli.shell import run
from workbook_tools.standard import load_standard

COUNTY = load()


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("邻县") / "邻县汇总.xlsx"


@pytest.fixture(scope="module")
def told(summary: Path) -> dict[str, Any]:
    options = ("--roster", ROSTER, "--last-year", LAST_YEAR, "-o", summary)
    ran = run("consolidate", SENT, *options, "--format", "json")
    assert ran.code == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_hints_are_those_worked_by_hand(told: dict[str, Any]) -> None:
    expected = {(kind, unit, field): says for kind, unit, field, says in COUNTY.told.hints}
    found = {(one["kind"], one["unit_code"], one["field"]): one["message"] for one in told["hints"]}
    assert found.keys() == expected.keys()
    assert not {key: found[key] for key, says in expected.items() if says not in found[key]}
    assert not [one for each in told["departments"] for one in each["findings"]]


def test_years_are_those_worked_by_hand(told: dict[str, Any]) -> None:
    moves = [(one["unit_code"], one["how"], one["points_moved"]) for one in told["years"]]
    assert moves == COUNTY.told.moves
    breaks = [
        (one["unit_code"], each["field"], each["was"], each["now"])
        for one in told["years"]
        for each in one["breaks"]
    ]
    assert breaks == COUNTY.told.breaks


def test_both_counties_are_put_together(told: dict[str, Any], summary: Path) -> None:
    ran = run("consolidate", summary, LAST_YEAR, "-o", summary.with_name("全市.xlsx"))
    assert ran.code == 0
    assert "2 个县，10 个单位" in ran.out


def test_it_says_that_it_is_invented_and_is_what_its_data_says(tmp_path: Path) -> None:
    assert all(
        one.name.startswith("邻县") and one.name.endswith("（虚构）") for one in COUNTY.departments
    )
    first = COUNTY.departments[0]
    built = write(COUNTY, first, load_standard(), tmp_path)
    with zipfile.ZipFile(SENT) as archive:
        assert len(archive.namelist()) == len(COUNTY.departments)
        assert archive.read(built.name) == built.read_bytes()
    assert {one.name for one in HERE.iterdir()} == {
        *(one.name for one in (SENT, ROSTER, LAST_YEAR)),
        "departments.yaml",
    }
