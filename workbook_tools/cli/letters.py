"""``workbook-tools letters``: what the bureau writes to departments, as Word documents."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from workbook_tools.cli.bounding import bounds_options
from workbook_tools.cli.caching import cache_options
from workbook_tools.cli.choosing import day, format_option, roster_option, standard_option
from workbook_tools.cli.documents import print_document
from workbook_tools.cli.failures import Failure
from workbook_tools.cli.output import say, say_left_columns
from workbook_tools.cli.rounds import computed
from workbook_tools.cli.running import jobs_option
from workbook_tools.errors import WorkbookToolsError
from workbook_tools.jobs.letters import KIND_NAMES, Letter, Terms, write_letters


@click.command(
    "letters",
    options_metavar="[选项]",
    help="给每个单位写一份反馈意见（Word 文档）：复算结果、要改正和核实的问题在哪张表哪个单元格、"
    "怎样改、什么时候前重新报送；有名册的，给没有报送的单位写催报单。没有写签发人的都是草稿。"
    "同一单位报送多份的，以较新的一份为准。路径可以是文件、文件夹、通配符或 .zip 压缩包。",
)
@click.argument("paths", nargs=-1, required=True, metavar="路径…")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="文件夹",
    help="写到哪个文件夹，文件名为“编码-单位-反馈意见.docx”；已有的会被更新，改动过的不会被覆盖。",
)
@roster_option(
    "：据此认定单位，给没有报送的写催报单。",
)
@click.option("--until", type=day, metavar="日期", help="请单位在哪天前报送，如 2021-04-30。")
@click.option("--signer", default="", metavar="姓名", help="签发人；不写则文档标明是草稿。")
@format_option
@cache_options
@standard_option
@jobs_option
@bounds_options
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    output: Path,
    roster: Path | None,
    until: datetime.datetime | None,
    signer: str,
    output_format: str,
    cache: Path | None,
    no_cache: bool,
    standard: str | None,
    jobs: int | None,
    time_limit: int,
    memory_limit: int | None,
) -> None:
    """Write letters; exit code 2 where one could not be written."""
    try:
        result = computed(
            paths,
            roster=roster,
            cache=cache,
            no_cache=no_cache,
            standard=standard,
            jobs=jobs,
            time_limit=time_limit,
            memory_limit=memory_limit,
        )
    except WorkbookToolsError as error:
        raise Failure(str(error)) from error
    say_left_columns(result.roster.left if result.roster else ())
    terms = Terms(until=until.date() if until else None, signer=signer.strip())
    written = list(write_letters(result, output, terms))
    if output_format == "json":
        print_document(result.standard, {"letters": written}, draft=not terms.signer)
    else:
        _print(written, draft=not terms.signer)
    problems = [one.problem for one in written if one.problem]
    for problem in problems:
        say(f"错误：{problem}", err=True)
    ctx.exit(2 if problems else 0)


def _print(written: list[Letter], *, draft: bool) -> None:
    for one in written:
        if one.path:
            count = f"（问题 {one.findings} 条）" if one.kind == "feedback" else ""
            say(f"{KIND_NAMES[one.kind]}{count}：{one.path}")
    counts = [
        f"{name} {sum(one.kind == kind and bool(one.path) for one in written)} 份"
        for kind, name in KIND_NAMES.items()
    ]
    click.echo(f"共写{'、'.join(counts)}{'，都是草稿，签发后再发出' if draft else ''}。")
