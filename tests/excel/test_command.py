"""``workbook-tools excel``: what the add-in asks for, and what a person sees."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.cli.shell import CLEAN, SAMPLES, run
from tests.excel.fake_excel import FakeExcel, activated
from workbook_tools.annotation.notes import MARKER
from workbook_tools.annotation.results import summary
from workbook_tools.assessment import assess
from workbook_tools.ooxml.boxes import size

SAMPLE = SAMPLES / "agriculture-2020.xlsx"
Item = list[str]


def items(path: Path) -> list[Item]:
    """An answer as `macros/src/WbtResult.bas` describes it, read anew."""
    content = path.read_bytes()
    assert content.startswith(b"\xff\xfe")
    lines = content[2:].decode("utf-16-le").split("\n")
    assert lines[0] == "workbook-tools-result\t1"
    assert lines[-1] == ""
    return [[plain(field) for field in line.split("\t")] for line in lines[1:-1]]


def plain(field: str) -> str:
    halves = (half.replace("\\n", "\n").replace("\\t", "\t") for half in field.split("\\\\"))
    return "\\".join(halves)


def message(path: Path) -> str:
    (found,) = [item for item in items(path) if item[0] == "message"]
    return found[1]


def test_the_answer_holds_every_note_with_the_size_of_its_box(tmp_path: Path) -> None:
    copy = tmp_path / "自评 表" / SAMPLE.name
    copy.parent.mkdir()
    shutil.copy(SAMPLE, copy)
    ran = run("excel", "check", "--copy", copy, "--result", tmp_path / "answer.txt")
    assert ran.code == 1
    assert ran.out == ran.err == ""
    notes = [item[1:] for item in items(tmp_path / "answer.txt") if item[0] == "note"]
    run("validate", copy, "-o", tmp_path / "copies")
    book = openpyxl.load_workbook(tmp_path / "copies" / SAMPLE.name)
    assert {(sheet, cell): text for sheet, cell, _, _, text in notes} == {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    for _, _, width, height, text in notes:
        assert (int(width), int(height)) == size(text)
    said = message(tmp_path / "answer.txt")
    found = assess(copy)
    assert found.evaluation is not None
    assert said.startswith(
        f"示例县农业农村局（虚构）：\n{summary(found.findings, found.evaluation)}。\n"
    )
    assert f"有校验批注的单元格 {len(notes)} 个" in said
    assert "没有对应单元格的问题" not in said


def test_clearing_an_annotated_copy(tmp_path: Path) -> None:
    run("validate", SAMPLE, "-o", tmp_path)
    assert (
        run("excel", "clear", "--copy", tmp_path / SAMPLE.name, "--result", tmp_path / "a").code
        == 0
    )
    notes = [item for item in items(tmp_path / "a") if item[0] == "note"]
    assert notes
    assert all(item[-1] == "" for item in notes)
    assert MARKER not in message(tmp_path / "a")


def test_a_workbook_that_is_not_ours(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "别的.xlsx")
    ran = run("excel", "check", "--copy", tmp_path / "别的.xlsx", "--result", tmp_path / "a")
    assert ran.code == 1
    assert "别的.xlsx" in message(tmp_path / "a")
    assert len(items(tmp_path / "a")) == 1


@pytest.mark.parametrize("task", ["check", "clear"])
def test_a_file_that_is_no_workbook(tmp_path: Path, task: str) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    run("excel", task, "--copy", tmp_path / "坏.xlsx", "--result", tmp_path / "a")
    assert "坏.xlsx" in message(tmp_path / "a")
    assert "程序自身出错" not in message(tmp_path / "a")


def test_our_own_failure_is_an_answer_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(copy: Path) -> None:
        raise RuntimeError("不该发生")

    monkeypatch.setattr("workbook_tools.cli.excel.checked", fail)
    assert run("excel", "check", "--copy", CLEAN, "--result", tmp_path / "a").code == 1
    assert "程序自身出错（RuntimeError：不该发生）" in message(tmp_path / "a")


def test_consolidating_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "报送 表"
    folder.mkdir()
    shutil.copy(CLEAN, folder)
    target = tmp_path / "汇总表.xlsx"
    ran = run("excel", "consolidate", folder, "-o", target, "--result", tmp_path / "a")
    assert ran.code == 0
    assert "已汇总 1 个单位" in message(tmp_path / "a")
    assert ["summary", str(target)] in items(tmp_path / "a")
    assert target.exists()
    ran = run("excel", "consolidate", tmp_path / "没有", "-o", target, "--result", tmp_path / "b")
    assert ran.code == 1
    assert "找不到" in message(tmp_path / "b")
    assert len(items(tmp_path / "b")) == 1


def test_wrong_usage(tmp_path: Path) -> None:
    ran = run("excel", "check", "--copy", CLEAN)
    assert ran.code == 2
    assert "--copy 和 --result 要一起用" in ran.err
    ran = run("excel", "check", "--copy", CLEAN, "--result", tmp_path / "absent" / "a")
    assert ran.code == 2
    assert "写不进去" in ran.err


def test_the_active_workbook(fake_excel: FakeExcel, tmp_path: Path) -> None:
    path = tmp_path / SAMPLE.name
    shutil.copy(SAMPLE, path)
    fake_excel.open(path)
    ran = run("excel", "check")
    assert ran.code == 1
    assert "复算总分" in ran.out
    first = re.fullmatch(r"(.+)!([A-Z]+\d+)\n", run("excel", "next").out)
    assert first is not None
    cells = {(one.sheet, one.cell) for one in assess(SAMPLE).findings if one.cell}
    assert first.groups() in cells
    assert f"已从 {len(cells)} 个单元格去掉校验批注" in run("excel", "clear").out
    assert run("excel", "next").out == "这个工作簿里没有校验批注。\n"


@pytest.mark.parametrize("task", ["check", "clear", "next"])
def test_without_excel(task: str) -> None:
    activated(None)
    ran = run("excel", task)
    assert ran.code == 2
    assert "没有找到正在运行的 Excel" in ran.err


def test_names_may_come_in_variables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the add-in hands them over: nothing expands or unquotes them on the way."""
    folder = tmp_path / "100%PATH% 自评 “表”"
    folder.mkdir()
    shutil.copy(SAMPLE, folder / SAMPLE.name)
    monkeypatch.setenv("WORKBOOK_TOOLS_RESULT", str(folder / "answer.txt"))
    monkeypatch.setenv("WORKBOOK_TOOLS_COPY", str(folder / SAMPLE.name))
    assert run("excel", "check").code == 1
    assert any(item[0] == "note" for item in items(folder / "answer.txt"))
    monkeypatch.delenv("WORKBOOK_TOOLS_COPY")
    monkeypatch.setenv("WORKBOOK_TOOLS_FOLDER", str(folder))
    monkeypatch.setenv("WORKBOOK_TOOLS_OUTPUT", str(tmp_path / "汇总表.xlsx"))
    run("excel", "consolidate")
    assert ["summary", str(tmp_path / "汇总表.xlsx")] in items(folder / "answer.txt")
    assert (tmp_path / "汇总表.xlsx").is_file()
