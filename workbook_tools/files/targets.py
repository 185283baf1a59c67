"""A file at a place that somebody chose: it appears whole or not, or the reason is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import IO

from workbook_tools.errors import WorkbookToolsError
from workbook_tools.files.whole import whole_file, write_failure


class TargetRefused(WorkbookToolsError):  # noqa: N818 - it is an answer about a target, not a fault
    """A file cannot be written there; the message (Chinese) says why and what to do."""


def write_whole(target: Path, write: Callable[[IO[bytes]], None]) -> None:
    """Write a file that takes its place when complete.

    Raises TargetRefused; then what stood there before still does.
    """
    try:
        with whole_file(target) as stream:
            write(stream)
    except OSError as error:
        raise TargetRefused(write_failure(target, error)) from error
