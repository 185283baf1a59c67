"""The child process: calculates jobs with IronCalc, a line each. It imports nothing of ours.

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


_Place = tuple[int, int, int]
_Content = float | str | bool
_SET_PDEATHSIG = 1  # linux/prctl.h


def main() -> None:
    """Read jobs from standard input, write the values that each wants to standard output: JSON."""
    limit()
    end_with_parent()
    calculator = Calculator()
    for line in sys.stdin.buffer:
        allow_time()
        print(json.dumps(calculator.calculated(json.loads(line))), flush=True)


class Calculator:
    """Calculates jobs one after the other.

    Reading formulas takes most of the time, and those of one template are the same in every
    workbook: where a job has just those of the one before, only the other cells are put in anew.
    """

    def __init__(self) -> None:
        self._sheets = 0
        self._formulas: dict[_Place, _Content] = {}
        self._others: dict[_Place, tuple[str, _Content]] = {}
        self._model: Any = None

    def calculated(self, job: dict[str, Any]) -> list[float | str | bool | None]:
        """The values of the wanted places after all formulas were calculated."""
        formulas: dict[_Place, _Content] = {}
        others: dict[_Place, tuple[str, _Content]] = {}
        for place, kind, content in job["cells"]:
            if kind == "formula":
                formulas[tuple(place)] = content
            else:
                others[tuple(place)] = kind, content
        if job["sheets"] != self._sheets or formulas != self._formulas:
            self._model = _new_model(job["sheets"])
            self._sheets, self._formulas, self._others = job["sheets"], formulas, {}
            for place, content in formulas.items():
                self._model.update_cell_with_formula(*place, content)
        write: dict[str, Any] = {
            "number": self._model.update_cell_with_number,
            "text": self._model.update_cell_with_text,
            "bool": self._model.update_cell_with_bool,
            "error": self._model.set_user_input,
        }
        for place in self._others.keys() - others.keys():
            self._model.clear_cell_contents(*place)
        for place, (kind, content) in others.items():
            if self._others.get(place) != (kind, content):
                write[kind](*place, content)
        self._others = others
        self._model.evaluate()
        return [self._model.get_cell_value(*place) for place in job["wanted"]]


def _new_model(sheets: int) -> Any:
    import ironcalc

    model = ironcalc.create("workbook", "en", "UTC", "en")
    model.rename_sheet(0, "S0")
    for number in range(1, sheets):
        model.add_sheet(f"S{number}")
    return model


def end_with_parent() -> None:
    """Die with the process that wants the results, where the system can (Linux)."""
    if sys.platform == "linux":
        import ctypes

        kill = 9
        ctypes.CDLL(None).prctl(_SET_PDEATHSIG, kill)


def limit() -> None:
    """Bound memory, where the system can (not on Windows)."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


def allow_time() -> None:
    """Bound the time of the next job, where the system can: from now on so many seconds."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        spent = resource.getrusage(resource.RUSAGE_SELF)
        until = int(spent.ru_utime + spent.ru_stime) + SECONDS
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


if __name__ == "__main__":
    main()
