"""One command of a province in a process of its own, which prints its processor time and memory.

python -m benchmarks.one_province consolidate FOLDER -o FILE -j 1
python -m benchmarks.one_province stream FILE ROWS
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import peaks
from workbook_tools.cli import top_level
from workbook_tools.consolidation.round.lines import columns
from workbook_tools.consolidation.summary.parquet_lines import read_lines, write_stream
from workbook_tools.standard import load_standard


def main() -> None:
    """Run the command, as the command line does, or write and read a file of so many rows."""
    arguments = sys.argv[1:]
    if arguments[0] == "stream":
        stream(Path(arguments[1]), int(arguments[2]))
    else:
        top_level(arguments, standalone_mode=False)
    print(json.dumps({"busy": time.process_time(), "memory": peaks()[0]}))


def stream(file: Path, rows: int) -> None:
    """Write so many lines of departments and read them all again."""
    standard = load_standard()
    names = columns(standard)

    def lines() -> Iterator[dict[str, str]]:
        for number in range(rows):
            yield {name: f"{number % 9973}.{place:02}" for place, name in enumerate(names)}

    write_stream(lines(), standard, file)
    _, found = read_lines(file)
    assert sum(1 for _ in found) == rows


if __name__ == "__main__":
    main()
