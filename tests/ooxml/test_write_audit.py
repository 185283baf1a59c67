"""A second opinion: openxml-audit has nothing new to say of what we wrote.

It overlooks most of the faults that the invariants find, and may find one that they overlook.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped] # it ships no types

from tests.ooxml.test_write_invariants import FAULTS
from tests.ooxml.test_write_rows import ROWS, fill
from tests.ooxml.write_books import (
    FEATURES,
    SheetSpec,
    annotate,
    build,
    result_sheet,
    rewrite,
)
from workbook_tools.ooxml.notes import Note

NOTES = [Note("表1", "A1", "甲\x00"), Note("表1", "B5", "乙" * 500), Note("表2", "C3", "丙")]


def complaints(path: Path) -> set[str]:
    return {
        f"{one.part_uri}: {one.description}" for one in OpenXmlValidator().validate(path).errors
    }


def test_notes(tmp_path: Path) -> None:
    sheets = [SheetSpec(((4, 1),), tuple(FEATURES)), SheetSpec()]
    source = build(tmp_path / "source.xlsx", sheets, chartsheet=True)
    annotate(source, tmp_path / "target.xlsx", NOTES)
    assert complaints(tmp_path / "target.xlsx") <= complaints(source)


def test_rows(tmp_path: Path) -> None:
    source = result_sheet(tmp_path / "source.xlsx")
    fill(source, tmp_path / "target.xlsx", ROWS, {"B3": "甲"})
    assert complaints(tmp_path / "target.xlsx") <= complaints(source)


@pytest.mark.parametrize("fault", ["target missing", "legacyDrawing too early"])
def test_it_can_complain(tmp_path: Path, fault: str) -> None:
    source = build(tmp_path / "source.xlsx", [SheetSpec(((4, 1),)), SheetSpec()])
    target = tmp_path / "target.xlsx"
    annotate(source, target, NOTES)
    before = complaints(target)
    change, _ = FAULTS[fault]

    def spoilt(parts: dict[str, bytes]) -> dict[str, bytes]:
        change(parts)
        return parts

    rewrite(target, spoilt)
    assert complaints(target) > before
