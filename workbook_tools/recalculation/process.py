"""The process in which formulas are calculated: it stays for the workbooks that come after.

Starting an interpreter takes twenty times as long as calculating a workbook, and a folder saved by
a program that does not calculate has nothing but such workbooks. Each calculation has bounds of its
own, and one that brings its process down, or fails in one that has calculated others before, is
done once more in a new process: what was calculated before changes no result.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from collections import deque
from contextlib import suppress
from pathlib import Path

_CHILD = Path(__file__).with_name("interpreter.py")
_END_SECONDS = 5
"""Time that a process which waits for jobs may take to end."""


class BrokenInterpreterError(Exception):
    """The process has ended before it gave results."""


class _Interpreter:
    """A process that calculates one job after the other."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.is_used = False
        # -P: nothing beside the script is importable, so no module of ours can stand in another's
        # way
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(_CHILD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def calculated(self, job: bytes, seconds: float) -> bytes:
        """The answer to a job. Raises TimeoutError, or BrokenInterpreterError."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self.is_used, is_over = True, threading.Event()

        def end() -> None:
            is_over.set()
            self._process.kill()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            self._process.stdin.write(job + b"\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        except OSError:  # it ended while it was written to
            answer = b""
        finally:
            timer.cancel()
        if is_over.is_set():
            raise TimeoutError
        if not answer.endswith(b"\n"):
            raise BrokenInterpreterError
        return answer

    def close(self) -> None:
        """End the process at once, whatever it is at."""
        self._process.kill()
        self._process.communicate()

    def dismiss(self) -> None:
        """Let the process end, as it does when no more jobs can come."""
        try:
            self._process.communicate(timeout=_END_SECONDS)
        except subprocess.TimeoutExpired:
            self.close()


_IDLE: deque[_Interpreter] = deque()
"""Processes that wait for the next job: as many as were ever at work at the same time."""


def calculated(job: bytes, seconds: float) -> bytes:
    """What a process of ours answers to a job, within so many seconds by the clock.

    Raises TimeoutError, BrokenInterpreterError where the job brings every process down, and
    OSError where none can be started.
    """
    interpreter = _taken()
    while True:
        is_new = not interpreter.is_used
        try:
            answer = interpreter.calculated(job, seconds)
        except BrokenInterpreterError:
            interpreter.close()
            if is_new:
                raise
            interpreter = _Interpreter()
        except BaseException:
            interpreter.close()
            raise
        else:
            _IDLE.append(interpreter)
            return answer


def _taken() -> _Interpreter:
    """One that waits, else a new one; one from before this process was forked is another's."""
    with suppress(IndexError):  # none, or another thread was faster
        while (interpreter := _IDLE.popleft()).owner != os.getpid():
            pass
        return interpreter
    return _Interpreter()


@atexit.register
def _end() -> None:
    while _IDLE:
        _IDLE.popleft().dismiss()
