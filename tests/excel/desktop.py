"""Desktop Excel opens what we write: ``python -m tests.excel.desktop FOLDER``, on Windows.

Excel is driven by COM. It has never been run by us, who have no Excel: `test_desktop.py` tests
what is judged here with a stand-in for Excel. Exit code 1 when anything is wrong.
"""

from __future__ import annotations

import contextlib
import datetime
import math
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from macros.build import ADD_IN
from tests.annotation.reading import notes_in
from tests.display.cells import texts
from tests.excel.boxes import answered_boxes
from workbook_tools.cli.samples import samples_folder

SAMPLES = samples_folder()
STANDARDS = ("hunan-county-2020", "national-2020", "project-2020")
BUTTONS = ("WbtOnCheck", "WbtOnNext", "WbtOnClear")  # 汇总文件夹 asks for folders first
BOOK = "agriculture-2020.xlsx"
_REPAIRED = ("repaired", "已修复", "修复")
_LONGEST = 255  # characters of a cell's text that are compared


def made(folder: Path) -> list[Path]:
    """Every kind of workbook that we write, and the add-in."""
    books = sorted(SAMPLES.glob("*.xlsx"))
    for standard in STANDARDS:
        run("template", "-o", folder / f"{standard}.xlsx", "--standard", standard)
    run("template", "-o", folder / "issued", "--roster", SAMPLES / "roster.csv")
    run("validate", *books, "-o", folder / "copies")
    run("consolidate", *books, "-o", folder / "summary.xlsx", "--no-cache")
    run("report", SAMPLES / BOOK, "-o", folder / "reports")
    (report,) = (folder / "reports").glob("*.docx")
    run("import", report, "-o", folder / "imported.xlsx")
    return [*books, *sorted(folder.rglob("*.xlsx")), ADD_IN]


def run(*arguments: str | Path) -> None:
    """The command line; that a workbook has findings is no failure."""
    done = subprocess.run([sys.executable, "-m", "workbook_tools", *arguments], check=False)
    if done.returncode > 1:
        raise SystemExit(f"workbook-tools {arguments[0]} ended with {done.returncode}")


@contextlib.contextmanager
def opened(excel: Any, path: Path, *, writable: bool = False) -> Iterator[Any]:
    """A workbook in Excel, closed without saving. What Excel raises is raised."""
    book = excel.Workbooks.Open(str(path), 0, not writable)  # 0: no links are updated
    try:
        yield book
    finally:
        book.Close(False)


def problems(excel: Any, path: Path, logs: Path) -> list[str]:
    """What is wrong with a file in Excel. ``logs``: where Excel writes what it repaired."""
    before = _repairs(logs)
    try:
        with opened(excel, path) as book:
            caption = book.Windows(1).Caption if book.Windows.Count else ""
            if any(word in caption.lower() for word in _REPAIRED) or _repairs(logs) != before:
                return ["Excel repaired it"]
            excel.CalculateFullRebuild()
            return list(told_otherwise(book, path)) if path.suffix == ".xlsx" else []
    except Exception as error:  # a COM error, whose class is there on Windows only
        return [f"Excel did not open it: {error}"]


def told_otherwise(book: Any, path: Path) -> Iterator[str]:
    """Cells whose value or text in Excel is not what our tests take it for."""
    for one in texts(path):
        cell = book.Worksheets(one.sheet).Range(one.cell)
        is_number = isinstance(one.value, int | float) and not isinstance(one.value, bool)
        if is_number and not _agree(cell.Value2, one.value):
            yield f"{one.sheet}!{one.cell}: {cell.Value2!r} instead of {one.value!r}"
        elif isinstance(one.value, datetime.datetime):
            if "#" in cell.Text:
                yield f"{one.sheet}!{one.cell}: {cell.Text} instead of a date"
        elif _bare(cell.Text) != _bare(one.text):
            yield f"{one.sheet}!{one.cell}: “{cell.Text}” instead of “{one.text}”"


def buttons(excel: Any, folder: Path, boxes: Callable[[], list[str]]) -> list[str]:
    """What is wrong with the add-in's buttons, tried on a copy. ``boxes``: what was said so far."""
    wrong = []
    book_path = folder / "buttons" / BOOK
    book_path.parent.mkdir(exist_ok=True)
    shutil.copy(SAMPLES / BOOK, book_path)
    expected = len(notes_in(folder / "copies" / BOOK))
    with opened(excel, ADD_IN), opened(excel, book_path, writable=True) as book:
        program = shutil.which("workbook-tools") or ""
        excel.Run(f"'{ADD_IN.name}'!HandOver", "WORKBOOK_TOOLS", program)
        for button, notes in zip(BUTTONS, (expected, expected, 0), strict=True):
            said = len(boxes())
            book.Activate()
            excel.Run(f"'{ADD_IN.name}'!{button}", excel)  # any object stands for the button
            found = sum(sheet.Comments.Count for sheet in book.Worksheets)
            if found != notes:
                wrong.append(f"{button}: {found} notes instead of {notes}: {boxes()[said:]}")
            if button != "WbtOnNext" and len(boxes()) == said:
                wrong.append(f"{button} said nothing")
    return wrong


def _repairs(logs: Path) -> set[str]:
    return {path.name for path in logs.glob("error*.xml")}


def _agree(value: object, ours: object) -> bool:
    return (
        isinstance(value, int | float)
        and isinstance(ours, int | float)
        and math.isclose(value, ours, rel_tol=1e-12, abs_tol=1e-9)
    )


def _bare(text: str) -> str:
    """A text without what spaces of a format or line ends add."""
    return "".join(text[:_LONGEST].split())


def main(folder: Path) -> int:
    """Try everything; what is wrong is printed and stands in ``problems.txt``."""
    import win32com.client  # type: ignore[import-untyped] # with xlwings, on Windows
    from PIL import ImageGrab

    folder.mkdir(parents=True, exist_ok=True)
    files, logs, wrong = made(folder), Path(tempfile.gettempdir()), list[str]()
    excel = win32com.client.DispatchEx("Excel.Application")
    try:
        excel.Visible, excel.DisplayAlerts = True, False
        for number, path in enumerate(files):
            wrong += [f"{path.name}: {one}" for one in problems(excel, path, logs)]
            if path.suffix == ".xlsx":
                with contextlib.suppress(Exception), opened(excel, path):
                    ImageGrab.grab().save(folder / f"{number:02} {path.stem}.png")
        with answered_boxes() as boxes:
            wrong += buttons(excel, folder, boxes)
    finally:
        excel.Quit()
    (folder / "problems.txt").write_text("\n".join(wrong), encoding="utf-8")
    print(*wrong, f"{len(files)} files, {len(wrong)} problems", sep=os.linesep)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
