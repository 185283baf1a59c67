"""Where the summary goes: nothing of others' is overwritten, and a file appears whole or not."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import IO

from workbook_tools.errors import WorkbookToolsError
from workbook_tools.files.whole import whole_file, write_failure
from workbook_tools.intake.sources import is_summary


class TargetRefused(WorkbookToolsError):  # noqa: N818 - it is an answer about a target, not a fault
    """The summary cannot be written there; the message (Chinese) says why and what to do."""


def check_target(target: Path, *, overwrite: bool) -> None:
    """Raise TargetRefused where a file of others' would be overwritten or no folder is."""
    if os.path.lexists(target) and not overwrite and not is_summary(target):
        raise TargetRefused(f"{target} 已存在，且不是本工具的汇总表，没有覆盖。请换个文件名。")
    if not target.parent.is_dir():
        raise TargetRefused(f"{target.parent} 不是已有的文件夹。请先建立文件夹。")


def write_whole(target: Path, write: Callable[[IO[bytes]], None]) -> None:
    """Write a file that takes its place when complete.

    Raises TargetRefused; then what stood there before still does.
    """
    try:
        with whole_file(target) as stream:
            write(stream)
    except OSError as error:
        raise TargetRefused(write_failure(target, error)) from error
