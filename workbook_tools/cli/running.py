"""Many workbooks at once: worker processes, and a progress bar on a terminal."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

import click

from workbook_tools.cli.terminal import display_width

_FEW = 8  # workbooks that are done sooner here than a second process has started
_CELLS = 20  # of a full bar

jobs_option = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    help="同时使用的进程数，默认为处理器核数。",
    metavar="个数",
)


class Bar:
    """A line on stderr that shows how far the work is; nothing where stderr is no terminal.

    What is printed meanwhile comes between :meth:`clear` and the next call.
    """

    def __init__(self, what: str) -> None:
        self._what = what
        self._line = ""
        self.done = 0

    def __call__(self, done: int, count: int) -> None:
        """Show that ``done`` of ``count`` are done."""
        self.done = done
        if not sys.stderr.isatty():
            return
        self.clear()
        full = _CELLS * done // count
        self._line = f"{self._what} {'■' * full}{'□' * (_CELLS - full)} {done}/{count}"
        click.echo(self._line, err=True, nl=False)

    def clear(self) -> None:
        """Take the line away, by spaces: not every console knows escape sequences."""
        if self._line:
            click.echo(f"\r{' ' * display_width(self._line)}\r", err=True, nl=False)
        self._line = ""


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
def progress(what: str) -> Iterator[Bar]:
    """A bar while the work goes on, and none after it."""
    bar = Bar(what)
    try:
        yield bar
    finally:
        bar.clear()
