"""``workbook-tools validate``: recompute filled workbooks and comment on copies of them."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path

import click
import msgspec

from workbook_tools.annotation import NotOurCopyError, annotate
from workbook_tools.assessment import Record, assess, record
from workbook_tools.cli.choosing import (
    Failure,
    chosen_standard,
    format_option,
    standard_option,
    write_failure,
)
from workbook_tools.cli.output import as_json, print_record
from workbook_tools.cli.running import Progress, jobs_option, progress, workers
from workbook_tools.consolidate.sources import SourceError, find_workbooks

_SHOWN = 20  # findings listed per workbook unless --all


class Task(msgspec.Struct, frozen=True):
    """One workbook to validate; travels to a worker process."""

    path: str
    target: str | None
    standard: str | None
    at: datetime.datetime
    overwrite: bool = False


class Outcome(msgspec.Struct, frozen=True):
    """What came of a task.

    ``problem`` says why no copy was written although one was wanted, ``remarks`` which cells of
    the copy got no comment.
    """

    record: Record
    problem: str = ""
    remarks: tuple[str, ...] = ()


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
@click.option("--all", "everything", is_flag=True, help="列出全部问题，不只列前 20 条。")
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
    try:
        sources = find_workbooks(paths)
    except SourceError as error:
        raise Failure(str(error)) from error
    for passed in sources.passed_over:
        click.echo(f"略过 {passed.path}：{passed.reason}", err=True)
    tasks = plan(sources.workbooks, output, standard, overwrite=overwrite)
    records = []
    problems = []
    with workers(len(tasks), jobs) as executor, progress("校验") as shown:
        for outcome in run(tasks, executor, shown):
            records.append(outcome.record)
            problems += [outcome.problem] if outcome.problem else []
            for remark in outcome.remarks:
                click.echo(remark, err=True)
            if output_format == "text":
                print_record(outcome.record, None if everything else _SHOWN)
    if output_format == "json":
        click.echo(as_json(records, chosen))
    elif len(records) != 1:
        click.echo(_closing(records))
    for problem in problems:
        click.echo(f"错误：{problem}", err=True)
    ctx.exit(2 if problems else exit_code(records))


def plan(
    workbooks: tuple[Path, ...],
    output: Path | None,
    standard: str | None = None,
    *,
    overwrite: bool = False,
) -> list[Task]:
    """One task per workbook; copies keep the folders below the one that all have in common."""
    at = datetime.datetime.now().replace(microsecond=0)
    if output is None or not workbooks:
        return [Task(str(path), None, standard, at) for path in workbooks]
    root = Path(os.path.commonpath([path.resolve().parent for path in workbooks]))
    tasks = []
    for path in workbooks:
        target = output / path.resolve().relative_to(root)
        if target.resolve() == path.resolve():
            raise Failure(f"副本不能写在原件所在的文件夹（{output}）。请另选一个输出文件夹。")
        tasks.append(Task(str(path), str(target), standard, at, overwrite))
    return tasks


def run(tasks: list[Task], executor: Executor | None, shown: Progress) -> Iterator[Outcome]:
    """Do the tasks, in order, here or in worker processes."""
    outcomes = (
        map(validate_one, tasks)
        if executor is None
        else executor.map(validate_one, tasks, chunksize=8)
    )
    for done, outcome in enumerate(outcomes, start=1):
        shown(done, len(tasks))
        yield outcome


def validate_one(task: Task) -> Outcome:
    """Assess one workbook and, where asked for, write its annotated copy."""
    assessment = assess(task.path, chosen_standard(task.standard) if task.standard else None)
    if task.target is None or assessment.evaluation is None:
        return Outcome(record(assessment))
    target = Path(task.target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        annotation = annotate(
            task.path,
            target,
            assessment.findings,
            assessment.evaluation,
            at=task.at,
            overwrite=task.overwrite,
        )
    except NotOurCopyError as error:
        return Outcome(record(assessment), f"{error}如确认不需要，请加 --overwrite。")
    except OSError as error:
        return Outcome(record(assessment), write_failure(target, error))
    remarks = tuple(
        f"{task.path} {sheet}!{cell}：没有写批注（{reason}），问题已列入“校验结果”。"
        for sheet, cell, reason in annotation.not_noted
    )
    return Outcome(record(assessment, annotated=task.target), remarks=remarks)


def exit_code(records: list[Record]) -> int:
    """1 when any finding is an error or any workbook was refused, else 0."""
    bad = any(
        one.status == "refused" or any(finding.severity == "error" for finding in one.findings)
        for one in records
    )
    return 1 if bad else 0


def _closing(records: list[Record]) -> str:
    number = dict.fromkeys(("clean", "findings", "refused"), 0)
    for one in records:
        number[one.status] += 1
    return (
        f"共 {len(records)} 个工作簿：没有问题 {number['clean']} 个，"
        f"有问题 {number['findings']} 个，无法读取 {number['refused']} 个。"
    )
