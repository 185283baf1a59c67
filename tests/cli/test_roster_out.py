"""``template --roster``: one prefilled workbook per department, and what comes back."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.shell import on_terminal, run

pytestmark = pytest.mark.slow

ROSTER = """\
unit_code,unit_name,归口业务股室,budget_approved,staff_quota
001,县教育局,教科文股,86320.5,120
002,"=cmd|'/c calc'!A1",农业股,,30
Ab1,甲/乙,农业股,1,1
aB1,甲\\乙,农业股,1,1
"""
FILES = ["001 县教育局.xlsx", "002 =cmd_'_c calc'!A1.xlsx", "Ab1 甲_乙.xlsx", "aB1 甲_乙 (2).xlsx"]


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("名册") / "名册.csv"
    path.write_text(ROSTER, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def folder(roster: Path) -> Path:
    made = run("template", "--roster", roster, "-o", roster.parent / "下发", "-j", "2")
    assert (made.code, made.err) == (0, "")
    assert "已生成 4 份" in made.out
    return roster.parent / "下发"


def cell(book: openpyxl.Workbook, name: str) -> openpyxl.cell.cell.Cell:
    sheet, place = book.defined_names[name].attr_text.split("!")
    found = book[sheet.strip("'")][place.replace("$", "")]
    assert isinstance(found, openpyxl.cell.cell.Cell)
    return found


def test_each_department_gets_a_file_that_windows_takes(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)


def test_issued_values_are_locked_and_the_others_are_to_fill_in(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / FILES[0])
    assert cell(book, "in_unit_code").value == "001"
    assert cell(book, "in_budget_approved").value == 86320.5
    assert cell(book, "in_staff_quota").protection.locked
    assert not cell(book, "in_staff_actual").protection.locked
    other = openpyxl.load_workbook(folder / FILES[1])
    assert cell(other, "in_budget_approved").value is None
    assert not cell(other, "in_budget_approved").protection.locked


def test_a_name_from_the_roster_stays_a_text(folder: Path) -> None:
    name = cell(openpyxl.load_workbook(folder / FILES[1]), "in_unit_name")
    assert (name.value, name.data_type) == ("=cmd|'/c calc'!A1", "s")


def test_a_workbook_that_comes_back_with_another_value_is_a_finding(
    folder: Path, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(folder / FILES[0])
    cell(book, "in_staff_quota").value = 150
    book.save(tmp_path / "退回.xlsx")
    record = json.loads(run("validate", tmp_path, "--format", "json").out)["workbooks"][0]
    (differs,) = [one for one in record["findings"] if one["name"] == "differs-from-issued"]
    assert (differs["field"], differs["expected"], differs["actual"]) == (
        "staff_quota",
        "120",
        "150",
    )
    assert "differs-from-issued" not in run("validate", folder, "--format", "json").out


def test_a_second_run_makes_what_is_missing_and_overwrites_nothing(
    folder: Path, roster: Path
) -> None:
    kept, gone = folder / FILES[0], folder / FILES[2]
    before = kept.read_bytes()
    kept.write_bytes(b"filled in by now")
    gone.unlink()
    again = run("template", "--roster", roster, "-o", folder)
    assert kept.read_bytes() == b"filled in by now"
    assert gone.exists()
    assert "已生成 1 份" in again.out
    assert "没有覆盖的 3 份" in again.err
    assert FILES[0] in again.err
    kept.write_bytes(before)


def test_a_folder_that_is_filled_already_is_no_success(folder: Path, roster: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    again = run("template", "--roster", roster, "-o", folder)
    assert again.code == 2
    assert "已有名册中全部 4 个单位的模板" in again.err
    assert "已生成" not in again.out
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_columns_that_are_not_used_are_named(tmp_path: Path) -> None:
    roster = tmp_path / "名册.csv"
    roster.write_text(
        "序号,单位编码,单位名称,联系人,备注\n1,001,县教育局,张三,新\n", encoding="utf-8"
    )
    made = run("template", "--roster", roster, "-o", tmp_path / "下发")
    assert made.code == 0
    assert "名册中没有用到的列：序号、备注。" in made.err


def test_every_bad_row_is_told_and_nothing_is_made(tmp_path: Path) -> None:
    roster = tmp_path / "名册.csv"
    roster.write_text(
        "unit_code,unit_name,staff_quota\n001,甲,3\n,乙,3\n003,丙,三人\n001,丁,4\n",
        encoding="utf-8",
    )
    made = run("template", "--roster", roster, "-o", tmp_path / "下发")
    assert made.code == 2
    assert "第 3 行“单位编码”列" in made.err
    assert "第 4 行“编制数”列：“三人”" in made.err
    assert "第 5 行“单位编码”列：001 与第 2 行重复" in made.err
    assert not (tmp_path / "下发").exists()


def test_a_terminal_shows_how_far_it_is(roster: Path, tmp_path: Path) -> None:
    code, shown = on_terminal(["template", "--roster", roster, "-o", tmp_path / "下发"])
    assert code == 0
    assert "生成模板" in shown
    assert "4/4" in shown


def test_a_folder_where_a_file_belongs_is_told(tmp_path: Path) -> None:
    assert "请写明文件名" in run("template", "-o", tmp_path).err
