"""How long a person waits before anything happens, against an interpreter that does nothing.

python -m benchmarks.startup [--rounds 10]
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys

from benchmarks.measuring import publish
from workbook_tools.cli.samples import samples_folder

_OURS = [sys.executable, "-m", "workbook_tools"]


def main() -> None:
    """Measure and put the table into the page."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    given = parser.parse_args()
    sample = str(samples_folder() / "civil-affairs-2020.xlsx")
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "workbook-tools --version": [*_OURS, "--version"],
        "workbook-tools validate, one workbook": [*_OURS, "validate", "--no-cache", sample],
        "import openpyxl": [sys.executable, "-c", "import openpyxl"],
        "import pandas": [sys.executable, "-c", "import pandas"],
    }
    least = dict.fromkeys(commands, float("inf"))
    for _ in range(given.rounds):
        for name, command in commands.items():
            least[name] = min(least[name], _cpu_seconds(command))
    base = least["python -c pass"]
    publish(
        "start-up",
        ("processor time", "ms", "times `python -c pass`"),
        [(name, f"{time * 1000:.0f}", f"{time / base:.1f}") for name, time in least.items()],
    )


def _cpu_seconds(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
