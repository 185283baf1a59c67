"""The child process: calculates a job with IronCalc. It imports nothing of ours.

A crafted formula can hang, exhaust or crash an interpreter (a hundred thousand parentheses
overflow its stack), so it never runs in the process that reads workbooks.
"""

from __future__ import annotations

import contextlib
import json
import sys
from typing import Any

SECONDS = 10
"""Processor time that a job may take."""
MEMORY = 400 << 20
"""Memory that a job may take, in bytes; a filled template takes a tenth."""


_SET_PDEATHSIG = 1  # linux/prctl.h


def main() -> None:
    """Read a job from standard input and write the wanted values to standard output, as JSON."""
    limit()
    end_with_parent()
    job = json.load(sys.stdin.buffer)
    json.dump(calculated(job), sys.stdout)


def calculated(job: dict[str, Any]) -> list[float | str | bool | None]:
    """The values of the wanted places after all formulas were calculated."""
    import ironcalc

    model = ironcalc.create("workbook", "en", "UTC", "en")
    model.rename_sheet(0, "S0")
    for number in range(1, job["sheets"]):
        model.add_sheet(f"S{number}")
    write: dict[str, Any] = {
        "formula": model.update_cell_with_formula,
        "number": model.update_cell_with_number,
        "text": model.update_cell_with_text,
        "bool": model.update_cell_with_bool,
        "error": model.set_user_input,
    }
    for place, kind, content in job["cells"]:
        write[kind](*place, content)
    model.evaluate()
    return [model.get_cell_value(*place) for place in job["wanted"]]


def end_with_parent() -> None:
    """Die with the process that wants the results, where the system can (Linux)."""
    if sys.platform == "linux":
        import ctypes

        kill = 9
        ctypes.CDLL(None).prctl(_SET_PDEATHSIG, kill)


def limit() -> None:
    """Bound time and memory, where the system can (not on Windows)."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
