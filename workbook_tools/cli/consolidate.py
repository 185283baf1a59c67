"""``workbook-tools consolidate``: many workbooks, one summary."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path

import click

from workbook_tools.cli.bounding import bounds_options, chosen_bounds
from workbook_tools.cli.caching import cache_options, opened_cache
from workbook_tools.cli.choosing import (
    NewFile,
    chosen_standard,
    format_option,
    roster_option,
    standard_option,
)
from workbook_tools.cli.documents import print_document
from workbook_tools.cli.failures import Failure, Interrupted
from workbook_tools.cli.output import say, say_left_columns
from workbook_tools.cli.province import ProvinceOptions, from_folders, put_together
from workbook_tools.cli.running import cluster_options, jobs_option, progress, workers
from workbook_tools.consolidation import (
    DOCUMENT,
    NOTICE_NAMES,
    Consolidation,
    Previous,
    PreviousError,
    RosterError,
    SourceError,
    Sources,
    TargetRefused,
    consolidate,
    opened,
)
from workbook_tools.consolidation.round.changes import MATTERS, Change, tally
from workbook_tools.consolidation.summary import document, parquet, parquet_lines
from workbook_tools.consolidation.summary.parquet import ParquetMissing
from workbook_tools.consolidation.tables import years
from workbook_tools.consolidation.tables.changes import findings_in_words, in_words, points_in_words
from workbook_tools.consolidation.tables.comparison import in_words as comparison_in_words
from workbook_tools.intake.summaries import summaries_among
from workbook_tools.jobs.task import TaskRefused
from workbook_tools.jobs.task import copies as copies_in
from workbook_tools.presentation.points import difference_in_words
from workbook_tools.standard.naming import counted_in

_OF_POINTS = MATTERS.index("incomplete") + 1  # matters of the total come first
_MOVED = 10  # departments whose points moved that are named


@click.command(
    "consolidate",
    options_metavar="[选项]",
    help="把报送的工作簿汇总成一个汇总表：排名、指标得分、差异、预算、问题、缺报。"
    "给的是各县的汇总表（.xlsx 或 --facts 写的 .parquet），就把各县合成一个："
    "各县得分、指标、金额、全部单位排名、缺报的县。"
    "路径可以是文件、文件夹（含子文件夹）、通配符或 .zip 压缩包。",
)
@click.argument("paths", nargs=-1, required=True, metavar="路径…")
@click.option(
    "-o",
    "--output",
    required=True,
    type=NewFile(".xlsx"),
    metavar="文件",
    help="汇总表写到哪个文件；已有的汇总表会被更新，其他文件不会被覆盖。",
)
@roster_option(
    "，有“单位编码”“单位名称”两列，可有“联系人”“电话”；据此认定单位、列出缺报。",
)
@click.option(
    "--since",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="文件",
    help="上次的汇总表（.xlsx）或 --format json 的输出：另列出与上次相比的变化。",
)
@click.option(
    "--last-year",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="文件",
    help="去年的汇总表（.xlsx）或 --format json 的输出：另列出与去年的对比，核对应当衔接的数字。"
    "评分标准可以不同；更名、合并、拆分的单位在名册“去年单位编码”一列注明。",
)
@click.option(
    "--copies",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="文件夹",
    help="validate -o 写的批注副本在哪个文件夹：汇总表中的链接就指向副本。",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="另把“数据”表（每单位每指标一行）写成 Parquet 文件，需要安装 pyarrow。",
)
@click.option(
    "--facts",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="另把各单位的准确数据（每单位一行）写成 Parquet 文件，例如 甲县.parquet："
    "上级汇总各县时可代替汇总表。需要安装 pyarrow。",
)
@click.option(
    "--by-county",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="文件夹",
    help="路径是一个文件夹，里面每个县一个子文件夹：逐县汇总，"
    "各县的汇总表和 Parquet 写到这个文件夹，再合成一个。需要安装 pyarrow；"
    "与 --scheduler、--shared-folder 同用时每个县是一项任务。",
)
@click.option(
    "--report",
    type=NewFile(".docx"),
    metavar="文件",
    help="另写一份总报告（Word 文档），例如 总报告.docx：用文字、表格和图表说明总体情况。"
    "已有的总报告会被更新，改动过的和其他文件不会被覆盖。",
)
@format_option
@cache_options
@standard_option
@jobs_option
@bounds_options
@cluster_options
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    output: Path,
    roster: Path | None,
    since: Path | None,
    last_year: Path | None,
    copies: Path | None,
    data: Path | None,
    facts: Path | None,
    by_county: Path | None,
    report: Path | None,
    output_format: str,
    cache: Path | None,
    no_cache: bool,
    standard: str | None,
    jobs: int | None,
    time_limit: int,
    memory_limit: int | None,
    scheduler: str | None,
    shared_folder: bool,
) -> None:
    """Consolidate; exit code 1 when a finding is an error or a workbook was refused."""
    chosen = chosen_standard(standard) if standard else None
    bounds = chosen_bounds(time_limit, memory_limit, scheduler)
    bar = None
    try:
        wanted = ProvinceOptions(
            output, roster, standard, jobs, scheduler, shared_folder, output_format
        )
        if by_county is not None:
            _refuse_beside_counties(ctx)
            ctx.exit(0 if from_folders(paths, by_county, wanted, bounds) else 1)
        summaries, others = summaries_among(paths)
        if summaries:
            _refuse_beside_counties(ctx)
            put_together(summaries, others, wanted)
            return
        if data is not None:
            parquet.check_data_target(data)
        if facts is not None:
            parquet_lines.check_lines_target(facts)
        if report is not None:
            _check_report(report)
        with (
            opened(paths) as sources,
            opened_cache(cache, no_cache, chosen) as kept,
            workers(len(sources.workbooks), jobs, scheduler, shared_folder, bounds) as executor,
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
                since=since,
                last_year=last_year,
                annotated=_annotated(sources, copies) if copies else None,
                bounds=bounds,
            )
        if data is not None:
            parquet.write_data(result, data)
        if facts is not None:
            parquet_lines.write_lines(result, facts)
        if report is not None:
            _write_report(result, report)
    except (
        SourceError,
        RosterError,
        PreviousError,
        TargetRefused,
        TaskRefused,
        ParquetMissing,
    ) as error:
        raise Failure(str(error)) from error
    except KeyboardInterrupt:
        raise Interrupted(_interrupted(bar.done if bar else 0, no_cache)) from None
    say_left_columns(result.roster.left if result.roster else ())
    if output_format == "json":
        print_document(
            result.standard,
            document.lists(result),
            kind=DOCUMENT,
            summary=str(output),
            figures=document.figures(result),
            report=str(report) if report else None,
        )
    else:
        print_consolidation(result, output)
        if report is not None:
            say(f"总报告：{report}")
    ctx.exit(1 if _bad(result) else 0)


def print_consolidation(result: Consolidation, output: Path) -> None:
    """Print who was put together, who was left out and why, and where the summary is."""
    ranked = sum(one.rank is not None for one in result.departments)
    click.echo(
        f"已汇总 {len(result.departments)} {counted_in(result.standard)}"
        f"（参加排名 {ranked} 个，资料不全未排名 {len(result.departments) - ranked} 个）。"
    )
    kinds = Counter(notice.kind for notice in result.notices)
    if kinds:
        listed = "，".join(f"{NOTICE_NAMES[kind]} {number} 个" for kind, number in kinds.items())
        click.echo(f"缺报与异常：{listed}（详见汇总表“缺报与异常”）。")
    if result.hints:
        say(f"值得再看一眼的：{comparison_in_words(result)}详见汇总表“横向比较”，不影响得分。")
    if result.previous is not None:
        _print_changes(result, result.previous)
    if result.last_year is not None:
        say(f"与去年（{result.last_year.path}）相比：{years.in_words(result)}")
        if other := years.standards_in_words(result):
            say(other)
    say(f"汇总表：{output}" + ("（内容没有变化，没有重写）" if result.kept else ""))


def _refuse_beside_counties(ctx: click.Context) -> None:
    """End where an option was given that means nothing for the summaries of counties."""
    for name in ("since", "last_year", "copies", "data", "facts", "report"):
        if ctx.params[name] is not None:
            raise Failure(f"汇总各县的汇总表时不能用 --{name.replace('_', '-')}。")


def _check_report(target: Path) -> None:
    """Raise TargetRefused, before the long work, where no overview may be written."""
    from workbook_tools.report import check_writable

    check_writable(target)


def _write_report(result: Consolidation, target: Path) -> None:
    """Write the overview; raises TargetRefused."""
    from workbook_tools.report import write_overview

    write_overview(result, target)


def _annotated(sources: Sources, folder: Path) -> dict[str, str]:
    """By the path of a workbook, its copy in ``folder``, where there is one."""
    places = copies_in(sources.workbooks, folder, sources.members)
    return {sources.shown(path): str(copy) for path, copy in places.items() if copy.exists()}


def _print_changes(result: Consolidation, previous: Previous) -> None:
    total = tally(result.changes())
    say(f"与上次（{previous.path}）相比：")
    click.echo(f"  {in_words(total)}。")
    click.echo(f"  {findings_in_words(total)}。")
    moved = [one for one in result.changes() if one.matter in MATTERS[:_OF_POINTS]]
    moved.sort(key=_weight)
    for one in moved[:_MOVED]:
        say(f"  {_moved(one, result.standard.rounding.places)}")
    if len(moved) > _MOVED:
        click.echo(f"  …… 另有 {len(moved) - _MOVED} 个单位得分有变动，见汇总表“变化”。")


def _weight(one: Change) -> tuple[int, Fraction]:
    assert one.matter is not None
    return MATTERS.index(one.matter), -abs(one.points_moved or Fraction(0))


def _moved(one: Change, places: int) -> str:
    """A department whose points moved: ``县教育局 94.50 → 96.00（+1.50），第 3 名 → 第 1 名``."""
    assert one.before is not None
    assert one.now is not None
    then, now = (points_in_words(side, places) for side in (one.before, one.now.standing))
    line = f"{one.name or one.code} {then} → {now}"
    if by := one.points_moved:
        line += f"（{difference_in_words(by, places)}）"
    if one.matter == "grade":
        line += f"，等次 {one.before.grade} → {one.now.standing.grade}"
    if one.ranks_risen:
        line += f"，第 {one.before.rank} 名 → 第 {one.now.rank} 名"
    return f"{line}；问题消除 {len(one.cured)} 条，新增 {len(one.new)} 条"


def _interrupted(done: int, no_cache: bool) -> str:
    kept = "" if no_cache else "它们的结果已存入缓存，再次运行时不必复算。"
    return f"已中止：读完 {done} 个工作簿，汇总表没有写，原有的没有动。{kept}"


def _bad(result: Consolidation) -> bool:
    useless = any(notice.kind == "blank-template" for notice in result.notices)
    return (
        useless
        or bool(result.refused)
        or any(
            finding.severity == "error" for one in result.departments for finding in one.findings
        )
    )
