"""``workbook-tools template``: the workbook to fill in, blank or one for each department."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from workbook_tools.cli.choosing import (
    chosen_standard,
    roster_option,
    standard_option,
    with_suffix,
)
from workbook_tools.cli.failures import Failure
from workbook_tools.cli.output import say, say_left_columns
from workbook_tools.cli.running import jobs_option, progress, workers
from workbook_tools.files.targets import TargetRefused
from workbook_tools.files.whole import write_failure
from workbook_tools.intake.roster import RosterError, read_roster
from workbook_tools.jobs.task import Landed
from workbook_tools.jobs.templates import Issue, issue_one, issues
from workbook_tools.running.lost import Lost
from workbook_tools.standard import Standard

_SHOWN = 10  # files left as they are that are named
_BATCH = 4  # templates per task of a worker process


@click.command(
    "template",
    options_metavar="[选项]",
    help="生成一份空白的填报模板（.xlsx）；加 --roster 则按名册给每个单位生成一份预填的模板，"
    "预填的单元格锁定、有标记，收回时会核对是否被改动。",
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="文件或文件夹",
    help="写到哪个文件，例如 自评模板.xlsx（不写 .xlsx 会补上）；有 --roster 时写到哪个文件夹。",
)
@roster_option(
    "：一行列名，有“单位编码”“单位名称”和要预填的数据项，如“编制数”。",
)
@standard_option
@jobs_option
def command(output: Path, roster: Path | None, standard: str | None, jobs: int | None) -> None:
    """Build a blank template, or one for each row of a roster."""
    chosen = chosen_standard(standard)
    if roster is not None:
        _for_each(chosen, roster, output, jobs)
        return
    from workbook_tools.template import TemplateError, build_template

    if output.is_dir():
        raise Failure(f"{output} 是文件夹。请写明文件名，例如 {output / '自评模板.xlsx'}。")
    output = with_suffix(output, ".xlsx")  # without it nobody's program would open the file
    try:
        build_template(chosen, output)
    except TemplateError as error:
        raise Failure(
            f"评分标准 {chosen.id} 做不成模板：{error}。请运行 standard check。"
        ) from error
    except TargetRefused as error:
        raise Failure(str(error)) from error
    except OSError as error:
        raise Failure(write_failure(output, error)) from error
    say(f"已生成填报模板：{output}（{chosen.title}，版本 {chosen.version}）")


def _for_each(standard: Standard, roster: Path, folder: Path, jobs: int | None) -> None:
    """Write the templates that are not there yet; what is there is left as it is, and told."""
    try:
        listed = read_roster(roster, standard)
        planned = issues(listed, folder)
        folder.mkdir(parents=True, exist_ok=True)
    except RosterError as error:
        raise Failure(str(error)) from error
    except OSError as error:
        raise Failure(write_failure(folder, error)) from error
    there = [one for one in planned if one.target.exists()]
    missing = [one for one in planned if not one.target.exists()]
    say_left_columns(listed.left)
    if not missing:
        raise Failure(
            f"{folder} 里已有名册中全部 {len(there)} 个单位的模板，没有生成新的，也没有覆盖。"
            "要重新生成，请先移走原有的，或换一个文件夹。"
        )
    landed = Landed(one.target for one in missing)
    try:
        with workers(len(missing), jobs) as executor, progress("生成模板") as bar:
            written = partial(issue_one, standard=standard)
            each = (
                map(written, missing)
                if executor is None
                else executor.map(written, missing, chunksize=_BATCH)
            )
            for done, problem in enumerate(each, start=1):
                if isinstance(problem, Lost):
                    raise Failure("生成模板的进程被系统终止，可能是内存不足。")
                if problem:
                    raise Failure(problem)
                bar(done, len(missing))
    finally:
        made = f"已生成 {landed.count} 份填报模板"
        say(f"{made}：{folder}（{standard.title}，版本 {standard.version}）")
    _say_kept(there)


def _say_kept(there: list[Issue]) -> None:
    if not there:
        return
    say(f"已存在、没有覆盖的 {len(there)} 份（如需重新生成，请先移走）：", err=True)
    for one in there[:_SHOWN]:
        say(f"  {one.target.name}", err=True)
    if len(there) > _SHOWN:
        say(f"  …… 另有 {len(there) - _SHOWN} 份", err=True)
