"""Which file is a summary of ours, and so no submission."""

from __future__ import annotations

from pathlib import Path

import msgspec

from workbook_tools.ooxml import Package, PackageError
from workbook_tools.ooxml.limits import usual_limits
from workbook_tools.ooxml.sniff import ZIP

SUMMARY_NAME = "meta_summary"
"""The defined name by which a summary of ours is recognised."""

_LARGEST = 1_000_000  # bytes of a summary's xl/workbook.xml, which lists a few sheets and names
_SUMMARY = 20_000_000_000  # bytes of a summary, inflated: that of 10,000 departments has 220 MB


def is_summary(path: Path) -> bool:
    """Whether the file is a summary workbook of ours.

    That of a large county inflates to more than any submission may; only its directory and one
    small part are looked at.
    """
    part, usual = "xl/workbook.xml", usual_limits()
    try:
        if path.stat().st_size > usual.total or not _is_zip(path):
            return False
        with Package.open(path, msgspec.structs.replace(usual, total=_SUMMARY)) as package:
            return (
                package.has(part)
                and package.entry(part).file_size <= _LARGEST
                and f'"{SUMMARY_NAME}"'.encode() in package.read(part)
            )
    except (PackageError, OSError):
        return False  # whatever it is, reading it as a submission will say so


def _is_zip(path: Path) -> bool:
    """Whether it begins as one: nothing is decrypted in this process, outside the bounds."""
    with path.open("rb") as file:
        return file.read(len(ZIP)) == ZIP
