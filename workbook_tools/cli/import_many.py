"""``workbook-tools import`` for a folder or an archive: a workbook for each report in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from workbook_tools.cli.documents import print_document
from workbook_tools.cli.failures import Failure, Interrupted
from workbook_tools.cli.output import say
from workbook_tools.cli.running import progress, shown, workers
from workbook_tools.cli.validate import say_passed_over
from workbook_tools.intake.sources import PassedOver, SourceError, nothing_to, opened
from workbook_tools.jobs.importing import REPORTS, ImportedReport, import_one, lost
from workbook_tools.jobs.task import Landed, TaskRefused, plan, run
from workbook_tools.running.bounds import Bounds
from workbook_tools.standard import Standard, load_standard


def import_many(
    place: Path,
    output: Path,
    standard: Standard | None,
    output_format: str,
    jobs: int | None,
    bounds: Bounds,
) -> int:
    """Import every report at a place into a folder; 1 where one of them could not be read."""
    if output.suffix.lower() in (".xlsx", ".xlsm") or output.is_file():
        raise Failure(f"导入多份报告时，-o 要给一个文件夹，“{output}”是文件。")
    done: list[ImportedReport] = []
    landed = Landed(())
    try:
        with opened([place], REPORTS) as sources:
            say_passed_over(sources.passed_over)
            if not sources.workbooks and not sources.unreadable:
                raise Failure(nothing_to("导入", sources.passed_over, REPORTS))
            tasks = plan(
                sources.workbooks, output, standard, members=sources.members, bounds=bounds
            )
            landed = Landed(task.target for task in tasks)
            with workers(len(tasks), jobs, bounds=bounds) as executor, progress("导入") as bar:
                for one in shown(run(import_one, tasks, executor, lost=lost), len(tasks), bar):
                    done.append(one)
                    if output_format == "text" and one.workbooks:
                        _print(one)
            done += map(_unopened, sources.unreadable)
    except (SourceError, TaskRefused) as error:
        raise Failure(str(error)) from error
    except KeyboardInterrupt:
        told = f"已中止：写好 {landed.count} 个工作簿，都是完整的，其余的没有写。"
        raise Interrupted(told) from None
    if output_format == "json":
        print_document(standard or load_standard(), {"reports": done})
    else:
        _print_closing(done, output)
    return int(any(one.problem for one in done))


def _unopened(archive: PassedOver) -> ImportedReport:
    problem = f"{archive.path.name}：{archive.reason}{archive.advice}"
    return ImportedReport(source=str(archive.path), problem=problem)


def _print(one: ImportedReport) -> None:
    """A line on a report, and for each workbook where it is and what needs a person."""
    say(f"● {one.source}")
    for made in one.workbooks:
        form = f"{made.form}：" if made.form else ""
        say(f"  {form}已生成：{made.target}（填入 {len(made.placed)} 个单元格）")
        left = [f"{len(made.not_placed)} 处内容没有填入"] if made.not_placed else []
        left += [f"{len(made.unscored)} 项指标没有读到自评得分"] if made.unscored else []
        if left:
            say(f"    {'，'.join(left)}，请对照报告补填。")


def _print_closing(done: Sequence[ImportedReport], output: Path) -> None:
    """What could not be read, and how many workbooks came out."""
    failed = [one for one in done if one.problem]
    if failed:
        click.echo(f"没有导入的 {len(failed)} 份：")
    for one in failed:
        say(f"  {one.source}：{one.problem.partition('：')[2] or one.problem}")
    made = sum(len(one.workbooks) for one in done)
    say(f"共 {len(done)} 份报告，生成 {made} 个工作簿，在 {output}。")
    say("单独导入一份（import 报告 -o 文件）可逐条列出没有填入的内容。", err=True)
