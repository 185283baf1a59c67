"""A process that has loaded the command line and forks itself for every run asked for.

A line on standard input asks: JSON with `args`, and with `out` and `err`, the files for the output.
A line on standard output answers: exit status as of `wait`, and what the system measured of the run
and of all processes that it started: seconds of processor time, and kilobytes of memory of the
largest. The system ends a run that takes ten seconds of processor time.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import sys
import traceback
from typing import Any

from tests.cli.shell import WATER
from workbook_tools.assessment import assess
from workbook_tools.cli import main

SECONDS = 10
_PATIENCE = 60  # seconds by the clock: what waits for a pipe takes no processor time


def _run(job: dict[str, Any]) -> None:
    for name, number in (("out", 1), ("err", 2)):
        os.dup2(os.open(job[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.argv = ["workbook-tools", *job["args"]]
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
        code = 99
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _measured(job: dict[str, Any]) -> dict[str, float]:
    child = os.fork()
    if not child:
        _run(job)  # never returns
    signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
    signal.alarm(_PATIENCE)
    _, status, used = os.wait4(child, 0)
    signal.alarm(0)
    return {
        "status": os.waitstatus_to_exitcode(status),
        "seconds": used.ru_utime + used.ru_stime,
        "kilobytes": used.ru_maxrss,
    }


def serve() -> None:
    """Warm up, then answer line by line."""
    importlib.import_module("workbook_tools.cli.validate")
    assess(WATER)
    for line in sys.stdin:
        print(json.dumps(_measured(json.loads(line))), flush=True)


if __name__ == "__main__":
    serve()
