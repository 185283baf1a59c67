"""What the benchmarks of docs/performance.md share: times, peak memory, tables.

Single-process work is measured in processor time, the least of several rounds taken in turns, so
that what else the machine does weighs little. Work on several cores is measured by the clock.
"""

from __future__ import annotations

import datetime
import gc
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.pages import replace_table

WORK = Path(tempfile.gettempdir(), "workbook-tools-benchmarks")
"""Where generated workbooks are kept from one run to the next."""


def cpu_seconds(works: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Processor seconds of each work: the least of so many rounds, each doing all in turn.

    As in a worker process: the garbage collector does not walk through what was there before.
    """
    least = dict.fromkeys(works, float("inf"))
    for _ in range(rounds):
        for name, work in works.items():
            gc.collect()
            gc.freeze()
            start = time.process_time()
            work()
            least[name] = min(least[name], time.process_time() - start)
    return least


OURS = (sys.executable, "-m", "workbook_tools")
"""How our command is called."""


def processor_seconds(command: Sequence[str]) -> float:
    """Processor time of a command, its worker processes' included; modules are kept compiled."""
    before = os.times()
    subprocess.run(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,  # workbooks have findings
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
    )
    after = os.times()
    return (
        after.children_user + after.children_system - before.children_user - before.children_system
    )


def peaks() -> tuple[float, float]:
    """Peak memory in MB: of this process, and of the largest child that has ended."""
    unit = 1e6 if sys.platform == "darwin" else 1e3
    own, children = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_maxrss / unit, children.ru_maxrss / unit


def in_own_process(module: str, *arguments: object) -> dict[str, Any]:
    """Run ``python -m module arguments`` afresh; the JSON object that it printed last."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return result


def publish(
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    page: str = "performance.md",
) -> None:
    """Print a table, under the machine and the day, and put it into the page."""
    lines = [
        f"{datetime.date.today()}, {_processor()}, {os.cpu_count()} cores, "
        f"{platform.system()}, Python {platform.python_version()}.",
        "",
        f"| {' | '.join(columns)} |",
        f"|---|{'---:|' * (len(columns) - 1)}",
        *(f"| {' | '.join(map(str, row))} |" for row in rows),
    ]
    replace_table(name, "\n".join(lines), page)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.partition(":")[2].strip() for line in lines if "model name" in line)
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()
