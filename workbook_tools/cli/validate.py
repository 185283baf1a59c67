"""``workbook-tools validate``: recompute filled workbooks and comment on copies of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from workbook_tools.assessment import Record
from workbook_tools.cli.bounding import bounds_options, chosen_bounds
from workbook_tools.cli.caching import cache_options, opened_cache
from workbook_tools.cli.choosing import chosen_standard, format_option, standard_option
from workbook_tools.cli.failures import Failure, Interrupted
from workbook_tools.cli.output import print_record, say
from workbook_tools.cli.running import (
    Bar,
    cluster_options,
    jobs_option,
    machines,
    progress,
    shown,
)
from workbook_tools.cli.table import print_head, print_row
from workbook_tools.cli.years import Years
from workbook_tools.intake.sources import WORKBOOK_SUFFIXES, PassedOver, SourceError
from workbook_tools.jobs.task import TaskRefused
from workbook_tools.jobs.validating import Validation, validate

_SHOWN = 20  # errors and warnings listed per workbook unless --all
_IN_FULL = 5  # workbooks whose findings are listed; of more there is a line each
_PASSED_OVER = 10  # files passed over that are named
_HINTS = {"unknown-standard": "本机没有的评分标准，可用 --standard 指定它的文件；或更新本工具。"}
"""By the name of a finding, what only the operator can do about it."""


@click.command(
    "validate",
    options_metavar="[选项]",
    help="复算填好的工作簿并逐项核对。路径可以是文件、文件夹（含子文件夹）、通配符或 .zip 压缩包；"
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
    help=f"列出全部问题和提示；不加则每个工作簿列出前 {_SHOWN} 条错误和警告，"
    f"超过 {_IN_FULL} 个工作簿时每个只占一行。",
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
    output: Path | None,
    overwrite: bool,
    everything: bool,
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
    """Validate workbooks; exit code 1 when a finding is an error or a workbook was refused."""
    if output is not None and scheduler is not None:
        raise Failure("--scheduler 只用于复算，不能与 -o 同时使用：批注副本请在本机写。")
    chosen = chosen_standard(standard)
    forced = chosen if standard else None
    bounds = chosen_bounds(time_limit, memory_limit, scheduler)
    uncached = no_cache or output is not None or (cache is None and _is_one_workbook(paths))
    tally = _Tally()
    validation: Validation | None = None
    try:
        with (
            machines(scheduler, shared_folder, bounds) as executor,
            opened_cache(cache, uncached, forced) as kept,
            validate(
                paths,
                output,
                standard=forced,
                jobs=jobs,
                executor=executor,
                cache=kept,
                bounds=bounds,
                overwrite=overwrite,
            ) as validation,
            progress("校验") as bar,
        ):
            say_passed_over(validation.passed_over)
            records = tally.counted(validation, bar)
            if output_format == "json":
                from workbook_tools.cli.documents import print_document

                print_document(chosen, {"workbooks": records})
            else:
                in_table = validation.count > _IN_FULL and not everything
                _print(records, in_table, None if everything else _SHOWN)
    except (SourceError, TaskRefused) as error:
        raise Failure(str(error)) from error
    except KeyboardInterrupt:
        written = validation.written() if validation and output is not None else None
        raise Interrupted(tally.interrupted(written)) from None
    if output_format == "text" and tally.total != 1:
        click.echo(tally.closing())
        if tally.total > _IN_FULL and not everything:
            say(_where(output))
    for hint in filter(None, (*tally.hints, tally.years.told())):
        say(hint, err=True)
    for problem in tally.problems:
        say(f"错误：{problem}", err=True)
    ctx.exit(2 if tally.problems else int(tally.bad))


def _is_one_workbook(paths: Sequence[str]) -> bool:
    """Whether all that was asked for is one file, computed sooner than a cache is asked.

    Not where LibreOffice would have to convert it.
    """
    if len(paths) != 1:
        return False
    path = Path(paths[0])
    return path.suffix.lower() in WORKBOOK_SUFFIXES and path.is_file()


def _print(records: Iterable[Record], in_table: bool, most: int | None) -> None:
    """Print the workbooks as they come: in a table, or each with ``most`` of its findings."""
    if in_table:
        print_head()
    for one in records:
        if in_table:
            print_row(one)
        else:
            print_record(one, most)


def _where(output: Path | None) -> str:
    """Where the findings are that a table does not show."""
    if output is None:
        return "全部问题：加 --all 在此列出；加 -o 文件夹 写带批注的副本；或单独校验一个文件。"
    return f"全部问题：见 {output} 中各副本的批注和“校验结果”表，或加 --all 在此列出。"


class _Tally:
    """What is left of each workbook when it has been printed."""

    def __init__(self) -> None:
        self.statuses: Counter[str] = Counter()
        self.problems: list[str] = []
        self.hints: dict[str, None] = {}
        self.years = Years()
        self.bad = False

    def counted(self, validation: Validation, bar: Bar) -> Iterator[Record]:
        """Hand the records on; remarks are said at once, problems kept for the end."""
        for record in shown(validation, validation.count, bar):
            self.statuses[record.status] += 1
            self.years.add(record)
            self.bad = self.bad or is_bad(record)
            self.problems = validation.problems
            self.hints |= {_HINTS[one.name]: None for one in record.findings if one.name in _HINTS}
            while validation.remarks:
                say(validation.remarks.pop(0), err=True)
            yield record

    @property
    def total(self) -> int:
        return self.statuses.total()

    def closing(self) -> str:
        number = self.statuses
        return (
            f"共 {self.total} 个工作簿：没有问题 {number['clean']} 个，"
            f"有问题 {number['findings']} 个，无法读取 {number['refused']} 个。"
        )

    def interrupted(self, written: int | None) -> str:
        copies = "" if written is None else f"，写好 {written} 个副本，都是完整的"
        return f"已中止：校验了 {max(self.total, written or 0)} 个工作簿{copies}，其余的没有做。"


def is_bad(record: Record) -> bool:
    """Whether any finding is an error or the workbook was refused."""
    return record.status == "refused" or any(one.severity == "error" for one in record.findings)


def say_passed_over(files: Sequence[PassedOver]) -> None:
    """Name the files that are not workbooks to read, each with its reason; of many the first."""
    files = sorted(files, key=lambda one: not one.sent)  # what a person sent comes first
    for passed in files[:_PASSED_OVER]:
        say(f"略过 {passed.path}：{passed.reason}", err=True)
    if len(files) > _PASSED_OVER:
        say(f"…… 另略过 {len(files) - _PASSED_OVER} 个文件", err=True)
