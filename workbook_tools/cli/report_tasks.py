"""Reports to write as tasks: planned here, done here or in worker processes, in order."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path

import msgspec

from workbook_tools.assessment import Record, assess_or_refuse, record, refused
from workbook_tools.cli.running import Bar
from workbook_tools.cli.tasks import copies, shown
from workbook_tools.confinement import (
    UNBOUNDED,
    Bounds,
    OutOfTimeError,
    confined,
    out_of_memory,
    out_of_time,
)
from workbook_tools.file_names import distinct, safe_name
from workbook_tools.outcomes import cause
from workbook_tools.standard import Standard
from workbook_tools.whole_files import make_folder, write_failure
from workbook_tools.workers import Lost

_BATCH = 8  # workbooks per task of a worker process


class Task(msgspec.Struct, frozen=True):
    """One workbook to report on; travels to a worker process. ``shown``: its path on record.

    ``target``: where its report goes, in ``folder`` or below.
    """

    path: str
    shown: str
    target: str
    folder: str
    standard: Standard | None
    at: datetime.datetime
    overwrite: bool = False
    bounds: Bounds = UNBOUNDED


class Written(msgspec.Struct, frozen=True):
    """What came of a task: the report's path, or why there is none (both "" when refused)."""

    record: Record
    report: str = ""
    problem: str = ""


def plan(
    workbooks: Sequence[Path],
    output: Path,
    standard: Standard | None = None,
    *,
    overwrite: bool = False,
    members: Mapping[Path, str] = {},
    bounds: Bounds = UNBOUNDED,
) -> list[Task]:
    """One task per workbook; reports keep the folders below the one that all have in common."""
    at = datetime.datetime.now().replace(microsecond=0)
    taken: dict[Path, set[str]] = {}
    tasks = []
    for path, place in copies(workbooks, output, members).items():
        name = distinct(safe_name(f"{place.stem}-自评报告"), taken.setdefault(place.parent, set()))
        target = (str(place.parent / f"{name}.docx"), str(output))
        task = Task(
            str(path), members.get(path, str(path)), *target, standard, at, overwrite, bounds
        )
        tasks.append(task)
    return tasks


def run(tasks: Sequence[Task], executor: Executor | None, bar: Bar) -> Iterator[Written]:
    """Do the tasks, in order, here or in worker processes, and show how far they are."""
    results: Iterable[Written | Lost] = (
        map(report_one, tasks)
        if executor is None
        else executor.map(report_one, tasks, chunksize=_BATCH)
    )
    written = (
        Written(_refused(task, cause(result))) if isinstance(result, Lost) else result
        for task, result in zip(tasks, results, strict=True)
    )
    return shown(written, len(tasks), bar)


def _refused(task: Task, problem: str) -> Record:
    return record(msgspec.structs.replace(refused(task.path, problem), path=task.shown))


def report_one(task: Task) -> Written:
    """Assess one workbook and write its report. Never raises."""
    from workbook_tools.report import TargetRefused, write_report

    assessment = assess_or_refuse(task.path, task.standard, task.bounds)
    assessment = msgspec.structs.replace(assessment, path=task.shown)
    known = record(assessment)
    if assessment.evaluation is None:
        return Written(known)
    target = Path(task.target)
    try:
        make_folder(target.parent, within=Path(task.folder))
        with confined(task.bounds):
            write_report(
                assessment.evaluation,
                target,
                findings=assessment.findings,
                at=task.at,
                overwrite=task.overwrite,
            )
    except TargetRefused as error:
        return Written(known, problem=str(error))
    except OSError as error:
        return Written(known, problem=write_failure(target, error))
    except OutOfTimeError:
        return Written(known, problem=_no_report(task, out_of_time(task.bounds)))
    except MemoryError:
        return Written(known, problem=_no_report(task, out_of_memory(task.bounds)))
    except Exception as error:  # one workbook never takes the others down
        unforeseen = f"出现意外错误（{type(error).__name__}：{error}）。"
        return Written(known, problem=_no_report(task, unforeseen))
    return Written(known, report=task.target)


def _no_report(task: Task, problem: str) -> str:
    return f"{task.shown}：写报告时{problem}没有写报告。"
