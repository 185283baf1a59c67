"""told.md: everything that is said of each faulty standard, word for word, as people read it.

``python -m tests.standard.told > tests/standard/told.md`` after a change of wording; the difference
is then read like any other. In which line a fault is found is told where it is seeded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.standard.shipped import QINGLING, SHIPPED, changed, faults, written
from workbook_tools.standard import check_standard
from workbook_tools.standard.problems import Problem

FAULTY = {
    "faults_of_shape.yaml": SHIPPED,
    "faults_of_sense.yaml": SHIPPED,
    "faults_of_schema_2.yaml": QINGLING,
}
"""The standard that the faults of a file are seeded in."""
PAGE = Path(__file__).with_name("told.md")


def section(file: str, fault: str, problems: Iterable[Problem]) -> str:
    """What is said of a fault, as it stands in told.md."""
    said = "".join(f"- {one.severity} {one.message}\n" for one in problems)
    return f"\n## {file}: {fault}\n\n{said}"


def written_down(file: str, fault: str) -> str:
    """What told.md says of a fault; "" where it has none of it."""
    head = re.escape(f"\n## {file}: {fault}\n")
    found = re.search(rf"{head}.*?(?=\n## |\Z)", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return found[0] if found else ""


def page() -> str:
    """The text of told.md."""
    told = ["# What is said of faulty standards\n\nMade by `tests/standard/told.py`.\n"]
    with TemporaryDirectory() as folder:
        for file, whole in FAULTY.items():
            for fault in faults(file):
                path = written(Path(folder), changed(fault, whole)[0])
                told.append(section(file, fault.name, check_standard(path)))
    return "".join(told)


if __name__ == "__main__":
    print(page(), end="")
