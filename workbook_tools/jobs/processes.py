"""How many processes a job gets, and what they load before they start."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from workbook_tools.running.bounds import UNBOUNDED, Bounds

if TYPE_CHECKING:
    from concurrent.futures import Executor

_FEW = 8  # workbooks that are done sooner here than a second process has started
_PRELOAD = (
    "workbook_tools.assessment.outcomes",
    "workbook_tools.jobs.copies",
    "workbook_tools.annotation",
)


@contextmanager
def processes(
    count: int, jobs: int | None = None, bounds: Bounds = UNBOUNDED
) -> Iterator[Executor | None]:
    """Worker processes for ``count`` workbooks; None when this process had better do it alone.

    ``jobs``: how many, at most one for each workbook; None: by the number of processors, and of the
    workbooks. ``bounds``: those that each workbook keeps by itself; a process that is silent for
    much longer is ended. Where the work is broken off, the processes are ended at once.
    """
    number = min(jobs or os.cpu_count() or 1, count)
    if number < 2 or (jobs is None and count <= _FEW):
        yield None
        return
    from workbook_tools.running.workers import Workers

    with Workers(number, bounds, preload=_PRELOAD) as pool:
        try:
            yield pool
        except BaseException:
            pool.close()
            raise
