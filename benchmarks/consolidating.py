"""A folder of filled workbooks to one summary: against other ways, on one core and two, growing.

The straightforward script and LibreOffice are run on a few workbooks and taken to grow with their
number. Every run is a process of its own; memory is the highest of each process.

    python -m benchmarks.consolidating [--counts 100 1000 10000] [--few 20]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.measuring import WORK, in_own_process, publish
from benchmarks.workbooks import SHAPES, make_shapes, make_workbooks, write_workbook
from tests.lo import recalculate

Run = dict[str, Any]
_OURS = "benchmarks.one_consolidation"
_CORES = (2, 8, 32)


def main() -> None:
    """Measure and put the tables into the page."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=[100, 1000, 10_000])
    parser.add_argument("--few", type=int, default=20)
    given = parser.parse_args()
    paths = make_workbooks(max(given.counts), WORK / "many")
    for path in paths:  # from the disk once, so that every run finds them in memory
        path.read_bytes()
    middle = given.counts[len(given.counts) // 2]
    alone, together = (in_own_process(_OURS, WORK / "many", middle, jobs) for jobs in (1, 2))
    compare(paths[: given.few], middle, alone, together)
    cores(middle, alone, together)
    growth(paths, given.counts)
    forecast(middle, together)


def compare(few: Sequence[Path], count: int, alone: Run, together: Run) -> None:
    """Our way and two others, per workbook."""
    script = in_own_process("benchmarks.straightforward", *few)
    start = time.perf_counter()
    recalculate(few, WORK / "recalculated")
    libreoffice = (time.perf_counter() - start) / len(few)
    ours = together["whole"] / count
    rows = [
        (f"ours, two cores, {count:,} workbooks", ours),
        (f"ours, one core, {count:,} workbooks", alone["whole"] / count),
        (f"openpyxl twice and pandas, from {len(few)}", script["whole"] / len(few)),
        (f"LibreOffice recalculates and saves, from {len(few)}", libreoffice),
    ]
    publish(
        "consolidating",
        ("", "ms per workbook", "1,000 take", "10,000 take", "times ours on two cores"),
        [
            (
                name,
                f"{each * 1000:.1f}",
                *map(_duration, (each * 1000, each * 10_000)),
                f"{each / ours:.1f}",
            )
            for name, each in rows
        ],
    )


def cores(count: int, alone: Run, together: Run) -> None:
    """One core and two."""
    rows = []
    for what, title in (("read", "read, score, check"), ("whole", "with the summary")):
        one, two = alone[what], together[what]
        rows.append((title, f"{count / one:.0f}", f"{count / two:.0f}", f"{one / two:.2f}"))
    publish("cores", (f"{count:,} workbooks", "per second, one core", "two cores", "times"), rows)


def growth(paths: Sequence[Path], counts: Sequence[int]) -> None:
    """More and more workbooks on two cores, each number thrice: new, unchanged, 1 % changed."""
    runs = {count: _three_runs(paths, count) for count in counts}
    middle = counts[max(0, len(counts) - 2)]
    base = runs[middle][0]["whole"] / middle
    rows = []
    for count, (first, unchanged, changed) in runs.items():
        each = first["whole"] / count
        rows.append(
            (
                f"{count:,}",
                f"{each * 1000:.1f}",
                f"{each / base:.2f}",
                f"{unchanged['whole'] / first['whole']:.1%}",
                f"{changed['whole'] / first['whole']:.1%}",
                *(f"{first[who]:.0f} MB" for who in ("memory", "worker")),
            )
        )
    columns = (
        "workbooks, two cores",
        "ms per workbook",
        f"times that at {middle:,}",
        "second run, nothing changed",
        "1 % changed",
        "memory, main process",
        "largest worker",
    )
    publish("growth", columns, rows)


def forecast(count: int, run: Run) -> None:
    """What follows for more workbooks and more cores, from the processor time of either side.

    Workers share the reading; the main process lists, hands out and collects, one by one.
    """
    worker, main = run["workers_busy"] / count, run["busy"] / count
    summary = (run["whole"] - run["read"]) / count
    rows = [
        (
            f"{number:,}",
            *(_duration(number * max(worker / cores, main)) for cores in _CORES),
            _duration(number * summary),
        )
        for number in (10_000, 100_000, 1_000_000)
    ]
    rows.append(("enough cores", f"{worker / main:.0f}", *[""] * len(_CORES)))
    titles = [f"reading, {cores} cores" for cores in _CORES]
    publish("forecast", ("workbooks", *titles, "summary"), rows, "scaling.md")


def _three_runs(paths: Sequence[Path], count: int) -> tuple[Run, Run, Run]:
    cache = WORK / "cache.sqlite"
    cache.unlink(missing_ok=True)
    shapes = make_shapes(SHAPES, WORK / "shapes")
    arguments = (WORK / "many", count, 2, cache)
    first, unchanged = (in_own_process(_OURS, *arguments) for _ in range(2))
    altered = paths[: max(1, count // 100)]
    for path in altered:
        write_workbook(shapes, path, int(path.stem) + 500_000)
    try:
        return first, unchanged, in_own_process(_OURS, *arguments)
    finally:
        for path in altered:
            write_workbook(shapes, path)


def _duration(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


if __name__ == "__main__":
    main()
