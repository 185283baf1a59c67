"""A finished round put into one archive."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

import msgspec

from workbook_tools.archiving.computing import (
    Computed,
    Way,
    compute,
    original_places,
    place_in,
    read_listed,
    results,
    scored_by,
)
from workbook_tools.archiving.contents import (
    COPIES,
    KIND,
    MANIFEST,
    ORIGINALS,
    OVERVIEW,
    RESULTS,
    SCHEMA,
    SUMMARY,
    ArchivedOriginal,
    Manifest,
    known,
)
from workbook_tools.archiving.index import write_index, write_note
from workbook_tools.archiving.packing import pack
from workbook_tools.archiving.staging import (
    stage_also,
    stage_originals,
    stage_roster,
    stage_standard,
)
from workbook_tools.consolidation import Consolidation, Sources
from workbook_tools.files.digests import digest_of
from workbook_tools.files.names import safe_name
from workbook_tools.files.targets import refuse_existing, write_whole
from workbook_tools.intake.sources import SourceError, nothing_to, opened
from workbook_tools.jobs.copies import Validated, validate_one
from workbook_tools.jobs.processes import processes
from workbook_tools.jobs.task import Task, run
from workbook_tools.report import write_overview
from workbook_tools.running.bounds import UNBOUNDED, Bounds
from workbook_tools.running.program import program
from workbook_tools.standard import Standard, load_standard
from workbook_tools.version import __version__


class Archived(msgspec.Struct, frozen=True, kw_only=True):
    """An archive that was written: how many files of each sort are in it, and its SHA-256.

    ``digest`` is of the whole file; written down elsewhere, it proves that nobody has put another
    list of digests into it.
    """

    path: Path
    digest: str
    size: int
    files: int
    originals: int
    copies: int
    round: Consolidation


def write_archive(
    paths: Iterable[str | Path],
    target: str | Path,
    *,
    roster: str | Path | None = None,
    standard: str | Path | None = None,
    also: Sequence[str | Path] = (),
    on: datetime.date | None = None,
    jobs: int | None = 1,
    bounds: Bounds = UNBOUNDED,
    progress: Callable[[int, int], None] | None = None,
) -> Archived:
    """Put a round into one zip: what was sent in, copies, summary, overview, standard, digests.

    ``paths``: what departments sent (files, folders, patterns, archives), kept as it is. ``roster``
    and ``also``: the list of departments, and further papers to keep beside. ``standard``: the name
    or file of the one to score all by (default: each by the one it names). ``on``: the day that is
    shown (default: today). The same files, standard and day give the same bytes. ``jobs``: how many
    processes (None: by the number of workbooks and processors). ``bounds``: what one workbook may
    take before it is refused. ``progress`` is called with (done, in all); each workbook is gone
    through twice.

    Raises SourceError, RosterError, StandardError, TargetRefused or TaskRefused, each with a
    Chinese message; then nothing is written, and a file that stood at ``target`` still does.
    """
    target, on = Path(target), on or datetime.date.today()
    refuse_existing(target)
    forced = None if standard is None else load_standard(standard)
    with tempfile.TemporaryDirectory(prefix="workbook-tools-") as room:
        folder = Path(room)
        stage_originals(paths, folder, target)
        stage_also([Path(one) for one in also], folder)
        listed = stage_roster(Path(roster), folder) if roster else ""
        with opened([folder / ORIGINALS]) as sources:
            if not sources.workbooks and not sources.unreadable:
                raise SourceError(f"{nothing_to('归档', sources.passed_over)}没有归档。")
            count = len(sources.workbooks)
            with processes(count, jobs, bounds) as executor:
                way = Way(executor=executor, bounds=bounds, progress=progress, rounds=2)
                computed = compute(
                    folder,
                    sources,
                    way,
                    roster=partial(read_listed, folder / listed if listed else None),
                    forced=forced,
                )
                copies = _copies(folder, sources, way, forced, on)
        manifest = _manifest(folder, computed, forced, listed, on)
        for one in manifest.standards:
            stage_standard(one.id, standard if standard is not None else one.id, folder)
        round_ = _write_papers(folder, computed, copies, manifest, bool(also))
        times = {one.path: one.modified // 10**9 for one in manifest.originals}
        write_whole(
            target, partial(pack, folder=folder, times=times, otherwise=int(_noon(manifest.on)))
        )
        files = sum(one.is_file() for one in folder.rglob("*")) + 1  # the list of digests
    digest, size = digest_of(target), target.stat().st_size
    return Archived(
        path=target,
        digest=digest,
        size=size,
        files=files,
        originals=len(manifest.originals),
        copies=len(copies),
        round=round_,
    )


def _copies(
    folder: Path, sources: Sources, way: Way, forced: Standard | None, on: datetime.date
) -> dict[str, str]:
    """Write the commented copies; by a workbook's place, where its copy stands."""
    tasks = [
        Task(
            path=str(path),
            shown=place,
            target=str(folder / COPIES / _below(place)),
            folder=str(folder / COPIES),
            standard=forced,
            at=datetime.datetime.combine(on, datetime.time()),
            bounds=way.bounds,
        )
        for path in sources.workbooks
        for place in [place_in(folder, sources.shown(path))]
    ]
    copies = {}
    done = run(validate_one, tasks, way.executor, lost=Validated)
    for number, one in enumerate(done, start=len(tasks) + 1):
        if one.record.annotated:
            copies[one.record.path] = one.record.annotated
        way.tell(number, len(tasks))
    return copies


def _below(place: str) -> Path:
    """Where a copy stands below the folder of copies, under names that every system takes."""
    return Path(*map(safe_name, PurePosixPath(place).parts[1:]))


def _manifest(
    folder: Path, computed: Computed, forced: Standard | None, roster: str, on: datetime.date
) -> Manifest:
    used = {one.standard for one in computed.outcomes if one.standard}
    standards = {
        computed.standard.id: computed.standard,
        **({} if forced else {one: load_standard(one) for one in sorted(used)}),
    }
    return Manifest(
        schema=SCHEMA,
        kind=KIND,
        version=__version__,
        program=program(),
        on=on,
        standard=computed.standard.id,
        forced=forced is not None,
        standards=tuple(known(one) for one in standards.values()),
        scored_by=scored_by(computed.outcomes),
        originals=tuple(
            ArchivedOriginal(path=place_in(folder, path), modified=path.stat().st_mtime_ns)
            for path in original_places(folder)
        ),
        roster=roster,
    )


def _write_papers(
    folder: Path, computed: Computed, copies: dict[str, str], manifest: Manifest, also: bool
) -> Consolidation:
    """Everything that is made: summary, overview, results, index, note and manifest."""
    round_ = computed.together(copies)
    round_.write(folder / SUMMARY, when=manifest.midnight)
    write_overview(round_, folder / OVERVIEW, at=manifest.midnight)
    digests = {one.path: digest_of(folder / one.path) for one in manifest.originals}
    write_index(folder, round_, digests, manifest)
    write_note(folder, round_, manifest, also)
    kept = {place: place_in(folder, copy) for place, copy in copies.items()}
    encoded = msgspec.json.encode(results(computed, kept))
    (folder / RESULTS).write_bytes(msgspec.json.format(encoded, indent=1))
    (folder / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1))
    return round_


def _noon(on: datetime.date) -> float:
    """The time of what was made on a day, in seconds of the epoch: noon in China."""
    return datetime.datetime.combine(on, datetime.time(4), datetime.UTC).timestamp()
