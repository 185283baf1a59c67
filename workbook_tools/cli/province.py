"""``consolidate`` with summaries of counties, or a folder of each: all put together as one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from workbook_tools.cli.choosing import chosen_standard
from workbook_tools.cli.documents import print_document
from workbook_tools.cli.failures import Failure
from workbook_tools.cli.output import say
from workbook_tools.cli.running import progress, workers
from workbook_tools.consolidation import consolidate
from workbook_tools.consolidation.counties import consolidate_counties
from workbook_tools.consolidation.each_county import consolidate_each, county_folders
from workbook_tools.consolidation.round.province import County, Province, Sum
from workbook_tools.consolidation.summary import parquet
from workbook_tools.consolidation.summary.province import (
    check_province_target,
    in_words,
    write_province,
)
from workbook_tools.consolidation.tables.province import exceptions
from workbook_tools.figures import plain
from workbook_tools.running.bounds import Bounds
from workbook_tools.standard import Standard

PROVINCE = "province"
"""The ``kind`` of the JSON."""
_BESIDE = "直接报送的单位"
_SHOWN = 20  # exceptions that are printed


class ProvinceOptions(NamedTuple):
    """What was asked for with counties: the options of the command, as they were given."""

    output: Path
    roster: Path | None
    standard: str | None
    jobs: int | None
    scheduler: str | None
    shared_folder: bool
    output_format: str

    @property
    def chosen(self) -> Standard | None:
        """The standard that was given, None where each county names its own."""
        return chosen_standard(self.standard) if self.standard else None


def put_together(
    summaries: Sequence[Path],
    beside: Sequence[str],
    wanted: ProvinceOptions,
    failed: Mapping[str, str] = {},
) -> None:
    """Put counties together and print what came of it.

    ``beside``: workbooks beside them. ``failed``: the counties that came to nothing, and why.
    """
    output, chosen = wanted.output, wanted.chosen
    check_province_target(output)
    more = [(_BESIDE, consolidate(beside, None, standard=chosen))] if beside else []
    with (
        workers(len(summaries), wanted.jobs, wanted.scheduler, wanted.shared_folder) as executor,
        progress("汇总") as bar,
    ):
        result = consolidate_counties(
            summaries,
            roster=wanted.roster,
            standard=chosen,
            standard_file=wanted.standard,
            beside=more,
            executor=executor,
            progress=bar,
        )
    write_province(result, output)
    if wanted.output_format == "json":
        parts = {**lists(result), "failed": [{"county": n, "reason": r} for n, r in failed.items()]}
        print_document(result.standard, parts, kind=PROVINCE, summary=str(output))
        return
    click.echo(f"已汇总各县：{in_words(result)}")
    for name, why in failed.items():
        say(f"  没有汇总：{name} {why}")
    rows = list(exceptions(result).rows)
    for kind, county, file, reason in rows[:_SHOWN]:
        say(f"  {kind}：{county} {file} {reason}")
    if len(rows) > _SHOWN:
        say(f"  …… 另有 {len(rows) - _SHOWN} 条，见“缺报与异常”。")
    say(f"汇总表：{output}")


def from_folders(paths: Sequence[str], into: Path, wanted: ProvinceOptions, bounds: Bounds) -> bool:
    """Consolidate each county of a folder, then all together; False where one came to nothing."""
    whole = Path(paths[0])
    if len(paths) > 1 or not whole.is_dir():
        raise Failure("用 --by-county 时只给一个文件夹，里面每个县一个子文件夹。")
    if wanted.scheduler is not None and not wanted.shared_folder:
        raise Failure(
            "--by-county 由多台机器处理时，各台机器要看得到同一个文件夹，请加上 --shared-folder。"
        )
    if whole.resolve() in (into.resolve(), *into.resolve().parents):
        raise Failure(f"{into} 在报送的文件夹里，会被当作一个县。请换到外面。")
    check_province_target(wanted.output)
    parquet.require()
    folders, loose = county_folders(whole)
    if not folders:
        raise Failure(f"{whole} 里没有子文件夹。用 --by-county 时每个县一个子文件夹。")
    if loose:
        say(f"不在任何县的文件夹里、没有汇总的文件 {len(loose)} 个，如 {loose[0].name}。", err=True)
    into.mkdir(exist_ok=True)
    number = wanted.jobs or os.cpu_count()
    with (
        workers(len(folders), number, wanted.scheduler, wanted.shared_folder) as executor,
        progress("各县") as bar,
    ):
        done = consolidate_each(
            folders,
            into,
            executor=executor,
            standard=wanted.chosen,
            bounds=bounds,
            progress=bar,
        )
    if not done.files:
        raise Failure("；".join(f"{name}：{why}" for name, why in done.failed.items()))
    put_together(done.files, (), wanted, done.failed)
    return not done.failed


def lists(result: Province) -> Mapping[str, Iterable[object]]:
    """The parts of the JSON: counties with exact sums, all of them as one, departments by rank."""
    return {
        "counties": map(_county, result.counties),
        "whole": [_county(result.whole)],
        "departments": _departments(result),
        "missing": result.missing,
        "other_standards": map(_named, result.others),
        "superseded": map(_named, result.twice),
    }


def _named(one: County) -> dict[str, object]:
    return {
        "county": one.name,
        "path": str(one.path),
        "standard": one.standard,
        "version": one.version,
        "departments": len(one.members),
    }


def _county(one: County) -> dict[str, object]:
    return {
        **_named(one),
        "points": _sum(one.points),
        "claimed": _sum(one.claimed),
        "grades": {grade or None: count for grade, count in one.grades.items() if grade},
        "findings": dict(one.findings),
        "scores": {name: _sum(each) for name, each in one.scores.items()},
        "amounts": {name: _sum(each) for name, each in one.money.items()},
    }


def _sum(one: Sum) -> dict[str, object]:
    return {"total": plain(one.total), "count": one.count}


def _departments(result: Province) -> Iterator[dict[str, object]]:
    for one in result.counties:
        for member in one.members:
            yield {
                "county": one.name,
                "unit_code": member.code,
                "unit_name": member.name,
                "points": None if member.points is None else plain(member.points),
                "grade": member.grade or None,
                "rank": member.rank,
                "overall": member.overall,
            }
