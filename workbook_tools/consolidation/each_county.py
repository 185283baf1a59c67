"""From the folders of counties to their summaries: each county a task, here or on workers.

What comes of a county stands in two files, its summary and its Parquet; a task that is done again,
because its worker died, writes the same ones anew, whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

import msgspec

from workbook_tools.consolidation.consolidating import consolidate
from workbook_tools.consolidation.summary.parquet_lines import write_lines
from workbook_tools.errors import WorkbookToolsError
from workbook_tools.intake.summaries import PARQUET
from workbook_tools.running.bounds import UNBOUNDED, Bounds
from workbook_tools.running.lost import Lost
from workbook_tools.standard import Standard


class Done(msgspec.Struct, frozen=True):
    """The Parquet files of counties, and by the names of the others why there is none."""

    files: tuple[Path, ...]
    failed: dict[str, str]


def county_folders(whole: Path) -> tuple[list[Path], list[Path]]:
    """The folders of counties, by name, and the files that lie beside them, in no county."""
    inside = sorted(one for one in whole.iterdir() if not one.name.startswith("."))
    return [one for one in inside if one.is_dir()], [one for one in inside if one.is_file()]


def consolidate_each(
    folders: Sequence[Path],
    into: Path,
    *,
    executor: Executor | None = None,
    standard: Standard | None = None,
    bounds: Bounds = UNBOUNDED,
    progress: Callable[[int, int], None] | None = None,
) -> Done:
    """Consolidate the workbooks of each folder into ``into``: 甲县汇总.xlsx and 甲县.parquet.

    ``executor`` maps over the folders; its workers see them, and ``into``, under the same paths.
    ``bounds`` are those of one workbook. ``progress`` is told (done, in all). The Parquet library
    must be there. Never raises for what is wrong with a county.
    """
    task = partial(_consolidated, into=str(into.absolute()), standard=standard, bounds=bounds)
    given = [str(folder.absolute()) for folder in folders]  # texts: no file travels with the task
    results = map(task, given) if executor is None else executor.map(task, given, chunksize=1)
    files, failed = list[Path](), dict[str, str]()
    for folder, problem in zip(folders, results, strict=True):
        if isinstance(problem, Lost):
            problem = "汇总它的进程一再被系统终止，可能是内存不足。"
        if problem:
            failed[folder.name] = problem
        else:
            files.append(into / f"{folder.name}{PARQUET}")
        if progress is not None:
            progress(len(files) + len(failed), len(folders))
    return Done(tuple(files), failed)


def _consolidated(folder: str, into: str, standard: Standard | None, bounds: Bounds) -> str:
    """Why a county came to nothing, "" when its two files are there."""
    county, room = Path(folder), Path(into)
    try:
        summary = room / f"{county.name}汇总.xlsx"
        result = consolidate([county], summary, standard=standard, bounds=bounds)
        write_lines(result, room / f"{county.name}{PARQUET}")
    except WorkbookToolsError as error:
        return str(error)
    return ""
