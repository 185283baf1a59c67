"""The command line: ``workbook-tools COMMAND``. One thin file per command, loaded when used."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from workbook_tools import __version__
from workbook_tools.cli.chinese import speak_chinese

_COMMANDS = {
    "template": "生成填报模板",
    "validate": "校验填好的工作簿，把问题写成批注",
    "clean": "去掉校验写入的批注和结果，还原文件",
    "consolidate": "把一批工作簿汇总成一个汇总表",
    "standard": "查看、检查评分标准",
    "explain": "解释一种问题代码",
    "demo": "用自带样例走一遍全流程",
}


class _LazyGroup(click.Group):
    """A group that imports a command's module only when that command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"workbook_tools.cli.{cmd_name}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("命令"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(
    cls=_LazyGroup,
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]…",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="部门整体支出绩效自评工具：生成填报模板、独立复算校验、批注问题、全县汇总。",
)
@click.version_option(__version__, message="workbook-tools %(version)s", help="显示版本号。")
def top_level() -> None:
    """Group all commands."""


def main() -> None:
    """Run the command line; the exit codes are 0 clean, 1 findings, 2 wrong usage or our error."""
    for stream in (sys.stdout, sys.stderr):
        # a console that cannot show a character shows "?" instead of ending in a traceback
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    speak_chinese()
    top_level(prog_name="workbook-tools")
