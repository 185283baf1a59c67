"""Worker processes that outlive the workbooks that kill them.

An executor of the standard library cannot end one worker, and where one dies (killed by the system
for its memory, say) it gives up all that is under way. Here the work then goes on in new processes,
and the batches that were under way are done again one call at a time: a call that brings down its
process once more is `Lost`, the others are done.
"""

from __future__ import annotations

import gc
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from workbook_tools.confinement import Bounds

_Any = TypeVar("_Any")
_Call = tuple[Any, ...]
_AHEAD = 3  # batches under way per process
_GRACE = 30  # seconds beyond the bounds until a process counts as stuck
_MOST = 61 if sys.platform == "win32" else 1024  # processes that the system lets us wait for


class Lost(NamedTuple):
    """Stands for the result of a call that ended its process; ``stuck``: that we had to end it."""

    stuck: bool


class _Batch(NamedTuple):
    calls: list[_Call]
    future: Future[list[Any]]
    pool: ProcessPoolExecutor


class Workers(Executor):
    """An executor over processes of this machine.

    ``bounds`` are those that each call keeps by itself (`confinement.confined`); a process that is
    silent for much longer is ended. Results of ``map`` may be `Lost`.
    """

    def __init__(self, processes: int, bounds: Bounds) -> None:
        self._processes = min(processes, _MOST)
        self._patience = bounds.seconds * 2 + _GRACE if bounds.seconds else None
        self._pool = _pool(self._processes)

    def submit(self, fn: Callable[..., _Any], /, *args: Any, **kwargs: Any) -> Future[_Any]:
        """Do one thing in a worker; should its process end, the future raises BrokenProcessPool."""
        try:
            return self._pool.submit(fn, *args, **kwargs)
        except BrokenProcessPool:
            self._pool = _pool(self._processes)
            return self._pool.submit(fn, *args, **kwargs)

    def map(
        self,
        fn: Callable[..., _Any],
        *iterables: Iterable[Any],
        timeout: float | None = None,
        chunksize: int = 1,
    ) -> Iterator[_Any]:
        """As the built-in map, in batches of ``chunksize``; what kills its process gives `Lost`.

        ``timeout``: seconds to wait for a batch before its process counts as stuck.
        """
        return self._results(fn, zip(*iterables, strict=False), timeout, chunksize)

    def _results(
        self, fn: Callable[..., Any], calls: Iterator[_Call], timeout: float | None, size: int
    ) -> Iterator[Any]:
        patience = timeout or self._patience
        waiting: deque[_Batch] = deque()
        try:
            for batch in iter(lambda: list(islice(calls, size)), []):
                future = self.submit(_each, fn, batch)
                waiting.append(_Batch(batch, future, self._pool))
                if len(waiting) >= _AHEAD * self._processes:
                    yield from _results_of(waiting.popleft(), fn, patience)
            while waiting:
                yield from _results_of(waiting.popleft(), fn, patience)
        finally:
            for one in waiting:
                one.future.cancel()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of the processes."""
        self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)


def _pool(processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, initializer=_prepare)


def _prepare() -> None:
    """Interrupts are the parent's; what is loaded by now is no garbage to be looked for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()


def _each(fn: Callable[..., _Any], calls: list[_Call]) -> list[_Any]:
    return [fn(*call) for call in calls]


def _results_of(batch: _Batch, fn: Callable[..., Any], patience: float | None) -> Iterable[Any]:
    try:
        return batch.future.result(patience)
    except BrokenProcessPool:
        pass
    except TimeoutError:
        _kill(batch.pool)
    return _one_by_one(fn, batch.calls, patience)


def _one_by_one(
    fn: Callable[..., Any], calls: list[_Call], patience: float | None
) -> Iterator[Any]:
    """The results of calls, each alone in a process that nobody else can bring down."""
    pool = _pool(1)
    try:
        for call in calls:
            try:
                yield pool.submit(fn, *call).result(patience)
                continue
            except BrokenProcessPool:
                yield Lost(stuck=False)
            except TimeoutError:
                _kill(pool)
                yield Lost(stuck=True)
            pool = _pool(1)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _kill(pool: ProcessPoolExecutor) -> None:
    """End the processes of a pool; what it has under way raises BrokenProcessPool."""
    for process in list((pool._processes or {}).values()):  # public from Python 3.14 on
        process.kill()
