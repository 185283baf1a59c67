"""The command line: ``workbook-tools COMMAND``. One thin file per command, loaded when used."""

from __future__ import annotations

import errno
import gc
import os
import sys
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from workbook_tools.cli.chinese import speak_chinese
from workbook_tools.cli.failures import Failure, Interrupted
from workbook_tools.files.whole import ADVICE, why
from workbook_tools.version import __version__

_COMMANDS = {
    "template": "生成填报模板",
    "validate": "校验填好的工作簿，把问题写成批注",
    "clean": "去掉校验写入的批注和结果，还原文件",
    "consolidate": "把一批工作簿汇总成一个汇总表",
    "report": "由填好的工作簿生成自评报告（Word）",
    "import": "把已有的自评报告读进填报工作簿",
    "letters": "给每个单位写反馈意见和催报单（Word）",
    "sample": "提出现场抽查的名单，复核后算偏离度",
    "archive": "把办结的一轮归档，或检查归档",
    "desk": "收件台：在浏览器里做这些事，不用记命令",
    "standard": "查看、检查评分标准",
    "explain": "解释一种问题代码",
    "excel": "校验桌面版 Excel 中打开的工作簿",
    "demo": "用自带样例走一遍全流程",
}


class _LazyGroup(click.Group):
    """A group that imports a command's module only when that command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        module = import_module(f"workbook_tools.cli.{name}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Speak Chinese before anything is said, and in no colours where NO_COLOR is set."""
        speak_chinese()
        if os.environ.get("NO_COLOR"):
            extra["color"] = False
        return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; end it with a Chinese line and exit code 2 whatever goes wrong."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except KeyboardInterrupt:
            raise Interrupted from None
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise  # the reader of our output has gone; Click ends quietly
            if os.environ.get("WORKBOOK_TOOLS_DEBUG"):
                raise
            if isinstance(error, OSError) and error.errno in ADVICE:
                raise Failure(f"读写文件失败：{why(error)}") from error
            raise Failure(
                f"程序自身出错（{type(error).__name__}：{error}）。请把这一行反馈给维护者；"
                "设置环境变量 WORKBOOK_TOOLS_DEBUG=1 后重试可看到详情。"
            ) from error

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
    try:
        top_level(prog_name="workbook-tools")
    finally:
        gc.freeze()  # the process ends: the interpreter need not look for garbage in all there is
