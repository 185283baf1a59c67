"""Reports to write: what they are called, and how one is written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from workbook_tools.assessment import Record, assess_or_refuse, record
from workbook_tools.checks import is_blank
from workbook_tools.files.names import distinct, safe_name
from workbook_tools.files.whole import make_folder, write_failure
from workbook_tools.jobs.task import Task
from workbook_tools.running.bounds import OutOfTimeError, confined, out_of_memory, out_of_time

if TYPE_CHECKING:  # the room of reports loads python-docx
    from workbook_tools.report.department.edition import Edition

_ENDINGS: dict[Edition, str] = {"formal": "-自评报告", "working": "-自评报告（工作稿）"}


class Written(msgspec.Struct, frozen=True):
    """What came of a task: the report's path, or why there is none.

    Both are "" when the workbook was refused or is a blank template.
    """

    record: Record
    report: str = ""
    problem: str = ""


def for_reports(tasks: Iterable[Task], edition: Edition) -> list[Task]:
    """The tasks with a report's name as target; no two have the same, nor have two editions."""
    taken: dict[Path, set[str]] = {}
    named = []
    for task in tasks:
        place = Path(task.target)
        name = safe_name(place.stem + _ENDINGS[edition])
        name = distinct(name, taken.setdefault(place.parent, set()))
        named.append(msgspec.structs.replace(task, target=str(place.parent / f"{name}.docx")))
    return named


def report_one(task: Task, edition: Edition) -> Written:
    """Assess one workbook and write its report. Never raises."""
    from workbook_tools.report import TargetRefused, write_report

    assessment = assess_or_refuse(task.path, task.standard, task.bounds, name=task.shown)
    known = record(assessment)
    if assessment.evaluation is None or is_blank(assessment.findings):
        return Written(known)
    target = Path(task.target)
    try:
        make_folder(target.parent, within=Path(task.folder))
        with confined(task.bounds):
            write_report(
                assessment.evaluation,
                target,
                edition=edition,
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
