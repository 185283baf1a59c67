"""A province: the summaries of a hundred counties, three hundred departments each, put together.

The departments are the samples, each with a code, a name and amounts of its own; of twenty
counties, whose files stand for the others', too.

    python -m benchmarks.province [--counties 100] [--each 300] [--rows 1000000]
"""

from __future__ import annotations

import argparse
import random
import shutil
from pathlib import Path

import msgspec

from benchmarks.measuring import WORK, in_own_process, publish
from workbook_tools.assessment.outcomes import Outcome, assess_file
from workbook_tools.consolidation import consolidate_records
from workbook_tools.consolidation.round.keeping import kept_facts
from workbook_tools.consolidation.summary.parquet_lines import write_lines
from workbook_tools.standard import load_standard

_SAMPLES = Path(__file__).parents[1] / "samples"
_DISTINCT = 20  # counties that are made; the files of others are copies
_ONE = "benchmarks.one_province"


def main() -> None:
    """Make what is missing, measure, and put the table into the page."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--counties", type=int, default=100)
    parser.add_argument("--each", type=int, default=300)
    parser.add_argument("--rows", type=int, default=1_000_000)
    given = parser.parse_args()
    place = WORK / f"province-{given.counties}-{given.each}"
    make(place, given.counties, given.each)
    rows = []
    for kind, title in (("xlsx", "summaries"), ("parquet", "Parquet files")):
        target = place / f"whole-{kind}.xlsx"
        run = in_own_process(_ONE, "consolidate", place / kind, "-o", target, "-j", 1)
        rows.append((f"{title} of {given.counties} counties, {given.each} departments each", run))
    run = in_own_process(_ONE, "stream", place / "stream.parquet", given.rows)
    rows.append((f"Parquet of {given.rows:,} departments, written and read", run))
    publish(
        "province",
        ("one process", "processor seconds", "memory"),
        [(title, f"{run['busy']:.0f}", f"{run['memory']:.0f} MB") for title, run in rows],
    )


def make(place: Path, counties: int, each: int) -> None:
    """Write the summary and the Parquet file of each county, unless they are there."""
    for kind in ("xlsx", "parquet"):
        (place / kind).mkdir(parents=True, exist_ok=True)
    standard, draw = load_standard(), random.Random(20210630)
    money = kept_facts(standard)
    samples = [assess_file(path, standard=standard) for path in sorted(_SAMPLES.glob("*.xlsx"))]
    for number in range(counties):
        summary, parquet = _files(place, number)
        if summary.exists():
            continue
        if number >= _DISTINCT:
            for copy, file in zip(
                (summary, parquet), _files(place, number % _DISTINCT), strict=True
            ):
                shutil.copy(file, copy)
            continue
        made = [
            _varied(samples[one % len(samples)], f"{number:03}{one:03}", money, draw)
            for one in range(each)
        ]
        result = consolidate_records(made, standard=standard)
        write_lines(result, parquet)
        result.write(summary)


def _files(place: Path, number: int) -> tuple[Path, Path]:
    return place / "xlsx" / f"{number:03}县汇总.xlsx", place / "parquet" / f"{number:03}县.parquet"


def _varied(sample: Outcome, code: str, money: frozenset[str], draw: random.Random) -> Outcome:
    facts = {
        field: f"{draw.randrange(1, 10**8) / 100:.2f}" if field in money else text
        for field, text in sample.record.facts.items()
    }
    record = msgspec.structs.replace(
        sample.record, unit_code=code, unit_name=f"单位{code}", path=f"{code}.xlsx", facts=facts
    )
    return msgspec.structs.replace(sample, record=record, issued_code="", digest="", texts=())


if __name__ == "__main__":
    main()
