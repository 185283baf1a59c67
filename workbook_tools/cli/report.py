"""``workbook-tools report``: the self-evaluation reports of filled workbooks, as Word documents."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbook_tools.checks import is_blank
from workbook_tools.cli.bounding import bounds_options, chosen_bounds
from workbook_tools.cli.choosing import chosen_standard, format_option, standard_option
from workbook_tools.cli.documents import print_document
from workbook_tools.cli.failures import Failure, Interrupted
from workbook_tools.cli.output import counts, say
from workbook_tools.cli.running import jobs_option, progress, shown, workers
from workbook_tools.cli.validate import is_bad, say_passed_over
from workbook_tools.intake.sources import SourceError, opened
from workbook_tools.jobs.reports import Written, for_reports, report_one
from workbook_tools.jobs.task import Landed, TaskRefused, plan, run

if TYPE_CHECKING:  # the room of reports loads python-docx
    from workbook_tools.report.department.edition import Edition

_EDITIONS: dict[Edition, str] = {"formal": "正式稿", "working": "工作稿"}


@click.command(
    "report",
    options_metavar="[选项]",
    help="由填好的工作簿生成自评报告（Word 文档）：正文、图表、基础数据表和计分表。默认生成正式稿，"
    "即单位签字盖章报送的那一份；核对时用的工作稿另有复算得分、计算过程和尚未解决的问题。"
    "还有错误没有改正的，标明是草稿。路径可以是文件、文件夹（含子文件夹）、通配符或 .zip 压缩包。",
)
@click.argument("paths", nargs=-1, required=True, metavar="路径…")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="文件夹",
    help="报告写到这里，文件名为“工作簿名-自评报告.docx”，工作稿为“工作簿名-自评报告（工作稿）.docx”。",
)
@click.option(
    "--edition",
    type=click.Choice(list(_EDITIONS)),
    default="formal",
    show_default=True,
    help="生成哪一种：formal 正式稿（单位自己的文字、数据和自评得分，没有填的部分不出现），"
    "working 工作稿（另有复算得分、计算过程、没有填的项目和尚未解决的问题）。",
)
@click.option("--pdf", is_flag=True, help="同时转成 PDF，需要安装 LibreOffice。")
@click.option("--overwrite", is_flag=True, help="报告已被人改动过，或同名文件不是报告，也覆盖。")
@format_option
@standard_option
@jobs_option
@bounds_options
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    output: Path,
    edition: Edition,
    pdf: bool,
    overwrite: bool,
    output_format: str,
    standard: str | None,
    jobs: int | None,
    time_limit: int,
    memory_limit: int | None,
) -> None:
    """Write reports; exit code 1 when a finding is an error or a workbook was refused."""
    chosen = chosen_standard(standard)
    bounds = chosen_bounds(time_limit, memory_limit)
    done: list[Written] = []
    pdfs: dict[str, str] = {}
    problems: list[str] = []
    landed = Landed(())
    try:
        if pdf:
            _require_office()
        with opened(paths) as sources:
            say_passed_over([*sources.unreadable, *sources.passed_over])
            if not sources.workbooks:
                raise Failure("没有找到要生成报告的工作簿（.xlsx）。请检查路径。")
            planned = plan(
                sources.workbooks,
                output,
                chosen if standard else None,
                overwrite=overwrite,
                members=sources.members,
                bounds=bounds,
            )
            tasks = for_reports(planned, edition)
            landed = Landed(task.target for task in tasks)
            with (
                workers(len(tasks), jobs, bounds=bounds) as executor,
                progress("生成报告") as bar,
            ):
                one = partial(report_one, edition=edition)
                reports = run(one, tasks, executor, lost=Written)
                for written in shown(reports, len(tasks), bar):
                    done.append(written)
                    if output_format == "text":
                        _print(written)
        problems += [one.problem for one in done if one.problem]
        if pdf:
            pdfs, failed = _convert([one.report for one in done if one.report], overwrite)
            problems += failed
    except (SourceError, TaskRefused) as error:
        raise Failure(str(error)) from error
    except KeyboardInterrupt:
        told = f"已中止：写好 {landed.count} 份报告，都是完整的，其余的没有写。"
        raise Interrupted(told) from None
    if output_format == "json":
        print_document(chosen, {"reports": [_entry(one, pdfs) for one in done]}, edition=edition)
    else:
        _print_closing(done, pdfs, edition)
    for problem in problems:
        say(f"错误：{problem}", err=True)
    ctx.exit(2 if problems else int(any(is_bad(one.record) for one in done)))


def _require_office() -> None:
    """End before the long work where no PDF could be made."""
    from workbook_tools.report.paper.pdf import PdfError, find_office

    try:
        find_office()
    except PdfError as error:
        raise Failure(str(error)) from error


def _convert(reports: list[str], overwrite: bool) -> tuple[dict[str, str], list[str]]:
    """By report its PDF, and what went wrong."""
    from workbook_tools.report.paper.pdf import PdfError, write_pdfs

    try:
        outcome = write_pdfs([Path(one) for one in reports], overwrite=overwrite)
    except PdfError as error:
        return {}, [str(error)]
    pdfs = {str(one): str(made) for one, made in outcome.items() if isinstance(made, Path)}
    return pdfs, [made for made in outcome.values() if isinstance(made, str)]


def _is_draft(written: Written) -> bool:
    return bool(written.report) and is_bad(written.record)


def _print(written: Written) -> None:
    """A line on the workbook, and one on its report."""
    record = written.record
    say(f"● {record.unit_name or '（未识别单位）'}  {record.path}")
    if record.status == "refused":
        for finding in record.findings:
            say(f"  无法读取：{finding.message}")
        return
    if is_blank(record.findings):
        say("  空白模板，没有填写，不写报告。")
        return
    say(f"  {counts(record.findings)}")
    if written.report:
        draft = "（草稿：还有错误没有改正）" if _is_draft(written) else ""
        say(f"  报告：{written.report}{draft}")


def _print_closing(done: Iterable[Written], pdfs: dict[str, str], edition: Edition) -> None:
    reports = [one for one in done if one.report]
    drafts = sum(map(_is_draft, reports))
    made = f"，PDF {len(pdfs)} 份" if pdfs else ""
    rest = "，都是草稿" if drafts == len(reports) else f"，其中草稿 {drafts} 份"
    click.echo(f"共写报告（{_EDITIONS[edition]}）{len(reports)} 份{rest if drafts else ''}{made}。")


def _entry(written: Written, pdfs: dict[str, str]) -> dict[str, object]:
    """One workbook in JSON."""
    record = written.record
    severities = [finding.severity for finding in record.findings]
    return {
        "path": record.path,
        "unit_name": record.unit_name,
        "unit_code": record.unit_code,
        "status": record.status,
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
        "report": written.report or None,
        "draft": _is_draft(written),
        "pdf": pdfs.get(written.report),
        "problem": written.problem,
    }
