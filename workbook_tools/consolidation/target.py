"""Where the summary goes: nothing of others' is overwritten, and a file appears whole or not."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import IO

from workbook_tools.sources import is_summary


class TargetRefused(Exception):  # noqa: N818 - it is an answer about a target, not a fault
    """The summary cannot be written there; the message (Chinese) says why and what to do."""


def overflow_path(target: Path) -> Path:
    """Where findings go of which there are more than a sheet holds."""
    return target.with_name(f"{target.stem}-问题清单.csv")


def check_target(target: Path, *, overwrite: bool) -> None:
    """Raise TargetRefused where a file of others' would be overwritten or no folder is."""
    if target.exists() and not overwrite and not is_summary(target):
        raise TargetRefused(f"{target} 已存在，且不是本工具的汇总表，没有覆盖。请换个文件名。")
    if not target.parent.is_dir():
        raise TargetRefused(f"{target.parent} 不是已有的文件夹。请先建立文件夹。")


def write_whole(target: Path, write: Callable[[IO[bytes]], None]) -> None:
    """Write a file under another name in the same folder, and put it in place when complete.

    Raises TargetRefused; then what stood there before still does.
    """
    unfinished = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        with unfinished.open("xb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(target)
    except OSError as error:
        raise TargetRefused(
            f"无法写入 {target}（{error.strerror or error}）。"
            "如果它正在 Excel 或 WPS 中打开，请先关闭；也请检查磁盘空间和写入权限。"
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
