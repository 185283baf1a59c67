"""Rosters in the encodings and formats that offices have, and the mistakes that people make."""

from __future__ import annotations

import datetime
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from tests.consolidation.records import STANDARD
from workbook_tools.consolidation import RosterError, read_roster
from workbook_tools.standard import load_standard

ROWS = [
    ["unit_code", "unit_name", "归口业务股室", "budget_approved", "staff_quota", "prepared_on"],
    ["001", "县教育局", "教科文股", "86320.50", "120", "2021-03-15"],
    ["002", "县“水利”局", "", "", "", ""],
]


def csv_file(
    folder: Path, rows: list[list[str]], encoding: str = "utf-8", comma: str = ","
) -> Path:
    path = folder / "名册.csv"
    path.write_text("\n".join(comma.join(row) for row in rows) + "\n\n", encoding=encoding)
    return path


def excel_file(folder: Path, rows: list[list[str]]) -> Path:
    path = folder / "名册.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    sheet["D2"], sheet["E2"] = 86320.5, 120
    sheet["F2"] = datetime.datetime(2021, 3, 15)
    book.save(path)
    return path


@pytest.mark.parametrize("form", ["utf-8", "utf-8-sig", "gb18030", "tab", "excel"])
def test_every_form_gives_the_same_roster(tmp_path: Path, form: str) -> None:
    if form == "excel":
        path = excel_file(tmp_path, ROWS)
    elif form == "tab":
        path = csv_file(tmp_path, ROWS, comma="\t")
    else:
        path = csv_file(tmp_path, ROWS, form)
    first, second = read_roster(path, STANDARD).rows
    assert (first.row, first.unit_code, first.unit_name, first.office) == (
        2,
        "001",
        "县教育局",
        "教科文股",
    )
    assert first.values["budget_approved"] == Fraction("86320.5")
    assert first.values["staff_quota"] == 120
    assert first.values["prepared_on"] == datetime.date(2021, 3, 15)
    assert (second.unit_name, second.office) == ("县“水利”局", "")
    assert second.values.keys() == {"unit_code", "unit_name"}


FAULTS = {
    "a code twice": ([ROWS[0], ROWS[1], ["001", "别的"]], "第 3 行“单位编码”列", "第 2 行重复"),
    "no code": ([ROWS[0], ["", "县教育局"]], "第 2 行“单位编码”列", "没有填写"),
    "no name": ([ROWS[0], ["001", ""]], "第 2 行“单位名称”列", "没有填写"),
    "an unknown column": ([["unit_code", "unit_name", "budgett"]], "第 1 行第 3 列", "budgett"),
    "a column twice": ([["unit_code", "unit_name", "unit_name"]], "第 3 列", "两次"),
    "a column missing": ([["unit_code"], ["001"]], "第 1 行", "unit_name"),
    "no units": ([ROWS[0]], "名册.csv", "没有单位"),
    "a number in words": ([ROWS[0], ["1", "局", "", "很多"]], "年初批复预算数", "不是数字"),
    "a number beyond all": ([ROWS[0], ["1", "局", "", "1e999999999"]], "第 2 行", "不是数字"),
    "a negative amount": ([ROWS[0], ["1", "局", "", "-5"]], "年初批复预算数", "最小值"),
    "half a person": ([ROWS[0], ["1", "局", "", "", "1.5"]], "编制数", "整数"),
    "no date": ([ROWS[0], ["1", "局", "", "", "", "三月"]], "填报日期", "不是日期"),
    "no choice": ([["unit_code", "unit_name", "scope"], ["1", "局", "全部"]], "口径", "可选"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_refused_with_its_place(tmp_path: Path, fault: str) -> None:
    rows, place, reason = FAULTS[fault]
    with pytest.raises(RosterError) as refused:
        read_roster(csv_file(tmp_path, rows), STANDARD)
    assert "名册.csv" in str(refused.value)
    assert place in str(refused.value)
    assert reason in str(refused.value)


WRONG = [
    ["青山县预算单位名册"],
    ["单位编号", "单位名", "编制额", "主管领导", "budget_aproved"],
    ["001", "县教育局", "120", "李", "3"],
]


def test_all_wrong_headings_are_told_at_once_with_the_nearest_and_the_accepted(
    tmp_path: Path,
) -> None:
    with pytest.raises(RosterError) as refused:
        read_roster(csv_file(tmp_path, WRONG), STANDARD)
    told = str(refused.value).splitlines()
    wrong, accepted = told[:4], told[4:]
    assert len(wrong) == 4
    for line, (place, nearest) in zip(
        wrong,
        [
            ("第 2 行第 1 列：不认识的列名“单位编号”", "“单位编码”"),
            ("第 2 行第 2 列：不认识的列名“单位名”", "“单位名称”"),
            ("第 2 行第 3 列：不认识的列名“编制额”", "“编制数”"),
            ("第 2 行第 5 列：不认识的列名“budget_aproved”", "“budget_approved”"),
        ],
        strict=True,
    ):
        assert place in line
        assert nearest in line
    assert "主管领导" not in str(refused.value)
    for name in (
        "单位编码",
        "单位名称",
        "归口业务股室",
        "同类单位组",
        "联系人",
        "年初批复预算数",
        "编制数",
    ):
        assert name in "\n".join(accepted)
    sheets = {line.partition("：")[0].split("，")[-1] for line in accepted[4:]}
    assert sheets <= {f"“{sheet.title}”表" for sheet in STANDARD.sheets}
    assert len(sheets) > 2, "a line per sheet, not one with them all"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("年初预算数", "budget_approved"),
        ("年初预算（万元）", "budget_approved"),
        ("追加预算", "budget_increase"),
        ("填报单位", "unit_name"),
        ("评价年份", "fiscal_year"),
    ],
)
def test_what_the_standard_also_calls_an_entry_is_known(
    heading: str, field: str, tmp_path: Path
) -> None:
    lines = [["单位编码", "单位名称", heading], ["001", "县教育局", "2020"]]
    if field == "unit_name":
        lines = [["单位编码", heading], ["001", "县教育局"]]
    (row,) = read_roster(csv_file(tmp_path, lines), STANDARD).rows

    assert field == "unit_name" or row.values[field] == 2020
    assert row.unit_name == "县教育局"


def test_words_that_may_be_a_budget_or_what_was_spent_are_no_heading(tmp_path: Path) -> None:
    lines = [["单位编码", "单位名称", "基本支出"], ["001", "县教育局", "3"]]
    with pytest.raises(RosterError, match="“基本支出”，最接近的是“其中"):
        read_roster(csv_file(tmp_path, lines), STANDARD)


AROUND = [
    ["青山县2020年度预算单位名册", "", "", "", "", "", ""],
    ["", "", "", "", "", "", "2021年3月"],
    ["序号", " 单位\u3000编码", "预算单位名称", "联系人", "联系电话", "编制数", "主要负责人"],
    ["1", "００１", "县教育局", "张三", "0730-1", "120", "新设"],
    ["2", "002 ", "县水利局", "", "139", "30", ""],
    ["", "合 计", "", "", "", "150", ""],
    ["制表：王五", "", "", "", "", "", ""],
]


@pytest.mark.parametrize("form", ["csv", "excel"])
def test_what_stands_around_the_units_is_known_for_what_it_is(tmp_path: Path, form: str) -> None:
    if form == "csv":
        path = csv_file(tmp_path, AROUND)
    else:
        path = tmp_path / "名册.xlsx"
        book = openpyxl.Workbook()
        for row in AROUND:
            book.worksheets[0].append(row)
        book.worksheets[0].merge_cells("A1:G1")
        book.save(path)
    roster = read_roster(path, STANDARD)
    assert [(r.row, r.unit_code, r.unit_name, r.contact) for r in roster.rows] == [
        (4, "001", "县教育局", "张三 0730-1"),
        (5, "002", "县水利局", "139"),
    ]
    assert (roster.year, roster.left) == ("2020", ("序号", "主要负责人"))
    assert roster.rows[0].values.keys() == {"unit_code", "unit_name", "staff_quota"}


def test_the_year_of_a_roster_is_its_column_and_not_the_day_of_the_list(tmp_path: Path) -> None:
    rows = [
        ["青山县预算单位名册（2021年制）"],
        ["单位编码", "单位名称", "评价年度"],
        ["1", "甲局", "2020"],
        ["2", "乙局", "2020"],
        ["3", "丙局", ""],
    ]
    assert read_roster(csv_file(tmp_path, rows), STANDARD).year == "2020"
    assert (
        read_roster(csv_file(tmp_path, [["单位编码", "单位名称"], *rows[4:]]), STANDARD).year == ""
    )


def test_one_code_written_in_two_ways_is_one_code(tmp_path: Path) -> None:
    rows = [["单位编码", "单位名称"], ["001", "甲局"], ["001\u00a0", "乙局"]]
    with pytest.raises(RosterError, match=r"第 3 行“单位编码”列：001 与第 2 行重复"):
        read_roster(csv_file(tmp_path, rows), STANDARD)


@pytest.mark.parametrize("name", ["没有.csv", "没有.xlsx"])
def test_a_missing_roster_is_an_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(RosterError, match="没有"):
        read_roster(tmp_path / name, STANDARD)


@pytest.mark.parametrize(("name", "content"), [("a.csv", b"\xff\xfe\xff\x00"), ("a.xlsx", b"PK")])
def test_a_file_that_is_no_roster_is_an_error(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(RosterError):
        read_roster(tmp_path / name, STANDARD)


@pytest.mark.parametrize("unit", ["(万元)", "（万元）", ""])
def test_an_amount_may_be_headed_with_its_unit(tmp_path: Path, unit: str) -> None:
    path, standard = tmp_path / "名册.csv", load_standard()
    path.write_text(f"单位编码,单位名称,年初批复预算数{unit}\n001,甲,12.5\n", encoding="utf-8")
    (row,) = read_roster(path, standard).rows
    assert row.values["budget_approved"] == Fraction("12.5")
    path.write_text("单位编码,单位名称,年初批复预算数（元）\n001,甲,125000\n", encoding="utf-8")
    with pytest.raises(RosterError, match="年初批复预算数"):
        read_roster(path, standard)
