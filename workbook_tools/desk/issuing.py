"""Templates to give out: a blank one, or one per department of a roster in an archive."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from workbook_tools.desk.products import pack
from workbook_tools.desk.refusals import DeskRefused
from workbook_tools.desk.workroom import Workroom
from workbook_tools.desk.works import Work
from workbook_tools.files.targets import write_whole
from workbook_tools.intake.roster import Roster, read_roster
from workbook_tools.jobs.templates import Issue, issue, issue_one, issues
from workbook_tools.running.lost import Lost
from workbook_tools.standard import Standard

_BLANK = "自评模板.xlsx"
_ISSUED = "填报模板.zip"
_BATCH = 8  # templates for one process; its first costs as much as all others together


def blank(standard: Standard, folder: Path, room: Workroom) -> Path:
    """A blank template. Raises DeskRefused."""
    target = folder / _BLANK
    room.do(issue, Issue(target, {}), standard)
    return target


def issued(roster: Path, standard: Standard, folder: Path, room: Workroom, work: Work) -> Path:
    """An archive with a prefilled template per row of a roster. Raises DeskRefused."""
    inside = folder / "inside"
    inside.mkdir()
    write_all(room.do(read_roster, roster, standard), standard, inside, room, work)
    archive = folder / _ISSUED
    write_whole(archive, partial(pack, folder=inside))
    return archive


def write_all(
    roster: Roster, standard: Standard, folder: Path, room: Workroom, work: Work
) -> tuple[Issue, ...]:
    """A prefilled template per row of a roster, in its order. Raises DeskRefused."""
    planned = issues(roster, folder)
    work.progress(0, len(planned))
    written = room.workers.map(partial(issue_one, standard=standard), planned, chunksize=_BATCH)
    for number, problem in enumerate(written, start=1):
        if isinstance(problem, Lost):
            raise DeskRefused("生成模板的进程被系统终止，可能是内存不足。")
        if problem:
            raise DeskRefused(problem)
        work.progress(number, len(planned))
    return planned
