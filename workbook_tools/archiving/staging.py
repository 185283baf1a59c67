"""What goes into an archive, gathered in a folder: from then on nobody else changes it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath

from workbook_tools.archiving.contents import ALSO, ORIGINALS, ROSTER, STANDARDS
from workbook_tools.files.names import safe_name
from workbook_tools.intake.sources import SourceError, files_at
from workbook_tools.standard import standard_text


def stage_originals(paths: Iterable[str | Path], folder: Path, target: Path) -> None:
    """Copy all that was sent in, with its times, keeping the folders below the common one.

    ``target`` itself, which may stand among them, is left out. Raises SourceError.
    """
    there = Path(os.path.realpath(target))
    _stage([one for one in files_at(paths) if one.resolve() != there], folder / ORIGINALS)


def stage_also(paths: Sequence[Path], folder: Path) -> None:
    """Copy further papers of the round: files and folders. Raises SourceError."""
    if paths:
        _stage(files_at(paths), folder / ALSO)


def stage_roster(roster: Path, folder: Path) -> str:
    """Copy the roster; its place in the archive."""
    name = f"{ROSTER}/{_named(roster.name)}"
    _copy(roster, folder / name)
    return name


def stage_standard(identity: str, source: str | Path, folder: Path) -> None:
    """Write a standard as it stands in its file."""
    target = folder / STANDARDS / f"{identity}.yaml"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(standard_text(source))


def _stage(files: Sequence[Path], folder: Path) -> None:
    if not files:
        raise SourceError("没有找到要归档的文件。请检查路径。")
    parents = [path.absolute().parent for path in files]
    try:
        root = os.path.commonpath(parents)
    except ValueError as error:  # Windows: more than one drive
        raise SourceError("这些文件不在同一个盘上，请先放到同一个文件夹里再归档。") from error
    taken: set[str] = set()
    for path, parent in zip(files, parents, strict=True):
        below = [_named(part) for part in PurePath(os.path.relpath(parent, root)).parts]
        place = "/".join([*below, _named(path.name)])
        _copy(path, folder.joinpath(*_free(place, taken)))


def _free(place: str, taken: set[str]) -> tuple[str, ...]:
    """The parts of a place that no other file has; a name made safe may be another's."""
    stem, suffix = os.path.splitext(place)  # noqa: PTH122 - parts of a path, not a path
    name, number = place, 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem} ({number}){suffix}"
    taken.add(name.casefold())
    return tuple(name.split("/"))


def _named(name: str) -> str:
    """A name that every system takes, with its suffix, by which a file is told to be a workbook."""
    path = PurePath(name)
    return safe_name(path.stem) + path.suffix if safe_name(name) != name else name


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copy2(source, target)
    except OSError as error:
        if not os.access(source, os.R_OK):
            raise SourceError(f"{source} 读不出来，没有归档。请检查读取权限。") from error
        raise
