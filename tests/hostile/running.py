"""Runs of the command line, measured by the operating system, from one process that is warm."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self


class Run(NamedTuple):
    """How a run ended, what it said, and what it and its children took of the machine."""

    status: int
    out: str
    err: str
    seconds: float
    kilobytes: int


class Warm:
    """The process of `warm`; a context."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.warm"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        return self

    def run(self, room: Path, *args: str | Path) -> Run:
        """Run the command line; `room` is a folder for what it says."""
        out, err = room / "stdout", room / "stderr"
        job = {"args": [str(arg) for arg in args], "out": str(out), "err": str(err)}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(job), file=self._process.stdin, flush=True)
        measured = json.loads(self._process.stdout.readline())
        return Run(out=out.read_text(), err=err.read_text(), **measured)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.__exit__(kind, error, trace)  # closes its pipes, at which it ends
