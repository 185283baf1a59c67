"""Copies of ours that another program has saved: some parts written anew, others as they were.

Which parts a program writes anew differs (xlsx-populate: content types, relationships, sheets), so
all 32 choices are tried. Whatever was saved, a second run leaves each note once, `clean` none of
ours and all of theirs, and no part leads to one that is not there.
"""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Callable
from functools import cache
from itertools import chain, combinations
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

import workbook_tools
from tests.cli.shell import WATER
from tests.ooxml.invariants import targets, violations
from tests.ooxml.write_books import contents, rewrite
from workbook_tools.annotation import Annotation
from workbook_tools.annotation.notes import MARKER
from workbook_tools.assessment import Assessment
from workbook_tools.ooxml import open_workbook
from workbook_tools.ooxml.notes import Note, notes_edits
from workbook_tools.ooxml.splice import write_package

pytestmark = pytest.mark.slow

Parts = dict[str, bytes]
Notes = dict[tuple[str, str], str]
AT = datetime.datetime(2021, 3, 5, 9, 30)
KINDS = {
    "types": r"\[Content_Types\]\.xml",
    "relationships": r".*\.rels",
    "sheets": r"xl/worksheets/[^/]+\.xml",
    "comments": r"xl/comments\d+\.xml",
    "vml": r".*\.vml",
}
CHOICES = [
    frozenset(choice)
    for choice in chain.from_iterable(combinations(KINDS, size) for size in range(len(KINDS) + 1))
]


def anew(path: Path, kinds: frozenset[str]) -> None:
    """Save these parts as a program does that reads and writes them: other bytes, same meaning."""

    def saved(parts: Parts) -> Parts:
        return {
            name: etree.tostring(etree.fromstring(part), xml_declaration=True, encoding="UTF-8")
            if any(re.fullmatch(KINDS[kind], name) for kind in kinds)
            else part
            for name, part in parts.items()
        }

    rewrite(path, saved)


def notes(path: Path) -> Notes:
    """By sheet part and cell, the text of each note."""
    parts = contents(path)
    found = {}
    for name in parts:
        if re.fullmatch(KINDS["sheets"], name):
            for _, kind, target in targets(name, parts):
                if kind == "comments" and target in parts:
                    for note in etree.fromstring(parts[target]).iter("{*}comment"):
                        found[name, note.get("ref", "")] = "".join(map(str, note.itertext()))
    return found


def seen(path: Path) -> Notes:
    """By sheet name and cell what openpyxl finds."""
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


@cache
def assessed() -> Assessment:
    return workbook_tools.assess(WATER)


def annotate(source: Path, target: Path) -> Annotation:
    """Write the sample's findings, whatever was done to the file in between."""
    known = assessed()
    assert known.evaluation
    return workbook_tools.annotate(source, target, known.findings, known.evaluation, at=AT)


@cache
def cells() -> tuple[tuple[str, str], ...]:
    """Where the sample's findings are."""
    found = [(one.sheet, one.cell) for one in assessed().findings if one.cell]
    return tuple(dict.fromkeys(found))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A submission with notes of others: in the cell of a finding, beside one, on another sheet."""
    folder = tmp_path_factory.mktemp("saved")
    (sheet, cell), *_ = cells()
    assert "报告正文" not in {name for name, _ in cells()}
    theirs = [
        Note(sheet, cell, "请核对"),
        Note(sheet, "K2", "已问过"),
        Note("报告正文", "B3", "好"),
    ]
    with open_workbook(WATER) as book:
        edits = notes_edits(book, theirs, author="张三", marker="张三：").edits
        write_package(book.package, folder / "报送.xlsx", edits)
    anew(folder / "报送.xlsx", frozenset(KINDS))
    return folder / "报送.xlsx"


@pytest.fixture(scope="module")
def copy(source: Path) -> Path:
    target = source.with_name("批注.xlsx")
    assert annotate(source, target).noted == len(cells())
    return target


@pytest.mark.parametrize("kinds", CHOICES, ids=lambda kinds: "+".join(sorted(kinds)) or "nothing")
def test_whatever_was_written_anew(
    kinds: frozenset[str], source: Path, copy: Path, tmp_path: Path
) -> None:
    theirs, ours = notes(source), notes(copy)
    saved, back, again, last = (tmp_path / f"{name}.xlsx" for name in "abcd")
    shutil.copyfile(copy, saved)
    anew(saved, kinds)
    assert violations(saved) == []

    workbook_tools.clean(saved, back)
    assert violations(back) == []
    assert notes(back) == theirs

    assert annotate(saved, again).noted == len(cells())
    assert violations(again) == []
    assert notes(again) == ours
    assert sum(text.count(MARKER) for text in ours.values()) == len(cells())
    if len(kinds) in (0, 3, 5):
        assert seen(again).keys() >= set(cells())

    workbook_tools.clean(again, last)
    assert violations(last) == []
    assert notes(last) == theirs


@pytest.mark.slow
@pytest.mark.parametrize("kinds", CHOICES, ids=lambda kinds: "+".join(sorted(kinds)) or "nothing")
def test_a_copy_in_which_all_notes_are_ours(kinds: frozenset[str], tmp_path: Path) -> None:
    saved, back, again = (tmp_path / f"{name}.xlsx" for name in "abc")
    annotate(WATER, saved)
    anew(saved, kinds)
    ours = notes(saved)

    workbook_tools.clean(saved, back)
    assert violations(back) == []
    assert notes(back) == {}
    assert not any(re.search(r"comments|\.vml$", name) for name in contents(back)), "no orphans"

    annotate(saved, again)
    assert violations(again) == []
    assert notes(again) == ours
    if not kinds:
        assert contents(back) == contents(WATER)


def _without_vml(parts: Parts) -> Parts:
    """As Excel's Strict format and editors in browsers save: comments, and no boxes."""
    kept = {name: part for name, part in parts.items() if not name.endswith(".vml")}
    for name, part in kept.items():
        if name.endswith(".rels"):
            part = re.sub(rb"<Relationship [^>]*vmlDrawing[^>]*>", b"", part)
        elif name.startswith("xl/worksheets/"):
            part = re.sub(rb"<legacyDrawing [^>]*>", b"", part)
        kept[name] = part
    return kept


def test_saved_without_boxes(tmp_path: Path) -> None:
    saved, back, again = (tmp_path / f"{name}.xlsx" for name in "abc")
    annotate(WATER, saved)
    anew(saved, frozenset(KINDS))
    ours = notes(saved)
    rewrite(saved, _without_vml)

    workbook_tools.clean(saved, back)
    assert violations(back) == []
    assert notes(back) == {}
    annotate(saved, again)
    assert violations(again) == []
    assert notes(again) == ours


Change = Callable[[Parts, str], Parts]


def _put(parts: Parts, sheet: str, kind: str, target: str) -> Parts:
    """The sheet with a relationship of that kind."""
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = f"xl/worksheets/_rels/{Path(sheet).name}.rels"
    listed = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rIdX" Type="{base}/{kind}" Target="{target}"/></Relationships>'
    )
    assert rels not in parts
    return {**parts, rels: listed.encode()}


def _named(parts: Parts, sheet: str, element: str) -> Parts:
    named = f'<{element} r:id="rIdX"/>'.encode()
    anchor = b"<tableParts" if b"<tableParts" in parts[sheet] else b"</worksheet>"
    return {**parts, sheet: parts[sheet].replace(anchor, named + anchor)}


def _missing_drawing(parts: Parts, sheet: str) -> Parts:
    related = _put(parts, sheet, "vmlDrawing", "../drawings/vmlDrawing7.vml")
    return _named(related, sheet, "legacyDrawing")


def _missing_comments(parts: Parts, sheet: str) -> Parts:
    return _put(parts, sheet, "comments", "../comments7.xml")


def _unreadable_header(parts: Parts, sheet: str) -> Parts:
    made = _put(parts, sheet, "vmlDrawing", "../drawings/vmlDrawing9.vml")
    made = _named(made, sheet, "legacyDrawingHF")
    kind = b'<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.'
    types = "[Content_Types].xml"
    made[types] = made[types].replace(b"<Default", kind + b'vmlDrawing"/><Default', 1)
    return {**made, "xl/drawings/vmlDrawing9.vml": b'<?xml version="1.0" encoding="x-no"?><xml/>'}


def _merged_columns(parts: Parts, sheet: str) -> Parts:
    return {**parts, sheet: _merge(parts[sheet], "W:X", "5:5", "nothing")}


def _merge(xml: bytes, *refs: str) -> bytes:
    merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in refs).encode()
    if b"<mergeCells" in xml:
        return xml.replace(b"</mergeCells>", merged + b"</mergeCells>")
    for after in (b"</sheetProtection>", b"</sheetData>"):
        if after in xml:
            return xml.replace(after, after + b"<mergeCells>" + merged + b"</mergeCells>")
    raise AssertionError("no place for merged cells")


def _sizes_in_words(parts: Parts, sheet: str) -> Parts:
    xml = re.sub(rb'(<row r="\d+")', rb'\1 ht="auto"', re.sub(rb' ht="[^"]*"', b"", parts[sheet]))
    return {**parts, sheet: re.sub(rb'(<col [^>]*width=")[^"]*', rb"\1auto", xml)}


@pytest.mark.parametrize(
    "change",
    [_missing_drawing, _missing_comments, _unreadable_header, _merged_columns, _sizes_in_words],
    ids=lambda change: change.__name__.lstrip("_"),
)
def test_what_has_nothing_to_do_with_notes_keeps_none_from_them(
    change: Change, tmp_path: Path
) -> None:
    source, target, back = (tmp_path / f"{name}.xlsx" for name in "abc")
    shutil.copyfile(WATER, source)
    (sheet, _), *_ = cells()
    with open_workbook(source) as book:
        part = book.sheet(sheet).part
    rewrite(source, lambda parts: change(dict(parts), part))

    assert annotate(source, target).noted == len(cells())
    assert sorted(ref for _, ref in notes(target)) == sorted(ref for _, ref in cells())
    workbook_tools.clean(target, back)
    assert contents(back) == contents(source)


def test_a_comments_part_with_a_dtd_keeps_notes_from_its_own_sheet_only(tmp_path: Path) -> None:
    source, target, back = (tmp_path / f"{name}.xlsx" for name in "abc")
    shutil.copyfile(WATER, source)
    (sheet, _), *_ = cells()
    with open_workbook(source) as book:
        part = book.sheet(sheet).part
    doubtful = (
        b'<!DOCTYPE x><comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<authors/><commentList/></comments>"
    )
    rewrite(
        source,
        lambda parts: {
            **_put(dict(parts), part, "comments", "../comments7.xml"),
            "xl/comments7.xml": doubtful,
        },
    )

    done = annotate(source, target)

    elsewhere = [place for place in cells() if place[0] != sheet]
    assert done.noted == len(elsewhere) > 0
    assert {name for name, _, _ in done.not_noted} == {sheet}
    workbook_tools.clean(target, back)
    assert contents(back) == contents(source)


def test_the_first_result_shows_whole_where_a_program_wrote_the_height_of_a_blank_row(
    tmp_path: Path,
) -> None:
    """LibreOffice writes down the height of every row, also where nobody set one."""
    source, target, back = (tmp_path / f"{name}.xlsx" for name in "abc")
    shutil.copyfile(WATER, source)
    with open_workbook(source) as book:
        place = book.names["result_row"]
        assert place is not None
        part, row = book.sheet(place.sheet).part, place.first_row
    low = f'<row r="{row}" ht="15" customHeight="false"'.encode()
    rewrite(
        source,
        lambda parts: {**parts, part: parts[part].replace(f'<row r="{row}"'.encode(), low, 1)},
    )

    annotate(source, target)

    sheet = openpyxl.load_workbook(target)[place.sheet]
    heights = [sheet.row_dimensions[number].height for number in (row, row + 1)]
    assert [height > 15 for height in heights] == [True, True]
    workbook_tools.clean(target, back)
    assert contents(back) == contents(source)
