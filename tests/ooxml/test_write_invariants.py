"""The invariants find each fault that a writer of notes could make."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ooxml.invariants import part_violations, violations
from tests.ooxml.write_books import SheetSpec, annotate, build, contents
from workbook_tools.ooxml.notes import Note

Parts = dict[str, bytes]

SHEET, TYPES = "xl/worksheets/sheet1.xml", "[Content_Types].xml"
RELS = "xl/worksheets/_rels/sheet1.xml.rels"
COMMENTS, VML = "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"


def _sub(part: str, old: str, new: str) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        replaced, count = re.subn(old.encode(), new.encode(), parts[part], count=1, flags=re.S)
        assert count, f"{old} is not in {part}"
        parts[part] = replaced

    return change


def _drop(part: str) -> Callable[[Parts], None]:
    return lambda parts: parts.__delitem__(part)


FAULTS = {
    "default type missing": (_sub(TYPES, r'<Default Extension="vml"[^>]*>', ""), "no type for"),
    "default type twice": (
        _sub(TYPES, r'(<Default Extension="vml"[^>]*>)', r"\1\1"),
        "two defaults",
    ),
    "override missing": (
        _sub(
            TYPES,
            r'<Default Extension="xml"[^>]*>(.*)<Override PartName="/xl/comments1.xml"[^>]*>',
            r"\1",
        ),
        "no type for",
    ),
    "override of nothing": (_sub(TYPES, "/xl/comments2.xml", "/xl/comments9.xml"), "absent part"),
    "override twice": (_sub(TYPES, "/xl/comments2.xml", "/xl/comments1.xml"), "two overrides"),
    "target missing": (_drop(COMMENTS), "absent part"),
    "relationship missing": (
        _sub(RELS, r"<Relationship [^>]*comments1[^>]*>", ""),
        "nobody refers",
    ),
    "relationship id twice": (_sub(RELS, 'Id="rId2"', 'Id="rId1"'), "two ids"),
    "relationships of nothing": (_drop(SHEET), "absent part"),
    "shape id twice": (_sub(VML, "_x0000_s1026", "_x0000_s1025"), "two shapes"),
    "shape id of another drawing": (
        _sub(VML, "_x0000_s1026", "_x0000_s2060"),
        "another drawing's block",
    ),
    "block owned twice": (_sub("xl/drawings/vmlDrawing2.vml", 'data="2"', 'data="1"'), "own block"),
    "note twice": (_sub(COMMENTS, r"(<comment .*?</comment>)", r"\1\1"), "two notes"),
    "author out of range": (_sub(COMMENTS, 'authorId="1"', 'authorId="2"'), "out of range"),
    "shape of unknown type": (_sub(VML, 'id="_x0000_t202"', 'id="_x0000_t203"'), "unknown type"),
    "text and runs": (_sub(COMMENTS, "<text><r>", "<text><t/><r>"), "mixes"),
    "box missing": (_sub(VML, r"<v:shape .*?</v:shape>", ""), "do not pair"),
    "box elsewhere": (_sub(VML, "<x:Row>", "<x:Row>7"), "do not pair"),
    "note missing": (_sub(COMMENTS, r"<comment .*?</comment>", ""), "do not pair"),
    "legacyDrawing missing": (_sub(SHEET, r"<legacyDrawing [^>]*>", ""), "do not pair"),
    "legacyDrawing twice": (_sub(SHEET, r"(<legacyDrawing [^>]*>)", r"\1\1"), "two legacyDrawing"),
    "legacyDrawing leads nowhere": (
        _sub(SHEET, r'<legacyDrawing r:id="rId\d+"', '<legacyDrawing r:id="rId99"'),
        "leads nowhere",
    ),
    "legacyDrawing too early": (
        _sub(SHEET, r"(<pageMargins.*?)(<legacyDrawing [^>]*>)", r"\2\1"),
        "out of order",
    ),
    "row twice": (_sub(SHEET, r'<row r="2"', '<row r="1"'), "out of order"),
    "cell in another row": (_sub(SHEET, r'<c r="A2"', '<c r="A3"'), "out of order"),
}


@pytest.fixture(scope="module")
def annotated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("invariants")
    source = build(folder / "source.xlsx", [SheetSpec(((4, 1),)), SheetSpec()])
    notes = [Note("表1", "A1", "甲"), Note("表2", "A1", "乙"), Note("表2", "B2", "丙")]
    annotate(source, folder / "annotated.xlsx", notes)
    return folder / "annotated.xlsx"


def test_a_good_package_has_no_violations(annotated: Path) -> None:
    assert violations(annotated) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_found(annotated: Path, fault: str) -> None:
    change, expected = FAULTS[fault]
    parts = contents(annotated)
    change(parts)
    assert any(expected in found for found in part_violations(parts)), list(part_violations(parts))
