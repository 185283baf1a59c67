"""Workbooks to outcomes, one by one or many at once; a broken workbook never stops the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

import msgspec

from workbook_tools.assessment import Record, assess_or_refuse, record
from workbook_tools.standard import Standard

_BATCH = 16  # workbooks per task: large enough to hide the cost of a task, small for progress


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one workbook, with what is needed to compare it with others.

    ``standard`` and ``version``: those it was scored by ("" when refused). ``made_for``: the
    version that its template was made for. ``modified``: the file's time, in seconds of the epoch.
    """

    record: Record
    standard: str
    version: str
    made_for: str
    modified: float


def assess_file(path: Path, standard: Standard | None = None) -> Outcome:
    """Read, score and check one workbook. Never raises: an unforeseen failure is a refusal."""
    assessment = assess_or_refuse(path, standard)
    submission = assessment.submission
    return Outcome(
        record=record(assessment),
        standard=submission.standard.id if submission else "",
        version=submission.standard.version if submission else "",
        made_for=submission.origin.standard_version if submission else "",
        modified=_modified(path),
    )


def gather(
    workbooks: Sequence[Path],
    *,
    standard: Standard | None = None,
    executor: Executor | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Outcome]:
    """Outcomes in the order of the workbooks; ``progress`` is told (done, in all) after each."""
    task = partial(assess_file, standard=standard)
    outcomes = (
        map(task, workbooks)
        if executor is None
        else executor.map(task, workbooks, chunksize=_BATCH)
    )
    for done, outcome in enumerate(outcomes, start=1):
        if progress is not None:
            progress(done, len(workbooks))
        yield outcome


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
