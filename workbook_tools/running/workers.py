"""Worker processes that outlive the workbooks that kill them.

An executor of the standard library gives up all that is under way where one of its processes dies
(killed by the system for its memory, say). Here every process is a pool of its own, so that nobody
is taken along: the calls that were under way in the one that died are done again, each alone in a
new process, and a call that brings down its process once more is `Lost`.

Processes are started by a server that was started for it (spawned where the system has none), not
forked from this one: they inherit no listening socket, no lock and no half-done state. They end
with the process that started them, however that ends.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import (
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from queue import SimpleQueue
from typing import Any, TypeVar

from workbook_tools.running.bounds import Bounds
from workbook_tools.running.lost import Lost

_Any = TypeVar("_Any")
_Call = tuple[Any, ...]
_SAFE_PATH = "PYTHONSAFEPATH"
_starting = threading.Lock()
_AHEAD = 3  # batches under way or waiting per process
_GRACE = 30  # seconds beyond the bounds until a process counts as stuck
_MOST = 1024  # processes; far beyond any machine of a bureau


def patience(bounds: Bounds) -> float | None:
    """Seconds after which a call that keeps these bounds by itself counts as stuck."""
    return bounds.seconds * 2 + _GRACE if bounds.seconds else None


class Workers(Executor):
    """An executor over processes of this machine.

    ``bounds`` are those that each call keeps by itself (`bounds.confined`); a process that is
    silent for much longer is ended. ``preload`` names modules that are loaded once for all
    processes, where the system allows it. Every result, of ``run_one``, ``map`` or ``submit``, may
    be `Lost`; what a function raises is raised.
    """

    def __init__(self, processes: int, bounds: Bounds, *, preload: Sequence[str] = ()) -> None:
        count = min(processes, _MOST)
        self._patience = patience(bounds)
        self._ahead = _AHEAD * count
        self._processes = [_Process(preload) for _ in range(count)]
        self._idle: SimpleQueue[_Process] = SimpleQueue()
        for process in self._processes:
            self._idle.put(process)
        self._threads = ThreadPoolExecutor(count)  # each waits for one process

    def run_one(
        self, fn: Callable[..., _Any], /, *args: Any, timeout: float | None = None
    ) -> _Any | Lost:
        """The result of one call in a worker, or `Lost`.

        ``timeout``: seconds from its start until its process counts as stuck; by default a time
        beyond the bounds. A call whose process died is done once more. Raises what ``fn`` raises,
        and CancelledError where the workers were closed meanwhile.
        """
        result: _Any | Lost = self._start(fn, [args], timeout).result()[0]
        return result

    def submit(self, fn: Callable[..., _Any], /, *args: Any, **kwargs: Any) -> Future[_Any]:
        """As `run_one`, later: the future's result may be `Lost`."""
        return self._threads.submit(
            lambda: self._done(_with_keywords, [(fn, args, kwargs)], self._patience)[0]
        )

    def map(
        self,
        fn: Callable[..., _Any],
        *iterables: Iterable[Any],
        timeout: float | None = None,
        chunksize: int = 1,
    ) -> Iterator[_Any]:
        """As the built-in map, in batches of ``chunksize``; what kills its process gives `Lost`.

        ``timeout``: seconds that a batch may take until its process counts as stuck.
        """
        return self._results(fn, zip(*iterables, strict=False), timeout, chunksize)

    def _results(
        self, fn: Callable[..., Any], calls: Iterator[_Call], timeout: float | None, size: int
    ) -> Iterator[Any]:
        waiting: deque[Future[list[Any]]] = deque()
        try:
            for batch in iter(lambda: list(islice(calls, size)), []):
                waiting.append(self._start(fn, batch, timeout))
                if len(waiting) >= self._ahead:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()

    def _start(
        self, fn: Callable[..., Any], calls: list[_Call], timeout: float | None
    ) -> Future[list[Any]]:
        return self._threads.submit(self._done, fn, calls, timeout or self._patience)

    def _done(
        self, fn: Callable[..., Any], calls: list[_Call], patience: float | None
    ) -> list[Any]:
        """The results of calls, by a process that is idle; in a thread that waits for it."""
        process = self._idle.get()
        try:
            try:
                return process.results(fn, calls, patience)
            except BrokenProcessPool:
                pass
            except TimeoutError:
                if len(calls) == 1:
                    return [Lost(stuck=True)]
            return [process.result(fn, call, patience) for call in calls]
        finally:
            self._idle.put(process)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more calls; those under way are done, and the processes end after them."""
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        if wait:
            for process in self._processes:
                process.end()

    def close(self) -> None:
        """End the processes now, whatever they are doing; what is under way is given up."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in self._processes:
            process.close()
        self._threads.shutdown()


class _Process:
    """One process, made when first needed and again after it was lost."""

    def __init__(self, preload: Sequence[str]) -> None:
        self._preload = tuple(preload)
        self._pool: ProcessPoolExecutor | None = None
        self._lock = threading.Lock()
        self._closed = False

    def results(
        self, fn: Callable[..., Any], calls: list[_Call], patience: float | None
    ) -> list[Any]:
        """What ``fn`` gives for each call.

        Raises BrokenProcessPool or TimeoutError when the process was lost; the next call has a new
        one. Raises CancelledError when it was closed.
        """
        with self._lock:
            if self._closed:
                raise CancelledError
            future = self._submitted(fn, calls)
        try:
            return future.result(patience)
        except (BrokenProcessPool, TimeoutError):
            self._kill()
            raise

    def _submitted(self, fn: Callable[..., Any], calls: list[_Call]) -> Future[list[Any]]:
        """The calls, given to the process; to a new one where it died while it was idle."""
        if self._pool is not None:
            try:
                return self._pool.submit(_each, fn, calls)
            except BrokenProcessPool:
                self._pool.shutdown(wait=False)
        with _nothing_from_here():
            self._pool = ProcessPoolExecutor(1, _context(self._preload), _prepare)
            future = self._pool.submit(_each, fn, calls)
        _leave_results_to_the_process(self._pool)
        return future

    def result(self, fn: Callable[..., Any], call: _Call, patience: float | None) -> Any:
        """The same for one call, alone: `Lost` when it is the one that ends its process."""
        try:
            return self.results(fn, [call], patience)[0]
        except (BrokenProcessPool, TimeoutError) as error:
            return Lost(stuck=isinstance(error, TimeoutError))

    def end(self) -> None:
        """End the process, which has nothing to do any more, and wait for it."""
        if self._pool is not None:
            self._pool.shutdown()

    def close(self) -> None:
        """End the process at once and for good."""
        with self._lock:
            self._closed = True
        self._kill()

    def _kill(self) -> None:
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            for process in list((pool._processes or {}).values()):  # public from Python 3.14 on
                process.kill()
            pool.shutdown(wait=False, cancel_futures=True)


def _leave_results_to_the_process(pool: Any) -> None:
    """Close this process's own end of the pipe for results, in which only the other one writes.

    Where that one is killed within a result, there is then an end to be read; with both ends open
    here the standard library waits for the rest for ever (and so did a Ctrl-C).
    """
    pool._result_queue._writer.close()


@contextmanager
def _nothing_from_here() -> Iterator[None]:
    """What is started meanwhile loads nothing from the folder in which somebody works.

    Servers and processes are started as ``python -c``, which looks there first: a ``struct.py``
    that came with the workbooks would be executed.
    """
    with _starting:
        before = os.environ.get(_SAFE_PATH)
        os.environ[_SAFE_PATH] = "1"
        try:
            yield
        finally:
            if before is None:
                del os.environ[_SAFE_PATH]
            else:
                os.environ[_SAFE_PATH] = before


def _context(preload: Sequence[str]) -> multiprocessing.context.BaseContext:
    """How processes are started; the server that starts them has loaded what all of them need."""
    if sys.platform == "win32" or "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", *preload])
    return context


def _prepare() -> None:
    """Interrupts are the parent's; what is loaded by now is no garbage to be looked for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()


def _end_with_parent() -> None:
    """End this process when the one that wants its results has ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _each(fn: Callable[..., _Any], calls: list[_Call]) -> list[_Any]:
    return [fn(*call) for call in calls]


def _with_keywords(fn: Callable[..., _Any], args: _Call, kwargs: dict[str, Any]) -> _Any:
    return fn(*args, **kwargs)
