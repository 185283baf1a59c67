"""The parts in which a sheet's notes stand: its comments part and its VML drawing."""

from __future__ import annotations

from .package import Relationship
from .sheetpart import SheetPart
from .workbook import Workbook, WorkbookSheet


def target(wb: Workbook, sheet: WorkbookSheet, kind: str) -> str | None:
    """The part that the sheet is related to in that way."""
    for relation in wb.package.relationships(sheet.part):
        if relation.kind == kind and not relation.external and wb.package.has(relation.target):
            return relation.target
    return None


def drawing(wb: Workbook, sheet: WorkbookSheet) -> str | None:
    """The VML part that the sheet's `legacyDrawing` names (not the one of header pictures)."""
    related = {
        found.id: found.target
        for found in wb.package.relationships(sheet.part)
        if found.kind == "vmlDrawing" and wb.package.has(found.target)
    }
    if not related:
        return None
    identity = SheetPart(wb.package.xml_text(sheet.part)).legacy_drawing()
    return related.get(identity) if identity else None


def missing(wb: Workbook, sheet: WorkbookSheet, kind: str) -> Relationship | None:
    """A relationship of the sheet to such a part that is not there."""
    for relation in wb.package.relationships(sheet.part):
        if relation.kind == kind and not relation.external and not wb.package.has(relation.target):
            return relation
    return None
