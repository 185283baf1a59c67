"""Notes (批注) written into a workbook, and taken out of it again, as spliced text.

A note takes an entry in the sheet's comments part, a box in its VML drawing, their relationships
and content types, and in the sheet's own part one `legacyDrawing` element. Nothing else is touched.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from . import comments, markup, relations, scan, vml
from .address import from_a1, to_a1
from .boxes import Layout, size
from .errors import PackageError
from .grid import SheetGrid
from .noteparts import drawing as drawing_of
from .noteparts import missing, target
from .package import Relationship
from .sheetpart import SheetPart
from .splice import Draft, Edits, combined, looked_at
from .strip import strip_edits
from .workbook import Workbook, WorkbookSheet, open_workbook

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_SHORTEST = 100
"""Characters that must be free below somebody's words for ours to be worth adding."""


class Note(NamedTuple):
    """A text for a cell: sheet name, address ("B5"), words."""

    sheet: str
    ref: str
    text: str


@dataclass(frozen=True)
class NotesResult:
    """The edits that write the notes, and which found a place; the others each with the reason."""

    edits: Edits
    placed: tuple[Note, ...]
    not_placed: tuple[tuple[Note, str], ...]


class FoundNote(NamedTuple):
    """A note in a workbook: sheet name, address, author, whole text."""

    sheet: str
    ref: str
    author: str
    text: str


def read_notes(wb: Workbook) -> list[FoundNote]:
    """All notes of the workbook, by sheet and in the order of the file.

    Raises PackageError for a comments part that is damaged.
    """
    found = []
    for sheet in wb.sheets:
        part = target(wb, sheet, "comments")
        if part is not None:
            try:
                listed = list(comments.read(wb.package.xml_text(part)))
            except ValueError as error:
                raise wb.package.unreadable(f"部件 {part} 的内容已损坏。") from error
            found += [
                FoundNote(sheet.name, to_a1(note.row, note.column), note.author, note.text)
                for note in listed
            ]
    return found


def notes_edits(
    wb: Workbook, notes: Sequence[Note], *, author: str, marker: str, pointer: str = ""
) -> NotesResult:
    """The edits that put these notes into the workbook, in place of earlier ones of ours.

    `marker` is the first line of each note and the sign by which it is found again; a text too
    long for Excel is cut and ends in `pointer`. Words of others in the same cell stay above ours.
    In a merged area the note goes to its top-left cell.

    Raises ValueError when two notes are for the same cell.
    """
    cells = [(note.sheet.casefold(), note.ref.replace("$", "").upper()) for note in notes]
    if len(set(cells)) != len(cells):
        raise ValueError("two notes for one cell; join their texts")
    stripped = strip_edits(wb, author=author, marker=marker)
    clean = open_workbook(looked_at(wb.package, stripped)) if stripped else wb
    writer = _NotesWriter(clean, author, marker, pointer)
    by_sheet: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        by_sheet[note.sheet.casefold()].append(note)
    for sheet in clean.sheets:
        writer.write(sheet, by_sheet.pop(sheet.name.casefold(), []))
    for left in by_sheet.values():
        writer.refuse(left, "工作簿中没有这张工作表")
    edits = combined(wb.package, stripped, writer.draft.edits())
    return NotesResult(edits, tuple(writer.placed), tuple(writer.refused))


class _NotesWriter:
    """Adds notes sheet by sheet to a workbook that holds none of ours."""

    def __init__(self, wb: Workbook, author: str, marker: str, pointer: str) -> None:
        self.wb = wb
        self.author, self.marker, self.pointer = author, marker, pointer
        self.draft = Draft(wb.package)
        self.awaited = {
            relation.target.casefold()
            for sheet in wb.sheets
            for relation in wb.package.relationships(sheet.part)
        }
        self.placed: list[Note] = []
        self.refused: list[tuple[Note, str]] = []

    def refuse(self, notes: Sequence[Note], reason: str) -> None:
        """Count notes as not placed."""
        self.refused += [(note, reason) for note in notes]

    def write(self, sheet: WorkbookSheet, notes: Sequence[Note]) -> None:
        """Place a sheet's notes: all or, when its parts are not as they should be, none."""
        if not notes:
            return
        if sheet.kind != "worksheet" or not self.draft.has(sheet.part):
            self.refuse(notes, "该表不是普通工作表，不能加批注")
            return
        attempt = self.draft.copy()
        try:
            placed, refused = self._write(attempt, sheet, notes)
        except ValueError:
            self.refuse(notes, "该表的批注部件结构异常，未加批注")
        except PackageError as error:  # a part of this sheet: no business of the others
            self.refuse(notes, f"{error.problem.rstrip('。')}，未加批注")
        else:
            self.draft = attempt
            self.placed += placed
            self.refused += refused

    def _write(
        self, draft: Draft, sheet: WorkbookSheet, notes: Sequence[Note]
    ) -> tuple[list[Note], list[tuple[Note, str]]]:
        worksheet = SheetPart(draft.read(sheet.part))
        part, drawing = target(self.wb, sheet, "comments"), drawing_of(self.wb, sheet)
        xml = draft.read(part) if part else _empty_comments(worksheet)
        theirs = {(found.row, found.column): found.text for found in comments.read(xml)}
        plan = _Plan(worksheet, theirs, _threaded(self.wb, sheet))
        for note in notes:
            plan.take(note, self.marker, self.pointer)
        if not plan.texts:
            return [], plan.refused
        ours = sorted(plan.texts.items())
        xml = comments.add(
            xml,
            [(to_a1(*cell), text) for cell, text in ours],
            author=self.author,
            marker=self.marker,
        )
        if part is None:
            lost = missing(self.wb, sheet, "comments")
            if lost is None:
                part, _ = self._add_part(draft, sheet, worksheet, "comments", "comments", ".xml")
            else:
                part = self._supply(draft, sheet, lost, ".xml")
            relations.declare_part(draft, part, _COMMENTS_TYPE)
        draft.write(part, xml)
        self._draw(draft, sheet, worksheet, plan, drawing)
        return plan.placed, plan.refused

    def _draw(
        self,
        draft: Draft,
        sheet: WorkbookSheet,
        worksheet: SheetPart,
        plan: _Plan,
        drawing: str | None,
    ) -> None:
        """Give each note its box; in a drawing of our own those of others too: Excel wants all."""
        taken = _shape_ids(draft)
        if drawing is None:
            boxes = plan.boxes({*plan.texts, *plan.theirs}, self.marker)
            named, lost = worksheet.legacy_drawing(), missing(self.wb, sheet, "vmlDrawing")
            if named is None:
                drawing, identity = self._add_part(
                    draft, sheet, worksheet, "vmlDrawing", "drawings/vmlDrawing", ".vml"
                )
                draft.write(sheet.part, worksheet.with_legacy_drawing(identity))
            elif lost and lost.id == named:
                drawing = self._supply(draft, sheet, lost, ".vml")
            else:
                raise ValueError("a drawing is named that is none")
            relations.declare_extension(draft, "vml", vml.CONTENT_TYPE)
            draft.write(drawing, vml.new_drawing(boxes, taken))
            return
        old = draft.read(drawing)
        shown = [(shape.cell, vml.anchor(old, shape)) for shape in vml.shapes(old)]
        anchors = plan.enlarged(shown, self.marker)
        boxes = plan.boxes(plan.texts.keys() - {cell for cell, _ in shown}, self.marker)
        draft.write(drawing, vml.add(vml.moved(old, anchors), boxes, taken))

    @staticmethod
    def _supply(draft: Draft, sheet: WorkbookSheet, lost: Relationship, suffix: str) -> str:
        """The name of a part to which the sheet leads and which is missing, for us to write."""
        if draft.has(lost.target) or not lost.target.lower().endswith(suffix):
            raise ValueError("a part of an odd name is missing")
        relations.supply(draft, sheet.part, lost.id)
        return lost.target

    def _add_part(
        self,
        draft: Draft,
        sheet: WorkbookSheet,
        worksheet: SheetPart,
        kind: str,
        stem: str,
        suffix: str,
    ) -> tuple[str, str]:
        """Name of a new part and the id of the sheet's relationship to it."""
        folder = posixpath.dirname(posixpath.dirname(sheet.part))
        part = relations.free_name(draft, posixpath.join(folder, stem), suffix, self.awaited)
        return part, relations.relate(draft, sheet.part, f"{worksheet.relationships}/{kind}", part)


class _Plan:
    """Which notes a sheet can take, in which cells, with which words."""

    def __init__(
        self,
        worksheet: SheetPart,
        theirs: Mapping[tuple[int, int], str],
        threaded: frozenset[tuple[int, int]],
    ) -> None:
        self.theirs = theirs
        self.texts: dict[tuple[int, int], str] = {}
        self.placed: list[Note] = []
        self.refused: list[tuple[Note, str]] = []
        self._threaded = threaded
        self._merged = worksheet.merged()
        self._grid = SheetGrid(worksheet)
        self._layout = Layout(self._grid)

    def take(self, note: Note, marker: str, pointer: str) -> None:
        """Find the note a cell and fit its words, or say why not."""
        try:
            row, column = from_a1(note.ref)
        except ValueError:
            self.refused.append((note, "单元格地址无效"))
            return
        area = self._area(row, column)
        cell = area[:2]
        frame = "\n".join(comments.block(marker, ""))
        room = comments.CELL_LIMIT - len(self.theirs.get(cell, "")) - len(frame) - len(pointer) - 2
        if cell in self._threaded:
            self.refused.append((note, "该单元格有会话式批注，程序不改动"))
        elif cell in self.texts:
            self.refused.append((note, "所在合并单元格已有另一条批注"))
        elif room < min(len(note.text), _SHORTEST):
            self.refused.append((note, "该单元格原有批注已满"))
        else:
            fits = len(note.text) <= room
            self.texts[cell] = note.text if fits else f"{note.text[:room]}\n{pointer}"
            self.placed.append(note)

    def enlarged(
        self, shown: Iterable[tuple[tuple[int, int] | None, str]], marker: str
    ) -> dict[tuple[int, int] | None, str]:
        """New anchors for boxes of others that are too small now.

        `shown` are cell and anchor of each present one, the cell None for a button. The boxes of
        ours will keep clear of all of them.
        """
        anchors: dict[tuple[int, int] | None, str] = {}
        for cell, anchor in shown:
            rect = self._grid.rect(anchor)
            if rect is None:
                continue
            if cell is not None and cell in self.texts:
                grown = rect.grown(*size(self._words(cell, marker)))
                if grown != rect:
                    anchors[cell] = self._grid.anchor(grown)
                rect = grown
            self._layout.take(rect)
        return anchors

    def boxes(self, cells: Iterable[tuple[int, int]], marker: str) -> list[vml.Box]:
        """The boxes of the notes in these cells, sized to all that will stand in them."""
        return [self._box(cell, marker) for cell in sorted(cells)]

    def _box(self, cell: tuple[int, int], marker: str) -> vml.Box:
        row, column, _, right = self._area(*cell)
        width, height = size(self._words(cell, marker))
        place = self._layout.place(row, right, width, height)
        return vml.Box(row, column, self._grid.anchor(place), width, height)

    def _words(self, cell: tuple[int, int], marker: str) -> str:
        """All that will stand in a cell's note."""
        lines = [self.theirs[cell]] if cell in self.theirs else []
        lines += comments.block(marker, self.texts[cell]) if cell in self.texts else ()
        return "\n".join(lines)

    def _area(self, row: int, column: int) -> tuple[int, int, int, int]:
        """The merged area around a cell (first row, first column, last ones), or the cell."""
        for area in self._merged:
            if area[0] <= row <= area[2] and area[1] <= column <= area[3]:
                return area
        return row, column, row, column


def _threaded(wb: Workbook, sheet: WorkbookSheet) -> frozenset[tuple[int, int]]:
    """Cells with a conversation (threaded comments), whose note is only its stand-in."""
    part = target(wb, sheet, "threadedComment")
    if part is None:
        return frozenset()
    xml = scan.mask(wb.package.xml_text(part))
    spans = scan.elements(xml, "threadedComment")
    refs = (scan.attributes(xml[span.start : span.inner]).get("ref", "") for span in spans)
    return frozenset(from_a1(ref) for ref in refs)


def _shape_ids(draft: Draft) -> set[int]:
    """Shape ids that any VML drawing of the workbook uses."""
    used: set[int] = set()
    for part in draft.names():
        if part.lower().endswith(".vml"):
            try:
                used |= vml.used_ids(draft.read(part))
            except PackageError:  # of a drawing that is no business of ours; ids are plain letters
                with suppress(PackageError):
                    used |= vml.used_ids(draft.package.read(part))
    return used


def _empty_comments(worksheet: SheetPart) -> bytes:
    content = b"<authors></authors><commentList></commentList>"
    return relations.document(markup.element("comments", {"xmlns": worksheet.namespace}, content))
