"""How long a person waits before anything happens, against an interpreter that does nothing.

Processor time of whole processes, all of them in turn, so that what else the machine does meets
each; the median of their ratios in each round. Modules are compiled and standards kept, as from
the second start on.

python -m benchmarks.startup [--rounds 10]
"""

from __future__ import annotations

import argparse
import sys
from statistics import median

from benchmarks.measuring import OURS, processor_seconds, publish
from workbook_tools.cli.samples import samples_folder


def main() -> None:
    """Measure and put the table into the page."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    given = parser.parse_args()
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "workbook-tools --version": [*OURS, "--version"],
        "workbook-tools --help": [*OURS, "--help"],
        "workbook-tools validate, one workbook": _validate("education-2020.xlsx"),
        "the same, as LibreOffice saved it": _validate("civil-affairs-2020.xlsx"),
        "import click": [sys.executable, "-c", "import click"],
        "import click, msgspec": [sys.executable, "-c", "import click, msgspec"],
        "import openpyxl": [sys.executable, "-c", "import openpyxl"],
        "import pandas": [sys.executable, "-c", "import pandas"],
    }
    for command in commands.values():
        processor_seconds(command)
    rounds = [
        {name: processor_seconds(command) for name, command in commands.items()}
        for _ in range(given.rounds)
    ]
    publish(
        "start-up",
        ("processor time", "ms", "times `python -c pass`"),
        [
            (
                name,
                f"{median(one[name] for one in rounds) * 1000:.0f}",
                f"{median(one[name] / one['python -c pass'] for one in rounds):.1f}",
            )
            for name in commands
        ],
    )


def _validate(sample: str) -> list[str]:
    return [*OURS, "validate", str(samples_folder() / sample)]


if __name__ == "__main__":
    main()
