"""Notes case by case: where they go, what stays, what comes back; read by openpyxl."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.ooxml.invariants import violations
from tests.ooxml.write_books import (
    AUTHOR,
    MARKER,
    POINTER,
    SheetSpec,
    annotate,
    build,
    changed,
    contents,
    rewrite,
    strip,
)
from workbook_tools.ooxml.notes import Note, notes_edits, read_notes
from workbook_tools.ooxml.workbook import open_workbook

SHEET, COMMENTS = "xl/worksheets/sheet1.xml", "xl/comments1.xml"
VML, RELS = "xl/drawings/vmlDrawing1.vml", "xl/worksheets/_rels/sheet1.xml.rels"
TYPES = "[Content_Types].xml"
Parts = dict[str, bytes]


def notes_of(path: Path, sheet: str = "表1") -> dict[str, tuple[str, str]]:
    """Address -> (author, text), read by openpyxl."""
    cells = (cell for row in openpyxl.load_workbook(path)[sheet].iter_rows() for cell in row)
    return {c.coordinate: (c.comment.author, c.comment.text) for c in cells if c.comment}


def body(text: str) -> str:
    """The words of a note of ours, without its first and last line."""
    found = re.fullmatch(rf"{MARKER}\n(.*)\n——自动批注，校验码 [0-9]{{6}}——", text, re.DOTALL)
    assert found, text
    return found[1]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return build(tmp_path / "source.xlsx", [SheetSpec(((4, 1),)), SheetSpec()])


def round_trip(source: Path, notes: list[Note]) -> Path:
    """Annotate and strip; the source must come back. Returns the annotated file."""
    annotated, back = source.with_name("annotated.xlsx"), source.with_name("back.xlsx")
    faults = set(violations(source))
    result = annotate(source, annotated, notes)
    assert changed(source, annotated) == set()
    assert sorted([*result.placed, *(note for note, _ in result.not_placed)]) == sorted(notes)
    assert set(violations(annotated)) <= faults
    strip(annotated, back)
    assert contents(back) == contents(source)
    return annotated


def test_a_sheet_without_and_one_with_notes_of_others(book: Path) -> None:
    annotated = round_trip(book, [Note("表1", "A1", "甲\n乙 <&> 丙"), Note("表2", "C3", "丁")])
    first, second = notes_of(annotated), notes_of(annotated, "表2")
    assert first["B5"] == ("张三", "他人批注\n4")
    assert first["A1"][0] == AUTHOR
    assert body(first["A1"][1]) == "甲\n乙 <&> 丙"
    assert body(second["C3"][1]) == "丁"


def test_only_legacy_drawing_is_added_to_the_sheet(book: Path) -> None:
    annotated = round_trip(book, [Note("表1", "A1", "甲"), Note("表2", "C3", "丁")])
    before, after = contents(book), contents(annotated)
    assert after[SHEET] == before[SHEET]
    second = "xl/worksheets/sheet2.xml"
    removed = re.sub(rb"<legacyDrawing [^>]*>", b"", after[second])
    assert removed == before[second] != after[second]


def test_below_the_words_of_somebody_else(book: Path) -> None:
    annotated = round_trip(book, [Note("表1", "B5", "甲")])
    author, text = notes_of(annotated)["B5"]
    assert author == "张三"
    theirs, _, ours = text.partition("\n" + MARKER)
    assert theirs == "他人批注\n4"
    assert body(MARKER + ours) == "甲"


@pytest.mark.parametrize(
    "text",
    [
        "<text><t>普通</t></text>",
        '<text><t xml:space="preserve"> 前后 </t></text>',
        "<text><t/></text>",
        "<text><t></t></text>",
        "<text/>",
        "<text></text>",
        "<text><r><t>甲</t></r><r><rPr><b/></rPr><t>乙&amp;_x0041_</t></r></text>",
        '<text><r><t>漢</t></r><rPh sb="0" eb="1"><t>かん</t></rPh><phoneticPr fontId="1"/></text>',
        "<text><t><![CDATA[<r>不是标记</r>]]></t></text>",
        "<text><!-- <r> --><r><t>甲</t></r></text>",
    ],
)
def test_each_form_of_somebody_elses_text(book: Path, text: str) -> None:
    def reworded(parts: Parts) -> Parts:
        changed, count = re.subn(rb"<text>.*</text>", text.encode(), parts[COMMENTS], flags=re.S)
        assert count == 1
        return {**parts, COMMENTS: changed}

    rewrite(book, reworded)
    [before] = read_notes(open_workbook(book))
    annotated = round_trip(book, [Note("表1", "B5", "添加的话"), Note("表1", "A1", "另一条")])
    after = {note.ref: note.text for note in read_notes(open_workbook(annotated))}
    assert after["B5"].startswith(before.text + "\n" + MARKER + "\n添加的话\n")


def test_running_again_replaces(book: Path, tmp_path: Path) -> None:
    first, second, once = (tmp_path / f"{name}.xlsx" for name in ("first", "second", "once"))
    annotate(
        book, first, [Note("表1", "A1", "旧"), Note("表1", "B5", "旧"), Note("表2", "A1", "旧")]
    )
    annotate(first, second, [Note("表1", "A2", "新"), Note("表1", "B5", "新")])
    annotate(book, once, [Note("表1", "A2", "新"), Note("表1", "B5", "新")])
    assert contents(second) == contents(once)


def test_merged_cells_take_the_note_top_left(tmp_path: Path) -> None:
    book = build(tmp_path / "source.xlsx", [SheetSpec(features=("merged",))])
    annotated = round_trip(book, [Note("表1", "C9", "甲")])
    assert body(notes_of(annotated)["A7"][1]) == "甲"
    result = annotate(book, annotated, [Note("表1", "A7", "甲"), Note("表1", "C9", "乙")])
    assert [note.ref for note, _ in result.not_placed] == ["C9"]
    assert "合并单元格" in result.not_placed[0][1]


def test_threaded_comments_are_left_alone(book: Path) -> None:
    part = "xl/threadedComments/threadedComment1.xml"

    def threaded(parts: Parts) -> Parts:
        relation = (
            b'<Relationship Id="rId77" Type="http://schemas.microsoft.com/office/2017/10/'
            b'relationships/threadedComment" Target="../threadedComments/threadedComment1.xml"/>'
        )
        content = (
            b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
            b'threadedcomments"><threadedComment ref="B5" id="{1}"><text>?</text>'
            b"</threadedComment></ThreadedComments>"
        )
        rels = parts[RELS].replace(b"</Relationships>", relation + b"</Relationships>")
        types = parts[TYPES].replace(
            b"</Types>",
            f'<Override PartName="/{part}" ContentType="application/vnd.ms-excel.threadedcomments+'
            'xml"/></Types>'.encode(),
        )
        return {**parts, RELS: rels, TYPES: types, part: content}

    rewrite(book, threaded)
    annotated = round_trip(book, [Note("表1", "A1", "甲"), Note("表1", "B5", "乙")])
    assert notes_of(annotated)["B5"] == ("张三", "他人批注\n4")
    result = annotate(book, annotated, [Note("表1", "B5", "乙")])
    assert not result.edits
    assert [(note.ref, reason) for note, reason in result.not_placed] == [
        ("B5", "该单元格有会话式批注，程序不改动")
    ]


def test_what_cannot_be_placed_is_told(tmp_path: Path) -> None:
    book = build(tmp_path / "source.xlsx", [SheetSpec()], chartsheet=True)
    target = tmp_path / "target.xlsx"
    notes = [Note("没有", "A1", "甲"), Note("图表", "A1", "乙"), Note("表1", "A0", "丙")]
    result = annotate(book, target, notes)
    assert not result.edits
    assert not result.placed
    assert {note.text: reason for note, reason in result.not_placed} == {
        "甲": "工作簿中没有这张工作表",
        "乙": "该表不是普通工作表，不能加批注",
        "丙": "单元格地址无效",
    }


def test_two_notes_for_one_cell_are_refused(book: Path) -> None:
    notes = [Note("表1", "A1", "甲"), Note("表1", "$a$1", "乙")]
    with pytest.raises(ValueError, match="two notes for one cell"):
        notes_edits(open_workbook(book), notes, author=AUTHOR, marker=MARKER)


def test_forbidden_characters_and_long_text(book: Path) -> None:
    text = "甲\x00乙\x0b_x0041_\r\n丙\ufffe"
    annotated = round_trip(book, [Note("表1", "A1", text), Note("表1", "A2", "长" * 50_000)])
    found = {note.ref: note.text for note in read_notes(open_workbook(annotated))}
    assert body(found["A1"]) == "甲\x00乙\x0b_x0041_\n丙\ufffe"
    assert len(found["A2"]) <= 32_000
    assert body(found["A2"]).endswith(POINTER)
    assert b"_x0000_" in contents(annotated)[COMMENTS]


def test_notes_without_a_drawing_get_their_boxes_too(book: Path) -> None:
    def without(parts: Parts) -> Parts:
        parts = {name: part for name, part in parts.items() if name != VML}
        parts[RELS] = re.sub(rb"<Relationship [^>]*vmlDrawing[^>]*>", b"", parts[RELS])
        parts[SHEET] = re.sub(rb"<legacyDrawing [^>]*>", b"", parts[SHEET])
        return parts

    rewrite(book, without)
    annotated = round_trip(book, [Note("表1", "A1", "甲")])
    assert violations(annotated) == []
    assert set(notes_of(annotated)) == {"A1", "B5"}


AFTER_THE_DRAWING = (
    '<legacyDrawingHF r:id="rId91"/>',
    '<picture r:id="rId92"/>',
    "<oleObjects/>",
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="x14"><controls/></mc:Choice></mc:AlternateContent>',
    "<controls/>",
    "<webPublishItems/>",
    '<tableParts count="0"/>',
    "<extLst/>",
)


@pytest.mark.parametrize("first", range(len(AFTER_THE_DRAWING)))
def test_place_of_legacy_drawing(book: Path, first: int) -> None:
    tail = "".join(AFTER_THE_DRAWING[first:]).encode()
    part = "xl/worksheets/sheet2.xml"
    ahead = (
        b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
        b'2006"><mc:Choice Requires="x"><drawing r:id="rId90"/></mc:Choice></mc:AlternateContent>'
        b"<!-- <extLst/> -->"
    )
    rewrite(
        book,
        lambda parts: {
            **parts,
            part: parts[part].replace(b"</worksheet>", ahead + tail + b"</worksheet>"),
        },
    )
    annotated = round_trip(book, [Note("表2", "A1", "甲")])
    names = re.findall(rb"<(legacyDrawing |drawing|\w+)", contents(annotated)[part])
    after = contents(annotated)[part]
    assert after.index(b"<legacyDrawing ") < after.rindex(tail)
    assert names.index(b"drawing") < names.index(b"legacyDrawing ")


def _prefixed(xml: bytes) -> bytes:
    renamed = re.sub(rb"<(/?)(?![?!])(\w)", rb"<\1x:\2", xml)
    return renamed.replace(b"xmlns=", b"xmlns:x=", 1)


def _utf16(xml: bytes) -> bytes:
    text = xml.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return b"\xff\xfe" + text.encode("utf-16-le")


def _crlf(xml: bytes) -> bytes:
    return xml.replace(b"><", b">\r\n\t<")


FORMS: dict[str, Callable[[bytes], bytes]] = {
    "prefixed": _prefixed,
    "UTF-16": _utf16,
    "lines": _crlf,
}


@pytest.mark.parametrize("name", FORMS)
def test_other_ways_to_write_the_same_parts(book: Path, name: str) -> None:
    form = FORMS[name]
    names = (SHEET, COMMENTS, RELS, TYPES, "xl/worksheets/sheet2.xml")
    rewrite(book, lambda parts: {**parts, **{part: form(parts[part]) for part in names}})
    notes = [Note("表1", "A1", "甲"), Note("表1", "B5", "乙"), Note("表2", "A1", "丙")]
    annotated = round_trip(book, notes)
    found = [(note.sheet, note.ref) for note in read_notes(open_workbook(annotated))]
    assert sorted(found) == sorted((note.sheet, note.ref) for note in notes)


def test_empty_lists_written_as_empty_tags(book: Path) -> None:
    def emptied(parts: Parts) -> Parts:
        namespace = re.search(rb'xmlns="[^"]*"', parts[COMMENTS])
        assert namespace
        comments = b"<comments " + namespace[0] + b"><authors /><commentList/></comments>"
        vml = re.sub(rb"<v:shape .*</v:shape>", b"", parts[VML], flags=re.S)
        namespace = re.search(rb'xmlns="[^"]*"', parts[RELS])
        assert namespace
        rels = b"<Relationships " + namespace[0] + b" />"
        second = "xl/worksheets/_rels/sheet2.xml.rels"
        return {**parts, COMMENTS: comments, VML: vml, second: rels}

    rewrite(book, emptied)
    annotated = round_trip(book, [Note("表1", "A1", "甲"), Note("表2", "A1", "乙")])
    assert violations(annotated) == []


def test_vml_that_is_no_well_formed_xml(tmp_path: Path) -> None:
    book = build(tmp_path / "source.xlsx", [SheetSpec(((4, 1),), ("button",))])
    broken = b"<br>&nbsp;<font size=1></div>"
    rewrite(book, lambda parts: {**parts, VML: parts[VML].replace(b"</div>", broken)})
    annotated = round_trip(book, [Note("表1", "A1", "甲")])
    assert broken in contents(annotated)[VML]


def test_a_drawing_with_buttons_only(tmp_path: Path) -> None:
    book = build(tmp_path / "source.xlsx", [SheetSpec(features=("button",))])
    annotated = round_trip(book, [Note("表1", "A1", "甲")])
    assert violations(annotated) == []
    assert b'ObjectType="Button"' in contents(annotated)[VML]


@pytest.mark.parametrize(("part", "root"), [(VML, b"xml"), (COMMENTS, b"commentList")])
def test_parts_in_disorder_are_left_alone(book: Path, part: str, root: bytes) -> None:
    rewrite(book, lambda parts: {**parts, part: parts[part].replace(root, b"other")})
    result = annotate(book, book.with_name("target.xlsx"), [Note("表1", "A1", "甲")])
    assert not result.edits
    [(_, reason)] = result.not_placed
    assert "结构异常" in reason


def test_part_names_differ_in_case(book: Path) -> None:
    rewrite(
        book,
        lambda parts: {
            name.replace("comments1", "Comments1").replace("vmlDrawing", "VmlDrawing"): part
            for name, part in parts.items()
        },
    )
    annotated = round_trip(book, [Note("表1", "A1", "甲")])
    assert sum(name.lower() == COMMENTS for name in contents(annotated)) == 1


def test_many_notes_in_one_sheet(tmp_path: Path) -> None:
    theirs = tuple((row, 5) for row in range(1, 800))
    book = build(tmp_path / "source.xlsx", [SheetSpec(theirs), SheetSpec(((3, 3),))])
    round_trip(book, [Note("表1", f"B{row}", "甲") for row in range(1, 501)])
