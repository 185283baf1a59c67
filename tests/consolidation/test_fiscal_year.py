"""Workbooks of another fiscal year than the round's, and rounds whose year nobody can tell."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from tests.consolidation.records import consolidation, record
from tests.consolidation.test_units import ROSTER, UNITS, of
from workbook_tools.assessment import Record
from workbook_tools.intake.roster import Roster, RosterRow


def year(code: str, told: str) -> Record:
    return record(code, name=UNITS.get(code, ""), facts={"fiscal_year": told})


def test_a_workbook_of_another_year_than_most_is_told_and_counted() -> None:
    result = consolidation(year("002", "2020"), year("003", "2020"), year("005", "2019"))
    (notice,) = of(result, "other-year")
    assert (notice.unit_code, "2019" in notice.reason, "2020" in notice.reason) == (
        "005",
        True,
        True,
    )
    assert [[one.name for one in item.findings] for item in result.departments] == [
        [],
        [],
        ["other-fiscal-year"],
    ]
    assert len(result.departments) == 3


def test_the_year_of_the_roster_goes_before_that_of_most_workbooks() -> None:
    roster = Roster(path=ROSTER.path, rows=ROSTER.rows, year="2019")
    result = consolidation(
        year("002", "2020"), year("003", "2020"), year("005", "2019"), roster=roster
    )
    assert [notice.unit_code for notice in of(result, "other-year")] == ["002", "003"]


def test_where_no_year_prevails_that_is_told_and_nobody_is_blamed() -> None:
    result = consolidation(year("002", "2019"), year("003", "2020"), year("005", ""))
    (notice,) = of(result, "other-year")
    assert (notice.unit_code, notice.path) == ("", "")
    assert "2019 年 1 份，2020 年 1 份" in notice.reason
    assert [item.findings for item in result.departments] == [(), (), ()]


def test_where_some_say_no_year_nothing_is_told() -> None:
    result = consolidation(year("002", "2020"), year("003", ""))
    assert of(result, "other-year") == []


def test_where_the_roster_says_the_year_of_each_unit_no_year_need_prevail() -> None:
    rows = tuple(
        RosterRow(row=2, unit_code=code, unit_name="", office="", values={"fiscal_year": told})
        for code, told in (("002", Fraction(2019)), ("003", Fraction(2020)))
    )
    result = consolidation(
        year("002", "2019"), year("003", "2020"), roster=Roster(path=Path("r.csv"), rows=rows)
    )
    assert of(result, "other-year") == []
