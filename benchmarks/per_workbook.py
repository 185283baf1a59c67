"""Read, score and check one filled workbook, against the floor and against other readers.

The floor is what nobody can do without: inflate every part of the package and run an XML parser
over it that hands nothing on. Every reader gets the same files, tables full, different from each
other; each is warmed up by one pass.

    python -m benchmarks.per_workbook [--workbooks 20] [--rounds 10]
"""

from __future__ import annotations

import argparse
import zipfile
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from xml.parsers import expat

from benchmarks.measuring import WORK, cpu_seconds, publish
from benchmarks.workbooks import make_workbooks
from workbook_tools.assessment import assess, record
from workbook_tools.checks import check
from workbook_tools.scoring import evaluate
from workbook_tools.submission import read_submission

_RATIOS = ("times the floor", "openpyxl twice takes times as long")
_XML = (".xml", ".rels", ".vml")


def floor(path: Path) -> None:
    """Inflate every part and parse the XML ones, with no handler set."""
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            data = package.read(name)
            if name.endswith(_XML):
                expat.ParserCreate().Parse(data, True)


def inflate(path: Path) -> None:
    """Inflate every part."""
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            package.read(name)


def read_score_check(path: Path) -> None:
    """What ``validate`` does for a workbook, up to its findings."""
    submission = read_submission(path)
    check(submission, evaluate(submission))


def calamine(path: Path) -> None:
    """Every value of every sheet; no formulas, no names, no errors."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def openpyxl(path: Path, *, times: int) -> None:
    """Load the workbook; twice for both formulas and values, as most scripts do."""
    import openpyxl

    for data_only in (True, False)[:times]:
        openpyxl.load_workbook(path, data_only=data_only).close()


def pandas(path: Path) -> None:
    """Every sheet as a data frame, by the engine that it has used so far."""
    import pandas

    pandas.read_excel(path, sheet_name=None, header=None, engine="openpyxl")


def all_of(work: Callable[[Path], object], paths: Sequence[Path]) -> Callable[[], None]:
    """The work on each of the workbooks."""

    def together() -> None:
        for path in paths:
            work(path)

    return together


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--workbooks", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=10)
    given = parser.parse_args()
    paths = make_workbooks(given.workbooks, WORK / "few")
    ours: dict[str, Callable[[Path], object]] = {
        "floor: inflate and null SAX": floor,
        "inflate alone": inflate,
        "**read + score + check**": read_score_check,
        "read alone": read_submission,
        "the same and put on record": lambda path: record(assess(path)),
    }
    if find_spec("python_calamine"):  # no dependency of ours
        ours["calamine, values only"] = calamine
    others: dict[str, Callable[[Path], object]] = {
        "openpyxl once": partial(openpyxl, times=1),
        "openpyxl twice": partial(openpyxl, times=2),
        "pandas.read_excel": pandas,
    }
    few = paths[: max(1, len(paths) // 5)]
    works = {name: all_of(work, paths) for name, work in ours.items()}
    works |= {name: all_of(work, few) for name, work in others.items()}
    for work in ours.values():
        work(paths[0])
    seconds = cpu_seconds(works, given.rounds)
    each = {name: seconds[name] / len(paths if name in ours else few) for name in works}
    base, script = each["floor: inflate and null SAX"], each["openpyxl twice"]
    publish(
        "per workbook",
        (f"{len(paths)} workbooks, {_size(paths):.0f} KB of XML each", "ms", *_RATIOS),
        [
            (name, f"{time * 1000:.1f}", f"{time / base:.2f}", f"{script / time:.1f}")
            for name, time in each.items()
        ],
    )


def _size(paths: Sequence[Path]) -> float:
    """Bytes inflated, in KB, of the mean workbook."""
    total = 0
    for path in paths:
        with zipfile.ZipFile(path) as package:
            total += sum(info.file_size for info in package.infolist())
    return total / len(paths) / 1000


if __name__ == "__main__":
    main()
