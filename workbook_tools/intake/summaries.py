"""Which file is a summary of ours, and so no submission."""

from __future__ import annotations

import glob
import os
import struct
from collections.abc import Iterable
from pathlib import Path

import msgspec

from workbook_tools.files.names import LOCKS, natural
from workbook_tools.ooxml import Limits, Package, PackageError
from workbook_tools.ooxml.limits import usual_limits
from workbook_tools.ooxml.sniff import ZIP

SUMMARY_NAME = "meta_summary"
"""The defined name by which a summary of ours is recognised."""

PARQUET = ".parquet"
"""The suffix of a summary that only programs read."""

_PART = "xl/workbook.xml"
_LARGEST = 14_000  # bytes of that part in a summary: few sheets and names, where ours has hundreds
_TAIL = 8192  # bytes at the end of a file: the directory of a workbook
_DIRECTORY = b"PK\x01\x02"
_ENTRY = struct.Struct("<4s20xI18x")  # of that directory, before the name: signature, size inflated
_SUMMARY = 20_000_000_000  # bytes of a summary, inflated: that of 10,000 departments has 220 MB


def is_summary(path: Path, name: str = SUMMARY_NAME) -> bool:
    """Whether the file is a summary workbook of ours, or one with another defined ``name``.

    That of a large county inflates to more than any submission may; only its directory and one
    small part are looked at. Of most submissions the end of the file is enough.
    """
    try:
        if path.stat().st_size > usual_limits().total or not _may_be(path):
            return False
        with Package.open(path, summary_limits()) as package:
            return (
                package.has(_PART)
                and package.entry(_PART).file_size <= _LARGEST
                and f'"{name}"'.encode() in package.read(_PART)
            )
    except (PackageError, OSError):
        return False  # whatever it is, reading it as a submission will say so


def summary_limits() -> Limits:
    """What a summary may hold: more than a submission."""
    return msgspec.structs.replace(usual_limits(), total=_SUMMARY)


def _may_be(path: Path) -> bool:
    """Whether it begins as a zip file, and does not say that it has as many names as a submission.

    Nothing is decrypted in this process, outside the bounds.
    """
    with path.open("rb") as file:
        if file.read(len(ZIP)) != ZIP:
            return False
        file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
        end = file.read()
    before, named, _ = end.rpartition(_PART.encode())
    if not named or len(before) < _ENTRY.size:
        return True
    signature, size = _ENTRY.unpack_from(before, len(before) - _ENTRY.size)
    return bool(signature != _DIRECTORY or size <= _LARGEST)


def summaries_among(paths: Iterable[str | Path]) -> tuple[list[Path], list[str]]:
    """The summaries that were asked for themselves, and the other paths.

    A file that is named, by itself or by a pattern, and is a summary, or a Parquet file; and all in
    a folder that has no other workbook. A summary among workbooks is none of these: there it was
    left behind.
    """
    summaries: list[Path] = []
    others: list[str] = []
    for given in paths:
        path = Path(given)
        if path.is_dir():
            kinds = (*path.rglob("*.xlsx"), *path.rglob(f"*{PARQUET}"))
            found = [one for one in kinds if not one.name.startswith(LOCKS)]
        elif path.exists():
            found = [path]
        else:
            found = [Path(one) for one in glob.glob(str(given), recursive=True)]  # noqa: PTH207
        if found and all(map(_is_of_a_county, found)):
            summaries += sorted(found, key=lambda one: natural(str(one)))
        else:
            others.append(str(given))
    return summaries, others


def _is_of_a_county(path: Path) -> bool:
    return path.is_file() and (path.suffix.lower() == PARQUET or is_summary(path))
