"""A bound on the memory that this process may take beyond what it holds, by the system's means.

Linux refuses more private writable memory (RLIMIT_DATA, since 4.7) and Windows more committed
memory (a job object that holds just this process); Python raises both as MemoryError where more is
asked for. Other systems have no such bound that they keep: there a thread watches how much the
process ever held, and raises MemoryError in the main thread between two steps of Python.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbook_tools.running.errors import BoundsError

_MEGABYTE = 1_000_000
_LOOKS_EVERY = 0.05  # seconds


@contextmanager
def bounded_memory(megabytes: int) -> Iterator[None]:
    """Hold this process to ``megabytes`` (of 1,000,000 bytes) beyond what it holds; 0: no bound.

    Raises BoundsError where that cannot be kept: in a thread other than the main one, since the
    memory is the whole process's, and where the system refuses. Raises MemoryError, from within,
    when the bound is passed.
    """
    if not megabytes:
        yield
        return
    if threading.current_thread() is not threading.main_thread():
        raise BoundsError(
            "内存上限只能在进程的主线程里设置。请把内存上限设为 0，或放到单独的进程里处理。"
        )
    more = megabytes * _MEGABYTE
    if sys.platform == "linux":
        with _refused_by_linux(more):
            yield
    elif sys.platform == "win32":
        from workbook_tools.running.memory_job import job_of_this_process

        with job_of_this_process().bounded(more):
            yield
    else:
        with watched(more):
            yield


@contextmanager
def _refused_by_linux(more: int) -> Iterator[None]:
    import resource  # not there on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    tighter = [limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min([_held_on_linux() + more, *tighter]), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _held_on_linux() -> int:
    """Bytes of private writable memory of this process: what RLIMIT_DATA counts."""
    import resource

    try:
        pages = int(Path("/proc/self/statm").read_text().split()[5])
    except (OSError, ValueError, IndexError) as error:
        raise BoundsError("系统没有提供本进程占用的内存，无法限制。请把内存上限设为 0。") from error
    return pages * resource.getpagesize()


@contextmanager
def watched(more: int) -> Iterator[None]:
    """The bound kept by a thread that looks now and then; one big step may go beyond it."""
    import ctypes  # of no use where the system keeps the bound

    main = ctypes.c_ulong(threading.get_ident())
    limit = _most_ever_held() + more
    lock, is_over = threading.Lock(), threading.Event()

    def watch() -> None:
        while not is_over.wait(_LOOKS_EVERY):
            if _most_ever_held() > limit:
                with lock:
                    if not is_over.is_set():
                        error = ctypes.py_object(MemoryError)
                        ctypes.pythonapi.PyThreadState_SetAsyncExc(main, error)
                return

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        with lock:
            is_over.set()


def _most_ever_held() -> int:
    """Bytes of the process's largest resident size so far."""
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024  # macOS alone counts bytes
