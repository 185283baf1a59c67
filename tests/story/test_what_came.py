"""What comes to a bureau in real life: everything that is no report, and reports that are odd.

A county of thirteen by a roster as bureaus keep it; the real command line, on two processes.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.shell import run_apart
from tests.story.clerks import DEPARTMENTS, ROSTER, Desk, fill

pytestmark = pytest.mark.slow
ZEROS = {"208001": "008001"}
"""The code that this roster has instead: Excel takes its zeros away."""


class Office:
    """The bureau's folder, and what was printed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.sent = folder, folder / "报送"
        self.sent.mkdir()
        self.departments = {ZEROS.get(code, code): one for code, one in DEPARTMENTS.items()}
        self._write_roster()
        self.issued = self.run("template", "--roster", "名册.xlsx", "-o", "下发")
        self.again = self.run("template", "--roster", "名册.xlsx", "-o", "下发")
        self.templates = {path.name[:6]: path for path in (folder / "下发").iterdir()}
        self._receive()
        self.checked = self.run("validate", "报送", "--no-cache", "--format", "json")
        self.summed = self.run(
            "consolidate", "报送", "-o", "汇总.xlsx", "--roster", "名册.xlsx", "--no-cache",
            "--format", "json",
        )  # fmt: skip
        self.result: dict[str, Any] = json.loads(self.summed.stdout)

    def run(self, *args: str) -> subprocess.CompletedProcess[str]:
        return run_apart(self.folder, *args, processes=2)

    def of(self, kind: str) -> dict[str, dict[str, Any]]:
        """The notices of a kind, by unit code, else by the file's name."""
        told = [one for one in self.result["notices"] if one["kind"] == kind]
        return {one["unit_code"] or Path(one["path"]).name: one for one in told}

    def _write_roster(self) -> None:
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        with ROSTER.open(encoding="utf-8") as file:
            heading, *rows = list(csv.reader(file))
        sheet.append(["示例县2020年度预算单位名册"])
        sheet.merge_cells("A1:I1")
        sheet.append(["序号", *heading, "联系人", "联系电话", "备注"])
        for number, row in enumerate(rows, start=1):
            row[0] = ZEROS.get(row[0], row[0])
            sheet.append([number, *row, f"联系人{number}", 13800000000 + number])
        sheet.append(["合计"])
        book.save(self.folder / "名册.xlsx")

    def _put(self, code: str, name: str, **typed: Any) -> Path:
        target = self.sent / name
        target.parent.mkdir(exist_ok=True)
        fill(self.templates[code], target, self.departments[code])
        desk = Desk(target)
        for place, value in typed.items():
            desk.type(place, value)
        desk.book.save(target)
        return target

    def _receive(self) -> None:
        newest = self._put("008001", "民政/自评表.xlsx", in_unit_code=8001)
        (self.sent / "副本").mkdir()
        shutil.copy(newest, self.sent / "副本")
        os.utime(self.sent / "副本/自评表.xlsx", (1e9, 1e9))
        older = self._put("008001", "旧/自评表.xlsx", in_staff_actual=30)
        os.utime(older, (1e9, 1e9))
        self._put("201002", "201002.xlsx", in_fiscal_year=2019, in_parent_code=" 201001")
        self._put("305001", "305001.xlsx", in_unit_code="305001\u00a0")
        self._put("306001", "应急.xlsx", in_unit_code="777")
        self._put("401001", "农业.xlsx", in_unit_code=None)
        shutil.copy(self.templates["207001"], self.sent)
        self.run("template", "-o", "报送/空.xlsx")
        (self.sent / "301001 卫健.xls").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
        (self.sent / "303001.rar").write_bytes(b"Rar!\x1a\x07\x00")
        (self.sent / "310001扫描件.pdf").write_bytes(b"%PDF-1.4")
        (self.sent / "311001.zip").write_bytes(b"PK\x03\x04 cut off")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


def test_the_roster_is_read_with_what_stands_around_it(office: Office) -> None:
    assert office.issued.returncode == 0
    assert "名册中没有用到的列：序号、备注。" in office.issued.stderr
    assert len(office.templates) == len(DEPARTMENTS) + 1
    assert office.again.returncode == 2
    assert "已生成" not in office.again.stdout


def test_each_unit_is_itself_whatever_its_code_looks_like(office: Office) -> None:
    codes = {one["unit_code"]: one for one in office.result["departments"]}
    assert codes.keys() == {"008001", "201002", "305001", "306001", "401001"}
    assert office.of("not-on-roster") == {}
    assert office.of("code-differs").keys() == {"306001", "401001"}
    spelled = {
        one["unit_code"]
        for one in office.result["departments"]
        if "unit-code-spelling" in [finding["name"] for finding in one["findings"]]
    }
    assert spelled == {"008001", "201002", "305001"}


def test_what_is_no_report_is_no_department_and_said_beside_the_missing_unit(
    office: Office,
) -> None:
    assert office.of("blank-template").keys() == {"207001", "空.xlsx"}
    assert office.of("refused").keys() == {"301001", "303001", "311001"}
    assert office.result["figures"] == {"departments": 5, "ranked": 3, "refused": 3}
    missing = office.of("missing")
    for code, words in {
        "207001": "交来空白模板：207001",
        "301001": "无法读取：301001 卫健.xls",
        "303001": "无法读取：303001.rar",
        "310001": "像是它送来的：310001扫描件.pdf",
        "311001": "无法读取：311001.zip",
    }.items():
        assert words in missing[code]["reason"]
    assert missing.keys() == {*office.templates} - {
        one["unit_code"] for one in office.result["departments"]
    }
    assert missing["301001"]["contact"].startswith("联系人")
    assert "138000000" in missing["301001"]["contact"]


def test_exit_codes_and_counters_agree(office: Office) -> None:
    assert (office.checked.returncode, office.summed.returncode) == (1, 1)
    workbooks = json.loads(office.checked.stdout)["workbooks"]
    assert sum(one["status"] == "refused" for one in workbooks) == 3
    empty = office.folder / "空文件夹"
    empty.mkdir()
    ran = office.run("consolidate", str(empty), "-o", "没有.xlsx", "--roster", "名册.xlsx")
    assert ran.returncode == 2
    assert "没有找到要汇总的工作簿" in ran.stderr
    assert not (office.folder / "没有.xlsx").exists()


def test_another_year_and_copies_are_told(office: Office) -> None:
    assert office.of("other-year").keys() == {"201002"}
    told = {Path(one["path"]).parent.name: one["reason"] for one in office.result["notices"]
            if one["kind"] == "duplicate"}  # fmt: skip
    assert told.keys() == {"副本", "旧"}
    assert "与 民政/自评表.xlsx 逐字节相同" in told["副本"]
    assert "已采用较新的 民政/自评表.xlsx" in told["旧"]


def test_the_summary_lists_all_this_and_whom_to_call(office: Office) -> None:
    book = openpyxl.load_workbook(office.folder / "汇总.xlsx")
    rows = list(book["缺报与异常"].iter_rows(values_only=True))
    heading = next(row for row in rows if row[0] == "情形")
    assert heading[-1] == "联系人及电话"
    listed = [row for row in rows if row[0] == "未报送"]
    assert len(listed) == len(office.of("missing"))
    assert all(row[-1] for row in listed)
    assert "空白模板" in [row[0] for row in rows]
    assert str(book["总览"]["A1"].value).startswith("2020年度")
