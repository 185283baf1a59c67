"""Workbooks to validate with a copy written: which they are, and how one is done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from workbook_tools.assessment import Record, assess_or_refuse, record
from workbook_tools.files.whole import make_folder, write_failure
from workbook_tools.intake.sources import PassedOver, Sources
from workbook_tools.jobs.task import Task, TaskRefused
from workbook_tools.ooxml import PackageError
from workbook_tools.running.bounds import OutOfTimeError, confined, out_of_memory, out_of_time

if TYPE_CHECKING:  # what is not written needs no comments
    from workbook_tools.annotation import Annotation


class Validated(msgspec.Struct, frozen=True):
    """What came of validating a workbook.

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

    Those are passed over that stand in the output folder and were not asked for themselves. Raises
    TaskRefused where the copies would stand beside their originals.
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


def for_copies(tasks: list[Task]) -> list[Task]:
    """The tasks as they are; raises TaskRefused where a copy would take its original's place."""
    for task in tasks:
        if Path(task.target).resolve() == Path(task.path).resolve():
            raise _beside(Path(task.folder))
    return tasks


def validate_one(task: Task) -> Validated:
    """Assess one workbook and write its annotated copy. Never raises."""
    from workbook_tools.annotation import ChangedCopyError, NotOurCopyError, annotate

    assessment = assess_or_refuse(task.path, task.standard, task.bounds, name=task.shown)
    if assessment.evaluation is None:
        return Validated(record(assessment))
    target = Path(task.target)
    try:
        make_folder(target.parent, within=Path(task.folder))
        with confined(task.bounds):
            annotation = annotate(
                assessment.converted or task.path,
                target,
                assessment.findings,
                assessment.evaluation,
                at=task.at,
                overwrite=task.overwrite,
            )
    except ChangedCopyError as error:
        return Validated(record(assessment), f"{error}确认不需要的，请加 --overwrite。")
    except NotOurCopyError as error:
        return Validated(record(assessment), f"{error}请另选输出文件夹，或先移走它。")
    except PackageError as error:  # in a part that only comments need
        return Validated(record(assessment), error.message)
    except OSError as error:
        return Validated(record(assessment), write_failure(target, error))
    except OutOfTimeError:
        return Validated(record(assessment), _no_copy(task, out_of_time(task.bounds)))
    except MemoryError:
        return Validated(record(assessment), _no_copy(task, out_of_memory(task.bounds)))
    except Exception as error:  # one workbook never takes the others down
        return Validated(
            record(assessment),
            f"{task.shown}：写批注时出现意外错误（{type(error).__name__}：{error}），没有写副本。",
        )
    return Validated(record(assessment, annotated=task.target), remarks=_remarks(task, annotation))


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


def _beside(output: Path) -> TaskRefused:
    return TaskRefused(f"副本不能写在原件所在的文件夹（{output}）。请另选一个输出文件夹。")
