"""Many workbooks at once: worker processes, and a progress bar on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from workbook_tools.cli.failures import Failure
from workbook_tools.cli.terminal import display_width
from workbook_tools.jobs.processes import processes
from workbook_tools.running.bounds import UNBOUNDED, Bounds

if TYPE_CHECKING:
    from concurrent.futures import Executor

_Any = TypeVar("_Any")
_CELLS = 20  # of a full bar
_LINES = ((50, 10), (10, 4))
"""From how many workbooks on one waits, and how many lines then say how far it is: where stderr is
no terminal. A dozen take some seconds."""

jobs_option = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    help="同时使用的进程数，默认为处理器核数。",
    metavar="个数",
)


def cluster_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--scheduler`` and ``--shared-folder``."""
    for option in (
        click.option(
            "--shared-folder",
            is_flag=True,
            help="各台机器以同样的路径看得到这些文件，不必随任务发送。",
        ),
        click.option(
            "--scheduler",
            metavar="地址",
            help="由多台机器一起处理：dask 调度器的地址，如 tcp://host:8786。",
        ),
    ):
        command = option(command)
    return command


class Bar:
    """A line on stderr that shows how far the work is, drawn anew as it goes on.

    What is printed meanwhile comes between :meth:`clear` and the next call. Where stderr is no
    terminal there is a plain line for each part of what takes long (a tenth of many, a quarter of
    some), and nothing of what does not.
    """

    def __init__(self, what: str) -> None:
        self._what = what
        self._line = ""
        self.done = 0

    def __call__(self, done: int, count: int) -> None:
        """Show that ``done`` of ``count`` are done."""
        before, self.done = self.done, done
        if not sys.stderr.isatty():
            lines = next((parts for least, parts in _LINES if count >= least), 0)
            if lines * done // count > lines * before // count:
                click.echo(f"{self._what} {done}/{count}", err=True)
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
def workers(
    count: int,
    jobs: int | None,
    scheduler: str | None = None,
    shared_folder: bool = False,
    bounds: Bounds = UNBOUNDED,
) -> Iterator[Executor | None]:
    """Those of a cluster with ``scheduler``, else processes of this machine or None."""
    with machines(scheduler, shared_folder, bounds) as executor:
        if executor is not None:
            yield executor
            return
        with processes(count, jobs, bounds) as pool:
            yield pool


@contextmanager
def machines(
    scheduler: str | None, shared_folder: bool, bounds: Bounds
) -> Iterator[Executor | None]:
    """The workers of a cluster, None without ``scheduler``; Failure where they cannot be had."""
    if scheduler is None:
        yield None
        return
    from workbook_tools.running.cluster import ClusterError, cluster

    try:
        with cluster(scheduler, shared_folder=shared_folder, bounds=bounds) as executor:
            yield executor
    except ClusterError as error:
        raise Failure(str(error)) from error


@contextmanager
def progress(what: str) -> Iterator[Bar]:
    """A bar while the work goes on, and none after it."""
    bar = Bar(what)
    try:
        yield bar
    finally:
        bar.clear()


def shown(outcomes: Iterable[_Any], count: int, bar: Bar) -> Iterator[_Any]:
    """The outcomes as they come, with a bar between them."""
    for done, outcome in enumerate(outcomes, start=1):
        bar.clear()  # whoever gets the outcome may print it
        yield outcome
        bar(done, count)
