"""``workbook-tools archive``: a finished round in one file, and the proof of it."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from workbook_tools.archiving import ArchiveCheck, Archived, check_archive, write_archive
from workbook_tools.cli.bounding import bounds_options, chosen_bounds
from workbook_tools.cli.choosing import (
    NewFile,
    chosen_standard,
    day,
    format_option,
    roster_option,
    standard_option,
)
from workbook_tools.cli.documents import print_document
from workbook_tools.cli.failures import Failure, Interrupted
from workbook_tools.cli.output import say, say_left_columns
from workbook_tools.cli.running import jobs_option, progress
from workbook_tools.errors import WorkbookToolsError
from workbook_tools.standard import load_standard

_SHOWN = 40  # differences that are named


class _WithDefault(click.Group):
    """A group in which paths without a subcommand mean ``create``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``create`` before arguments that begin with no subcommand."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["create", *args]
        return super().parse_args(ctx, args)


@click.group(
    "archive",
    cls=_WithDefault,
    options_metavar="",
    subcommand_metavar="路径… -o 文件 | check 文件",
    help="把办结的一轮自评归入一个压缩包：原件、批注副本、汇总表、总报告、评分标准、目录和"
    "SHA-256 清单；多年以后可以证明没有改动，并重新算出同样的结果。"
    "不写子命令就是 create。",
)
def command() -> None:
    """Group the subcommands."""


@command.command(
    "create",
    options_metavar="[选项]",
    short_help="归档。",
    help="归档。路径是各单位报送的材料：文件、文件夹（含子文件夹）、通配符或 .zip 压缩包，"
    "原样保存；批注副本、汇总表和总报告现做现存。同样的文件、同一归档日期，写出的归档逐字节相同。",
)
@click.argument("paths", nargs=-1, required=True, metavar="路径…")
@click.option(
    "-o",
    "--output",
    required=True,
    type=NewFile(".zip"),
    metavar="文件",
    help="归档写到哪个文件，例如 2020年度自评.zip；已有的文件不会被覆盖。",
)
@roster_option(
    "：据此认定单位、列出缺报，并一并归档。",
)
@click.option(
    "--also",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    metavar="路径",
    help="一并归档的其他材料（印发的通报、复核意见等），文件或文件夹，可以写多次。",
)
@click.option("--on", type=day, metavar="日期", help="归档日期，如 2021-06-30，默认今天。")
@format_option
@standard_option
@jobs_option
@bounds_options
def create(
    paths: tuple[str, ...],
    output: Path,
    roster: Path | None,
    also: tuple[Path, ...],
    on: datetime.datetime | None,
    output_format: str,
    standard: str | None,
    jobs: int | None,
    time_limit: int,
    memory_limit: int | None,
) -> None:
    """Write an archive."""
    if standard is not None:
        chosen_standard(standard)
    bounds = chosen_bounds(time_limit, memory_limit)
    try:
        with progress("归档") as bar:
            done = write_archive(
                paths,
                output,
                roster=roster,
                standard=standard,
                also=also,
                on=on.date() if on else None,
                jobs=jobs,
                bounds=bounds,
                progress=bar,
            )
    except WorkbookToolsError as error:
        raise Failure(str(error)) from error
    except KeyboardInterrupt:
        raise Interrupted("已中止：归档没有写。") from None
    say_left_columns(done.round.roster.left if done.round.roster else ())
    if output_format == "json":
        print_document(
            done.round.standard,
            {},
            kind="archive",
            archive=str(done.path),
            sha256=done.digest,
            size=done.size,
            files=done.files,
            originals=done.originals,
            copies=done.copies,
            departments=len(done.round.departments),
        )
    else:
        _print_archived(done)


def _print_archived(done: Archived) -> None:
    say(
        f"已归档：{done.path}（原件 {done.originals} 份，批注副本 {done.copies} 份，"
        f"共 {done.files} 个文件，{done.size / 1e6:.1f} MB）"
    )
    say(f"SHA-256：{done.digest}")
    say("请把这一行 SHA-256 登记在归档文件以外的地方（如档案登记簿），以后检查时用得着。")


@command.command(
    "check",
    options_metavar="[选项]",
    short_help="检查归档：没有改动，结果相同。",
    help="检查归档：逐个核对 SHA-256，再由原件按归档里的评分标准用今天的程序重新计算，"
    "与归档时的结果逐项比较；不同的，说明是哪个单位、哪项指标、哪条规则或哪个版本。"
    "有改动或结果不同，退出码为 1。",
)
@click.argument(
    "archive", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件"
)
@click.option(
    "--sha256",
    default="",
    metavar="校验值",
    help="归档时登记的 SHA-256：据此证明整个文件没有被换过；不写则只证明归档与自身的清单一致。",
)
@click.option("--no-compute", is_flag=True, help="只核对 SHA-256，不重新计算。")
@format_option
@jobs_option
@bounds_options
@click.pass_context
def check(
    ctx: click.Context,
    archive: Path,
    sha256: str,
    no_compute: bool,
    output_format: str,
    jobs: int | None,
    time_limit: int,
    memory_limit: int | None,
) -> None:
    """Check an archive; exit code 1 where it is not what it was or computes otherwise."""
    bounds = chosen_bounds(time_limit, memory_limit)
    try:
        with progress("检查") as bar:
            done = check_archive(
                archive,
                digest=sha256,
                recompute=not no_compute,
                jobs=jobs,
                bounds=bounds,
                progress=bar,
            )
    except WorkbookToolsError as error:
        raise Failure(str(error)) from error
    if output_format == "json":
        print_document(
            done.standard or load_standard(),
            {
                "faults": done.faults,
                "differences": done.differences,
                "versions": done.versions,
            },
            kind="archive-check",
            archive=str(archive),
            sha256=done.digest,
            registered=sha256 or None,
            holds=done.holds,
            departments=done.departments,
        )
    else:
        _print_check(done, registered=bool(sha256))
    ctx.exit(0 if done.holds else 1)


def _print_check(done: ArchiveCheck, *, registered: bool) -> None:
    say(
        f"归档日期 {done.on.isoformat()}，原件 {done.originals} 份，"
        f"由 workbook-tools {done.version} 归档。"
    )
    for fault in done.faults:
        say(f"× {fault}")
    if not done.faults:
        whole = "整个文件与登记的一致" if registered else "归档与自身的清单一致"
        say(f"√ 没有改动：各文件的 SHA-256 都相符，{whole}。")
    if not registered:
        say(f"  整个文件的 SHA-256：{done.digest}，请与归档时登记的核对（--sha256）。")
    if done.departments is not None and not done.differences:
        say(
            f"√ 结果相同：由原件重新计算 {done.departments} 份，"
            "得分、等次、名次、问题都与归档时一致。"
        )
    if done.differences:
        say(f"× 结果不同，共 {len(done.differences)} 处：")
    for one in done.differences[:_SHOWN]:
        say(f"  {one.unit_name or one.unit_code or one.path}：{one.what}")
    if len(done.differences) > _SHOWN:
        say(f"  …… 另有 {len(done.differences) - _SHOWN} 处，用 --format json 全部列出。")
    for told in done.versions:
        say(told)
