"""The active workbook, through xlwings: checked, cleared, walked through."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook_tools.annotation.notes import MARKER
from workbook_tools.excel.answers import Answer, NoteChange, checked, cleared
from workbook_tools.excel.host import fit_box, require_writable, save_copy, unlocked
from workbook_tools.excel.problems import (
    NO_WORKBOOK,
    PROTECTED_VIEW,
    SHEETS_LOCKED,
    ExcelError,
    in_chinese,
)
from workbook_tools.ooxml import to_a1

if TYPE_CHECKING:
    import xlwings

_ATTEMPTS = 2000
"""Times that xlwings asks a busy Excel again before it gives up, some seconds; its own is forever,
and Excel is busy for as long as somebody edits a cell."""


def check_active() -> Answer:
    """Recompute the active workbook and write the findings into it as notes.

    Raises :class:`ExcelError` (Chinese) when Excel or the workbook does not allow it.
    """
    return _answered(checked)


def clear_active() -> Answer:
    """Take our notes out of the active workbook. Raises as :func:`check_active` does."""
    return _answered(cleared)


def select_next_finding() -> str | None:
    """Select the next cell with a note of ours and return where it is ("计分表!I7").

    Row by row, sheet by sheet, and from the last to the first; None when there is none. Raises
    :class:`ExcelError` when there is no workbook or Excel is busy.
    """
    with in_chinese():
        book = _active_book()
        sheets = [sheet for sheet in book.sheets if sheet.visible]
        ours = [
            (number, note.location.row, note.location.column)
            for number, sheet in enumerate(sheets)
            for note in sheet.notes
            if f"\n{MARKER}" in f"\n{note.text}"
        ]
        if not ours:
            return None
        active = book.sheets.active.name  # a sheet of charts is none of ours, and has no cells
        here = next((i for i, sheet in enumerate(sheets) if sheet.name == active), None)
        cell = book.app.selection if here is not None else None
        at = (here or 0, cell.row, cell.column) if cell is not None else (here or 0, 0, 0)
        number, row, column = min((place for place in ours if place > at), default=min(ours))
        found = sheets[number]
        found.activate()
        found.range((row, column)).select()
        return f"{found.name}!{to_a1(row, column)}"


def _answered(task: Callable[[Path], Answer]) -> Answer:
    with in_chinese():
        book = _active_book()
        require_writable(book)
        with tempfile.TemporaryDirectory(prefix="workbook-tools-") as folder:
            copy = Path(folder) / book.name
            save_copy(book, copy)
            answer = task(copy)
        locked = _write(book, answer.changes)
    if not locked:
        return answer
    warning = SHEETS_LOCKED.replace("{}", "、".join(locked))
    return Answer(f"{answer.message}\n{warning}", answer.changes, answer.bad)


def _write(book: xlwings.Book, changes: tuple[NoteChange, ...]) -> list[str]:
    """Change the notes; returns the sheets that have a password."""
    locked = []
    for name, here in groupby(changes, key=attrgetter("sheet")):
        sheet = book.sheets[name]
        with unlocked(sheet) as writable:
            if writable:
                for change in here:
                    _set_note(sheet.range(change.ref), change.text)
            else:
                locked.append(name)
    return locked


def _set_note(cell: xlwings.Range, text: str) -> None:
    note = cell.note
    if not text:
        if note is not None:
            note.delete()
        return
    if note is None:
        note = cell.add_note(text)
    else:
        note.text = text
    fit_box(note)


def _active_book() -> xlwings.Book:
    """The workbook that called us through RunPython, else the active one."""
    xw = _xlwings()
    book: xlwings.Book
    with suppress(Exception):  # xlwings raises a bare one when nothing called
        book = xw.Book.caller()
        return book
    try:
        book = xw.books.active
    except xw.XlwingsError as error:
        raise ExcelError(
            "没有找到正在运行的 Excel。请先在桌面版 Excel 中打开要校验的工作簿；"
            "WPS 和 LibreOffice 请用 workbook-tools validate。"
        ) from error
    if book.api is None:  # xlwings wraps the nothing that Excel gives
        protected = xw.apps.active.api.ActiveProtectedViewWindow
        raise ExcelError(NO_WORKBOOK if protected is None else PROTECTED_VIEW)
    return book


def _xlwings() -> Any:
    if sys.platform == "darwin":  # AppleScript has no SaveCopyAs and no notes
        raise ExcelError("苹果电脑上的 Excel 不支持这种校验。请用 workbook-tools validate。")
    try:
        import xlwings
    except ImportError as error:
        raise ExcelError(
            '没有安装 xlwings。请运行 pip install "workbook-tools[excel]" 后重试。'
        ) from error
    windows = sys.modules.get("xlwings._xlwindows")
    if windows is not None:
        windows.N_COM_ATTEMPTS = _ATTEMPTS  # type: ignore[attr-defined] # xlwings' own setting
    return xlwings
