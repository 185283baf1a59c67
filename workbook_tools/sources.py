"""Which files are workbooks to consolidate, and which are passed over, each with its reason."""

from __future__ import annotations

import glob
import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm"})
SUMMARY_NAME = "meta_summary"
"""The defined name by which a summary of ours is recognised."""

_OLD_SUFFIXES = frozenset({".xls", ".xlsb", ".et", ".ett", ".ods"})
_GLOB = re.compile(r"[*?\[]")
_DIGITS = re.compile(r"(\d+)")
_ENOUGH = 1_000_000  # bytes of xl/workbook.xml in which a summary's name must stand


class SourceError(Exception):
    """A path that was asked for holds nothing; the message (Chinese) says which and what to do."""


class PassedOver(msgspec.Struct, frozen=True):
    """A file that was found and is not consolidated; both texts are Chinese sentences."""

    path: Path
    reason: str
    advice: str = "无需处理。"


class Sources(msgspec.Struct, frozen=True):
    """The workbooks in a stable, natural order (2 before 10), and the files passed over."""

    workbooks: tuple[Path, ...]
    passed_over: tuple[PassedOver, ...]


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key by which numbers inside texts count as numbers."""
    return tuple(
        (0, int(piece), "") if piece.isdecimal() else (1, 0, piece)
        for piece in _DIGITS.split(text)
        if piece
    )


def find_workbooks(paths: Iterable[str | Path]) -> Sources:
    """Look for workbooks in files, folders (with their subfolders) and patterns such as ``*.xlsx``.

    A file that is named itself is taken whatever its suffix, so that it gets its refusal; lock
    files and summaries of ours never are. Raises SourceError where nothing is at a path.
    """
    workbooks: dict[Path, Path] = {}
    passed_over: dict[Path, PassedOver] = {}
    for given in paths:
        for path, named in _candidates(given):
            identity = path.resolve()
            passed = _passed_over(path, named)
            if passed is None:
                workbooks.setdefault(identity, path)
                passed_over.pop(identity, None)
            elif identity not in workbooks:
                passed_over.setdefault(identity, passed)
    return Sources(
        tuple(sorted(workbooks.values(), key=_order)),
        tuple(sorted(passed_over.values(), key=lambda item: _order(item.path))),
    )


def is_summary(path: Path) -> bool:
    """Whether the file is a summary workbook of ours."""
    try:
        with zipfile.ZipFile(path) as package, package.open("xl/workbook.xml") as part:
            return f'"{SUMMARY_NAME}"'.encode() in part.read(_ENOUGH)
    except (OSError, KeyError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return False  # whatever it is, reading it as a submission will say so


def _order(path: Path) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    return tuple(natural(part) for part in path.parts)


def _candidates(given: str | Path) -> Iterator[tuple[Path, bool]]:
    """Files at a path, and whether the person named that very file."""
    path = Path(given)
    if path.is_dir():
        yield from ((file, False) for file in _walk(path))
    elif path.exists():
        yield path, True
    elif _GLOB.search(str(given)):
        # Path.glob takes no absolute pattern.
        matches = [Path(match) for match in glob.glob(str(given), recursive=True)]  # noqa: PTH207
        if not matches:
            raise SourceError(f"没有与“{given}”相符的文件。请检查通配符和所在文件夹。")
        for match in matches:
            yield from ((file, False) for file in (_walk(match) if match.is_dir() else [match]))
    else:
        raise SourceError(f"找不到“{given}”。请检查路径是否写对、文件是否已移走。")


def _walk(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):
        for name in names:
            yield Path(parent, name)


def _passed_over(path: Path, named: bool) -> PassedOver | None:
    """Why the file is passed over; None when it is to be read."""
    if path.name.startswith("~$"):
        return PassedOver(path, "Excel 打开文件时留下的锁定文件，不是工作簿。")
    suffix = path.suffix.lower()
    if suffix in WORKBOOK_SUFFIXES:
        if is_summary(path):
            return PassedOver(path, "本工具生成的汇总表，不是单位填报的工作簿。")
        return None
    if named:
        return None
    if suffix in _OLD_SUFFIXES:
        advice = "如是报送的自评表，请用 WPS 或 Excel 另存为 .xlsx 后重新汇总。"
        return PassedOver(path, f"是 {suffix} 格式，不是 .xlsx 工作簿。", advice)
    return PassedOver(path, "不是 .xlsx 工作簿。")
