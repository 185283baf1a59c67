"""Time and memory of one hundred notes in a large workbook: the second table of docs/lossless.md.

    python -m benchmarks.annotating [CELLS ...]

Each measurement is a process of its own, ours and openpyxl's in turn; the table gives the best of
three, and the ratios of one run. With 2 million cells openpyxl takes minutes and gigabytes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.pages import replace_table

_SIZES = (10_000, 200_000, 2_000_000)
_COLUMNS = 20
_NOTES = 100


def make(path: Path, cells: int) -> None:
    """One sheet: numbers, texts, and formulas with their results."""
    import xlsxwriter  # type: ignore[import-untyped] # it ships no types

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("表")
        for row in range(cells // _COLUMNS):
            for column in range(_COLUMNS):
                if column % 4 == 3:
                    sheet.write_formula(row, column, f"=A{row + 1}*2", None, row * 2)
                elif column % 4 == 2:
                    sheet.write_string(row, column, f"文字{row % 1000}")
                else:
                    sheet.write_number(row, column, row * column / 7)


def ours(source: Path, target: Path) -> None:
    """Annotate with the package layer."""
    from workbook_tools.ooxml import Package, open_workbook
    from workbook_tools.ooxml.notes import Note, notes_edits
    from workbook_tools.ooxml.splice import write_package

    package = Package.open(source)
    notes = [Note("表", f"B{row + 1}", f"应为 {row}") for row in range(_NOTES)]
    edits = notes_edits(open_workbook(package), notes, author="校验", marker="【校验】").edits
    write_package(package, target, edits)


def theirs(source: Path, target: Path) -> None:
    """Load, comment, save with openpyxl."""
    import openpyxl
    from openpyxl.comments import Comment

    book = openpyxl.load_workbook(source)
    for row in range(_NOTES):
        book["表"][f"B{row + 1}"].comment = Comment(f"应为 {row}", "校验")
    book.save(target)


def measured(way: str, source: Path, target: Path) -> tuple[float, float]:
    """Seconds, imports included, and megabytes at most, of a process that does just that."""
    command = [sys.executable, "-m", "benchmarks.annotating", way, str(source), str(target)]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, megabytes = json.loads(run.stdout)
    return seconds, megabytes


def measure(way: str, source: Path, target: Path) -> None:
    """In that process: print what it took."""
    import resource

    start = time.perf_counter()
    {"ours": ours, "theirs": theirs}[way](source, target)
    seconds = time.perf_counter() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps([seconds, most / (1024**2 if sys.platform == "darwin" else 1024)]))


def main(sizes: list[int]) -> None:
    """Measure and write the table into the page."""
    lines = [
        "| cells | openpyxl | ours | times as fast | openpyxl | ours | share of the memory |",
        "|---:|---:|---:|---:|---:|---:|---:|",
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for cells in sizes:
            source, target = folder / f"{cells}.xlsx", folder / "target.xlsx"
            make(source, cells)
            runs: dict[str, list[tuple[float, float]]] = {"theirs": [], "ours": []}
            for _ in range(1 if cells > 1_000_000 else 3):
                for way, results in runs.items():
                    results.append(measured(way, source, target))
            (their_time, their_memory), (our_time, our_memory) = (
                tuple(map(min, zip(*results, strict=True))) for results in runs.values()
            )
            lines.append(
                f"| {cells:,} | {their_time:.2f} s | {our_time:.2f} s | "
                f"**{their_time / our_time:.0f}** | {their_memory:.0f} MB | {our_memory:.0f} MB | "
                f"**{our_memory / their_memory:.0%}** |"
            )
    replace_table("annotating", "\n".join(lines))


if __name__ == "__main__":
    if sys.argv[1:2] in (["ours"], ["theirs"]):
        measure(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main([int(size) for size in sys.argv[1:]] or list(_SIZES))
