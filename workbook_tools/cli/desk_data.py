"""``workbook-tools desk backup``, ``restore`` and ``check``: the data of a bureau's desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from workbook_tools.cli.failures import Failure
from workbook_tools.cli.output import say
from workbook_tools.errors import WorkbookToolsError

_DATA = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command(
    "backup",
    options_metavar="[选项]",
    help="把收件台的数据备份成压缩包：数据库、全部原件和 SHA-256 清单。收件台运行时也能备份。",
)
@click.argument("data", type=_DATA, metavar="数据文件夹")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="备份写到这里，不写则以当天日期命名，放在当前文件夹。",
)
def backup(data: Path, output: Path | None) -> None:
    """Write a backup."""
    with _told():
        from workbook_tools.desk.office.backup import backup_name, write_backup

        written = write_backup(data, output or Path(backup_name()))
        say(f"已备份：{written}")
        say("里面有各单位的自评表和访问码的校验值，请妥善保管。")


@click.command(
    "restore",
    options_metavar="[选项]",
    help="由备份恢复数据：逐个核对 SHA-256，要么完整恢复，要么什么也不留下；不覆盖文件。",
)
@click.argument(
    "source", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="备份"
)
@click.option(
    "-o",
    "--output",
    "data",
    type=click.Path(path_type=Path),
    required=True,
    metavar="数据文件夹",
    help="恢复到这个文件夹，要还不存在或是空的。",
)
def restore(source: Path, data: Path) -> None:
    """Restore a backup."""
    with _told():
        from workbook_tools.desk.office.backup import restore as restored

        restored(source, data)
        say(f"已恢复到 {data}。启动：workbook-tools desk --serve {data}")


@click.command(
    "check",
    options_metavar="[选项]",
    help="检查收件台的数据：数据库及其结构是否完好，每份原件是否还在、是否与它的 SHA-256 相符。",
)
@click.argument("data", type=_DATA, metavar="数据文件夹")
@click.pass_context
def check(ctx: click.Context, data: Path) -> None:
    """Print what is wrong; exit code 1 where anything is."""
    with _told():
        from workbook_tools.desk.office.checking import faults

        found = 0
        for fault in faults(data):
            say(fault)
            found += 1
        say(f"检查完毕：{f'有 {found} 处问题' if found else '没有问题'}。")
    ctx.exit(1 if found else 0)


@contextmanager
def _told() -> Iterator[None]:
    """What the desk refuses is a failure of the command."""
    try:
        yield
    except WorkbookToolsError as error:
        raise Failure(str(error)) from error
