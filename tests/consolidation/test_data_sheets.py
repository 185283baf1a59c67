"""数据 on several sheets, where there are more rows than one holds."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl

from tests.consolidation.records import STANDARD, consolidation, record
from workbook_tools.consolidation.summary.reading_year import read_last_year
from workbook_tools.consolidation.summary.workbook import write_summary

WHEN = datetime.datetime(2021, 4, 2, 9, 30)


def test_what_a_sheet_cannot_hold_goes_on_in_another(tmp_path: Path) -> None:
    county = consolidation(*(record(f"10{number}", "98") for number in range(5)))
    usual = write_summary(county, tmp_path / "一张.xlsx", when=WHEN)
    parted = write_summary(county, tmp_path / "几张.xlsx", when=WHEN, most_data=60)
    before, after = openpyxl.load_workbook(usual), openpyxl.load_workbook(parted)
    titles = ["数据", "数据 2", "数据 3"]
    place = before.sheetnames.index("数据")
    names = before.sheetnames
    assert after.sheetnames == names[:place] + titles + names[place + 1 :]
    whole = list(before["数据"].iter_rows(values_only=True))
    parts = [list(after[title].iter_rows(values_only=True)) for title in titles]
    assert all(part[0] == whole[0] for part in parts)
    assert [row for part in parts for row in part[1:]] == whole[1:]
    assert [len(part) - 1 for part in parts] == [60, 60, 5 * len(STANDARD.indicators) - 120]
    assert before["总览"]["A11"].value is None
    assert after["总览"]["A11"].value == (
        "每单位每指标一行的数据超过一张工作表的行数，依次列在“数据”、“数据 2”、“数据 3”中。"
    )
    assert read_last_year(parted).departments == read_last_year(usual).departments
    assert all(one.scores for one in read_last_year(parted).departments.values())


def test_rows_that_just_fit_stay_on_one_sheet(tmp_path: Path) -> None:
    rows = 2 * len(STANDARD.indicators)
    county = consolidation(record("101", "98"), record("102", "98"))
    path = write_summary(county, tmp_path / "汇总.xlsx", when=WHEN, most_data=rows)
    assert "数据 2" not in openpyxl.load_workbook(path).sheetnames
