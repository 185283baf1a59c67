"""What a check or a clearing has to change in an open workbook, found out on a saved copy.

The copy is annotated as any file is, in memory, and its notes before and after are compared. So
wording, marker, merged cells, words of others and their exact restoration are those of files.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from workbook_tools.annotation.notes import AUTHOR, MARKER, POINTER, notes
from workbook_tools.annotation.results import summary
from workbook_tools.assessment import assess
from workbook_tools.checks import Finding
from workbook_tools.excel.problems import NO_NOTES, ExcelError
from workbook_tools.ooxml import Package, PackageError, Workbook, from_a1, open_workbook
from workbook_tools.ooxml.notes import NotesResult, notes_edits, read_notes
from workbook_tools.ooxml.splice import Edits, looked_at
from workbook_tools.ooxml.strip import strip_edits
from workbook_tools.standard.known_fields import UNIT_NAME

_NAMED = 5  # findings without a cell, and cells without a note, that a message names


class NoteChange(NamedTuple):
    """The whole text that a cell's note shall have; "" takes the note away."""

    sheet: str
    ref: str
    text: str


class Answer(msgspec.Struct, frozen=True):
    """What to show (Chinese), the notes to change, and whether any finding is an error.

    ``summary``: the path of the summary workbook, after consolidating.
    """

    message: str
    changes: tuple[NoteChange, ...] = ()
    bad: bool = False
    summary: str = ""


def checked(copy: Path) -> Answer:
    """Recompute a saved copy; the changes put the findings into the open workbook as notes.

    Raises :class:`ExcelError` when the workbook is not ours or cannot be read.
    """
    assessment = assess(copy)
    if assessment.submission is None or assessment.evaluation is None:
        raise ExcelError(assessment.findings[0].message)
    findings = assessment.findings
    with _opened(copy) as package:
        workbook = open_workbook(package)
        result = notes_edits(
            workbook, notes(findings), author=AUTHOR, marker=MARKER, pointer=POINTER
        )
        changes = _changes(workbook, result.edits)
    name = assessment.submission.text(UNIT_NAME)
    lines = [f"{name}：" if name else "", f"{summary(findings, assessment.evaluation)}。"]
    lines += _about_notes(result)
    lines += _without_cell([one for one in findings if not one.cell])
    return Answer(
        message="\n".join(filter(None, lines)),
        changes=changes,
        bad=any(one.severity == "error" for one in findings),
    )


def cleared(copy: Path) -> Answer:
    """The changes that take our notes out of the open workbook; words of others stay exactly.

    Raises :class:`ExcelError` when the copy cannot be read.
    """
    with _opened(copy) as package:
        workbook = open_workbook(package)
        changes = _changes(workbook, strip_edits(workbook, author=AUTHOR, marker=MARKER))
    if not changes:
        return Answer(NO_NOTES)
    kept = sum(bool(one.text) for one in changes)
    message = f"已从 {len(changes)} 个单元格去掉校验批注。"
    return Answer(message + (f"其中 {kept} 个保留了他人的批注文字。" if kept else ""), changes)


def _opened(copy: Path) -> Package:
    try:
        return Package.open(copy)
    except PackageError as error:
        raise ExcelError(error.message) from error


def _changes(workbook: Workbook, edits: Edits) -> tuple[NoteChange, ...]:
    """The notes that differ, sheet by sheet and row by row."""
    after = open_workbook(looked_at(workbook.package, edits))
    then, now = (
        {(one.sheet, one.ref): one.text for one in read_notes(w)} for w in (workbook, after)
    )
    order = {sheet.name: number for number, sheet in enumerate(workbook.sheets)}
    places = sorted(
        (place for place in then.keys() | now.keys() if then.get(place) != now.get(place)),
        key=lambda place: (order[place[0]], from_a1(place[1])),
    )
    return tuple(NoteChange(*place, now.get(place, "")) for place in places)


def _about_notes(result: NotesResult) -> list[str]:
    lines = []
    if result.placed:
        lines.append(f"有校验批注的单元格 {len(result.placed)} 个，点“查看问题”逐个查看。")
    for note, reason in result.not_placed[:_NAMED]:
        lines.append(f"{note.sheet}!{note.ref} 没有写批注：{reason}。")
    if len(result.not_placed) > _NAMED:
        lines.append(f"…… 另有 {len(result.not_placed) - _NAMED} 个单元格没有写批注。")
    return lines


def _without_cell(findings: Sequence[Finding]) -> list[str]:
    lines = [f"● {one.code} {one.message}" for one in findings[:_NAMED] if one.severity != "info"]
    return ["没有对应单元格的问题：", *lines] if lines else []
