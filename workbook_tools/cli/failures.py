"""How a command ends when it could not do what was asked for."""

from __future__ import annotations

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
