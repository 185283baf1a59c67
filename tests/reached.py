"""How much of each room the tests reached: ``python -m tests.reached`` after ``pytest --cov``.

A room's share is what coverage.py calls branch coverage: of all its lines and branches together.
Ends with 1 where a room is below what is asked of it, as `.ci/run` does then.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import coverage

ROOT = Path(__file__).parents[1]
CORE = ("scoring", "standard", "checks", "ooxml")
"""What decides a score or touches a department's file."""
ASKED_OF_CORE, ASKED = 95, 85
"""Per cent."""


class Share(NamedTuple):
    """Lines and branches of a room: reached, and all that there are."""

    lines: tuple[int, int]
    branches: tuple[int, int]

    def __str__(self) -> str:
        return (
            f"{self.percent:6.1f} %   lines {_percent(*self.lines):6.1f} %"
            f"   branches {_percent(*self.branches):6.1f} %"
        )

    @property
    def percent(self) -> float:
        """Of lines and branches together."""
        return _percent(self.lines[0] + self.branches[0], self.lines[1] + self.branches[1])


def shares(report: Mapping[str, Mapping[str, Mapping[str, int]]]) -> dict[str, Share]:
    """The share of each room, by the files of coverage.py's JSON report."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for path, file in report.items():
        parts = Path(path).parts
        room = parts[parts.index("workbook_tools") + 1].removesuffix(".py")
        for place, name in enumerate(
            ("covered_lines", "num_statements", "covered_branches", "num_branches")
        ):
            counts[room][place] += file["summary"][name]
    return {room: Share((a, b), (c, d)) for room, (a, b, c, d) in sorted(counts.items())}


def too_little(rooms: Mapping[str, Share]) -> Iterator[str]:
    """A line for each room of which less was reached than is asked."""
    for room, share in rooms.items():
        asked = ASKED_OF_CORE if room in CORE else ASKED
        if share.percent < asked:
            yield f"{room}: {share.percent:.1f} % is less than {asked} %"


def _percent(reached: int, count: int) -> float:
    return 100 * reached / count if count else 100.0


def main() -> int:
    """Print the table of rooms; returns the exit code."""
    measured = coverage.Coverage(config_file=str(ROOT / "pyproject.toml"))
    measured.load()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.json"
        measured.json_report(outfile=str(file))
        rooms = shares(json.loads(file.read_text(encoding="utf-8"))["files"])
    for room, share in rooms.items():
        print(f"{room:16}{share}")
    lacking = list(too_little(rooms))
    print(*lacking, sep="\n")
    return bool(lacking)


if __name__ == "__main__":
    sys.exit(main())
