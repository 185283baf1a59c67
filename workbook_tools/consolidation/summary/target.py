"""Where the summary goes: nothing of others' is overwritten."""

from __future__ import annotations

import os
from pathlib import Path

from workbook_tools.files.targets import TargetRefused
from workbook_tools.intake.summaries import is_summary


def check_target(target: Path, *, overwrite: bool) -> None:
    """Raise TargetRefused where a file of others' would be overwritten or no folder is."""
    if os.path.lexists(target) and not overwrite and not is_summary(target):
        raise TargetRefused(f"{target} 已存在，且不是本工具的汇总表，没有覆盖。请换个文件名。")
    if not target.parent.is_dir():
        raise TargetRefused(f"{target.parent} 不是已有的文件夹。请先建立文件夹。")
