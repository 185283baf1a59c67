"""``workbook-tools validate``: recompute filled workbooks and comment on copies of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from workbook_tools.assessment import Record
from workbook_tools.cli.choosing import chosen_standard, format_option, standard_option
from workbook_tools.cli.failures import Failure
from workbook_tools.cli.output import print_json, print_record, say
from workbook_tools.cli.running import jobs_option, progress, workers
from workbook_tools.cli.tasks import plan, run, without_copies
from workbook_tools.sources import PassedOver, SourceError, find_workbooks

_SHOWN = 20  # errors and warnings listed per workbook unless --all
_PASSED_OVER = 10  # files passed over that are named


@click.command(
    "validate",
    options_metavar="[选项]",
    help="复算填好的工作簿并逐项核对。路径可以是文件、文件夹或通配符；"
    "加 -o 则把带批注的副本写入指定文件夹，原件从不改动。",
)
@click.argument("paths", nargs=-1, required=True, metavar="路径…")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="文件夹",
    help="带批注的副本写到这里；不写则只报告、不写文件。",
)
@click.option("--overwrite", is_flag=True, help="副本已被人改动过也覆盖。")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help=f"列出全部问题和提示；不加则每个工作簿列出前 {_SHOWN} 条错误和警告。",
)
@format_option
@standard_option
@jobs_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    output: Path | None,
    overwrite: bool,
    everything: bool,
    output_format: str,
    standard: str | None,
    jobs: int | None,
) -> None:
    """Validate workbooks; exit code 1 when a finding is an error or a workbook was refused."""
    chosen = chosen_standard(standard)
    workbooks = _find(paths, output)
    tasks = plan(workbooks, output, chosen if standard else None, overwrite=overwrite)
    records = []
    problems = []
    with workers(len(tasks), jobs) as executor, progress("校验") as bar:
        for outcome in run(tasks, executor, bar):
            records.append(outcome.record)
            problems += [outcome.problem] if outcome.problem else []
            for remark in outcome.remarks:
                say(remark, err=True)
            if output_format == "text":
                print_record(outcome.record, None if everything else _SHOWN)
    if output_format == "json":
        print_json(records, chosen)
    elif len(records) != 1:
        click.echo(_closing(records))
    for problem in problems:
        say(f"错误：{problem}", err=True)
    ctx.exit(2 if problems else exit_code(records))


def exit_code(records: Sequence[Record]) -> int:
    """1 when any finding is an error or any workbook was refused, else 0."""
    bad = any(
        one.status == "refused" or any(finding.severity == "error" for finding in one.findings)
        for one in records
    )
    return 1 if bad else 0


def _find(paths: Sequence[str], output: Path | None) -> list[Path]:
    try:
        sources = find_workbooks(paths)
    except SourceError as error:
        raise Failure(str(error)) from error
    workbooks, passed_over = list(sources.workbooks), list[PassedOver]()
    if output is not None:
        workbooks, passed_over = without_copies(paths, workbooks, output)
    _say_passed_over([*sources.passed_over, *passed_over])
    if not workbooks:
        raise Failure("没有找到要校验的工作簿（.xlsx）。请检查路径。")
    return workbooks


def _say_passed_over(files: Sequence[PassedOver]) -> None:
    for passed in files[:_PASSED_OVER]:
        say(f"略过 {passed.path}：{passed.reason}", err=True)
    if len(files) > _PASSED_OVER:
        say(f"…… 另略过 {len(files) - _PASSED_OVER} 个文件", err=True)


def _closing(records: Sequence[Record]) -> str:
    number = dict.fromkeys(("clean", "findings", "refused"), 0)
    for one in records:
        number[one.status] += 1
    return (
        f"共 {len(records)} 个工作簿：没有问题 {number['clean']} 个，"
        f"有问题 {number['findings']} 个，无法读取 {number['refused']} 个。"
    )
