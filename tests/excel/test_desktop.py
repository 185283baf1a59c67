"""What the script for desktop Excel judges by, with a stand-in for Excel."""

from __future__ import annotations

import datetime
import shutil
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
import yaml

from macros.build import ADD_IN
from tests.annotation.reading import notes_in
from tests.cli.shell import SAMPLES, run
from tests.display.excel_format import is_date, shown
from tests.excel import desktop
from tests.excel.boxes import TITLE, answered_boxes

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
Alter = Callable[[str, str, str], str]


class StandIn:
    """Opens workbooks as Excel does, by COM's names; shows what is stored, ``altered``."""

    def __init__(self, altered: Alter = lambda sheet, cell, text: text) -> None:
        self.altered = altered
        self.caption = "{}"
        self.failure: Exception | None = None
        self.ran: list[str] = []
        self.notes = 0
        self.on_run: Callable[[str], None] = self.ran.append
        self.Workbooks = SimpleNamespace(Open=self._open)

    def _open(self, path: str, links: int, read_only: bool) -> Any:
        if self.failure:
            raise self.failure
        sheets = [SimpleNamespace(Comments=SimpleNamespace(Count=self.notes))]
        book = openpyxl.load_workbook(path, data_only=True) if path.endswith(".xlsx") else None
        return SimpleNamespace(
            Windows=_Windows(self.caption.format(Path(path).name)),
            Worksheets=_Worksheets(self, book, sheets),
            Close=lambda saved: None,
            Activate=lambda: None,
        )

    def CalculateFullRebuild(self) -> None:  # noqa: N802 - COM's name
        self.ran.append("calculated")

    def Run(self, macro: str, *arguments: object) -> None:  # noqa: N802 - COM's name
        self.on_run(macro.rpartition("!")[2])


class _Windows:
    Count = 1

    def __init__(self, caption: str) -> None:
        self._caption = caption

    def __call__(self, number: int) -> Any:
        return SimpleNamespace(Caption=self._caption)


class _Worksheets:
    def __init__(self, excel: StandIn, book: Any, sheets: list[Any]) -> None:
        self._excel, self._book, self._sheets = excel, book, sheets

    def __iter__(self) -> Any:
        for sheet in self._sheets:
            sheet.Comments.Count = self._excel.notes
            yield sheet

    def __call__(self, name: str) -> Any:
        return SimpleNamespace(Range=lambda cell: self._range(name, cell))

    def _range(self, name: str, place: str) -> Any:
        cell = self._book[name][place]
        value, text = cell.value, str(cell.value)
        if isinstance(value, int | float) and not is_date(cell.number_format):
            text = shown(cell.number_format, Decimal(str(value)))
        if isinstance(value, datetime.datetime):
            text, value = "2021/3/11", 44266.0
        return SimpleNamespace(Value2=value, Text=self._excel.altered(name, place, text))


@pytest.fixture
def issued(tmp_path: Path) -> Path:
    run("template", "-o", tmp_path / "many", "--roster", SAMPLES / "roster.csv", "-j", "1")
    return min((tmp_path / "many").glob("*.xlsx"))


def test_a_file_that_excel_shows_as_it_should_be(issued: Path, tmp_path: Path) -> None:
    excel = StandIn()
    assert desktop.problems(excel, issued, tmp_path) == []
    assert excel.ran == ["calculated"]
    assert desktop.problems(excel, ADD_IN, tmp_path) == []


@pytest.mark.slow
def test_a_text_and_a_value_that_differ_are_told(issued: Path, tmp_path: Path) -> None:
    def altered(sheet: str, cell: str, text: str) -> str:
        return "2." if (sheet, cell, text) == ("计分表", "F34", "100.00") else text

    (told,) = desktop.problems(StandIn(altered), issued, tmp_path)
    assert told == "计分表!F34: “2.” instead of “100.00”"
    book = openpyxl.load_workbook(issued)
    stale = tmp_path / "stale.xlsx"
    shutil.copy(issued, stale)
    excel = StandIn()
    other = openpyxl.load_workbook(issued)
    other["人员资产"]["B5"] = 1 + (book["人员资产"]["B5"].value or 0)
    other.save(tmp_path / "other.xlsx")
    with desktop.opened(excel, tmp_path / "other.xlsx") as opened:
        found = list(desktop.told_otherwise(opened, stale))
    assert any(one.startswith("人员资产!B5: ") for one in found)


@pytest.mark.parametrize("caption", ["{}  [Repaired]", "{} [已修复]"])
def test_a_repaired_file_is_told_by_its_window(caption: str, issued: Path, tmp_path: Path) -> None:
    excel = StandIn()
    excel.caption = caption
    assert desktop.problems(excel, issued, tmp_path) == ["Excel repaired it"]


def test_a_repaired_file_is_told_by_excels_log(issued: Path, tmp_path: Path) -> None:
    class Repairing(StandIn):
        def _open(self, path: str, links: int, read_only: bool) -> Any:
            (tmp_path / "error012345_01.xml").touch()
            return super()._open(path, links, read_only)

    assert desktop.problems(Repairing(), issued, tmp_path) == ["Excel repaired it"]


def test_a_file_that_does_not_open_is_told(issued: Path, tmp_path: Path) -> None:
    excel = StandIn()
    excel.failure = OSError("no access")
    assert desktop.problems(excel, issued, tmp_path) == ["Excel did not open it: no access"]


def test_the_buttons(tmp_path: Path) -> None:
    run("validate", SAMPLES / desktop.BOOK, "-o", tmp_path / "copies")
    notes = len(notes_in(tmp_path / "copies" / desktop.BOOK))
    said: list[str] = []
    excel = StandIn()

    def works(macro: str) -> None:
        excel.ran.append(macro)
        if macro in {"WbtOnCheck", "WbtOnClear"}:
            said.append(macro)
            excel.notes = notes if macro == "WbtOnCheck" else 0

    excel.on_run = works
    assert desktop.buttons(excel, tmp_path, lambda: said) == []
    assert excel.ran == ["HandOver", *desktop.BUTTONS]
    excel.on_run = excel.ran.append  # buttons that do nothing
    wrong = desktop.buttons(excel, tmp_path, lambda: said)
    assert wrong[0].startswith(f"WbtOnCheck: 0 notes instead of {notes}")
    assert "WbtOnClear said nothing" in wrong


def test_the_buttons_are_those_of_the_add_in() -> None:
    ribbon = (ROOT / "macros" / "ribbon.xml").read_text(encoding="utf-8")
    assert all(f'onAction="{button}"' in ribbon for button in desktop.BUTTONS)
    words = (ROOT / "macros" / "texts.csv").read_text(encoding="utf-8")
    assert f"title,{TITLE}\n" in words


def test_boxes_are_read_and_closed() -> None:
    texts = {11: "", 12: "复算总分 94.94"}
    open_boxes, sent = [7], list[int]()

    def post(box: int, message: int, answer: int, more: int) -> None:
        sent.append(answer)
        open_boxes.clear()

    def words(child: int, buffer: Any, room: int) -> None:
        buffer.value = texts[child]

    windows = SimpleNamespace(
        FindWindowW=lambda kind, title: open_boxes[0] if open_boxes else 0,
        FindWindowExW=lambda box, child, kind, title: {0: 11, 11: 12, 12: 0}[child],
        GetWindowTextW=words,
        PostMessageW=post,
    )
    with answered_boxes(windows) as said:
        deadline = time.monotonic() + 20
        while open_boxes and time.monotonic() < deadline:
            time.sleep(0.01)
    assert said() == ["复算总分 94.94"]
    assert sent == [1, 7]


def test_the_workflow_says_that_it_was_never_run_and_calls_the_script() -> None:
    text = (ROOT / ".github" / "workflows" / "excel.yml").read_text(encoding="utf-8")
    assert "NEVER RUN SO FAR" in text
    steps = yaml.safe_load(text)["jobs"]["desktop"]["steps"]
    assert any("-m tests.excel.desktop out" in step.get("run", "") for step in steps)
