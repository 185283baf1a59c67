"""Workbooks to validate as tasks: planned here, done here or in worker processes, in order."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TypeVar

import msgspec

from workbook_tools.annotation import (
    Annotation,
    ChangedCopyError,
    NotOurCopyError,
    annotate,
)
from workbook_tools.assessment import Record, assess_or_refuse, record, refused
from workbook_tools.cli.failures import Failure, write_failure
from workbook_tools.cli.running import Bar
from workbook_tools.confinement import (
    UNBOUNDED,
    Bounds,
    OutOfTimeError,
    confined,
    out_of_memory,
    out_of_time,
)
from workbook_tools.file_names import safe_name
from workbook_tools.ooxml import PackageError
from workbook_tools.outcomes import cause
from workbook_tools.sources import PassedOver, Sources
from workbook_tools.standard import Standard
from workbook_tools.whole_files import make_folder
from workbook_tools.workers import Lost

_BATCH = 8  # workbooks per task of a worker process
_Any = TypeVar("_Any")


class Task(msgspec.Struct, frozen=True):
    """One workbook to validate; travels to a worker process. ``shown``: its path on record.

    ``target``: where its copy goes, in ``folder`` or below.
    """

    path: str
    shown: str
    target: str
    folder: str
    standard: Standard | None
    at: datetime.datetime
    overwrite: bool = False
    bounds: Bounds = UNBOUNDED


class Outcome(msgspec.Struct, frozen=True):
    """What came of a task.

    ``problem`` says why no copy was written although one was wanted, ``remarks`` which cells of
    the copy got no comment.
    """

    record: Record
    problem: str = ""
    remarks: tuple[str, ...] = ()


def without_copies(
    paths: Sequence[str], sources: Sources, output: Path
) -> tuple[list[Path], list[PassedOver]]:
    """The workbooks that are not copies written by an earlier run: ``validate . -o 批注``.

    Those are passed over that stand in the output folder and were not asked for themselves.
    """
    folder = output.resolve()
    asked = [Path(path).resolve() for path in paths if Path(path).exists()]
    if folder in asked:
        raise _beside(output)
    workbooks = sources.workbooks
    if any(path.is_relative_to(folder) for path in asked):
        return list(workbooks), []
    reason = "在输出文件夹里，是以前写的副本。"
    kept, passed = [], []
    for path in workbooks:
        if Path(sources.shown(path)).resolve().is_relative_to(folder):
            passed.append(PassedOver(path, reason))
        else:
            kept.append(path)
    return kept, passed


def plan(
    workbooks: Sequence[Path],
    output: Path,
    standard: Standard | None = None,
    *,
    overwrite: bool = False,
    members: Mapping[Path, str] = {},
    bounds: Bounds = UNBOUNDED,
) -> list[Task]:
    """One task per workbook; copies keep the folders below the one that all have in common.

    A workbook from an archive (``members``) has its copy where the archive's name is a folder's.
    """
    at = datetime.datetime.now().replace(microsecond=0)
    tasks = []
    for path, target in copies(workbooks, output, members).items():
        if target.resolve() == path.resolve():
            raise _beside(output)
        shown = members.get(path, str(path))
        place = (str(target), str(output))
        tasks.append(Task(str(path), shown, *place, standard, at, overwrite, bounds))
    return tasks


def copies(
    workbooks: Sequence[Path], output: Path, members: Mapping[Path, str]
) -> dict[Path, Path]:
    """Where in ``output`` the copy of each workbook stands."""
    if not workbooks:
        return {}
    places = {
        path: (_place(members[path]) if path in members else path).resolve() for path in workbooks
    }
    try:
        root = Path(os.path.commonpath([place.parent for place in places.values()]))
    except ValueError as error:  # Windows: more than one drive
        raise Failure("这些工作簿不在同一个盘上，请按盘分几次校验。") from error
    return {path: output / place.relative_to(root) for path, place in places.items()}


def _place(member: str) -> Path:
    """Where in the tree of copies a workbook from an archive belongs, under safe names."""
    path = Path(member)
    archive = next(parent for parent in path.parents if parent.is_file())
    return archive.joinpath(*map(safe_name, path.relative_to(archive).parts))


def run(tasks: Sequence[Task], executor: Executor | None, bar: Bar) -> Iterator[Outcome]:
    """Do the tasks, in order, here or in worker processes, and show how far they are."""
    results: Iterable[Outcome | Lost] = (
        map(validate_one, tasks)
        if executor is None
        else executor.map(validate_one, tasks, chunksize=_BATCH)
    )
    outcomes = (
        Outcome(_refused(task, cause(result))) if isinstance(result, Lost) else result
        for task, result in zip(tasks, results, strict=True)
    )
    return shown(outcomes, len(tasks), bar)


def _refused(task: Task, problem: str) -> Record:
    assessment = refused(task.path, problem)
    return record(msgspec.structs.replace(assessment, path=task.shown))


def shown(outcomes: Iterable[_Any], count: int, bar: Bar) -> Iterator[_Any]:
    """The outcomes as they come, with a bar between them."""
    for done, outcome in enumerate(outcomes, start=1):
        bar.clear()  # whoever gets the outcome may print it
        yield outcome
        bar(done, count)


def validate_one(task: Task) -> Outcome:
    """Assess one workbook and write its annotated copy. Never raises."""
    assessment = assess_or_refuse(task.path, task.standard, task.bounds)
    assessment = msgspec.structs.replace(assessment, path=task.shown)
    if assessment.evaluation is None:
        return Outcome(record(assessment))
    target = Path(task.target)
    try:
        make_folder(target.parent, within=Path(task.folder))
        with confined(task.bounds):
            annotation = annotate(
                task.path,
                target,
                assessment.findings,
                assessment.evaluation,
                at=task.at,
                overwrite=task.overwrite,
            )
    except ChangedCopyError as error:
        return Outcome(record(assessment), f"{error}确认不需要的，请加 --overwrite。")
    except NotOurCopyError as error:
        return Outcome(record(assessment), f"{error}请另选输出文件夹，或先移走它。")
    except PackageError as error:  # in a part that only comments need
        return Outcome(record(assessment), error.message)
    except OSError as error:
        return Outcome(record(assessment), write_failure(target, error))
    except OutOfTimeError:
        return Outcome(record(assessment), _no_copy(task, out_of_time(task.bounds)))
    except MemoryError:
        return Outcome(record(assessment), _no_copy(task, out_of_memory(task.bounds)))
    except Exception as error:  # one workbook never takes the others down
        return Outcome(
            record(assessment),
            f"{task.shown}：写批注时出现意外错误（{type(error).__name__}：{error}），没有写副本。",
        )
    return Outcome(record(assessment, annotated=task.target), remarks=_remarks(task, annotation))


def _no_copy(task: Task, problem: str) -> str:
    return f"{task.shown}：写批注时{problem}没有写副本。"


def _remarks(task: Task, annotation: Annotation) -> tuple[str, ...]:
    remarks = [
        f"{task.shown} {sheet}!{cell}：没有写批注（{reason}）"
        + ("，问题已列入“校验结果”。" if annotation.listed else "。")
        for sheet, cell, reason in annotation.not_noted
    ]
    if not annotation.listed:
        remarks.append(f"{task.shown}：没有可用的“校验结果”表，问题只写成批注。")
    return tuple(remarks)


def _beside(output: Path) -> Failure:
    return Failure(f"副本不能写在原件所在的文件夹（{output}）。请另选一个输出文件夹。")
