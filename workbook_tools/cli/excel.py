"""``workbook-tools excel``: the workbook that is open in desktop Excel; also what the add-in runs.

The add-in passes a saved copy (``--copy``) and reads the answer from a file (``--result``), where
every failure is told too: nobody sees our stderr there.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from workbook_tools.cli.consolidate import command as consolidate_command
from workbook_tools.cli.failures import Failure
from workbook_tools.cli.output import say
from workbook_tools.excel import (
    Answer,
    ExcelError,
    check_active,
    checked,
    clear_active,
    cleared,
    select_next_finding,
    write_answer,
)
from workbook_tools.excel.problems import NO_NOTES
from workbook_tools.files.whole import write_failure

# The add-in hands names over in variables: what Windows offers it for starting programs expands
# "%NAME%" within command lines.
_COPY, _RESULT = "WORKBOOK_TOOLS_COPY", "WORKBOOK_TOOLS_RESULT"
_FOLDER, _OUTPUT = "WORKBOOK_TOOLS_FOLDER", "WORKBOOK_TOOLS_OUTPUT"
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group(
    "excel",
    options_metavar="[选项]",
    subcommand_metavar="子命令 [参数]…",
    help="校验桌面版 Excel 中打开的工作簿（需要 Windows 和 xlwings）；Excel 加载项也用它。",
)
def command() -> None:
    """Group the subcommands."""


def _for_the_add_in(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option(
            "--result", envvar=_RESULT, type=_FILE, metavar="文件", help="加载项用：结果写到这里。"
        ),
        click.option(
            "--copy",
            envvar=_COPY,
            type=click.Path(path_type=Path, dir_okay=False, exists=True),
            metavar="文件",
            help="加载项用：校验这份副本，不连接 Excel。",
        ),
    ):
        function = option(function)
    return function


@command.command("check", options_metavar="[选项]", help="复算当前工作簿，把问题写成批注。")
@_for_the_add_in
@click.pass_context
def check(ctx: click.Context, copy: Path | None, result: Path | None) -> None:
    """Check; exit code 1 when a finding is an error."""
    _do(ctx, copy, result, active=check_active, of_copy=checked)


@command.command("clear", options_metavar="[选项]", help="去掉当前工作簿里的校验批注。")
@_for_the_add_in
@click.pass_context
def clear(ctx: click.Context, copy: Path | None, result: Path | None) -> None:
    """Clear."""
    _do(ctx, copy, result, active=clear_active, of_copy=cleared)


@command.command("next", options_metavar="[选项]", help="选中下一个有校验批注的单元格。")
def next_() -> None:
    """Select the next finding and say where it is."""
    try:
        place = select_next_finding()
    except ExcelError as error:
        raise Failure(str(error)) from error
    say(place or NO_NOTES)


@command.command(
    "consolidate",
    options_metavar="[选项]",
    help="加载项用：汇总一个文件夹，结果写到文件。平时请用 workbook-tools consolidate。",
)
@click.argument("folder", envvar=_FOLDER, metavar="文件夹")
@click.option(
    "-o", "--output", envvar=_OUTPUT, type=_FILE, required=True, metavar="文件", help="汇总表。"
)
@click.option(
    "--result", envvar=_RESULT, type=_FILE, required=True, metavar="文件", help="结果写到这里。"
)
@click.pass_context
def consolidate(ctx: click.Context, folder: str, output: Path, result: Path) -> None:
    """Consolidate a folder as the command of that name does; its words are the answer."""

    def summarised() -> Answer:
        said, code = io.StringIO(), 0
        with contextlib.redirect_stdout(said):
            try:
                ctx.invoke(consolidate_command, paths=(folder,), output=output)
            except click.exceptions.Exit as ended:
                code = ended.exit_code
        return Answer(said.getvalue().strip(), bad=bool(code), summary=str(output))

    ctx.exit(int(_written(summarised, result).bad))


def _do(
    ctx: click.Context,
    copy: Path | None,
    result: Path | None,
    *,
    active: Callable[[], Answer],
    of_copy: Callable[[Path], Answer],
) -> None:
    if copy is not None and result is not None:
        answer = _written(lambda: of_copy(copy), result)
    elif copy is None and result is None:
        try:
            answer = active()
        except ExcelError as error:
            raise Failure(str(error)) from error
        for line in answer.message.splitlines():
            say(line)
    else:
        raise click.UsageError("--copy 和 --result 要一起用。")
    ctx.exit(int(answer.bad))


def _written(make: Callable[[], Answer], result: Path) -> Answer:
    """The answer, written for the add-in; what went wrong is one too."""
    try:
        answer = make()
    except click.ClickException as error:
        answer = Answer(error.format_message(), bad=True)
    except ExcelError as error:
        answer = Answer(str(error), bad=True)
    except Exception as error:  # the user sees this file and nothing else
        words = f"程序自身出错（{type(error).__name__}：{error}）。请把这一行反馈给维护者。"
        answer = Answer(words, bad=True)
    try:
        write_answer(answer, result)
    except OSError as error:
        raise Failure(write_failure(result, error)) from error
    return answer
