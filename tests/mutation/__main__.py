"""``python -m tests.mutation checks standard/lint.py``: mutants of a room, or of one module."""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from importlib import import_module
from pathlib import Path

from tests.mutation.summary import summary
from tests.mutation.trial import AT_MOST, tried

PACKAGE = Path(__file__).parents[2] / "workbook_tools"
_REGISTER = "tests/checks/test_register.py::test_"
NOT_ASKED = [
    "tests/checks/test_cases.py",  # told.md says more of the same cases
    "tests/checks/test_own_rows.py::test_own_rows",
    "tests/checks/test_any_content.py",
    f"{_REGISTER}each_check_raises_its_own_kind_only",
    f"{_REGISTER}findings_come_in_the_order_of_the_workbook",
    f"{_REGISTER}messages_name_the_cell_and_end_as_sentences",
    f"{_REGISTER}findings_are_the_same_every_time_and_travel",
    "tests/standard/test_known_fields.py",
]
"""They say what others say, or take long."""
BESIDE = {"scoring": ["tests/cases"]}
"""Tests of a room that do not stand in its own folder."""


def main() -> int:
    """Print what became of the mutants of the rooms and modules that are named."""
    asked = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    asked.add_argument("paths", nargs="+", help="a room, such as checks, or standard/lint.py")
    asked.add_argument("--at-most", type=int, default=AT_MOST, help="tests for each mutant")
    given = asked.parse_args()
    rooms: defaultdict[str, list[Path]] = defaultdict(list)
    for name in given.paths:
        path = PACKAGE / name
        rooms[Path(name).parts[0]] += [path] if path.is_file() else sorted(path.glob("*.py"))
    for room, files in rooms.items():
        for file in files:  # also what tests import only while they run: its caches are emptied
            import_module(f"{PACKAGE.name}.{room}.{file.stem}".removesuffix(".__init__"))
        tests = [
            f"tests/{room}",
            *BESIDE.get(room, ()),
            *(f"--deselect={one}" for one in NOT_ASKED),
        ]
        print(summary(tried(files, tests, given.at_most)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
