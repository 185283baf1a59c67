"""Reports to import, many at once: where they are, and how one is done."""

from __future__ import annotations

from pathlib import Path

import msgspec

from workbook_tools.assessment import Record
from workbook_tools.files.targets import TargetRefused
from workbook_tools.files.whole import make_folder, write_failure
from workbook_tools.importing import Imported, NotPlaced, Placed, ReportError, import_forms
from workbook_tools.importing.opening import SUFFIXES
from workbook_tools.intake.sources import Wanted
from workbook_tools.jobs.task import Task
from workbook_tools.running.bounds import OutOfTimeError, confined, out_of_memory, out_of_time

REPORTS = Wanted(SUFFIXES, "不是能导入的报告。", "自评报告或自评表（.docx、.pdf、.xlsx 等）")


class ImportedWorkbook(msgspec.Struct, frozen=True, kw_only=True):
    """A workbook that was made: what `Imported` has of it; ``standard`` is the standard's id."""

    form: str
    target: str
    standard: str
    placed: tuple[Placed, ...]
    not_placed: tuple[NotPlaced, ...]
    unscored: tuple[str, ...]


class ImportedReport(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one report among many: its workbooks, or why there is none.

    ``problem``: a Chinese sentence that begins with the file's name, "" where it went well.
    """

    source: str
    workbooks: tuple[ImportedWorkbook, ...] = ()
    problem: str = ""


def import_one(task: Task) -> ImportedReport:
    """Import one report within its bounds. Never raises."""
    target = Path(task.target)
    try:
        make_folder(target.parent, within=Path(task.folder))
        with confined(task.bounds):
            imported = import_forms(task.path, target, task.standard)
    except (ReportError, TargetRefused) as error:
        return _failed(task, str(error))
    except OutOfTimeError:
        return _failed(task, f"{Path(task.shown).name}：{out_of_time(task.bounds)}")
    except MemoryError:
        return _failed(task, f"{Path(task.shown).name}：{out_of_memory(task.bounds)}")
    except OSError as error:
        return _failed(task, write_failure(target, error))
    except Exception as error:  # one report never takes the others down
        unforeseen = f"读取时出现意外错误（{type(error).__name__}：{error}）。"
        return _failed(task, f"{Path(task.shown).name}：{unforeseen}")
    return ImportedReport(source=task.shown, workbooks=tuple(map(_workbook, imported)))


def _workbook(imported: Imported) -> ImportedWorkbook:
    return ImportedWorkbook(
        form=imported.form,
        target=imported.target,
        standard=imported.standard.id,
        placed=imported.placed,
        not_placed=imported.not_placed,
        unscored=imported.unscored,
    )


def lost(record: Record) -> ImportedReport:
    """What is told of a report that ended the process which read it."""
    return ImportedReport(source=record.path, problem=record.findings[0].message)


def _failed(task: Task, problem: str) -> ImportedReport:
    return ImportedReport(source=task.shown, problem=problem)
