"""From paths to a consolidation: look, assess, keep little, merge, write."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from contextlib import nullcontext
from pathlib import Path

from workbook_tools.assessment.cache import Cache
from workbook_tools.assessment.gathering import gather
from workbook_tools.assessment.outcomes import unopened
from workbook_tools.consolidation.result import Consolidation
from workbook_tools.consolidation.round.keeping import Keeping
from workbook_tools.consolidation.round.merging import merge, prevailing_standard
from workbook_tools.consolidation.round.previous import (
    check_comparable,
)
from workbook_tools.consolidation.summary.origin import Origin
from workbook_tools.consolidation.summary.overflow import overflow_path
from workbook_tools.consolidation.summary.reading import read_previous
from workbook_tools.consolidation.summary.target import check_target
from workbook_tools.intake.roster import Roster, read_roster
from workbook_tools.intake.sources import (
    SourceError,
    Sources,
    opened,
)
from workbook_tools.running.bounds import UNBOUNDED, Bounds
from workbook_tools.standard import Standard, load_standard


def consolidate(
    paths: Iterable[str | Path] | Sources,
    target: str | Path | None,
    *,
    roster: str | Path | Roster | None = None,
    executor: Executor | None = None,
    standard: Standard | None = None,
    progress: Callable[[int, int], None] | None = None,
    annotated: Mapping[str, str] | None = None,
    when: datetime.datetime | None = None,
    overwrite: bool = False,
    cache: Cache | None = None,
    since: str | Path | None = None,
    bounds: Bounds = UNBOUNDED,
) -> Consolidation:
    """Put the workbooks found at ``paths`` (files, folders, patterns, zip archives) together.

    ``target``: where to write the summary workbook (None: nowhere); a file that is not a summary
    of ours is overwritten only with ``overwrite``. ``roster``: who is expected to report; a
    file's columns are the inputs of ``standard``, or of the default one.
    ``executor`` maps over the workbooks (default: this process). ``standard``: score all by it
    (default: each by the one it names, and those of the most used one are put together).
    ``progress`` is called with (done, in all). ``annotated``: by a workbook's path, its commented
    copy, to which links then lead. ``when``: the time shown. ``cache``: what it knows is not
    computed again, and a summary that would say the same is left as it is. ``since``: the summary
    of the round before, or its JSON, to compare with. ``bounds``: what one workbook may take of
    time and memory before it is refused.

    Raises SourceError, RosterError, TargetRefused, PreviousError or StandardError, each with a
    Chinese message. A workbook that cannot be read raises nothing; it is listed with its reason.
    """
    if target is not None:
        check_target(Path(target), overwrite=overwrite)  # before the long work
    if roster is not None and not isinstance(roster, Roster):
        roster = read_roster(roster, standard or load_standard())
    previous = read_previous(since) if since else None
    with nullcontext(paths) if isinstance(paths, Sources) else opened(paths) as sources:
        if not sources.workbooks and not sources.unreadable:
            raise SourceError(_nothing(sources))
        origin = Origin(sources.passed_over, roster, annotated, Path(since) if since else None)
        keeping = Keeping(standard)
        outcomes = []
        for outcome in gather(
            sources.workbooks,
            standard=standard,
            executor=executor,
            progress=progress,
            cache=cache,
            members=sources.members,
            bounds=bounds,
        ):
            origin.add(outcome)
            outcomes.append(keeping.small(outcome))
        for file in sources.unreadable:
            outcome = unopened(file.path, file.reason, file.advice)
            origin.add(outcome)
            outcomes.append(outcome)
    used = prevailing_standard(outcomes)
    chosen = standard or load_standard(used[0] if used else None)
    if previous is not None:
        check_comparable(previous, chosen)
    merged = merge(outcomes, roster=roster, passed_over=sources.passed_over)
    made_from = origin.digest(chosen)
    kept = target is not None and cache is not None and cache.has_written(Path(target), made_from)
    result = Consolidation(
        standard=chosen,
        departments=merged.departments,
        refused=merged.refused,
        notices=merged.notices,
        roster=roster,
        annotated=annotated or {},
        previous=previous,
        kept=kept,
    )
    if target is not None and not kept:
        written = result.write(target, when=when, overwrite=overwrite)
        if cache is not None and not overflow_path(written).exists():
            cache.wrote(written, made_from)
    return result


def _nothing(sources: Sources) -> str:
    others = len(sources.passed_over)
    there = (
        f"那里只有 {others} 个别的文件，如 {sources.passed_over[0].path.name}："
        f"{sources.passed_over[0].reason}"
        if others
        else ""
    )
    return f"没有找到要汇总的工作簿（.xlsx）。{there}请检查路径，汇总表没有写。"
