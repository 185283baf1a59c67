"""Worker processes for the desk: what came from outside is opened there and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from workbook_tools.assessment.outcomes import cause
from workbook_tools.desk.refusals import DeskRefused
from workbook_tools.errors import WorkbookToolsError
from workbook_tools.files.whole import why
from workbook_tools.running.bounds import (
    Bounds,
    OutOfTimeError,
    confined,
    out_of_memory,
    out_of_time,
)
from workbook_tools.running.lost import Lost
from workbook_tools.running.workers import Workers, patience

_Any = TypeVar("_Any")
_PROCESSES = 5  # also on two cores: the system shares those out, a queue would not
_PRELOAD = (
    "workbook_tools.assessment.outcomes",
    "workbook_tools.jobs.copies",
    "workbook_tools.jobs.reports",
    "workbook_tools.jobs.templates",
)


class _Refusal(NamedTuple):
    """Stands for a result: why there is none, as a Chinese sentence."""

    reason: str


class Workroom:
    """The processes, and the bounds that each call in them keeps.

    There are several on any machine, so that workbooks that take their whole minute do not hold up
    the others: honest ones take a fifth of a second.
    """

    def __init__(self, bounds: Bounds | None = None) -> None:
        self.bounds = bounds or Bounds()
        self.processes = _PROCESSES
        self.workers = Workers(self.processes, self.bounds, preload=_PRELOAD)

    def do(self, fn: Callable[..., _Any], *args: Any, bounds: Bounds | None = None) -> _Any:
        """What ``fn`` gives, called in a worker within bounds (the usual ones by default).

        Raises DeskRefused with what a person is told where it gives nothing.
        """
        bounds = bounds or self.bounds
        result: _Any | _Refusal | Lost = self.workers.run_one(
            _within, bounds, fn, args, timeout=patience(bounds)
        )
        if isinstance(result, Lost):
            raise DeskRefused(cause(result))
        if isinstance(result, _Refusal):
            raise DeskRefused(result.reason)
        return result

    def close(self) -> None:
        """End the processes now; what is under way is given up."""
        self.workers.close()


def _within(bounds: Bounds, fn: Callable[..., _Any], args: tuple[Any, ...]) -> _Any | _Refusal:
    try:
        with confined(bounds):
            return fn(*args)
    except WorkbookToolsError as error:
        return _Refusal(str(error))
    except OutOfTimeError:
        return _Refusal(out_of_time(bounds))
    except MemoryError:
        return _Refusal(out_of_memory(bounds))
    except OSError as error:
        return _Refusal(f"读写文件失败：{why(error)}")
    except Exception as error:  # whatever a file from outside provokes
        return _Refusal(f"读取时出现意外错误（{type(error).__name__}）。请另存一份后重试。")
