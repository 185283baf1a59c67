"""``consolidate`` with summaries of counties: their departments put together as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from workbook_tools.cli.choosing import chosen_standard
from workbook_tools.cli.documents import print_document
from workbook_tools.cli.output import say
from workbook_tools.cli.running import progress, workers
from workbook_tools.consolidation import consolidate
from workbook_tools.consolidation.counties import consolidate_counties
from workbook_tools.consolidation.round.province import County, Province, Sum
from workbook_tools.consolidation.summary.province import (
    check_province_target,
    in_words,
    write_province,
)
from workbook_tools.consolidation.tables.province import exceptions
from workbook_tools.figures import plain

PROVINCE = "province"
"""The ``kind`` of the JSON."""
_BESIDE = "直接报送的单位"
_SHOWN = 20  # exceptions that are printed


def put_together(
    summaries: Sequence[Path],
    beside: Sequence[str],
    output: Path,
    *,
    roster: Path | None,
    standard: str | None,
    jobs: int | None,
    output_format: str,
) -> None:
    """Put counties together and print what came of it; ``beside``: workbooks beside them."""
    check_province_target(output)
    chosen = chosen_standard(standard) if standard else None
    more = [(_BESIDE, consolidate(beside, None, standard=chosen))] if beside else []
    with workers(len(summaries), jobs) as executor, progress("汇总") as bar:
        result = consolidate_counties(
            summaries,
            roster=roster,
            standard=chosen,
            standard_file=standard,
            beside=more,
            executor=executor,
            progress=bar,
        )
    write_province(result, output)
    if output_format == "json":
        print_document(result.standard, lists(result), kind=PROVINCE, summary=str(output))
        return
    click.echo(f"已汇总各县：{in_words(result)}")
    rows = list(exceptions(result).rows)
    for kind, county, file, reason in rows[:_SHOWN]:
        say(f"  {kind}：{county} {file} {reason}")
    if len(rows) > _SHOWN:
        say(f"  …… 另有 {len(rows) - _SHOWN} 条，见“缺报与异常”。")
    say(f"汇总表：{output}")


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
