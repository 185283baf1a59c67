"""Bounds of time and memory for one workbook, held by the process that works on it.

Time: a timer of the system interrupts the main thread of a process wherever it is, be it in the
middle of a search through a hundred megabytes; where there is none (Windows, other threads) an
exception is raised in the thread between two steps of Python. Memory: see `memory`. What neither
can end, a process that is stuck or killed, is left to whoever started the process (`workers`).
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

import msgspec

from workbook_tools.running.errors import BoundsError
from workbook_tools.running.memory import bounded_memory

__all__ = [
    "UNBOUNDED",
    "Bounds",
    "BoundsError",
    "OutOfTimeError",
    "confined",
    "out_of_memory",
    "out_of_time",
]

_AGAIN = 1.0  # seconds until the interruption is repeated, should somebody have swallowed it


class OutOfTimeError(BaseException):
    """The time is up. No Exception, so that nobody who handles those takes it for his own."""


class Bounds(msgspec.Struct, frozen=True):
    """What one workbook may take; 0 is no bound.

    ``seconds`` are those of the clock, ``megabytes`` those beyond what the process holds already.
    ``processor``: seconds of the processor, which do not pass while other processes have it; held
    in main threads where the system has a timer of them (not on Windows).
    """

    seconds: float = 60
    megabytes: int = 600
    processor: float = 0


UNBOUNDED = Bounds(0, 0)


def out_of_time(bounds: Bounds) -> str:
    """What a clerk is told."""
    return f"处理时间超过 {bounds.seconds:g} 秒的上限，不像正常填报。"


def out_of_memory(bounds: Bounds) -> str:
    """What a clerk is told."""
    most = f"超过 {bounds.megabytes} MB 的上限" if bounds.megabytes else "超过本机所能提供的"
    return f"读取所需的内存{most}，不像正常填报。"


@contextmanager
def confined(bounds: Bounds) -> Iterator[None]:
    """Do something within bounds; raises OutOfTimeError, or MemoryError.

    Raises BoundsError where the bound of memory cannot be kept, as in a thread.
    """
    in_main = threading.current_thread() is threading.main_thread()
    has_timers = in_main and hasattr(signal, "setitimer")
    with bounded_memory(bounds.megabytes), ExitStack() as held:
        if bounds.processor and has_timers:
            held.enter_context(_alarm(bounds.processor, signal.ITIMER_PROF, signal.SIGPROF))
        if bounds.seconds and has_timers:
            held.enter_context(_alarm(bounds.seconds, signal.ITIMER_REAL, signal.SIGALRM))
        elif bounds.seconds:
            held.enter_context(_watched(bounds.seconds))
        yield


@contextmanager
def _alarm(seconds: float, timer: int, told_by: signal.Signals) -> Iterator[None]:
    is_over = False

    def interrupt(number: int, frame: FrameType | None) -> None:
        if not is_over:
            raise OutOfTimeError

    before = signal.signal(told_by, interrupt)
    try:
        signal.setitimer(timer, seconds, _AGAIN)
        yield
    finally:
        is_over = True
        signal.setitimer(timer, 0)
        signal.signal(told_by, before)


@contextmanager
def _watched(seconds: float) -> Iterator[None]:
    """The same by a second thread; a call into C is not interrupted before it returns."""
    import ctypes  # of no use where the system has timers

    thread = ctypes.c_ulong(threading.get_ident())
    lock, is_over = threading.Lock(), False

    def interrupt() -> None:
        with lock:
            if not is_over:
                error = ctypes.py_object(OutOfTimeError)
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, error)

    timer = threading.Timer(seconds, interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            is_over = True
        timer.cancel()
