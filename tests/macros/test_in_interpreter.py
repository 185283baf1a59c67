"""The add-in's macros in pyOpenVBA's interpreter, whose Excel answers as was measured in Excel.

It stands in where LibreOffice cannot: the protection of sheets, and what the buttons say. It reads
no files and starts no programs, so an answer is handed over as text, and WbtHost is replaced by a
host that notes down what it was asked for (`fake_host.bas`).
"""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from pyopenvba.apps.excel import (  # type: ignore[import-untyped] # it ships no types
    ExcelApplication,
)

from macros.build import build, sources, texts
from tests.annotation.reading import notes_in
from tests.cli.shell import SAMPLES, run
from tests.excel.fake_excel import save
from tests.ooxml.write_books import rewrite
from workbook_tools.assessment import assess
from workbook_tools.excel import Answer, NoteChange, write_answer

pytestmark = pytest.mark.slow

SAMPLE = SAMPLES / "agriculture-2020.xlsx"

HERE = Path(__file__).parent
FAKE_HOST = (HERE / "fake_host.bas").read_text(encoding="ascii")
HELPERS = (HERE / "helpers.bas").read_text(encoding="ascii")


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
    application.add_module(HELPERS, name="Helpers")
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
    write_answer(Answer("", (NoteChange("计分表", "I7", text),)), tmp_path / "answer.txt")
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


PROGRAM = "D:\\单位 工具\\workbook-tools.exe"
PY = "C:\\Windows\\py.exe"


def told(key: str, detail: str = "") -> str:
    return texts()[key].replace("{}", detail)


def test_a_file_in_protected_view(faked: ExcelApplication) -> None:
    faked.run("MakeProtected")
    control = faked.workbook
    assert faked.run("CloseAll") == "Nothing"
    for macro in ("WbtOnCheck", "WbtOnNext", "WbtOnClear"):
        faked.run("Say", "")
        faked.run(macro, control)
        assert faked.run("LastSaid") == texts()["protected_view"]


@pytest.mark.parametrize(
    ("variables", "files", "command"),
    [
        ({"WORKBOOK_TOOLS": PROGRAM, "PATH": "C:\\Tools"}, [PROGRAM], f'"{PROGRAM}"'),
        ({"WORKBOOK_TOOLS": f'"{PROGRAM}"'}, [PROGRAM], f'"{PROGRAM}"'),
        ({"PATH": "C:\\Windows;D:\\单位 工具\\"}, [PROGRAM, PY], f'"{PROGRAM}"'),
        ({"PATH": '"D:\\单位 工具";C:\\Windows'}, [PROGRAM], f'"{PROGRAM}"'),
        ({"PATH": "D:\\x;C:\\Windows"}, [PY], f'"{PY}" -m workbook_tools'),
    ],
)
def test_the_program_is_started_by_its_full_path(
    faked: ExcelApplication,
    tmp_path: Path,
    variables: dict[str, str],
    files: list[str],
    command: str,
) -> None:
    prepared(faked, variables, files)
    faked.open_workbook(copied(tmp_path))
    faked.run("WbtOnCheck", faked.workbook)
    assert faked.run("LastAsked") == f"{command} excel check"
    assert faked.run("Variable", "WORKBOOK_TOOLS_COPY") == "C:\\Temp\\agriculture-2020.xlsx"
    assert faked.run("Variable", "WORKBOOK_TOOLS_RESULT") == "C:\\Temp\\answer.txt"


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({}, told("no_program")),
        ({"PATH": ";.;报送;\\x;"}, told("no_program")),  # never from the current folder
        ({"WORKBOOK_TOOLS": "D:\\没有.exe"}, told("no_such_file", "D:\\没有.exe")),
        ({"WORKBOOK_TOOLS": "py.exe"}, told("no_such_file", "py.exe")),
    ],
)
def test_no_program(
    faked: ExcelApplication, tmp_path: Path, variables: dict[str, str], said: str
) -> None:
    prepared(faked, variables, ["workbook-tools.exe", "py.exe", "报送\\py.exe", ".\\py.exe"])
    faked.open_workbook(copied(tmp_path))
    faked.run("WbtOnCheck", faked.workbook)
    assert faked.run("LastSaid") == said
    assert faked.run("LastAsked") == ""
    assert faked.run("LastRemoved") == "C:\\Temp"


@pytest.mark.parametrize(
    ("program", "code", "refusal", "said"),
    [
        (PROGRAM, 0, "Permission denied", told("not_started", "Permission denied")),
        (PROGRAM, 2, "", told("refused")),
        (PROGRAM, 1, "", told("crashed", "1")),
        (PROGRAM, 103, "", told("crashed", "103")),
        (PROGRAM, -1073741819, "", told("crashed", "-1073741819")),
        (PY, 1, "", told("no_program")),
        (PY, 103, "", told("no_program")),
        (PY, 3, "", told("crashed", "3")),
    ],
)
def test_a_program_that_does_not_answer(
    faked: ExcelApplication, tmp_path: Path, program: str, code: int, refusal: str, said: str
) -> None:
    prepared(faked, {"PATH": program.rpartition("\\")[0]}, [program])
    faked.run("MakeOutcome", code, refusal, "")
    faked.open_workbook(copied(tmp_path))
    faked.run("WbtOnCheck", faked.workbook)
    assert faked.run("LastSaid") == said
    assert faked.run("LastRemoved") == "C:\\Temp"


def test_notes_go_into_the_workbook_that_was_copied(
    faked: ExcelApplication, tmp_path: Path
) -> None:
    other = tmp_path / "other.xlsx"
    other.write_bytes(SAMPLE.read_bytes())
    book = copied(tmp_path)
    prepared(faked, {"WORKBOOK_TOOLS": PROGRAM}, [PROGRAM])
    faked.open_workbook(other)
    faked.open_workbook(book)
    faked.run("MakeOutcome", 1, "", answer("check", book))
    faked.run("MakeFront", other.name)
    faked.run("WbtOnCheck", faked.workbook)
    assert "复算总分" in str(faked.run("LastSaid"))
    assert faked.run("ActiveBook") == other.name
    counts = faked.run("CommentsIn", other.name), faked.run("CommentsIn", book.name)
    assert counts[0] == 0
    assert counts[1] > 0


def test_what_goes_wrong_first_is_said_and_no_sheet_stays_open(
    excel: ExcelApplication, tmp_path: Path
) -> None:
    book = copied(tmp_path)
    excel.open_workbook(book)
    wrong = "workbook-tools-result\t1\nnote\t计分表\tI7\t1\t1\tx\nnote\t没有的表\tA1\t1\t1\tx\n"
    with pytest.raises(Exception, match="没有的表"):
        excel.run("ApplyText", book.name, wrong)
    assert excel.run("ProtectionOf", book.name, "计分表").startswith("True")


def test_a_sheet_is_protected_again_in_any_case(excel: ExcelApplication, tmp_path: Path) -> None:
    book = copied(tmp_path)
    excel.open_workbook(book)
    assert excel.run("LockWithout", book.name, "计分表") is True
    assert excel.run("ProtectionOf", book.name, "计分表").startswith("True")


def test_from_a_sheet_of_charts_to_the_first_finding(
    excel: ExcelApplication, tmp_path: Path
) -> None:
    book = copied(tmp_path)
    excel.open_workbook(book)
    excel.run("ApplyText", book.name, answer("check", book))
    sheets = load_workbook(book).sheetnames
    noted = {one.sheet for one in assess(book).findings if one.cell}
    first = next(sheet for sheet in sheets if sheet in noted)
    for absent in ("图表1", ""):
        assert str(excel.run("NextFrom", book.name, absent)).startswith(f"{first}!")


def test_no_findings_yet(faked: ExcelApplication, tmp_path: Path) -> None:
    faked.open_workbook(copied(tmp_path))
    faked.run("WbtOnNext", faked.workbook)
    assert faked.run("LastSaid") == texts()["no_findings"]


def test_a_folder_is_consolidated(faked: ExcelApplication) -> None:
    prepared(faked, {"WORKBOOK_TOOLS": PROGRAM}, [PROGRAM])
    reply = "workbook-tools-result\t1\nmessage\t汇总了 3 个单位\nsummary\tD:\\汇总表.xlsx\n"
    faked.run("MakeOutcome", 0, "", reply)
    faked.run("WbtOnConsolidate", faked.workbook)
    assert faked.run("LastAsked") == f'"{PROGRAM}" excel consolidate'
    assert faked.run("Variable", "WORKBOOK_TOOLS_FOLDER") == "D:\\"
    assert faked.run("Variable", "WORKBOOK_TOOLS_OUTPUT").endswith("汇总表.xlsx")
    assert str(faked.run("LastSaid")).startswith("汇总了 3 个单位")
    assert faked.run("LastRemoved") == "C:\\Temp"


def prepared(faked: ExcelApplication, variables: dict[str, str], files: list[str]) -> None:
    for name, value in variables.items():
        faked.run("HandOver", name, value)
    for file in files:
        faked.run("MakeFile", file)


def copied(folder: Path) -> Path:
    copy = folder / SAMPLE.name
    copy.write_bytes(SAMPLE.read_bytes())
    return copy
