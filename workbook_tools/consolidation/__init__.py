"""Many workbooks -> one summary workbook.

    result = consolidate(["submissions/"], "summary.xlsx", roster="roster.csv")
    result.ranking  # pandas

The steps stand on their own as well: find workbooks (:mod:`.sources`), turn each into an outcome
(:mod:`.outcomes`), put the outcomes together (:mod:`.merging`), write the sheets
(:mod:`.workbook`).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from pathlib import Path

from workbook_tools.consolidation.departments import Department, Standing
from workbook_tools.consolidation.merging import (
    NOTICE_NAMES,
    Merged,
    Notice,
    merge,
    prevailing_standard,
)
from workbook_tools.consolidation.outcomes import Outcome, assess_file, gather
from workbook_tools.consolidation.result import Consolidation
from workbook_tools.consolidation.target import TargetRefused, check_target
from workbook_tools.roster import Roster, RosterError, RosterRow, read_roster
from workbook_tools.sources import (
    PassedOver,
    SourceError,
    Sources,
    find_workbooks,
    is_summary,
)
from workbook_tools.standard import Standard, load_standard

__all__ = [
    "NOTICE_NAMES",
    "Consolidation",
    "Department",
    "Merged",
    "Notice",
    "Outcome",
    "PassedOver",
    "Roster",
    "RosterError",
    "RosterRow",
    "SourceError",
    "Sources",
    "Standing",
    "TargetRefused",
    "assess_file",
    "consolidate",
    "find_workbooks",
    "gather",
    "is_summary",
    "merge",
    "prevailing_standard",
    "read_roster",
]


def consolidate(
    paths: Iterable[str | Path],
    target: str | Path | None,
    *,
    roster: str | Path | Roster | None = None,
    executor: Executor | None = None,
    standard: Standard | None = None,
    progress: Callable[[int, int], None] | None = None,
    annotated: Mapping[str, str] | None = None,
    when: datetime.datetime | None = None,
    overwrite: bool = False,
) -> Consolidation:
    """Put the workbooks found at ``paths`` (files, folders, patterns) together.

    ``target``: where to write the summary workbook (None: nowhere); a file that is not a summary
    of ours is overwritten only with ``overwrite``. ``roster``: who is expected to report; a
    file's columns are the inputs of ``standard``, or of the default one.
    ``executor`` maps over the workbooks (default: this process). ``standard``: score all by it
    (default: each by the one it names, and those of the most used one are put together).
    ``progress`` is called with (done, in all). ``annotated``: by a workbook's path, its commented
    copy, to which links then lead. ``when``: the time shown.

    Raises SourceError, RosterError, TargetRefused or StandardError, each with a Chinese message.
    A workbook that cannot be read raises nothing; it is listed with its reason.
    """
    if target is not None:
        check_target(Path(target), overwrite=overwrite)  # before the long work
    sources = find_workbooks(paths)
    if roster is not None and not isinstance(roster, Roster):
        roster = read_roster(roster, standard or load_standard())
    outcomes = tuple(
        gather(sources.workbooks, standard=standard, executor=executor, progress=progress)
    )
    used = prevailing_standard(outcomes)
    merged = merge(outcomes, roster=roster, passed_over=sources.passed_over)
    result = Consolidation(
        standard=standard or load_standard(used[0] if used else None),
        departments=merged.departments,
        refused=merged.refused,
        notices=merged.notices,
        roster=roster,
        annotated=annotated or {},
    )
    if target is not None:
        result.write(target, when=when, overwrite=overwrite)
    return result
