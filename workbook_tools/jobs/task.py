"""A file to write for each of many workbooks: planned here, done here or in workers, in order."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from workbook_tools.assessment import Record, record, refused
from workbook_tools.assessment.outcomes import cause
from workbook_tools.errors import WorkbookToolsError
from workbook_tools.files.names import safe_name
from workbook_tools.intake.sources import WORKBOOK_SUFFIXES
from workbook_tools.running.bounds import UNBOUNDED, Bounds
from workbook_tools.running.lost import Lost
from workbook_tools.standard import Standard

if TYPE_CHECKING:
    from concurrent.futures import Executor

_BATCH = 8  # workbooks per task of a worker process
_Any = TypeVar("_Any")


class TaskRefused(WorkbookToolsError):  # noqa: N818 - it is an answer about a task, not a fault
    """What was asked for would not do; the message (Chinese) says why and what to do."""


class Task(msgspec.Struct, frozen=True):
    """One workbook to work on; travels to a worker process. ``shown``: its path on record.

    ``target``: where the file that is written for it goes, in ``folder`` or below.
    """

    path: str
    shown: str
    target: str
    folder: str
    standard: Standard | None
    at: datetime.datetime
    overwrite: bool = False
    bounds: Bounds = UNBOUNDED


class Landed:
    """How many of the files that are to be written stand on disk, new or in the place of others.

    Asked when no process works on them any more: what processes had done when they were ended is
    known to nobody else.
    """

    def __init__(self, targets: Iterable[str | Path]) -> None:
        self._before = {target: _state(target) for target in targets}

    @property
    def count(self) -> int:
        """Files that are others than those that stood there when this was made, or new."""
        return sum(
            state is not None and state != before
            for target, before in self._before.items()
            for state in [_state(target)]
        )


def _state(target: str | Path) -> tuple[int, int, int] | None:
    try:
        there = Path(target).stat()
    except OSError:
        return None
    return there.st_ino, there.st_mtime_ns, there.st_size


def plan(
    workbooks: Sequence[Path],
    output: Path,
    standard: Standard | None = None,
    *,
    overwrite: bool = False,
    members: Mapping[Path, str] = {},
    bounds: Bounds = UNBOUNDED,
) -> list[Task]:
    """One task per workbook; what is written keeps the folders below the one all have in common.

    A workbook from an archive (``members``) has its place where the archive's name is a folder's.
    """
    at = datetime.datetime.now().replace(microsecond=0)
    return [
        Task(
            path=str(path),
            shown=members.get(path, str(path)),
            target=str(target),
            folder=str(output),
            standard=standard,
            at=at,
            overwrite=overwrite,
            bounds=bounds,
        )
        for path, target in copies(workbooks, output, members).items()
    ]


def copies(
    workbooks: Sequence[Path], output: Path, members: Mapping[Path, str]
) -> dict[Path, Path]:
    """Where in ``output`` the copy of each workbook stands. Raises TaskRefused."""
    if not workbooks:
        return {}
    places = {
        path: (_place(members[path]) if path in members else path).resolve() for path in workbooks
    }
    try:
        root = Path(os.path.commonpath([place.parent for place in places.values()]))
    except ValueError as error:  # Windows: more than one drive
        raise TaskRefused("这些工作簿不在同一个盘上，请按盘分几次校验。") from error
    return {path: output / _as_xlsx(place.relative_to(root)) for path, place in places.items()}


def _as_xlsx(place: Path) -> Path:
    """Where the copy of a workbook of another format stands; its old name stays told apart."""
    if place.suffix.lower() in WORKBOOK_SUFFIXES:
        return place
    return place.with_name(f"{place.name}.xlsx")


def _place(member: str) -> Path:
    """Where in the tree of copies a workbook from an archive belongs, under safe names."""
    path = Path(member)
    archive = next(parent for parent in path.parents if parent.is_file())
    return archive.joinpath(*map(safe_name, path.relative_to(archive).parts))


def run(
    one: Callable[[Task], _Any],
    tasks: Sequence[Task],
    executor: Executor | None,
    *,
    lost: Callable[[Record], _Any],
    batch: int = _BATCH,
) -> Iterator[_Any]:
    """Do ``one`` for each task, in order, here or in worker processes.

    ``lost`` makes the result of a task that ended its process from the record that says so.
    ``batch``: how many tasks go to a process at a time; fewer show progress sooner.
    """
    results: Iterable[_Any | Lost] = (
        map(one, tasks) if executor is None else executor.map(one, tasks, chunksize=batch)
    )
    for task, result in zip(tasks, results, strict=True):
        yield lost(_refused(task, cause(result))) if isinstance(result, Lost) else result


def _refused(task: Task, problem: str) -> Record:
    return record(refused(task.shown, problem))
