"""Windows keeps a process to an amount of memory by a job object that the process is put into.

What is bounded is committed memory, which Windows refuses beyond the limit (`ProcessMemoryLimit` of
JOBOBJECT_EXTENDED_LIMIT_INFORMATION). Jobs may be nested since Windows 8.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_int64, c_size_t, c_uint32, c_uint64, c_void_p
from functools import cache
from typing import Any

from workbook_tools.running.errors import BoundsError

_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
_PROCESS_MEMORY = 0x100  # JOB_OBJECT_LIMIT_PROCESS_MEMORY


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("PerProcessUserTimeLimit", c_int64),
        ("PerJobUserTimeLimit", c_int64),
        ("LimitFlags", c_uint32),
        ("MinimumWorkingSetSize", c_size_t),
        ("MaximumWorkingSetSize", c_size_t),
        ("ActiveProcessLimit", c_uint32),
        ("Affinity", c_size_t),
        ("PriorityClass", c_uint32),
        ("SchedulingClass", c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("BasicLimitInformation", BasicLimits),
        ("IoInfo", c_uint64 * 6),
        ("ProcessMemoryLimit", c_size_t),
        ("JobMemoryLimit", c_size_t),
        ("PeakProcessMemoryUsed", c_size_t),
        ("PeakJobMemoryUsed", c_size_t),
    )


class MemoryCounters(ctypes.Structure):
    """PROCESS_MEMORY_COUNTERS; ``PagefileUsage`` is the memory committed, in bytes."""

    _fields_ = (
        ("cb", c_uint32),
        ("PageFaultCount", c_uint32),
        ("PeakWorkingSetSize", c_size_t),
        ("WorkingSetSize", c_size_t),
        ("QuotaPeakPagedPoolUsage", c_size_t),
        ("QuotaPagedPoolUsage", c_size_t),
        ("QuotaPeakNonPagedPoolUsage", c_size_t),
        ("QuotaNonPagedPoolUsage", c_size_t),
        ("PagefileUsage", c_size_t),
        ("PeakPagefileUsage", c_size_t),
    )


class Job:
    """A job object that holds one process; ``kernel`` is kernel32.dll."""

    def __init__(self, kernel: Any) -> None:
        """Put this process into a new job; raises BoundsError where Windows refuses."""
        self._kernel = kernel
        for name in ("CreateJobObjectW", "GetCurrentProcess"):
            getattr(kernel, name).restype = c_void_p  # handles are as wide as pointers
        self._process = c_void_p(kernel.GetCurrentProcess())
        self._job = c_void_p(kernel.CreateJobObjectW(None, None))
        if not self._job or not kernel.AssignProcessToJobObject(self._job, self._process):
            raise _refusal()

    @contextmanager
    def bounded(self, more: int) -> Iterator[None]:
        """Hold the process to ``more`` bytes beyond what it has committed."""
        self._set(ProcessMemoryLimit=self._held() + more)
        try:
            yield
        finally:
            self._set()

    def _held(self) -> int:
        counters = MemoryCounters(cb=ctypes.sizeof(MemoryCounters))
        if not self._kernel.K32GetProcessMemoryInfo(
            self._process, ctypes.byref(counters), counters.cb
        ):
            raise _refusal()
        return int(counters.PagefileUsage)

    def _set(self, **limits: int) -> None:
        """Set the limit given; none lifts it."""
        wanted = ExtendedLimits(**limits)
        wanted.BasicLimitInformation.LimitFlags = _PROCESS_MEMORY if limits else 0
        size = ctypes.sizeof(wanted)
        if not self._kernel.SetInformationJobObject(
            self._job, _EXTENDED_LIMITS, ctypes.byref(wanted), size
        ):
            raise _refusal()


@cache
def job_of_this_process() -> Job:
    """The job that this process is in from now on; its limit is lifted between two bounds."""
    return Job(vars(ctypes)["WinDLL"]("kernel32", use_last_error=True))  # only on Windows


def _refusal() -> BoundsError:
    number = getattr(ctypes, "get_last_error", int)()
    return BoundsError(f"Windows 不允许限制本进程的内存（错误 {number}）。请把内存上限设为 0。")
