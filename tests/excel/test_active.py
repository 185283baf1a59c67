"""The open workbook through xlwings' real front end, on a FAKE Excel (`fake_excel.py`)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings

from tests.annotation.reading import notes_in
from tests.cli.shell import SAMPLES, run
from tests.excel.fake_excel import CLOSED, EDITING, FakeComError, FakeExcel, activated, save
from tests.ooxml.write_books import rewrite
from workbook_tools.annotation.results import summary
from workbook_tools.assessment import assess
from workbook_tools.excel import ExcelError, check_active, clear_active, select_next_finding
from workbook_tools.excel.host import unlocked
from workbook_tools.ooxml.boxes import size

SAMPLE = SAMPLES / "agriculture-2020.xlsx"
THEIRS = "张会计：按定额核定。"
TASKS = pytest.mark.parametrize("task", [check_active, clear_active, select_next_finding])


@pytest.fixture
def book(fake_excel: FakeExcel, tmp_path: Path) -> Path:
    """A sample, open in the fake Excel, with Chinese and a space in its path."""
    path = tmp_path / "自评 表" / SAMPLE.name
    path.parent.mkdir()
    path.write_bytes(SAMPLE.read_bytes())
    fake_excel.open(path)
    return path


def live_notes() -> dict[tuple[str, str], str]:
    return {
        (sheet.name, note.location.address.replace("$", "")): note.text
        for sheet in xlwings.books.active.sheets
        for note in sheet.notes
    }


ALLOWED = [
    *("FormattingCells", "FormattingColumns", "FormattingRows"),
    *("InsertingColumns", "InsertingRows", "InsertingHyperlinks"),
    *("DeletingColumns", "DeletingRows", "Sorting", "Filtering", "UsingPivotTables"),
]


def protection(sheet: str) -> dict[str, object]:
    api = xlwings.books.active.sheets[sheet].api
    own = "ProtectContents", "ProtectDrawingObjects", "ProtectScenarios", "EnableSelection"
    return {name: getattr(api, name) for name in own} | {
        name: getattr(api.Protection, f"Allow{name}") for name in ALLOWED
    }


@pytest.mark.parametrize("even", [True, False])
def test_a_sheet_is_protected_as_it_was(book: Path, even: bool) -> None:
    api = xlwings.books.active.sheets["计分表"].api
    api.Unprotect("")
    api.Protect("", True, True, even, False, *(even == (at % 2 > 0) for at in range(len(ALLOWED))))
    api.EnableSelection = int(even)
    before = protection("计分表")
    assert before["FormattingColumns"] is even
    with unlocked(xlwings.books.active.sheets["计分表"]) as writable:
        assert writable
        assert not api.ProtectContents
    assert protection("计分表") == before


def test_the_notes_are_those_of_the_command_line(book: Path, tmp_path: Path) -> None:
    before = protection("计分表")
    answer = check_active()
    run("validate", SAMPLE, "-o", tmp_path / "copies")
    assert live_notes() == notes_in(tmp_path / "copies" / SAMPLE.name)
    assert answer.bad
    found = assess(SAMPLE)
    assert found.evaluation is not None
    assert summary(found.findings, found.evaluation) in answer.message
    assert protection("计分表") == before
    assert xlwings.books.active.fullname == str(book)


@pytest.mark.slow  # the model calculates every formula anew
def test_values_come_from_a_copy_that_leaves_no_trace(fake_excel: FakeExcel, book: Path) -> None:
    staff = xlwings.books.active.sheets["人员资产"]
    staff.range("B6").api.Value = staff.range("B5").api.Value * 2  # twice the quota
    answer = check_active()
    assert any(one.ref == "E6" for one in answer.changes)
    assert [copy.name for copy in fake_excel.copies] == [SAMPLE.name]
    assert not fake_excel.copies[0].parent.exists()
    assert book.read_bytes() == SAMPLE.read_bytes()


@pytest.mark.slow  # the model calculates every formula anew
def test_checking_again_after_a_correction(book: Path) -> None:
    check_active()
    first = live_notes()
    assert check_active().changes == ()
    assert live_notes() == first

    corrected = xlwings.books.active.sheets["计分表"].range("E14")
    corrected.api.RowHeight = 40  # the model does not know how tall wrapped text makes a row
    corrected.api.Value = 1
    check_active()
    assert ("计分表", "E14") in first
    assert ("计分表", "E14") not in live_notes()


def test_words_of_others_stay(book: Path) -> None:
    sheet = xlwings.books.active.sheets["计分表"]
    sheet.api.Unprotect("")
    sheet.range("E14").add_note(THEIRS)
    sheet.range("A1").add_note("第一行\n第二行")
    theirs = live_notes()
    check_active()
    assert live_notes()["计分表", "E14"].startswith(f"{THEIRS}\n【绩效校验】\n")
    answer = clear_active()
    assert "保留了他人的批注文字" in answer.message
    assert live_notes() == theirs
    assert clear_active().message == "这个工作簿里没有校验批注。"


def test_a_box_fits_its_text(fake_excel: FakeExcel, book: Path) -> None:
    last = check_active().changes[-1]
    width, height = size(last.text)
    assert fake_excel.boxes == {"Width": width * 0.75, "Height": height * 0.75}


def test_walking_through_the_findings(book: Path) -> None:
    assert select_next_finding() is None
    check_active()
    places = [f"{sheet}!{cell}" for sheet, cell in live_notes()]
    walk = [select_next_finding() for _ in range(len(places) + 1)]
    assert walk == [*places, places[0]]
    selected = xlwings.books.active.app.selection
    assert selected is not None
    assert f"{selected.sheet.name}!{selected.address.replace('$', '')}" == places[0]


def test_a_sheet_with_a_password(fake_excel: FakeExcel, tmp_path: Path) -> None:
    def with_password(parts: dict[str, bytes]) -> dict[str, bytes]:
        sheet = "xl/worksheets/sheet8.xml"
        weak = b'<sheetProtection password="83AF" '
        return parts | {sheet: parts[sheet].replace(b"<sheetProtection ", weak)}

    path = tmp_path / "locked.xlsx"
    path.write_bytes(SAMPLE.read_bytes())
    rewrite(path, with_password)
    fake_excel.open(path)
    answer = check_active()
    assert "设有密码保护" in answer.message
    assert "计分表" in answer.message.splitlines()[-1]
    noted = {sheet for sheet, _ in live_notes()}
    assert noted == {one.sheet for one in assess(path).findings if one.cell} - {"计分表"}


def test_a_merged_cell_gets_its_note_at_the_top_left(fake_excel: FakeExcel, tmp_path: Path) -> None:
    def merged(parts: dict[str, bytes]) -> dict[str, bytes]:
        sheet = "xl/worksheets/sheet8.xml"
        area = b'<mergeCell ref="D14:E14"/></mergeCells>'
        assert b"</mergeCells>" in parts[sheet]
        return parts | {sheet: parts[sheet].replace(b"</mergeCells>", area)}

    path = tmp_path / "merged.xlsx"
    path.write_bytes(SAMPLE.read_bytes())
    rewrite(path, merged)
    fake_excel.open(path)
    assert any((one.sheet, one.cell) == ("计分表", "E14") for one in assess(path).findings)
    check_active()
    assert "SC301" in live_notes()["计分表", "D14"]
    assert ("计分表", "E14") not in live_notes()


@TASKS
def test_a_cell_being_edited(fake_excel: FakeExcel, task: Callable[[], object]) -> None:
    fake_excel.model.add_workbook()
    fake_excel.failure = EDITING
    with pytest.raises(ExcelError, match="按 Enter 或 Esc 结束编辑"):
        task()


@TASKS
def test_excel_closed_meanwhile(fake_excel: FakeExcel, task: Callable[[], object]) -> None:
    fake_excel.model.add_workbook()
    fake_excel.failure = CLOSED
    with pytest.raises(ExcelError, match="Excel 已经关闭"):
        task()


@TASKS
def test_another_failure_in_excels_words(fake_excel: FakeExcel, task: Callable[[], object]) -> None:
    fake_excel.model.add_workbook()
    fake_excel.failure = FakeComError(-2147352567, "磁盘已满", -2146827284)
    with pytest.raises(ExcelError, match="磁盘已满"):
        task()


@TASKS
def test_no_excel(task: Callable[[], object]) -> None:
    before = activated(None)
    try:
        with pytest.raises(ExcelError, match="没有找到正在运行的 Excel"):
            task()
    finally:
        xlwings.engines.active = before


@TASKS
def test_no_workbook(fake_excel: FakeExcel, task: Callable[[], object]) -> None:
    with pytest.raises(ExcelError, match="没有打开的工作簿"):
        task()


@TASKS
def test_a_file_in_protected_view(fake_excel: FakeExcel, task: Callable[[], object]) -> None:
    fake_excel.protected_view = object()
    with pytest.raises(ExcelError, match="启用编辑"):
        task()


def test_what_goes_wrong_first_is_raised_and_no_sheet_stays_open(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ExcelError("先出的错")

    monkeypatch.setattr("workbook_tools.excel.active._set_note", broken)
    with pytest.raises(ExcelError, match="先出的错"):
        check_active()
    visible = [sheet.name for sheet in xlwings.books.active.sheets if sheet.visible]
    assert all(protection(name)["ProtectContents"] for name in visible)


@pytest.mark.parametrize("task", [check_active, clear_active])
def test_a_workbook_never_saved_or_read_only(
    fake_excel: FakeExcel, tmp_path: Path, task: Callable[[], object]
) -> None:
    fake_excel.model.add_workbook()
    with pytest.raises(ExcelError, match="还没有保存过"):
        task()
    path = tmp_path / SAMPLE.name
    path.write_bytes(SAMPLE.read_bytes())
    fake_excel.open(path)
    fake_excel.read_only = True
    with pytest.raises(ExcelError, match="只读方式"):
        task()
    assert fake_excel.copies == []


def test_a_workbook_that_is_not_ours(fake_excel: FakeExcel, tmp_path: Path) -> None:
    fake_excel.model.add_workbook()
    save(fake_excel.model, tmp_path / "别的.xlsx")
    with pytest.raises(ExcelError) as caught:
        check_active()
    assert str(caught.value) == assess(tmp_path / "别的.xlsx").findings[0].message


def test_without_xlwings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlwings", None)
    with pytest.raises(ExcelError, match="没有安装 xlwings"):
        check_active()


def test_called_from_a_workbook(fake_excel: FakeExcel, book: Path, tmp_path: Path) -> None:
    """RunPython names the workbook that called, which need not be the active one."""
    called = xlwings.books.active
    called.set_mock_caller()
    try:
        other = tmp_path / "other.xlsx"
        other.write_bytes((SAMPLES / "civil-affairs-2020.xlsx").read_bytes())
        fake_excel.open(other)
        assert xlwings.books.active.name == "other.xlsx"
        assert "农业" in check_active().message
    finally:
        del xlwings.Book._mock_caller  # type: ignore[attr-defined] # what set_mock_caller sets
