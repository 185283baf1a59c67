"""基础数据表: what is read of it, and which tables that look like it are not."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import docx
import pytest

from workbook_tools.importing.entries import Entries
from workbook_tools.importing.opening import read_document
from workbook_tools.importing.reading import read_entries
from workbook_tools.standard import load_standard

TITLE = "2020年度部门整体支出绩效评价基础数据表"
STAFF = (
    ("财政供养人员情况（人）", "编制数", "2020年实际在职人数", "控制率"),
    ("", "46", "50", "108.70%"),
)
HEAD = ("经费控制情况（万元）", "2019年决算数", "2020年预算数", "2020年决算数")
ROWS = (
    ("三公经费", "5.5", "6", "4.2"),
    ("1、公务用车购置和维护经费", "2", "3", "1.2"),
    ("其中：公车购置", "0", "0", "0"),
    ("公车运行维护", "2", "3", "1.2"),
    ("2、出国经费", "", "—", "0"),
    ("3、公务接待", "3.5", "3", "3"),
    ("公用经费", "118.31", "1,085.76", "93.42"),
    ("政府采购金额", "", "", ""),
)
MONEY = {
    "three_public_vehicle_purchase_previous_actual": 0,
    "three_public_vehicle_purchase_current_budget": 0,
    "three_public_vehicle_purchase_current_actual": 0,
    "three_public_vehicle_operation_previous_actual": 2,
    "three_public_vehicle_operation_current_budget": 3,
    "three_public_vehicle_operation_current_actual": 1.2,
    "three_public_overseas_current_actual": 0,
    "three_public_reception_previous_actual": 3.5,
    "three_public_reception_current_budget": 3,
    "three_public_reception_current_actual": 3,
    "public_funds_budget": 1085.76,
    "public_funds_actual": 93.42,
}


def entries(
    folder: Path, title: str, rows: Sequence[Sequence[str]], merged: bool = False
) -> Entries:
    document = docx.Document()
    document.add_paragraph(title)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    if merged:
        last = table.rows[-1].cells
        last[2].merge(last[3])
    document.save(str(folder / "报告.docx"))
    return read_entries(read_document(folder / "报告.docx"), load_standard())


def figures(found: Entries) -> dict[str, float]:
    return {
        field: float(value)
        for field, value in found.values.items()
        if isinstance(value, Fraction) and field != "fiscal_year"
    }


def test_people_and_three_columns(tmp_path: Path) -> None:
    found = entries(tmp_path, TITLE, [*STAFF, HEAD, *ROWS])
    assert figures(found) == {**MONEY, "staff_quota": 46, "staff_actual": 50}
    assert found.sources["staff_actual"].words == "2020年实际在职人数 50"
    assert [one.words for one in found.not_placed] == ["1、公务用车购置和维护经费 2 3 1.2"]


def test_the_same_as_text_with_tabs(tmp_path: Path) -> None:
    lines = [TITLE, *("\t".join(row) for row in [*STAFF, HEAD, *ROWS])]
    report = tmp_path / "报告.txt"
    report.write_text("\n".join(lines), encoding="utf-8")
    found = read_entries(read_document(report), load_standard())
    assert figures(found) == {**MONEY, "staff_quota": 46, "staff_actual": 50}


def test_in_yuan(tmp_path: Path) -> None:
    head = ("经费控制情况（元）", *HEAD[1:])
    found = entries(tmp_path, TITLE, [head, ("公用经费", "", "857600", "93.42万元")])
    assert figures(found) == {"public_funds_budget": 85.76, "public_funds_actual": 93.42}


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("2020年度支出功能分类决算表", [HEAD, ROWS[6]]),
        (TITLE, [("科目编码", *HEAD[1:]), HEAD, ROWS[6]]),
        (TITLE, [("经费控制情况", *HEAD[1:]), ROWS[6]]),
        (
            TITLE,
            [("经费控制情况（万元）", "2017年决算数", "2018年预算数", "2018年决算数"), ROWS[6]],
        ),
        (TITLE, [("编制数", "46", "在职人数", "50"), ("公务用车", "3", "3", "4")]),
    ],
    ids=["no title", "functional items", "no unit", "other years", "numbers beside labels"],
)
def test_not_certain(title: str, rows: Sequence[Sequence[str]], tmp_path: Path) -> None:
    assert figures(entries(tmp_path, title, rows)) == {}


def test_a_number_over_two_columns(tmp_path: Path) -> None:
    found = entries(tmp_path, TITLE, [HEAD, ("公用经费", "1", "", "2")], merged=True)
    assert figures(found) == {}
    assert len(found.not_placed) == 1
