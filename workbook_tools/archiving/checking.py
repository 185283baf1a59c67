"""The proof of an archive: nothing changed, and today's program computes the same."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from workbook_tools.archiving.comparing import ArchiveDifference, differences
from workbook_tools.archiving.computing import Way, compute, read_listed, results
from workbook_tools.archiving.contents import (
    MANIFEST,
    ORIGINALS,
    RESULTS,
    Manifest,
    read_manifest,
)
from workbook_tools.archiving.packing import Unpacked, Unusable, set_times
from workbook_tools.archiving.versions import versions
from workbook_tools.consolidation import RosterError
from workbook_tools.files.digests import digest_of
from workbook_tools.intake.sources import opened
from workbook_tools.jobs.processes import processes
from workbook_tools.running.bounds import UNBOUNDED, Bounds
from workbook_tools.standard import (
    Standard,
    StandardError,
    load_standard,
)


class ArchiveCheck(msgspec.Struct, frozen=True, kw_only=True):
    """What came of checking an archive.

    ``on``: the day when it was made, by which ``version`` of the program, of how many
    ``originals``. ``digest``: of the whole file. ``standard``: the one in the archive that the
    round was put together by, None where it cannot be read.
    ``faults``: sentences on what is not as it was put in; none where the archive is whole.
    ``differences``: what today's program computes otherwise from the same originals and the same
    standard. ``versions``: sentences on which program and which standard are others today.
    ``departments``: of how many the round is today, None where it was not computed.
    """

    on: datetime.date
    version: str
    originals: int
    digest: str
    standard: Standard | None
    faults: tuple[str, ...]
    differences: tuple[ArchiveDifference, ...]
    versions: tuple[str, ...]
    departments: int | None

    @property
    def holds(self) -> bool:
        """Whether nothing changed, and what was computed came out the same."""
        return not self.faults and not self.differences


def check_archive(
    path: str | Path,
    *,
    digest: str = "",
    recompute: bool = True,
    jobs: int | None = 1,
    bounds: Bounds = UNBOUNDED,
    progress: Callable[[int, int], None] | None = None,
) -> ArchiveCheck:
    """Hold an archive against its list of SHA-256, and the round against today's computation.

    ``digest``: the SHA-256 of the whole file as it was written down when it was made; without it
    only that the archive agrees with itself is proved. ``recompute``: also compute the round again,
    by the standards in the archive, in as many processes as ``jobs`` says (None: by the number of
    workbooks and processors), each workbook within ``bounds``. ``progress`` is called with (done,
    in all).

    Raises NotAnArchiveError where the file is none, OSError where it cannot be read.
    """
    path = Path(path)
    found = digest_of(path)
    with tempfile.TemporaryDirectory(prefix="workbook-tools-") as room:
        unpacked = Unpacked(path, Path(room))
        manifest = read_manifest(unpacked.content(MANIFEST), path)
        faults = list(unpacked.faults)
        if digest and digest.strip().lower() != found:
            faults.insert(0, f"整个文件的 SHA-256 是 {found}，与登记的 {digest.strip()} 不符。")
        other, count = list[ArchiveDifference](), None
        standards: dict[str, Standard] = {}
        try:
            for one in manifest.standards:
                standards[one.id] = load_standard(unpacked.file(one.file))
            if recompute:
                again = _Again(unpacked, manifest, standards)
                other, count = again.differences(jobs, bounds, progress)
        except (StandardError, RosterError, Unusable) as error:
            faults.append(f"不能复算：{error}")
    return ArchiveCheck(
        on=manifest.on,
        version=manifest.version,
        originals=len(manifest.originals),
        digest=found,
        standard=standards.get(manifest.standard),
        faults=tuple(faults),
        differences=tuple(other),
        versions=tuple(versions(manifest, standards)),
        departments=count,
    )


class _Again(NamedTuple):
    """The round of an archive, to be computed once more."""

    unpacked: Unpacked
    manifest: Manifest
    standards: Mapping[str, Standard]

    def differences(
        self, jobs: int | None, bounds: Bounds, progress: Callable[[int, int], None] | None
    ) -> tuple[list[ArchiveDifference], int]:
        """What comes out otherwise, and of how many departments the round is today."""
        folder, manifest = self.unpacked.folder, self.manifest
        set_times(self.unpacked, {one.path: one.modified for one in manifest.originals})
        roster = self.unpacked.file(manifest.roster) if manifest.roster else None
        forced = self.standards[manifest.standard] if manifest.forced else None
        with (
            opened([folder / ORIGINALS]) as sources,
            processes(len(sources.workbooks), jobs, bounds) as executor,
        ):
            computed = compute(
                folder,
                sources,
                Way(executor=executor, bounds=bounds, progress=progress),
                roster=partial(read_listed, roster),
                forced=forced,
                standards=self.standards,
                scored_by=manifest.scored_by,
            )
        now = msgspec.json.decode(msgspec.json.encode(results(computed, {})))
        try:
            then = msgspec.json.decode(self.unpacked.content(RESULTS))
            return differences(then, now, computed.standard), len(now["departments"])
        except (msgspec.MsgspecError, KeyError, TypeError, AttributeError, ValueError) as error:
            raise Unusable(f"{RESULTS} 读不懂，不知道归档时的结果。") from error
