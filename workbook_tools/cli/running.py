"""Many workbooks at once: worker processes, and a progress bar on a terminal."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

import click

_FEW = 8  # workbooks that are done sooner here than a second process has started

jobs_option = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    help="同时使用的进程数，默认为处理器核数。",
    metavar="个数",
)

Progress = Callable[[int, int], None]
"""Called with how many are done, and how many there are."""


@contextmanager
def workers(count: int, jobs: int | None) -> Iterator[Executor | None]:
    """Worker processes for ``count`` workbooks; None when this process had better do it alone."""
    number = min(jobs or os.cpu_count() or 1, count)
    if number < 2 or (jobs is None and count <= _FEW):
        yield None
        return
    with ProcessPoolExecutor(number, initializer=_leave_interrupts_to_the_parent) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def progress(what: str) -> Iterator[Progress]:
    """A bar on stderr while the work goes on; nothing when stderr is no terminal.

    Results printed meanwhile go above the bar, or, when stdout is a file or a pipe, there.
    """
    if not sys.stderr.isatty():
        yield lambda done, count: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns,
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=sys.stdout.isatty(),
    ) as shown:
        task = shown.add_task(what, total=None)
        yield lambda done, count: shown.update(task, completed=done, total=count)
