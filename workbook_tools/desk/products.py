"""The files that a person takes away: copies, reports, the summary, everything in one archive."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePath
from typing import IO, TYPE_CHECKING

import msgspec

from workbook_tools.consolidation import Consolidation
from workbook_tools.desk.refusals import DeskRefused
from workbook_tools.desk.workroom import Workroom
from workbook_tools.desk.works import Work
from workbook_tools.files.names import safe_name
from workbook_tools.files.targets import write_whole
from workbook_tools.jobs.copies import Validated, validate_one
from workbook_tools.jobs.reports import for_reports, report_one
from workbook_tools.jobs.task import Task, run

if TYPE_CHECKING:  # with python-docx behind it, which is a third of the program's start
    from workbook_tools.report.department.edition import Edition

COPIES = "批注副本"
_SUMMARY, _OVERVIEW = "汇总表.xlsx", "总报告.docx"

PutTogether = Callable[[Path, Mapping[str, str]], Consolidation]
"""All workbooks as a round for a summary in a folder, from which nothing leads out; with the
commented copies below it by the workbook's path on record."""


class Original(msgspec.Struct, frozen=True):
    """A workbook to make something of: where it is, and the path by which people know it."""

    path: Path
    shown: str


def copy(one: Original, folder: Path, room: Workroom) -> Path:
    """The commented copy of a workbook. Raises DeskRefused."""
    (done,) = run(validate_one, [_task(one, folder, room)], room.workers, lost=Validated)
    if not done.record.annotated:
        raise DeskRefused(done.problem or "这个工作簿无法读取，没有批注副本。")
    return Path(done.record.annotated)


def report(one: Original, folder: Path, room: Workroom, edition: Edition) -> Path:
    """The department's report as a Word document. Raises DeskRefused."""
    (task,) = for_reports([_task(one, folder, room)], edition)
    written = room.do(report_one, task, edition)
    if not written.report:
        raise DeskRefused(written.problem or "这个工作簿无法读取，或者还没有填写，生成不了报告。")
    return Path(written.report)


def summary(together: PutTogether, folder: Path) -> Path:
    """The summary workbook of all."""
    return together(folder, {}).write(folder / _SUMMARY)


def overview(together: PutTogether, folder: Path) -> Path:
    """The overview of all as a Word document."""
    from workbook_tools.report import write_overview

    return write_overview(together(folder, {}), folder / _OVERVIEW)


def everything(
    originals: Sequence[Original],
    together: PutTogether,
    folder: Path,
    room: Workroom,
    work: Work,
) -> Path:
    """All copies, the summary with links to them, and the overview, in one archive."""
    from workbook_tools.report import write_overview

    inside = folder / "inside"
    tasks = [_task(one, inside / COPIES, room) for one in originals]
    copies: dict[str, str] = {}
    work.progress(0, len(tasks))
    each = run(validate_one, tasks, room.workers, lost=Validated, batch=1)
    for number, done in enumerate(each, start=1):
        work.progress(number, len(tasks))
        if done.record.annotated:
            copies[done.record.path] = done.record.annotated
    all_of_them = together(inside, copies)
    inside.mkdir(exist_ok=True)
    all_of_them.write(inside / _SUMMARY)
    write_overview(all_of_them, inside / _OVERVIEW)
    archive = folder / f"自评校验结果 {datetime.date.today():%Y-%m-%d}.zip"
    write_whole(archive, partial(pack, folder=inside))
    return archive


def pack(stream: IO[bytes], folder: Path) -> None:
    """All files below a folder as a zip archive, names in UTF-8."""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder).as_posix())


def _task(one: Original, folder: Path, room: Workroom) -> Task:
    folder.mkdir(parents=True, exist_ok=True)
    return Task(
        path=str(one.path),
        shown=one.shown,
        target=str(folder.joinpath(*map(safe_name, PurePath(one.shown).parts))),
        folder=str(folder),
        standard=None,
        at=datetime.datetime.now().replace(microsecond=0),
        bounds=room.bounds,
    )
