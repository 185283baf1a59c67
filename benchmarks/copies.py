"""Annotated copies: one against the floor of its workbook, and `validate -o` against `validate`.

Each number of workbooks is validated by the command in a process of its own, on one core: without
copies, with copies that are not there yet, and once more over them. Processor time of all.

    python -m benchmarks.copies [--workbooks 1000] [--rounds 2] [--few 20]
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measuring import OURS, WORK, cpu_seconds, processor_seconds, publish
from benchmarks.per_workbook import all_of, floor, read_score_check
from benchmarks.workbooks import make_workbooks
from workbook_tools.annotation import annotate
from workbook_tools.assessment import assess
from workbook_tools.cli.samples import samples_folder


def main() -> None:
    """Measure and put the tables into the page."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--workbooks", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--few", type=int, default=20)
    given = parser.parse_args()
    many = make_workbooks(given.workbooks, WORK / "many")
    each = [
        ("full tables", many[: given.few]),
        ("samples", sorted(samples_folder().glob("*.xlsx"))),
    ]
    publish(
        "copy",
        ("a copy", "findings", "floor, ms", "read + score + check", "annotate alone"),
        [_one_copy(name, paths) for name, paths in each],
    )
    with tempfile.TemporaryDirectory() as scratch:
        rows = _commands(many, Path(scratch), given.rounds)
    publish("copies", (f"{given.workbooks:,} workbooks", "ms each", "times `validate`"), rows)


def _one_copy(name: str, paths: Sequence[Path]) -> tuple[str, ...]:
    """Of some workbooks: the floor, and how many times that takes what is done with each."""
    found = {path: assess(path) for path in paths}
    with tempfile.TemporaryDirectory() as scratch:
        target = Path(scratch, "copy.xlsx")

        def annotated(path: Path) -> None:
            one = found[path]
            assert one.evaluation is not None  # none of these is refused
            target.unlink(missing_ok=True)
            annotate(path, target, one.findings, one.evaluation)

        works = {
            work.__name__: all_of(work, paths) for work in (floor, read_score_check, annotated)
        }
        for work in works.values():
            work()
        least, reading, copying = cpu_seconds(works, 5).values()
    count = sum(len(one.findings) for one in found.values()) / len(paths)
    ratios = (f"{seconds / least:.2f}" for seconds in (reading, copying))
    return f"{len(paths)} {name}", f"{count:.1f}", f"{least / len(paths) * 1000:.1f}", *ratios


def _commands(paths: Sequence[Path], scratch: Path, rounds: int) -> list[tuple[str, ...]]:
    """The command over all workbooks in three ways: the least of some rounds in turn."""
    folder = scratch / "in"
    folder.mkdir()
    for path in paths:
        (folder / path.name).hardlink_to(path)
    least = [float("inf")] * 3
    for number in range(rounds):
        copies = ("-o", str(scratch / f"copies{number}"))
        for way, options in enumerate(((), copies, copies)):
            command = ("validate", str(folder), "-j", "1", "--no-cache", *options)
            least[way] = min(least[way], processor_seconds([*OURS, *command]))
    names = ("`validate`", "`validate -o`", "`validate -o`, over the copies")
    return [
        (name, f"{seconds / len(paths) * 1000:.1f}", f"{seconds / least[0]:.2f}")
        for name, seconds in zip(names, least, strict=True)
    ]


if __name__ == "__main__":
    main()
