"""A file at a place that somebody chose: it appears whole or not, or the reason is told."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import IO

from workbook_tools.errors import WorkbookToolsError
from workbook_tools.files.whole import whole_file, write_failure


class TargetRefused(WorkbookToolsError):  # noqa: N818 - it is an answer about a target, not a fault
    """A file cannot be written there; the message (Chinese) says why and what to do."""


def refuse_existing(target: Path, *, overwrite: bool = False) -> None:
    """Raise TargetRefused where something stands already, unless it may be overwritten."""
    if not overwrite and os.path.lexists(target):
        raise TargetRefused(f"{target} 已经存在，没有覆盖。请换一个文件名，或先移走原文件。")


def write_whole(target: Path, write: Callable[[IO[bytes]], None]) -> None:
    """Write a file that takes its place when complete.

    Raises TargetRefused; then what stood there before still does.
    """
    try:
        with whole_file(target) as stream:
            write(stream)
    except OSError as error:
        raise TargetRefused(write_failure(target, error)) from error
