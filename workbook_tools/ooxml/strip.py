"""Our notes taken out of a workbook again, whoever has saved it in between.

A program that saves a copy of ours writes some of its parts anew, without our signs, and leaves
others as they were. So a sign in one part says nothing of another: each part is looked at for
itself, and what leads to a part follows from whether that part is still there.
"""

from __future__ import annotations

from . import comments, markup, relations, vml
from .errors import PackageError
from .noteparts import drawing as drawing_of
from .noteparts import target
from .sheetpart import SheetPart
from .splice import Draft, Edits
from .workbook import Workbook, WorkbookSheet


def strip_edits(wb: Workbook, *, author: str, marker: str) -> Edits:
    """The edits that take our notes out.

    If nothing else changed the file since they were written, every part is as it was before, byte
    for byte. Words that somebody typed into a note of ours stay, as his own note.
    """
    draft = Draft(wb.package)
    gone: set[str] = set()
    kept: set[str] = set()
    for sheet in wb.sheets:
        attempt = draft.copy()
        try:
            dropped, adopted = _strip(attempt, wb, sheet, author, marker)
        except (ValueError, PackageError):  # parts in disorder: nothing is taken out of them
            kept |= {found.target for found in wb.package.relationships(sheet.part)}
            continue
        draft = attempt
        gone |= dropped
        kept |= adopted
    relations.release_types(draft, gone, kept)
    return draft.edits()


def left_over(wb: Workbook, marker: str) -> list[str]:
    """The sheets in whose notes our sign still stands, because their parts are in disorder."""
    found = []
    for sheet in wb.sheets:
        part = target(wb, sheet, "comments")
        try:
            if part and marker.encode() in wb.package.read(part):
                found.append(sheet.name)
        except PackageError:
            continue  # nobody can read it, and so we wrote nothing there
    return found


def _strip(
    draft: Draft, wb: Workbook, sheet: WorkbookSheet, author: str, marker: str
) -> tuple[set[str], set[str]]:
    """Take our notes out of a sheet; the parts that went, and parts of ours that stay."""
    part, drawing = target(wb, sheet, "comments"), drawing_of(wb, sheet)
    notes, boxes = (draft.read(name) if name else b"" for name in (part, drawing))
    gone: set[str] = set()
    freed: set[tuple[int, int]] = set()

    def settle(name: str, whole: bytes, other: bytes, rest: bytes, *, is_empty: bool) -> None:
        added = relations.is_added(draft, sheet.part, name)
        if _stays(whole, other, added, is_emptied=is_empty and bool(freed)):
            relations.write(draft, name, rest)
        else:
            gone.add(name)

    if part:
        rest, freed = comments.cut(notes, author=author, marker=marker)
        is_empty = markup.is_ours(notes) or next(comments.read(rest), None) is None
        settle(part, notes, boxes, rest, is_empty=is_empty)
    if drawing:
        rest = vml.cut(boxes, freed)
        settle(drawing, boxes, notes, rest, is_empty=vml.is_empty(rest))
    for name in gone:
        draft.drop(name)
    kept: set[str] = set()
    if draft.has(relations.part_of_relationships(sheet.part)):
        kept = relations.release(draft, sheet.part, gone)
        _release_drawing(draft, sheet.part, drawing if drawing in gone else None)
    return gone, kept


def _stays(whole: bytes, other: bytes, added: bool | None, *, is_emptied: bool) -> bool:
    """Whether a part was there without us.

    `other` is the sheet's other part of notes, `added` whether the relationship to this one is ours
    (None where no sign says so). Of a part in which nothing of ours is signed, all that stands is
    ours if no notes are left, unless signs elsewhere say that we only added to it.
    """
    if markup.is_ours(whole):
        return False
    if not is_emptied or markup.is_spliced(whole):
        return True
    if added is not None:
        return not added
    return markup.is_spliced(other) and not markup.is_ours(other)


def _release_drawing(draft: Draft, sheet: str, gone: str | None) -> None:
    """Let the sheet name its drawing only where its relationships still lead to one."""
    xml = draft.read(sheet)
    named = SheetPart(xml).find("legacyDrawing") if b"legacyDrawing" in xml else None
    if named is None:
        return
    identity = SheetPart(xml).legacy_drawing()
    if identity in relations.ids(draft, sheet):
        xml = markup.disowned(xml, named)
    elif gone and not markup.is_signed(xml, named):
        xml = xml[: named.start] + xml[named.end :]
    relations.write(draft, sheet, markup.unspliced(xml, "legacyDrawing"))
