"""Packages of other programs: whatever they hold, all but the notes stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ooxml.test_write_notes import Parts, round_trip
from tests.ooxml.write_books import PNG, SheetSpec, annotate, build, contents, rewrite
from workbook_tools.ooxml.notes import Note, read_notes
from workbook_tools.ooxml.workbook import open_workbook

NOTES = [Note("表1", "A1", "甲"), Note("表1", "B5", "乙"), Note("表2", "C3", "丙")]
TYPES, BOOK_RELS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
RELS = "xl/worksheets/_rels/sheet1.xml.rels"


def _before(part: bytes, closing: str, added: str) -> bytes:
    assert closing.encode() in part
    return part.replace(closing.encode(), (added + closing).encode())


def strict(parts: Parts) -> Parts:
    """The namespaces of ISO 29500 Strict, as Excel writes them."""
    forms = (
        (r"http://schemas\.openxmlformats\.org/(spreadsheetml|drawingml)/2006/", r"\1/"),
        (r"http://schemas\.openxmlformats\.org/officeDocument/2006/", r"officeDocument/"),
    )
    changed = dict(parts)
    for old, new in forms:
        for name, part in changed.items():
            if name.endswith((".xml", ".rels")):
                changed[name] = re.sub(
                    old.encode(), f"http://purl.oclc.org/ooxml/{new}".encode(), part
                )
    changed["xl/workbook.xml"] = changed["xl/workbook.xml"].replace(
        b"<workbook ", b'<workbook conformance="strict" '
    )
    return changed


def _macros(parts: Parts) -> Parts:
    """As in an .xlsm: a VBA project, and its signatures."""
    types = parts[TYPES].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    types = _before(
        types,
        "</Types>",
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        '<Override PartName="/xl/vbaProjectSignature.bin" '
        'ContentType="application/vnd.ms-office.vbaProjectSignature"/>',
    )
    related = (
        '<Relationship Id="rId1" Type="http://schemas.microsoft.com/office/2006/{}" Target="{}"/>'
    )
    project = related.format("relationships/vbaProject", "vbaProject.bin").replace("rId1", "rId77")
    signature = related.format("relationships/vbaProjectSignature", "vbaProjectSignature.bin")
    return {
        **parts,
        TYPES: types,
        BOOK_RELS: _before(parts[BOOK_RELS], "</Relationships>", project),
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 a project",
        "xl/vbaProjectSignature.bin": b"a signature",
        "xl/_rels/vbaProject.bin.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{signature}</Relationships>"
        ).encode(),
    }


def _wps_cell_images(parts: Parts) -> Parts:
    """Pictures inside cells, as WPS keeps them (DISPIMG)."""
    related = (
        '<Relationship Id="rId88" Type="http://www.wps.cn/officeDocument/2020/cellImage" '
        'Target="cellimages.xml"/>'
    )
    override = (
        '<Override PartName="/xl/cellimages.xml" '
        'ContentType="application/vnd.wps-officedocument.cellimage+xml"/>'
    )
    types = parts[TYPES]
    if b'Extension="png"' not in types:
        types = _before(types, "</Types>", '<Default Extension="png" ContentType="image/png"/>')
    return {
        **parts,
        TYPES: _before(types, "</Types>", override),
        BOOK_RELS: _before(parts[BOOK_RELS], "</Relationships>", related),
        "xl/cellimages.xml": '<etc:cellImages xmlns:etc="http://www.wps.cn/x">章</etc:cellImages>'.encode(),
        "xl/media/image99.png": PNG,
    }


def _signed(parts: Parts) -> Parts:
    """A signature over the package (ECMA-376-2, 10)."""
    related = (
        '<Relationship Id="rId66" Type="http://schemas.openxmlformats.org/package/2006/'
        'relationships/digital-signature/origin" Target="_xmlsignatures/origin.sigs"/>'
    )
    return {
        **parts,
        TYPES: _before(
            parts[TYPES],
            "</Types>",
            '<Default Extension="sigs" ContentType="application/vnd.openxmlformats-package.'
            'digital-signature-origin"/>',
        ),
        "_rels/.rels": _before(parts["_rels/.rels"], "</Relationships>", related),
        "_xmlsignatures/origin.sigs": b"",
    }


def _absolute_targets(parts: Parts) -> Parts:
    return {**parts, RELS: parts[RELS].replace(b'Target="../', b'Target="/xl/')}


def _other_case(parts: Parts) -> Parts:
    """Targets spelled in another letter case than the parts' names."""
    return {**parts, RELS: parts[RELS].replace(b"../comments1.xml", b"../COMMENTS1.xml")}


def _utf16_drawing(parts: Parts) -> Parts:
    name = "xl/drawings/vmlDrawing1.vml"
    head = '<?xml version="1.0" encoding="UTF-16"?>'
    return {**parts, name: b"\xff\xfe" + (head + parts[name].decode()).encode("utf-16-le")}


def _no_default_type(parts: Parts) -> Parts:
    """The drawing's type stated by its name, not by its extension."""
    override = (
        '<Override PartName="/xl/drawings/vmlDrawing1.vml" '
        'ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
    )
    types = re.sub(rb'<Default Extension="vml"[^>]*>', b"", parts[TYPES])
    return {**parts, TYPES: _before(types, "</Types>", override)}


FORMS: dict[str, Callable[[Parts], Parts]] = {
    "strict": strict,
    "macros": _macros,
    "WPS cell images": _wps_cell_images,
    "signed": _signed,
    "absolute targets": _absolute_targets,
    "targets in another case": _other_case,
    "UTF-16 drawing": _utf16_drawing,
    "no default type": _no_default_type,
}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    features = ("button", "header image", "image", "text box", "table", "formats", "sparkline")
    sheets = [SheetSpec(((4, 1),), features), SheetSpec()]
    return build(tmp_path / "source.xlsx", sheets, chartsheet=True)


@pytest.mark.parametrize("name", FORMS)
def test_all_but_the_notes_stays(book: Path, name: str) -> None:
    rewrite(book, FORMS[name])
    annotated = round_trip(book, NOTES)
    found = [(note.sheet, note.ref) for note in read_notes(open_workbook(annotated))]
    assert sorted(found) == sorted((note.sheet, note.ref) for note in NOTES)


def test_strict_stays_strict(book: Path) -> None:
    rewrite(book, strict)
    added = contents(round_trip(book, NOTES))
    for name in ("xl/comments2.xml", "xl/worksheets/sheet2.xml"):
        assert b"schemas.openxmlformats.org/spreadsheetml" not in added[name]
    rels = added["xl/worksheets/_rels/sheet2.xml.rels"]
    kinds = re.findall(rb'Type="([^"]*)/(?:comments|vmlDrawing)"', rels)
    assert kinds == [b"http://purl.oclc.org/ooxml/officeDocument/relationships"] * 2


def test_header_pictures_keep_their_own_drawing(tmp_path: Path) -> None:
    book = build(tmp_path / "source.xlsx", [SheetSpec(features=("header image",))])
    before = contents(book)
    annotated = round_trip(book, [Note("表1", "A1", "甲")])
    after = contents(annotated)
    [header] = [name for name in before if name.endswith(".vml")]
    assert after[header] == before[header]
    sheet = after["xl/worksheets/sheet1.xml"]
    assert sheet.index(b"<legacyDrawing ") < sheet.index(b"<legacyDrawingHF ")


def test_a_signature_is_seen(book: Path) -> None:
    assert not open_workbook(book).signed
    rewrite(book, _signed)
    assert open_workbook(book).signed


@pytest.mark.parametrize("part", ["xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"])
def test_a_part_that_is_named_and_missing(book: Path, tmp_path: Path, part: str) -> None:
    rewrite(book, lambda parts: {name: held for name, held in parts.items() if name != part})
    result = annotate(book, tmp_path / "annotated.xlsx", NOTES)
    assert sorted(result.placed) == sorted(NOTES), "the part is written in its place"
    assert not result.not_placed
