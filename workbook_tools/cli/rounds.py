"""A round as several commands need it: workbooks computed and put together, nothing written."""

from __future__ import annotations

from pathlib import Path

from workbook_tools.cli.bounding import chosen_bounds
from workbook_tools.cli.caching import opened_cache
from workbook_tools.cli.choosing import chosen_standard
from workbook_tools.cli.running import progress, workers
from workbook_tools.consolidation import Consolidation, consolidate, opened


def computed(
    paths: tuple[str, ...],
    *,
    roster: Path | None,
    cache: Path | None,
    no_cache: bool,
    standard: str | None,
    jobs: int | None,
    time_limit: int,
    memory_limit: int | None,
) -> Consolidation:
    """The round of the workbooks at paths, by the options of a command.

    Raises WorkbookToolsError; an option that cannot be kept ends the command.
    """
    chosen = chosen_standard(standard) if standard else None
    bounds = chosen_bounds(time_limit, memory_limit)
    with (
        opened(paths) as sources,
        opened_cache(cache, no_cache, chosen) as kept,
        workers(len(sources.workbooks), jobs, bounds=bounds) as executor,
        progress("复算") as bar,
    ):
        return consolidate(
            sources,
            None,
            roster=roster,
            executor=executor,
            standard=chosen,
            progress=bar,
            cache=kept,
            bounds=bounds,
        )
