"""The add-in's macros in pyOpenVBA's interpreter, whose Excel answers as was measured in Excel.

It stands in where LibreOffice cannot: the protection of sheets, and what the buttons say. It reads
no files and starts no programs, so an answer is handed over as text, and WbtHost is replaced by a
host that notes down what it was asked for (FAKE_HOST).
"""

from __future__ import annotations

from pathlib import Path

import pytest
from pyopenvba.apps.excel import (  # type: ignore[import-untyped] # it ships no types
    ExcelApplication,
)

from macros.build import build, sources, texts
from tests.annotation.reading import notes_in
from tests.cli.shell import SAMPLES, run
from tests.excel.fake_excel import save
from tests.ooxml.write_books import rewrite
from workbook_tools.assessment import assess
from workbook_tools.excel import Answer, Change, write_answer

SAMPLE = SAMPLES / "agriculture-2020.xlsx"

FAKE_HOST = """
Public Said As String
Public Asked As String
Public Removed As String
Public ReadOnly As Boolean

Public Function NewFolder() As String
    NewFolder = "C:\\Temp"
End Function
Public Sub RemoveFolder(ByVal folder As String)
    Removed = folder
End Sub
Public Function SavedCopy(ByVal book As Object, ByVal folder As String) As String
    SavedCopy = folder & "\\" & book.Name
End Function
Public Function IsReadOnly(ByVal book As Object) As Boolean
    IsReadOnly = ReadOnly
End Function
Public Sub MakeReadOnly()
    ReadOnly = True
End Sub
Public Function FileExists(ByVal path As String) As Boolean
End Function
Public Function Launch(ByVal arguments As String, ByVal answer As String) As Boolean
    Asked = arguments
End Function
Public Sub Say(ByVal message As String)
    Said = message
End Sub
Public Function Agreed(ByVal question As String) As Boolean
End Function
Public Function PickedFolder() As String
    PickedFolder = "D:\\"
End Function
Public Function PickedTarget(ByVal proposal As String) As String
    PickedTarget = proposal
End Function
Public Sub ShowWaiting(ByVal isWaiting As Boolean)
End Sub
Public Sub SizeNote(ByVal note As Object, ByVal width As Double, ByVal height As Double)
End Sub
Public Function LastSaid() As String
    LastSaid = Said
End Function
Public Function LastRemoved() As String
    LastRemoved = Removed
End Function
Public Function LastAsked() As String
    LastAsked = Asked
End Function
"""

HELPERS = """
Public Function ApplyText(ByVal book As String, ByVal text As String) As String
    ApplyText = ApplyItems(book, ItemsOf(text))
End Function
Public Function TextIn(ByVal answer As String) As String
    TextIn = ItemsOf(answer)(1)(5)
End Function
Public Sub Protect(ByVal book As String, ByVal sheet As String, ByVal even As Boolean)
    Dim odd As Boolean
    odd = Not even
    With Workbooks(book).Worksheets(sheet)
        .Unprotect
        .Protect "", True, True, even, False, _
            odd, even, odd, even, odd, even, odd, even, odd, even, odd
        .EnableSelection = IIf(even, 1, 0)
    End With
End Sub
Public Function ProtectionOf(ByVal book As String, ByVal sheet As String) As String
    With Workbooks(book).Worksheets(sheet)
        ProtectionOf = .ProtectContents & .ProtectDrawingObjects & .ProtectScenarios
        With .Protection
            ProtectionOf = ProtectionOf & .AllowFormattingCells & .AllowFormattingColumns
            ProtectionOf = ProtectionOf & .AllowFormattingRows & .AllowInsertingColumns
            ProtectionOf = ProtectionOf & .AllowInsertingRows & .AllowInsertingHyperlinks
            ProtectionOf = ProtectionOf & .AllowDeletingColumns & .AllowDeletingRows
            ProtectionOf = ProtectionOf & .AllowSorting & .AllowFiltering & .AllowUsingPivotTables
        End With
        ProtectionOf = ProtectionOf & .EnableSelection
    End With
End Function
"""


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("twin") / "twin.xlsm"
    build(path)
    return path


@pytest.fixture
def excel(twin: Path) -> ExcelApplication:
    application = ExcelApplication.open(twin)
    application.add_module(HELPERS, name="Helpers")
    return application


@pytest.fixture
def faked(twin: Path) -> ExcelApplication:
    """With the fake host in the place of WbtHost."""
    application = ExcelApplication.open(twin, with_vba=False)
    for name, source in sources().items():
        application.add_module(FAKE_HOST if name == "WbtHost" else source, name=name)
    return application


def answer(task: str, copy: Path) -> str:
    run("excel", task, "--copy", copy, "--result", copy.with_suffix(".txt"))
    return copy.with_suffix(".txt").read_text(encoding="utf-16")


def test_notes_are_those_of_the_command_line_and_sheets_stay_protected(
    excel: ExcelApplication, tmp_path: Path
) -> None:
    book = copied(tmp_path)
    excel.open_workbook(book)
    sheets = {one.sheet for one in assess(book).findings if one.cell}
    assert len(sheets) > 1
    excel.run("Protect", book.name, "计分表", True)
    excel.run("Protect", book.name, "基本信息", False)
    before = {sheet: excel.run("ProtectionOf", book.name, sheet) for sheet in sheets}
    assert len(set(before.values())) == 3

    excel.run("ApplyText", book.name, answer("check", book))

    save(excel, tmp_path / "live.xlsx")
    run("validate", book, "-o", tmp_path / "copies")
    assert notes_in(tmp_path / "live.xlsx") == notes_in(tmp_path / "copies" / book.name)
    after = {sheet: excel.run("ProtectionOf", "live.xlsx", sheet) for sheet in sheets}
    assert after == before

    excel.run("ApplyText", "live.xlsx", answer("clear", tmp_path / "live.xlsx"))
    save(excel, tmp_path / "cleared.xlsx")
    assert notes_in(tmp_path / "cleared.xlsx") == {}


@pytest.mark.parametrize(
    "text", ["a\\b", "\\n", "\\\\n", "一\n二\t三", "\\", "𠮷“…”", "\n\n", "\\t\t\\"]
)
def test_any_text_arrives(excel: ExcelApplication, tmp_path: Path, text: str) -> None:
    write_answer(Answer("", (Change("计分表", "I7", text),)), tmp_path / "answer.txt")
    content = (tmp_path / "answer.txt").read_bytes().decode("utf-16")
    assert excel.run("TextIn", content.replace("message\t\n", "")) == text


def test_a_sheet_with_a_password_is_left_and_named(excel: ExcelApplication, tmp_path: Path) -> None:
    book = copied(tmp_path)
    rewrite(book, with_password)
    excel.open_workbook(book)
    shown = str(excel.run("ApplyText", book.name, answer("check", book)))
    assert texts()["sheets_locked"].replace("{}", "计分表") in shown
    save(excel, tmp_path / "live.xlsx")
    noted = {sheet for sheet, _ in notes_in(tmp_path / "live.xlsx")}
    assert noted == {one.sheet for one in assess(book).findings if one.cell} - {"计分表"}


def with_password(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Protect 计分表 with a password (its hash, as older programs write it)."""
    part = next(name for name in parts if name.endswith("/sheet8.xml"))
    parts[part] = parts[part].replace(b"<sheetProtection ", b'<sheetProtection password="83AF" ')
    return parts


@pytest.mark.parametrize("macro", ["WbtOnCheck", "WbtOnClear"])
def test_a_workbook_that_was_never_saved(faked: ExcelApplication, macro: str) -> None:
    faked.add_workbook()
    faked.run(macro, faked.workbook)
    assert faked.run("LastSaid") == texts()["never_saved"]
    assert faked.run("LastAsked") == ""


@pytest.mark.parametrize("macro", ["WbtOnCheck", "WbtOnClear"])
def test_a_workbook_that_is_read_only(faked: ExcelApplication, tmp_path: Path, macro: str) -> None:
    faked.open_workbook(copied(tmp_path))
    faked.run("MakeReadOnly")
    faked.run(macro, faked.workbook)
    assert faked.run("LastSaid") == texts()["read_only"]
    assert faked.run("LastAsked") == ""


def test_the_program_is_asked_and_is_missing(faked: ExcelApplication, tmp_path: Path) -> None:
    faked.open_workbook(copied(tmp_path))
    faked.run("WbtOnCheck", faked.workbook)
    assert faked.run("LastSaid") == texts()["no_program"]
    assert faked.run("LastAsked") == (
        'excel check --copy "C:\\Temp\\agriculture-2020.xlsx" --result "C:\\Temp\\answer.txt"'
    )
    assert faked.run("LastRemoved") == "C:\\Temp"


def test_no_findings_yet(faked: ExcelApplication, tmp_path: Path) -> None:
    faked.open_workbook(copied(tmp_path))
    faked.run("WbtOnNext", faked.workbook)
    assert faked.run("LastSaid") == texts()["no_findings"]


def test_a_folder_that_ends_in_a_backslash(excel: ExcelApplication) -> None:
    assert excel.run("Quoted", "D:\\") == '"D:\\\\"'
    assert excel.run("Quoted", "D:\\自评 表") == '"D:\\自评 表"'


def test_a_folder_is_consolidated(faked: ExcelApplication) -> None:
    faked.run("WbtOnConsolidate", faked.workbook)
    assert faked.run("LastAsked") == (
        r'excel consolidate "D:\\" -o "D:\\汇总表.xlsx" --result "C:\Temp\answer.txt"'
    )
    assert faked.run("LastSaid") == texts()["no_program"]
    assert faked.run("LastRemoved") == "C:\\Temp"


def copied(folder: Path) -> Path:
    copy = folder / SAMPLE.name
    copy.write_bytes(SAMPLE.read_bytes())
    return copy
