"""All findings as CSV for Excel, where there are more of them than a sheet holds."""

from __future__ import annotations

import codecs
import csv
import io
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from workbook_tools.consolidation.tables.table import Link, SummaryTable, TableCell
from workbook_tools.files.targets import TargetRefused, write_whole

# What Excel takes for a formula, also in full width and behind blanks.
_ACTING = re.compile(r"[\s\ufeff\"']*[=+\-@＝＋－＠]")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def overflow_path(target: Path) -> Path:
    """Where findings go of which there are more than a sheet holds."""
    return target.with_name(f"{target.stem}-问题清单.csv")


def write_overflow(summary: Path, whole: SummaryTable) -> None:
    """Write the table beside the summary; only a list of ours is replaced.

    Raises TargetRefused; then what stood there before still does.
    """
    target = overflow_path(summary)
    head = codecs.BOM_UTF8 + _line(column.title for column in whole.columns)
    if os.path.lexists(target) and not _begins_with(target, head):
        raise TargetRefused(
            f"{target} 已存在，且不是本工具的问题清单，没有覆盖。请先移走它，或给汇总表换个文件名。"
        )

    def write(stream: IO[bytes]) -> None:
        stream.write(head)
        for row in whole.rows:
            stream.write(_line(map(_text, row)))

    write_whole(target, write)


def harmless(text: str) -> str:
    """The text as a cell of CSV: a quote before what would act, no characters that nobody sees."""
    seen = _UNSEEN.sub(" ", text)
    return f"'{seen}" if _ACTING.match(seen) else seen


def _line(cells: Iterable[str]) -> bytes:
    line = io.StringIO(newline="")
    csv.writer(line).writerow(map(harmless, cells))
    return line.getvalue().encode(errors="replace")


def _begins_with(target: Path, head: bytes) -> bool:
    try:
        with target.open("rb") as file:
            return file.read(len(head)) == head
    except OSError:
        return False


def _text(cell: TableCell) -> str:
    return cell.text if isinstance(cell, Link) else str(cell or "")
