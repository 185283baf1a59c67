"""项目汇总: projects by unit, means weighed by amount; worked by hand beside the samples.

420 万元 × 97 = 40,740; 800 万元 × 81.25 = 65,000; 105,740 ÷ 1,220 = 86.6721… The plain mean is
(97 + 81.25) ÷ 2 = 89.125.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import docx
import msgspec
import openpyxl
import pytest

from samples.own.build import HERE, load
from tests.consolidation.records import record
from tests.lo import recalculate, requires_libreoffice
from workbook_tools import assess, consolidate, consolidate_records, write_overview
from workbook_tools.assessment import Record
from workbook_tools.assessment import record as on_record
from workbook_tools.consolidation import Consolidation
from workbook_tools.standard import load_standard

PROJECT = load_standard("project-2020")
PATHS = [HERE / f"{stem}.xlsx" for stem, one in load().items() if one.standard == PROJECT.id]
BY_HAND = Fraction(420 * 97 * 100 + 800 * 8125, 100 * 1220)


@pytest.fixture(scope="module")
def samples() -> list[Record]:
    return [on_record(assess(path)) for path in PATHS]


def another(one: Record, code: str, project: str, **facts: str) -> Record:
    """The same figures from another unit or for another project."""
    return msgspec.structs.replace(
        one,
        path=f"/bureau/{code}-{project}.xlsx",
        unit_code=code,
        unit_name=f"单位{code}",
        subject=(project,),
        facts={**one.facts, **facts},
    )


def made(records: list[Record]) -> Consolidation:
    return consolidate_records(records, standard=PROJECT)


def test_the_mean_is_weighed_by_amount(samples: list[Record]) -> None:
    found = made(samples)
    unit = found.projects_by_unit.iloc[0]
    assert (unit["unit_code"], unit["projects"], unit["amount"]) == ("301001", 2, 1220)
    assert unit["weighed_mean"] == pytest.approx(float(BY_HAND))
    assert unit["mean"] == pytest.approx(89.125)
    assert set(found.projects["project_name"]) == {"农村危房改造（虚构）", "农村公路建设（虚构）"}


def test_what_has_no_usable_amount_is_left_out_and_says_so(samples: list[Record]) -> None:
    small = another(samples[0], "301001", "P3", funds_total_annual="0")
    found = made([*samples, small])
    remarks = dict(zip(found.projects["subject"], found.projects["remark"], strict=True))
    assert remarks == {"P3010101": "", "P3010102": "", "P3": "没有金额"}
    assert found.projects_by_unit.iloc[0]["weighed_mean"] == pytest.approx(float(BY_HAND))


def sheet_of(path: Path) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(path, data_only=True)
    return list(book["项目汇总"].iter_rows(min_row=3, values_only=True))


@requires_libreoffice
@pytest.mark.libreoffice
def test_the_sheet_says_so_and_its_formulas_too(samples: list[Record], tmp_path: Path) -> None:
    other = another(samples[0], "302001", "P9")
    path = made([*samples, other]).write(tmp_path / "汇总.xlsx")
    whole = Fraction(420 * 97 * 2 * 100 + 800 * 8125, 100 * 1640)
    for shown in (path, recalculate([path], tmp_path / "calculated")[0]):
        head, *rows = sheet_of(shown)
        lines = {
            str(row[1]).split("：")[0].split("（")[0]: dict(zip(head, row, strict=True))
            for row in rows
            if row[0] is None
        }
        assert lines["合计"]["得分"] == pytest.approx(float(whole))
        assert lines["合计"]["年度资金总额—全年预算数（万元）"] == 1640
        assert [row[4] for row in rows if row[0] is None] == [1640, 1220, 420]
        assert [row[5] for row in rows if row[0] is None][1] == pytest.approx(float(BY_HAND))


def test_the_report_tells_it(samples: list[Record], tmp_path: Path) -> None:
    target = write_overview(made(samples), tmp_path / "总报告.docx")
    document = docx.Document(str(target))
    said = "\n".join(one.text for one in document.paragraphs)
    assert "1 个单位的 2 个项目" in said
    assert "按金额加权平均 86.67 分" in said
    assert "项目支出绩效自评" in said
    assert "部门整体支出" not in said


def test_amounts_that_hold_others_are_not_added_up(samples: list[Record]) -> None:
    budget = made(samples).budget
    assert list(budget["funds_total_annual"]) == [420, 800]
    assert "funds_annual" not in budget.columns


def test_one_workbook_per_unit_has_no_such_sheet(tmp_path: Path) -> None:
    path = tmp_path / "汇总.xlsx"
    consolidate_records([record("101")], standard=load_standard()).write(path)
    assert "项目汇总" not in openpyxl.load_workbook(path).sheetnames
    assert consolidate(PATHS, path, overwrite=True).projects.shape[0] == 2


def test_projects_are_not_counted_as_units(samples: list[Record], tmp_path: Path) -> None:
    """Two projects of one unit."""
    county = made(samples)
    county.write(tmp_path / "汇总.xlsx")
    write_overview(county, tmp_path / "总报告.docx")

    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx", data_only=True)
    labels = [str(row[1]) for row in book["预算汇总"].iter_rows(values_only=True) if row[1]]
    assert labels[1:3] == ["合计（2 个项目）", "各项有金额的项目数"]
    told = "\n".join(one.text for one in docx.Document(str(tmp_path / "总报告.docx")).paragraphs)
    assert "下列金额为 2 个项目填报数的合计" in told
    assert "2 个单位" not in told
