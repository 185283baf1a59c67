"""How a command ends when it could not do what was asked for."""

from __future__ import annotations

import errno
from pathlib import Path

import click

from workbook_tools.cli.terminal import one_line


class Failure(click.ClickException):
    """Wrong usage, or something that we could not do: exit code 2."""

    exit_code = 2

    def format_message(self) -> str:
        """The message, line by line, without control characters from file names and the like."""
        return "\n".join(map(one_line, self.message.splitlines()))


class Interrupted(click.ClickException):
    """Somebody pressed Ctrl-C: exit code 130, as shells have it."""

    exit_code = 130

    def __init__(self, done: str = "已中止。已经写好的文件是完整的，其余的没有写。") -> None:
        super().__init__(done)


def write_failure(target: Path, error: OSError) -> str:
    """Say why a target could not be written, and what to do."""
    match error:
        case PermissionError():
            why = "文件可能正在 Excel 或 WPS 中打开，或没有写入权限。请关闭后重试。"
        case FileNotFoundError():
            why = "所在文件夹不存在。请先建好文件夹。"
        case FileExistsError() | NotADirectoryError():
            why = "路径中有一段是文件，不是文件夹。请换一个位置。"
        case _ if error.errno == errno.ENOSPC:
            why = "磁盘空间不足。请清理后重试。"
        case _:
            why = f"{error.strerror or error}。"
    return f"{target} 写不进去：{why}"
