"""From the summaries of counties to a province: read each, here or in processes, put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

import msgspec

from workbook_tools.consolidation.round.amounts import amounts
from workbook_tools.consolidation.round.lines import lines
from workbook_tools.consolidation.round.previous import PreviousError
from workbook_tools.consolidation.round.province import (
    County,
    Province,
    county,
    prevailing,
    province,
)
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.summary.reading_county import read_county
from workbook_tools.intake.roster import Roster, read_roster
from workbook_tools.running.lost import Lost
from workbook_tools.standard import Standard, load_standard


def consolidate_counties(
    summaries: Sequence[str | Path],
    *,
    roster: str | Path | Roster | None = None,
    standard: Standard | None = None,
    standard_file: str | Path | None = None,
    beside: Iterable[tuple[str, Round]] = (),
    executor: Executor | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Province:
    """Put the summaries of counties together, which :func:`consolidate` wrote: workbooks, Parquet.

    ``roster``: the counties that are expected, by names that stand in the names of the files.
    ``standard``: put together those scored by it (default: by the one of most departments);
    ``standard_file`` is where it came from if it is not shipped. ``beside``: further counties by
    name, as rounds. ``executor`` maps over the summaries. ``progress`` is told (done, in all).

    Raises PreviousError where a file is no summary of ours, or RosterError.
    """
    paths = [Path(one) for one in summaries]
    files = {standard.id: str(standard_file)} if standard and standard_file else {}
    read = partial(_read, files)
    results = map(read, paths) if executor is None else executor.map(read, paths, chunksize=1)
    counties: list[County] = []
    for path, one in zip(paths, results, strict=True):
        if isinstance(one, Lost):
            raise PreviousError(f"{path.name}：读取它的进程被系统终止，可能是内存不足。")
        if isinstance(one, str):
            raise PreviousError(one)
        counties.append(msgspec.structs.replace(one, path=path))  # it may be that of a copy
        if progress is not None:
            progress(len(counties), len(paths))
    counties += (_beside(name, one) for name, one in beside)
    chosen = standard or load_standard(prevailing(counties))
    if roster is not None and not isinstance(roster, Roster):
        roster = read_roster(roster, chosen)
    return province(counties, chosen, roster)


def _read(files: dict[str, str], path: Path) -> County | str:
    """The county, or why it cannot be read: an error of ours would end a pool of processes."""
    try:
        return read_county(path, files)
    except PreviousError as error:
        return str(error)


def _beside(name: str, one: Round) -> County:
    return county(
        lines(one),
        name=name,
        path=Path(),
        standard=one.standard.id,
        version=one.standard.version,
        money_of=amounts(one.standard),
    )
