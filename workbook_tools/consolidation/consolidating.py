"""From paths to a consolidation: look, assess, keep little, merge, write."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import nullcontext
from pathlib import Path

from workbook_tools.assessment import Record
from workbook_tools.assessment.cache import Cache
from workbook_tools.assessment.gathering import gather
from workbook_tools.assessment.outcomes import Outcome, unopened
from workbook_tools.checks import has_doubtful_amounts, is_blank
from workbook_tools.consolidation.result import Consolidation
from workbook_tools.consolidation.round.keeping import Keeping
from workbook_tools.consolidation.round.last_year import LastYear
from workbook_tools.consolidation.round.merging import merge, prevailing_standard
from workbook_tools.consolidation.round.previous import Previous, check_comparable
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.summary.overflow import overflow_path
from workbook_tools.consolidation.summary.reading import read_previous
from workbook_tools.consolidation.summary.reading_year import read_last_year
from workbook_tools.consolidation.summary.source_digest import SourceDigest
from workbook_tools.consolidation.summary.target import check_target
from workbook_tools.intake.roster import Roster, read_roster
from workbook_tools.intake.sources import (
    PassedOver,
    SourceError,
    Sources,
    nothing_to,
    opened,
)
from workbook_tools.running.bounds import UNBOUNDED, Bounds
from workbook_tools.standard import Standard, load_standard


def consolidate(
    paths: str | Path | Iterable[str | Path] | Sources,
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
    last_year: str | Path | None = None,
    bounds: Bounds = UNBOUNDED,
) -> Consolidation:
    """Put the workbooks found at ``paths`` together.

    ``paths``: files, folders, patterns, zip archives, or one of these.
    ``target``: where to write the summary workbook (None: nowhere); a file that is not a summary
    of ours is overwritten only with ``overwrite``. ``roster``: who is expected to report; a
    file's columns are the inputs of ``standard``, or of the default one.
    ``executor`` maps over the workbooks (default: this process). ``standard``: score all by it
    (default: each by the one it names, and those of the most used one are put together).
    ``progress`` is called with (done, in all). ``annotated``: by a workbook's path, its commented
    copy, to which links then lead. ``when``: the time shown. ``cache``: what it knows is not
    computed again, and a summary that would say the same is left as it is. ``since``: the summary
    of the round before, or its JSON, to compare with. ``last_year``: the same of the year before;
    the standard may be another. ``bounds``: what one workbook may take of time and memory before it
    is refused.

    Raises SourceError, RosterError, TargetRefused, PreviousError or StandardError, each with a
    Chinese message. A workbook that cannot be read raises nothing; it is listed with its reason.
    """
    if target is not None:
        check_target(Path(target), overwrite=overwrite)  # before the long work
    if roster is not None and not isinstance(roster, Roster):
        roster = read_roster(roster, standard or load_standard())
    previous = read_previous(since) if since else None
    year_before = read_last_year(last_year) if last_year else None
    given = [paths] if isinstance(paths, str | Path) else paths
    with nullcontext(given) if isinstance(given, Sources) else opened(given) as sources:
        if not sources.workbooks and not sources.unreadable:
            raise SourceError(f"{nothing_to('汇总', sources.passed_over)}汇总表没有写。")
        digest = SourceDigest(
            sources.passed_over,
            roster,
            annotated,
            [Path(one) for one in (since, last_year) if one],
        )
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
            digest.add(outcome)
            outcomes.append(keeping.small(outcome))
        for file in sources.unreadable:
            outcome = unopened(file.path, file.reason, file.advice)
            digest.add(outcome)
            outcomes.append(outcome)
    used = prevailing_standard(outcomes)
    chosen = standard or load_standard(used[0] if used else None)
    if previous is not None:
        check_comparable(previous, chosen)
    made_from = digest.digest(chosen)
    kept = target is not None and cache is not None and cache.has_written(Path(target), made_from)
    result = _together(
        outcomes,
        chosen,
        roster=roster,
        passed_over=sources.passed_over,
        annotated=annotated,
        previous=previous,
        last_year=year_before,
        kept=kept,
    )
    if target is not None and not kept:
        written = result.write(target, when=when, overwrite=overwrite)
        if cache is not None and not overflow_path(written).exists():
            cache.wrote(written, made_from)
    return result


def consolidate_records(
    records: Iterable[Record | Outcome],
    *,
    standard: Standard,
    roster: str | Path | Roster | None = None,
    previous: str | Path | Previous | Round | Iterable[Record | Outcome] | None = None,
    passed_over: Sequence[PassedOver] = (),
    last_year: str | Path | None = None,
) -> Consolidation:
    """Put together what somebody holds already: records, or outcomes of :func:`gather`.

    ``standard``: the one that all were scored by. ``roster``: who is expected to report.
    ``previous``: the round before, as its summary's path (or that of its JSON), as what an earlier
    call gave, or as the records of then. ``passed_over``: files beside them that were not read.
    ``last_year``: the summary of the year before, or its JSON.
    Copies that the records name are what links lead to.

    Raises RosterError, PreviousError or StandardError, each with a Chinese message.
    """
    keeping = Keeping(standard)
    outcomes = [keeping.small(_outcome(one, standard)) for one in records]
    if roster is not None and not isinstance(roster, Roster):
        roster = read_roster(roster, standard)
    if previous is not None:
        previous = _previous(previous, standard)
        check_comparable(previous, standard)
    copies = {one.record.path: one.record.annotated for one in outcomes if one.record.annotated}
    return _together(
        outcomes,
        standard,
        roster=roster,
        passed_over=passed_over,
        annotated=copies,
        previous=previous,
        last_year=read_last_year(last_year) if last_year else None,
    )


def _together(
    outcomes: Sequence[Outcome],
    standard: Standard,
    *,
    roster: Roster | None,
    passed_over: Sequence[PassedOver] = (),
    annotated: Mapping[str, str] | None,
    previous: Previous | None,
    last_year: LastYear | None = None,
    kept: bool = False,
) -> Consolidation:
    merged = merge(outcomes, standard, roster=roster, passed_over=passed_over)
    return Consolidation(
        standard=standard,
        departments=merged.departments,
        refused=merged.refused,
        notices=merged.notices,
        roster=roster,
        annotated=annotated or {},
        previous=previous,
        last_year=last_year,
        kept=kept,
    )


def _outcome(given: Record | Outcome, standard: Standard) -> Outcome:
    if isinstance(given, Outcome):
        return given
    scored = given.status != "refused"
    return Outcome(
        record=given,
        standard=standard.id if scored else "",
        version=standard.version if scored else "",
        made_for=standard.version if scored else "",
        modified=0.0,
        blank=is_blank(given.findings),
        doubtful=has_doubtful_amounts(given.findings, standard),
    )


def _previous(
    given: str | Path | Previous | Round | Iterable[Record | Outcome], standard: Standard
) -> Previous:
    match given:
        case Previous():
            return given
        case str() | Path():
            return read_previous(given)
        case Round():
            return given.as_previous()
        case _:
            return consolidate_records(given, standard=standard).as_previous()
