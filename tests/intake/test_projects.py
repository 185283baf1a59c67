"""A table per project: a roster tells its rows apart by project, and brings the year's targets."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from workbook_tools import load_standard
from workbook_tools.cli import top_level
from workbook_tools.intake.roster import RosterError, read_roster
from workbook_tools.standard.contract import column_name
from workbook_tools.submission import read_submission
from workbook_tools.template import Filling, build_template

STANDARD = load_standard("project-2020")
PROJECTS: list[list[str]] = [
    ["单位编码", "单位名称", "项目编码", "项目名称"],
    ["0301", "青岭县住建局", "P001", "农村危房改造"],
    ["0301", "青岭县住建局", "P002", "农村公路"],
    ["0302", "青岭县民政局", "P001", "养老服务"],
]
TARGETS: list[list[object]] = [
    [
        "预算单位编码",
        "项目编码",
        "二级指标",
        "三级指标",
        "指标性质",
        "年度指标值",
        "计量单位",
        "分值",
    ],
    ["0301", "P001", "数量指标", "改造户数", "≥", 120, "户", 20],
    ["0301", "P001", "质量指标", "验收合格率", "≥", 0.95, "%", 30],
    ["0301", "P002", "数量指标", "新建里程", "≥", 90, "公里", 50],
]


def roster(folder: Path, projects: list[list[str]], targets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    for row in projects:
        first.append(row)
    second = book.create_sheet("绩效目标申报表")
    for line in targets:
        second.append(line)
    path = folder / "项目清单.xlsx"
    book.save(path)
    return path


def test_each_project_gets_a_template_with_its_targets(tmp_path: Path) -> None:
    path, folder = roster(tmp_path, PROJECTS, TARGETS), tmp_path / "下发"
    result = CliRunner().invoke(
        top_level,
        ["template", "--standard", "project-2020", "--roster", str(path), "-o", str(folder)],
    )
    assert result.exit_code == 0, result.output
    assert sorted(one.name for one in folder.iterdir()) == [
        "0301 P001 青岭县住建局.xlsx",
        "0301 P002 青岭县住建局.xlsx",
        "0302 P001 青岭县民政局.xlsx",
    ]
    first = read_submission(folder / "0301 P001 青岭县住建局.xlsx")
    assert first.issued["project_code"] == "P001"
    rows = first.counted_rows("kpis")
    assert [row.name for row in rows] == ["改造户数", "验收合格率"]
    assert rows[1].entries["target"].number == Fraction(95, 100)
    assert column_name("kpis", "target") in first.columns


def test_a_project_stands_once_in_a_roster_and_targets_belong_to_one(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match="0301、P001 与第 2 行重复。每个项目只能有一行"):
        read_roster(roster(tmp_path, [*PROJECTS, PROJECTS[1]], TARGETS), STANDARD)
    strange: list[object] = ["0301", "P009", "数量指标", "别的", "≥", 1, "", 1]
    with pytest.raises(RosterError, match="0301、P009 不在名册里"):
        read_roster(roster(tmp_path, PROJECTS, [*TARGETS, strange]), STANDARD)
    wrong: list[object] = ["0301", "P001", "数量指标", "别的", "≥", "很多", "", 1]
    with pytest.raises(RosterError, match="第 5 行“年度指标值”列：“很多”不是数字"):
        read_roster(roster(tmp_path, PROJECTS, [*TARGETS, wrong]), STANDARD)
    nameless = [*PROJECTS, ["0303", "青岭县水利局", "", "水库"]]
    with pytest.raises(RosterError, match="“项目编码”列：没有填写"):
        read_roster(roster(tmp_path, nameless, TARGETS), STANDARD)


def test_two_projects_of_a_unit_are_no_duplicates(tmp_path: Path) -> None:
    returned = tmp_path / "报送"
    returned.mkdir()
    for name, project in (("一", "P001"), ("二", "P002"), ("二改", "P002")):
        values = {"unit_code": "0301", "unit_name": "青岭县住建局", "project_code": project}
        values["prepared_by"] = name
        build_template(STANDARD, returned / f"{name}.xlsx", filling=Filling(values=values))
    target = tmp_path / "汇总.xlsx"
    CliRunner().invoke(top_level, ["consolidate", str(returned), "-o", str(target)])
    book = openpyxl.load_workbook(target, data_only=True)
    told = [
        str(cell)
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell and "报送了多份" in str(cell)
    ]
    assert len(set(told)) == 1
    assert "同一项目报送了多份" in told[0]
