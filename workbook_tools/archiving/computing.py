"""The round computed from a folder of originals: the same for who writes and who checks."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from workbook_tools.archiving.contents import ORIGINALS
from workbook_tools.assessment.gathering import gather
from workbook_tools.assessment.outcomes import Outcome, unopened
from workbook_tools.consolidation import (
    Consolidation,
    PassedOver,
    Roster,
    Sources,
    consolidate_records,
    prevailing_standard,
    read_roster,
)
from workbook_tools.consolidation.summary import document
from workbook_tools.running.bounds import Bounds
from workbook_tools.standard import Standard, load_standard, standard_hash


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """How the workbooks are computed: where, within which bounds, and who is told how far it is.

    ``rounds``: how often each is gone through.
    """

    executor: Executor | None
    bounds: Bounds
    progress: Callable[[int, int], None] | None
    rounds: int = 1

    def tell(self, done: int, workbooks: int) -> None:
        """Say that ``done`` are done, counted over all rounds."""
        if self.progress is not None:
            self.progress(done, self.rounds * workbooks)


class Computed(msgspec.Struct, frozen=True, kw_only=True):
    """The outcomes in the order of the workbooks, and what they were put together by.

    Paths on record are places in the archive.
    """

    outcomes: tuple[Outcome, ...]
    standard: Standard
    passed_over: tuple[PassedOver, ...]
    roster: Roster | None

    def together(self, copies: Mapping[str, str]) -> Consolidation:
        """The round; ``copies``: where the commented copy of a workbook stands, by its path."""
        result = consolidate_records(
            self.outcomes,
            standard=self.standard,
            roster=self.roster,
            passed_over=self.passed_over,
        )
        return dataclasses.replace(result, annotated=copies)


def place_in(folder: Path, path: str | Path) -> str:
    """The place of a file below the folder of an archive, with ``/`` on every system."""
    return Path(os.path.relpath(path, folder)).as_posix()


def compute(
    folder: Path,
    sources: Sources,
    way: Way,
    *,
    roster: Callable[[Standard], Roster | None],
    forced: Standard | None = None,
    standards: Mapping[str, Standard] = {},
    scored_by: Mapping[str, str] = {},
) -> Computed:
    """Assess the workbooks of the originals in ``folder``.

    ``forced``: the standard to score all by. Else each is scored by that of ``standards`` whose id
    ``scored_by`` has for its place, or by the one that it names. ``roster`` reads the roster for
    the standard that the round is put together by.
    """
    places = {path: place_in(folder, sources.shown(path)) for path in sources.workbooks}
    chosen = {
        path: forced or standards.get(scored_by.get(place, "")) for path, place in places.items()
    }
    outcomes: list[Outcome] = []
    for _, group in groupby(sources.workbooks, key=lambda path: id(chosen[path])):
        paths = list(group)
        before = len(outcomes)
        outcomes += gather(
            paths,
            standard=chosen[paths[0]],
            executor=way.executor,
            members=places,
            bounds=way.bounds,
            progress=partial(_told, way, before, len(sources.workbooks)),
        )
    outcomes += (
        unopened(Path(place_in(folder, file.path)), file.reason, file.advice)
        for file in sources.unreadable
    )
    used = prevailing_standard(outcomes)
    standard = forced or (standards.get(used[0]) if used else None)
    standard = standard or load_standard(used[0] if used else None)
    passed_over = tuple(
        msgspec.structs.replace(file, path=Path(place_in(folder, file.path)))
        for file in sources.passed_over
    )
    return Computed(
        outcomes=tuple(outcomes),
        standard=standard,
        passed_over=passed_over,
        roster=roster(standard),
    )


def results(computed: Computed, copies: Mapping[str, str]) -> dict[str, Any]:
    """What came of it, as plain structures: what ``consolidate --format json`` gives of a round."""
    together = computed.together(copies)
    standard = computed.standard
    identity = {"id": standard.id, "version": standard.version, "hash": standard_hash(standard)}
    parts = {
        name: [msgspec.to_builtins(item) for item in items]
        for name, items in document.lists(together).items()
    }
    return {"standard": identity, "figures": document.figures(together), **parts}


def scored_by(outcomes: tuple[Outcome, ...]) -> dict[str, str]:
    """By the place of a workbook that could be read, the id of its standard."""
    return {one.record.path: one.standard for one in outcomes if one.standard}


def original_places(folder: Path) -> Iterator[Path]:
    """The files that were sent in, in a stable order."""
    return iter(sorted(path for path in (folder / ORIGINALS).rglob("*") if path.is_file()))


def read_listed(path: Path | None, standard: Standard) -> Roster | None:
    """The roster of a round, where it has one. Raises RosterError."""
    return read_roster(path, standard) if path else None


def _told(way: Way, before: int, workbooks: int, done: int, _: int) -> None:
    """Progress over all workbooks, from that of those of one standard."""
    way.tell(before + done, workbooks)
