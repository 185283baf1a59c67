"""The few things for which xlwings has no call, asked of Excel's own objects (COM, Windows)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook_tools.excel.problems import NEVER_SAVED, READ_ONLY, ExcelError
from workbook_tools.ooxml.boxes import size

if TYPE_CHECKING:
    import xlwings

_ALLOWED = (
    "FormattingCells FormattingColumns FormattingRows InsertingColumns InsertingRows "
    "InsertingHyperlinks DeletingColumns DeletingRows Sorting Filtering UsingPivotTables"
)
"""What Worksheet.Protect may leave allowed, in the order of its arguments."""
_POINTS = 0.75  # of a pixel at 96 dpi


def require_writable(book: xlwings.Book) -> None:
    """Raise :class:`ExcelError` where notes could not be kept: never saved, or read-only."""
    if not book.api.Path:
        raise ExcelError(NEVER_SAVED)
    if book.api.ReadOnly:
        raise ExcelError(READ_ONLY)


def save_copy(book: xlwings.Book, target: Path) -> None:
    """Save the workbook as it is now to another file; it stays open where and as it is."""
    book.api.SaveCopyAs(str(target))


def fit_box(note: xlwings.main.Note) -> None:
    """Make the note's box as large as its text."""
    with suppress(Exception):  # looks only
        width, height = size(note.text)
        note.api.Shape.Width, note.api.Shape.Height = width * _POINTS, height * _POINTS


@contextmanager
def unlocked(sheet: xlwings.Sheet) -> Iterator[bool]:
    """Let notes be written on a sheet protected without a password, as the template's are.

    Yields whether they can be: not when there is a password. Afterwards the sheet is protected as
    it was.
    """
    api = sheet.api
    if not _is_protected(api):
        yield True
        return
    selectable, arguments = api.EnableSelection, _arguments(api)
    with suppress(Exception):  # the wrong password is an error, and the next line sees it
        api.Unprotect("")
    if _is_protected(api):
        yield False
        return
    try:
        yield True
    except Exception:
        with suppress(Exception):  # it must not hide what went wrong first
            _protect(api, selectable, arguments)
        raise
    _protect(api, selectable, arguments)


def _protect(api: Any, selectable: Any, arguments: list[bool]) -> None:
    try:
        api.Protect("", *arguments)
    except Exception:  # whatever Excel has against the details: a sheet never stays open
        api.Protect("")
        raise
    finally:
        api.EnableSelection = selectable


def _is_protected(api: Any) -> bool:
    return bool(api.ProtectContents or api.ProtectDrawingObjects)


def _arguments(api: Any) -> list[bool]:
    """What Worksheet.Protect needs after the password to protect the sheet as it is now."""
    guarded = [api.ProtectDrawingObjects, api.ProtectContents, api.ProtectScenarios]
    allowed = [getattr(api.Protection, f"Allow{what}") for what in _ALLOWED.split()]
    return [*guarded, False, *allowed]
