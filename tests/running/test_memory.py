"""Memory is bounded by the system's means, or it is said that it cannot be."""

from __future__ import annotations

import ctypes
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.cli.shell import CLEAN, run
from workbook_tools.assessment import assess_or_refuse
from workbook_tools.running.bounds import Bounds, BoundsError, confined
from workbook_tools.running.memory import watched
from workbook_tools.running.memory_job import ExtendedLimits, Job, MemoryCounters


def test_bound_in_a_thread_is_refused_and_not_dropped() -> None:
    raised: list[BaseException] = []

    def thread() -> None:
        try:
            assess_or_refuse(CLEAN, None, Bounds(60, 100))
        except BoundsError as error:
            raised.append(error)

    one = threading.Thread(target=thread)
    one.start()
    one.join()
    (error,) = raised
    assert "主线程" in str(error)


def test_scheduler_has_bounds_of_memory_of_its_own(tmp_path: Path) -> None:
    args = ("--scheduler", "tcp://127.0.0.1:9", "--memory-limit", "100")
    ran = run("validate", CLEAN, *args)
    assert ran.code == 2
    assert "--memory-limit 不能与 --scheduler 同时使用" in ran.err


def test_platform_is_asked_and_not_proc(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under wine /proc is seen by a Windows Python, which has no `resource`."""
    monkeypatch.setattr("sys.platform", "win32")
    with pytest.raises(KeyError, match="WinDLL"), confined(Bounds(0, 100)):
        pass


def test_watched_memory_is_bounded_where_the_system_has_no_bound() -> None:
    with pytest.raises(MemoryError), watched(50_000_000):
        _hoard()
    with watched(500_000_000):
        bytearray(1_000_000)


def _hoard() -> None:
    held = []
    while True:
        held.append(bytearray(b"x") * 1_000_000)


class Kernel:
    """The four functions of kernel32.dll, for a process that has committed 70 MB."""

    def __init__(self, refuses: str = "") -> None:
        self.limits: list[tuple[int, int]] = []
        self._refuses = refuses

        class _Function:
            def __init__(self, name: str, call: Any) -> None:
                self.restype: Any = None
                self._call = call
                self._fails = name == refuses

            def __call__(self, *args: Any) -> Any:
                return 0 if self._fails else self._call(*args)

        def limit(_job: Any, kind: int, limits: Any, size: int) -> int:
            assert (kind, size) == (9, ctypes.sizeof(ExtendedLimits))
            wanted = limits._obj
            self.limits.append((wanted.BasicLimitInformation.LimitFlags, wanted.ProcessMemoryLimit))
            return 1

        def counted(_process: Any, counters: Any, size: int) -> int:
            assert size == ctypes.sizeof(MemoryCounters)
            counters._obj.PagefileUsage = 70_000_000
            return 1

        self.CreateJobObjectW = _Function("CreateJobObjectW", lambda *_: 4)
        self.GetCurrentProcess = _Function("GetCurrentProcess", lambda: -1 & (2**64 - 1))
        self.AssignProcessToJobObject = _Function("AssignProcessToJobObject", lambda *_: 1)
        self.K32GetProcessMemoryInfo = _Function("K32GetProcessMemoryInfo", counted)
        self.SetInformationJobObject = _Function("SetInformationJobObject", limit)


def test_windows_job_is_limited_and_freed_again() -> None:
    kernel = Kernel()
    with Job(kernel).bounded(600_000_000):
        assert kernel.limits == [(0x100, 670_000_000)]
    assert kernel.limits[1] == (0, 0)


@pytest.mark.parametrize(
    "refuses",
    [
        "CreateJobObjectW",
        "AssignProcessToJobObject",
        "K32GetProcessMemoryInfo",
        "SetInformationJobObject",
    ],
)
def test_what_windows_refuses_is_said(refuses: str) -> None:
    with (
        pytest.raises(BoundsError, match="不允许限制本进程的内存"),
        Job(Kernel(refuses)).bounded(1),
    ):
        pass


def test_layout_is_that_of_64_bit_windows() -> None:
    # winnt.h, psapi.h: 144 and 72 bytes.
    assert (ctypes.sizeof(ExtendedLimits), ctypes.sizeof(MemoryCounters)) == (144, 72)
