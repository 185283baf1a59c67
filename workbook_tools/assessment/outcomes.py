"""The outcome of one workbook; a broken workbook never stops the others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from workbook_tools.assessment.assessing import Assessment, assess_or_refuse, refused
from workbook_tools.assessment.places import FieldPlace, RowsDoubted, Text, cells, doubted, texts
from workbook_tools.assessment.record import Record, record
from workbook_tools.checks import has_doubtful_amounts, is_blank
from workbook_tools.files.digests import digest_of
from workbook_tools.running.bounds import UNBOUNDED, Bounds
from workbook_tools.running.lost import Lost
from workbook_tools.standard import Standard

_PASSING = ("too-long", "failed")


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one workbook, with what is needed to compare it with others.

    ``standard`` and ``version``: those it was scored by ("" when refused). ``made_for``: the
    version that its template was made for. ``modified``: the file's time, in seconds of the epoch.
    ``issued_code``: the code that the bureau wrote into the template, "" where it did not.
    ``blank``: nobody filled the template in. ``doubtful``: an amount looks as if typed in 元.
    ``digest``: equal for files equal byte by byte, "" of a refused one. ``lasting``: the same
    content would always come to this. ``cells``, ``texts`` and ``doubted``: what it is compared in
    with others, and rows that are worth a look, see :mod:`.places`. A refusal, and a recalculation
    that ran out of time, may be the machine's.
    """

    record: Record
    standard: str
    version: str
    made_for: str
    modified: float
    issued_code: str = ""
    blank: bool = False
    doubtful: bool = False
    digest: str = ""
    lasting: bool = True
    cells: dict[str, FieldPlace] = {}
    texts: Sequence[Text] = ()
    doubted: tuple[RowsDoubted, ...] = ()


def assess_file(
    path: Path, name: str = "", standard: Standard | None = None, bounds: Bounds = UNBOUNDED
) -> Outcome:
    """Read, score and check one workbook. Never raises: an unforeseen failure is a refusal.

    ``name``: the path by which people know it, where that is another.
    """
    return outcome(path, assess_or_refuse(path, standard, bounds, name=name))


def lost(path: Path, name: str, how: Lost) -> Outcome:
    """The refusal of a workbook that ended the process that read it."""
    return outcome(path, refused(name, cause(how)))


def unopened(path: Path, problem: str, advice: str) -> Outcome:
    """The refusal of a file that came and that nobody can take out of its archive."""
    return outcome(path, refused(path, problem, advice))


def cause(how: Lost) -> str:
    """What a clerk is told of it."""
    if how.stuck:
        return "处理时停住不动，已强行结束，其余工作簿不受影响。"
    return "处理它的进程被系统终止，可能是内存不足，其余工作簿不受影响。"


def outcome(path: Path, assessment: Assessment) -> Outcome:
    """What came of an assessment."""
    submission = assessment.submission
    return Outcome(
        record=record(assessment),
        standard=submission.standard.id if submission else "",
        version=submission.standard.version if submission else "",
        made_for=submission.origin.standard_version if submission else "",
        modified=modified(path),
        issued_code=submission.origin.unit_code if submission else "",
        blank=is_blank(assessment.findings),
        doubtful=submission is not None
        and has_doubtful_amounts(assessment.findings, submission.standard),
        digest=_digest(path) if submission else "",
        lasting=submission is not None
        and (submission.recalculated is None or submission.recalculated.failure not in _PASSING),
        cells=cells(submission) if submission else {},
        texts=texts(submission) if submission else (),
        doubted=doubted(submission) if submission else (),
    )


def _digest(path: Path) -> str:
    try:
        return digest_of(path)
    except OSError:
        return ""


def modified(path: Path) -> float:
    """The file's time in seconds of the epoch."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
