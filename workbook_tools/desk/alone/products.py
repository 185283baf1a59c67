"""The files that a person takes away: copies, reports, the summary, everything in one archive."""

from __future__ import annotations

import datetime
import zipfile
from functools import partial
from pathlib import Path, PurePath
from typing import IO

from workbook_tools.desk.alone.batch import Batch, Taken
from workbook_tools.desk.refusals import DeskRefused
from workbook_tools.desk.workroom import Workroom
from workbook_tools.desk.works import Work
from workbook_tools.files.names import safe_name
from workbook_tools.files.targets import write_whole
from workbook_tools.jobs.copies import Validated, validate_one
from workbook_tools.jobs.reports import for_reports, report_one
from workbook_tools.jobs.task import Task, run
from workbook_tools.report import write_overview
from workbook_tools.report.department.edition import Edition

COPIES = "批注副本"
_SUMMARY, _OVERVIEW = "汇总表.xlsx", "总报告.docx"


def copy(one: Taken, folder: Path, room: Workroom) -> Path:
    """The commented copy of a workbook. Raises DeskRefused."""
    (done,) = run(validate_one, [_task(one, folder, room)], room.workers, lost=Validated)
    if not done.record.annotated:
        raise DeskRefused(done.problem or "这个工作簿无法读取，没有批注副本。")
    return Path(done.record.annotated)


def report(one: Taken, folder: Path, room: Workroom, edition: Edition) -> Path:
    """The department's report as a Word document. Raises DeskRefused."""
    (task,) = for_reports([_task(one, folder, room)], edition)
    written = room.do(report_one, task, edition)
    if not written.report:
        raise DeskRefused(written.problem or "这个工作簿无法读取，或者还没有填写，生成不了报告。")
    return Path(written.report)


def summary(batch: Batch, folder: Path) -> Path:
    """The summary workbook of all."""
    return batch.round.write(folder / _SUMMARY)


def overview(batch: Batch, folder: Path) -> Path:
    """The overview of all as a Word document."""
    return write_overview(batch.round, folder / _OVERVIEW)


def everything(batch: Batch, folder: Path, room: Workroom, work: Work) -> Path:
    """All copies, the summary with links to them, and the overview, in one archive."""
    inside = folder / "inside"
    readable = [one for one in batch.taken if one.outcome.record.status != "refused"]
    tasks = [_task(one, inside / COPIES, room) for one in readable]
    copies: dict[str, str] = {}
    work.progress(0, len(tasks))
    for number, done in enumerate(
        run(validate_one, tasks, room.workers, lost=Validated, batch=1), start=1
    ):
        work.progress(number, len(tasks))
        if done.record.annotated:
            copies[done.record.path] = done.record.annotated
    together = batch.put_together(inside, copies)
    together.write(inside / _SUMMARY)
    write_overview(together, inside / _OVERVIEW)
    archive = folder / f"自评校验结果 {batch.at:%Y-%m-%d}.zip"
    write_whole(archive, partial(pack, folder=inside))
    return archive


def pack(stream: IO[bytes], folder: Path) -> None:
    """All files below a folder as a zip archive, names in UTF-8."""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder).as_posix())


def _task(one: Taken, folder: Path, room: Workroom) -> Task:
    if one.path is None:
        raise DeskRefused("这个文件无法读取，没有可以下载的结果。")
    shown = one.outcome.record.path
    parts = map(safe_name, PurePath(shown).parts)
    folder.mkdir(parents=True, exist_ok=True)
    return Task(
        path=str(one.path),
        shown=shown,
        target=str(folder.joinpath(*parts)),
        folder=str(folder),
        standard=None,
        at=datetime.datetime.now().replace(microsecond=0),
        bounds=room.bounds,
    )
