"""Links from the summary to the workbooks, made only where nothing in them can act as more."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path

from xlsxwriter.url import Url  # type: ignore[import-untyped] # XlsxWriter ships no py.typed

from workbook_tools.consolidation.tables.table import Link

# Words of any script, spaces and plain punctuation: nothing that a URL, a reference or an escape
# sequence could be made of (no # % : ! ' " ? * & and no control characters).
_SAFE_PATH = re.compile(r"[\w \-.()（）《》、，,+=/]+")
_SAFE_SHEET = re.compile(r"[\w \-.()（）]+")
_SAFE_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
_LONGEST = 600  # characters: Excel holds 2,080, and each may be written as three
_WORKBOOKS = (".xlsx", ".xlsm")


class RelativeUrl(Url):  # type: ignore[misc] # XlsxWriter ships no py.typed
    r"""A link to a file beside or below the summary, with ``/`` as Excel writes it.

    XlsxWriter writes ``\``, which is a border of folders on Windows only.
    """

    def _target(self) -> str:
        return str(super()._target()).replace("\\", "/")


def external_url(link: Link, folder: Path) -> RelativeUrl | None:
    """The URL for XlsxWriter, relative to the summary's folder; None where it would not be safe.

    The names of files come from departments: a link is made only to a workbook on the same drive
    whose relative path and sheet name hold nothing but plain characters, and only to a file that
    is there: nothing in an archive can be opened by a link.
    """
    try:
        relative = Path(os.path.relpath(link.path, folder)).as_posix()
    except ValueError:  # another drive
        return None
    if not _SAFE_PATH.fullmatch(relative) or not relative.lower().endswith(_WORKBOOKS):
        return None
    if len(relative) > _LONGEST:
        return None
    if not _is_there(link.path):
        return None
    place = ""
    if _SAFE_SHEET.fullmatch(link.sheet) and _SAFE_CELL.fullmatch(link.cell):
        place = f"#'{link.sheet}'!{link.cell}"
    return RelativeUrl(f"external:{relative}{place}")


@lru_cache(maxsize=1024)
def _is_there(path: str) -> bool:
    return Path(path).is_file()
