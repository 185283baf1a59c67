"""``workbook-tools consolidate``: many workbooks, one summary."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from workbook_tools.cli.caching import cache_options, opened_cache
from workbook_tools.cli.choosing import chosen_standard, standard_option
from workbook_tools.cli.failures import Failure, Interrupted
from workbook_tools.cli.output import say
from workbook_tools.cli.running import jobs_option, progress, workers
from workbook_tools.consolidation import (
    NOTICE_NAMES,
    Consolidation,
    RosterError,
    SourceError,
    TargetRefused,
    consolidate,
    opened,
)


@click.command(
    "consolidate",
    options_metavar="[选项]",
    help="把报送的工作簿汇总成一个汇总表：排名、指标得分、差异、预算、问题、缺报。"
    "路径可以是文件、文件夹（含子文件夹）、通配符或 .zip 压缩包。",
)
@click.argument("paths", nargs=-1, required=True, metavar="路径…")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="汇总表写到哪个文件；已有的汇总表会被更新，其他文件不会被覆盖。",
)
@click.option(
    "--roster",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="文件",
    help="单位名册（CSV 或 Excel），列 unit_code、unit_name；据此列出缺报单位。",
)
@cache_options
@standard_option
@jobs_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    output: Path,
    roster: Path | None,
    cache: Path | None,
    no_cache: bool,
    standard: str | None,
    jobs: int | None,
) -> None:
    """Consolidate; exit code 1 when a finding is an error or a workbook was refused."""
    chosen = chosen_standard(standard) if standard else None
    try:
        with (
            opened(paths) as sources,
            opened_cache(cache, no_cache, chosen) as kept,
            workers(len(sources.workbooks), jobs) as executor,
            progress("汇总") as bar,
        ):
            result = consolidate(
                sources,
                output,
                roster=roster,
                executor=executor,
                standard=chosen,
                progress=bar,
                cache=kept,
            )
    except (SourceError, RosterError, TargetRefused) as error:
        raise Failure(str(error)) from error
    except KeyboardInterrupt:
        raise Interrupted(_interrupted(bar.done, no_cache)) from None
    print_consolidation(result, output)
    ctx.exit(1 if _bad(result) else 0)


def print_consolidation(result: Consolidation, output: Path) -> None:
    """Print who was put together, who was left out and why, and where the summary is."""
    ranked = sum(one.rank is not None for one in result.departments)
    click.echo(
        f"已汇总 {len(result.departments)} 个单位"
        f"（参加排名 {ranked} 个，资料不全未排名 {len(result.departments) - ranked} 个）。"
    )
    kinds = Counter(notice.kind for notice in result.notices)
    if kinds:
        listed = "，".join(f"{NOTICE_NAMES[kind]} {number} 个" for kind, number in kinds.items())
        click.echo(f"缺报与异常：{listed}（详见汇总表“缺报与异常”）。")
    say(f"汇总表：{output}" + ("（内容没有变化，没有重写）" if result.kept else ""))


def _interrupted(done: int, no_cache: bool) -> str:
    kept = "" if no_cache else "它们的结果已存入缓存，再次运行时不必复算。"
    return f"已中止：读完 {done} 个工作簿，汇总表没有写，原有的没有动。{kept}"


def _bad(result: Consolidation) -> bool:
    return bool(result.refused) or any(
        finding.severity == "error" for one in result.departments for finding in one.findings
    )
