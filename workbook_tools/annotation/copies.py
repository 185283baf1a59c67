"""Annotated copies: written beside the original, never over it; and cleaned again."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from workbook_tools.annotation import results
from workbook_tools.annotation.notes import AUTHOR, MARKER, POINTER, notes
from workbook_tools.annotation.notice import noticed, unnoticed
from workbook_tools.checks.finding import Finding
from workbook_tools.conversion import open_workbook_file
from workbook_tools.errors import WorkbookToolsError
from workbook_tools.ooxml import Package, PackageError, PackageSource, Workbook, open_workbook
from workbook_tools.ooxml.notes import notes_edits
from workbook_tools.ooxml.rows import RowsError
from workbook_tools.ooxml.splice import Edits, combined, looked_at, write_package
from workbook_tools.ooxml.strip import left_over, strip_edits
from workbook_tools.scoring import Evaluation


class NotOurCopyError(WorkbookToolsError):
    """The target exists and is no copy that we may replace; the message (Chinese) says which."""


class ChangedCopyError(NotOurCopyError):
    """The target is a copy of ours in which somebody has worked since."""


class Annotation(msgspec.Struct, frozen=True):
    """What was written: how many cells got a note, and the cells that could not, with reasons.

    ``listed``: whether 校验结果 was there to list all findings.
    """

    noted: int
    not_noted: tuple[tuple[str, str, str], ...]
    listed: bool


def annotate(
    source: PackageSource,
    target: str | Path,
    findings: Sequence[Finding],
    evaluation: Evaluation,
    *,
    at: datetime.datetime | None = None,
    overwrite: bool = False,
) -> Annotation:
    """Write a copy of ``source`` with the findings as comments and as rows of 校验结果.

    Everything else stays byte for byte; earlier comments of ours are replaced. The copy of an .xls,
    .et or .ods workbook is the .xlsx that it is converted to. ``at`` is the time
    shown (now by default): with the same arguments the copy has the same bytes. A copy of ours
    that is already at ``target`` is replaced, unless somebody has changed it since and
    ``overwrite`` is not set.

    Raises :class:`NotOurCopyError` for a target that may not be replaced,
    :class:`~workbook_tools.ooxml.PackageError` for a source that cannot be read, and OSError when
    the target cannot be written; then nothing is left behind.
    """
    target = Path(target)
    time = at or datetime.datetime.now().replace(microsecond=0)
    with open_workbook_file(source) as package:
        workbook = open_workbook(package)
        if os.path.lexists(target):
            _may_replace(workbook, target, overwrite)
        noted = notes_edits(
            workbook, notes(findings), author=AUTHOR, marker=MARKER, pointer=POINTER
        )
        commented = open_workbook(looked_at(package, noted.edits))
        told = noticed(commented, findings, evaluation)
        edits = combined(package, noted.edits, told)
        reserved = results.place(workbook)
        if reserved is not None:
            try:
                listed = results.filled(commented, reserved, findings, evaluation, time)
            except RowsError:  # somebody deleted the reserved cells
                reserved = None
            else:
                edits = combined(package, edits, listed)
        write_package(package, target, edits)
    return Annotation(
        noted=len(noted.placed),
        not_noted=tuple((note.sheet, note.ref, reason) for note, reason in noted.not_placed),
        listed=reserved is not None,
    )


def clean(source: PackageSource, target: str | Path) -> None:
    """Write a copy of an annotated workbook without anything of ours.

    Every part is as it was before annotating, unless somebody changed it since. Raises as
    :func:`annotate` does.
    """
    with Package.open(source) as package:
        edits = _without_ours(open_workbook(package))
        if stuck := left_over(open_workbook(looked_at(package, edits)), MARKER):
            raise package.unreadable(
                f"工作表“{'、'.join(stuck)}”的批注部件已损坏，其中的校验批注去不掉，没有还原。"
            )
        write_package(package, Path(target), edits)


def _without_ours(workbook: Workbook) -> Edits:
    package = workbook.package
    edits = strip_edits(workbook, author=AUTHOR, marker=MARKER)
    uncommented = open_workbook(looked_at(package, edits))
    edits = combined(package, edits, unnoticed(uncommented))
    reserved = results.place(workbook)
    if reserved is None:
        return edits
    try:
        return combined(package, edits, results.emptied(uncommented, reserved))
    except RowsError:  # somebody deleted the reserved cells: nothing of ours stands there
        return edits


def _may_replace(source: Workbook, target: Path, overwrite: bool) -> None:
    """Let only a copy of ours be replaced, and one that somebody worked in only if asked to.

    A copy is known by what we wrote into it, or by being the same as the source without that: a
    department's own workbook is no copy, though made from the same template.
    """
    try:
        with Package.open(target) as package:
            there = open_workbook(package)
            ours = _without_ours(there)
            annotated = bool(ours)
            untouched = _content(there, ours) == _content(source, _without_ours(source))
    except PackageError:
        annotated = untouched = False
    if untouched or (annotated and overwrite):
        return
    if annotated:
        raise ChangedCopyError(f"{target} 已经存在，内容与原件不同（可能有人改过），没有覆盖。")
    raise NotOurCopyError(f"{target} 已经存在，而且不是本工具生成的批注副本，没有覆盖。")


def _content(workbook: Workbook, ours: Edits) -> dict[str, bytes]:
    """Every part as it is with the edits that take out what is ours."""
    package = looked_at(workbook.package, ours)
    return {name: package.read(name) for name in package.names}
