"""Boxes of notes: none over another when all are shown, none smaller than its words."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ooxml.test_write_notes import SHEET, VML, Parts, round_trip
from tests.ooxml.write_books import AUTHOR, MARKER, SheetSpec, build, contents, rewrite, strip
from workbook_tools.ooxml.axis import SheetAxis
from workbook_tools.ooxml.notes import Note

Corner = tuple[int, int]
"""A column or row, and pixels into it: corners compare as the places on the sheet do."""


def anchors(path: Path, part: str = VML) -> list[tuple[Corner, Corner, Corner, Corner]]:
    """Left, top, right, bottom of each box, in the order of the file."""
    found = re.findall(rb"<x:Anchor[^>]*>([^<]*)", contents(path)[part])
    numbers = [list(map(int, anchor.split(b","))) for anchor in found]
    return [((n[0], n[1]), (n[2], n[3]), (n[4], n[5]), (n[6], n[7])) for n in numbers]


def overlapping(path: Path, part: str = VML) -> list[tuple[object, object]]:
    """Pairs of boxes of which one lies over the other."""
    return [
        (one, other)
        for one, other in itertools.combinations(anchors(path, part), 2)
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]


_REFS = st.tuples(st.sampled_from("ABCDEFGHXZ"), st.integers(1, 40)).map(
    lambda cell: f"{cell[0]}{cell[1]}"
)
_TEXTS = st.sampled_from(["短", "应为 12.5 万元，实填 13 万元。" * 8, "一行\n" * 12, "长" * 900])
_NOTES = st.dictionaries(_REFS, _TEXTS, min_size=2, max_size=25)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(_NOTES, st.sampled_from([(), ("hidden",), ("merged",), ("hidden", "button")]))
def test_no_box_lies_over_another(
    tmp_path: Path, texts: dict[str, str], features: tuple[str, ...]
) -> None:
    book = build(tmp_path / "source.xlsx", [SheetSpec((), features)])
    annotated = round_trip(book, [Note("表1", ref, text) for ref, text in texts.items()])
    assert overlapping(annotated) == []


def test_boxes_keep_clear_of_those_of_others(tmp_path: Path) -> None:
    theirs = tuple((row, 1) for row in range(0, 60, 12))
    book = build(tmp_path / "source.xlsx", [SheetSpec(theirs)])
    annotated = round_trip(book, [Note("表1", f"A{row}", "甲") for row in range(1, 61)])
    assert overlapping(annotated) == []


def test_five_hundred_boxes_stay_near_their_cells(tmp_path: Path) -> None:
    book = build(tmp_path / "source.xlsx", [SheetSpec()])
    annotated = round_trip(book, [Note("表1", f"B{row}", "应为 5") for row in range(1, 501)])
    assert overlapping(annotated) == []
    rows = [top[0] for _, top, _, _ in anchors(annotated)]
    assert all(-1 <= row - cell <= 60 for cell, row in enumerate(rows))


def test_a_box_of_somebody_else_grows_with_our_words_and_shrinks_again(tmp_path: Path) -> None:
    book = build(tmp_path / "source.xlsx", [SheetSpec(((4, 1), (20, 1)))])
    [before, other] = anchors(book)
    annotated = round_trip(book, [Note("表1", "B5", "长句子。" * 100)])  # gives the bytes back
    [after, same] = anchors(annotated)
    assert after[:2] == before[:2], "its corner stays"
    assert after[2] > before[2]
    assert after[3] > before[3]
    assert same == other


def test_a_box_with_room_enough_stays_as_it_is(tmp_path: Path) -> None:
    book = build(tmp_path / "source.xlsx", [SheetSpec(((4, 1),))])
    wide = b"<x:Anchor>\r\n 2, 15, 3, 10, 12, 15, 30, 4</x:Anchor>"

    def widened(parts: Parts) -> Parts:
        return {**parts, VML: re.sub(rb"<x:Anchor>.*?</x:Anchor>", wide, parts[VML])}

    rewrite(book, widened)
    assert wide in contents(round_trip(book, [Note("表1", "B5", "甲")]))[VML]


@pytest.mark.parametrize(
    "anchor",
    [b"", b"<x:Anchor></x:Anchor>", b"<x:Anchor/>", b"<x:Anchor>1, 2</x:Anchor>"],
    ids=["none", "empty", "empty tag", "too short"],
)
def test_a_box_whose_place_nobody_knows_stays_as_it_is(tmp_path: Path, anchor: bytes) -> None:
    book = build(tmp_path / "source.xlsx", [SheetSpec(((4, 1),))])

    def unknown(parts: Parts) -> Parts:
        return {**parts, VML: re.sub(rb"<x:Anchor>.*?</x:Anchor>", anchor, parts[VML])}

    rewrite(book, unknown)
    assert anchor in contents(round_trip(book, [Note("表1", "B5", "甲" * 900)]))[VML]


def test_an_enlarged_box_that_somebody_moved_stays_where_it_is(tmp_path: Path) -> None:
    book = build(tmp_path / "source.xlsx", [SheetSpec(((4, 1),))])
    annotated = round_trip(book, [Note("表1", "B5", "长句子。" * 100)])
    moved = b"<x:Anchor>9, 9, 9, 9, 19, 9, 19, 9</x:Anchor>"
    rewrite(
        annotated,
        lambda parts: {
            **parts,
            VML: re.sub(rb"<x:Anchor[^>]*>[^<]*</x:Anchor>", moved, parts[VML]),
        },
    )
    strip(annotated, tmp_path / "back.xlsx")
    assert moved in contents(tmp_path / "back.xlsx")[VML]
    assert AUTHOR.encode() not in contents(tmp_path / "back.xlsx")["xl/comments1.xml"]
    assert MARKER.encode() not in contents(tmp_path / "back.xlsx")["xl/comments1.xml"]


@pytest.mark.parametrize("ref", ["XFD1", "XFC1048576", "A1048576"])
def test_boxes_at_the_edges_of_the_sheet(tmp_path: Path, ref: str) -> None:
    book = build(tmp_path / "source.xlsx", [SheetSpec(((4, 1),)), SheetSpec()])
    annotated = round_trip(book, [Note("表2", ref, "甲" * 500)])
    anchor = re.search(rb"<x:Anchor>([^<]*)", contents(annotated)["xl/drawings/vmlDrawing2.vml"])
    assert anchor
    left, _, top, _, right, _, bottom, _ = map(int, anchor[1].split(b","))
    assert 0 <= left <= right < 16_384
    assert 0 <= top <= bottom < 1_048_576


@pytest.mark.parametrize("width", ["0", "9.140625"])
def test_box_passes_hidden_columns_and_grows_with_the_text(tmp_path: Path, width: str) -> None:
    book = build(tmp_path / "source.xlsx", [SheetSpec(features=("hidden",))])

    def remembered(parts: Parts) -> Parts:  # Excel keeps the width that they had
        column = rb'(<col min="3" max="5" width=")[^"]*(" [^>]*hidden="1")'
        changed, count = re.subn(column, rb"\g<1>%s\2" % width.encode(), parts[SHEET])
        assert count == 1
        return {**parts, SHEET: changed}

    rewrite(book, remembered)
    annotated = round_trip(book, [Note("表1", "B2", "短"), Note("表1", "B9", "长句子。" * 100)])
    anchors = [
        list(map(int, found.split(b",")))
        for found in re.findall(rb"<x:Anchor>([^<]*)", contents(annotated)[VML])
    ]
    short, long = anchors
    assert short[0] == long[0] == 5, "columns C to E are hidden, so the box begins in F"
    assert (long[4] - long[0]) > (short[4] - short[0])
    assert (long[6] - long[2]) > (short[6] - short[2])


def test_box_counts_wide_characters_twice_and_tall_rows_once(tmp_path: Path) -> None:
    book = build(tmp_path / "source.xlsx", [SheetSpec(features=("hidden",))])
    notes = [
        Note("表1", "H20", "ab" * 45),
        Note("表1", "H30", "中文" * 45),
        Note("表1", "H6", "ab" * 45),
    ]
    annotated = round_trip(book, notes)
    anchors = re.findall(rb"<x:Anchor>([^<]*)", contents(annotated)[VML])
    rows = [int(bottom) - int(top) for a in anchors for top, bottom in [a.split(b",")[2:7:4]]]
    tall, narrow, wide = rows
    assert wide > narrow > tall, "row 6 is four rows high"


_RUNS = st.lists(
    st.tuples(st.integers(1, 60), st.integers(0, 9), st.integers(0, 50)).map(
        lambda run: (run[0], run[0] + run[1], run[2])
    ),
    max_size=8,
)


@given(st.integers(1, 60), st.integers(0, 30), _RUNS)
def test_an_axis_counts_as_one_by_one(
    count: int, usual: int, runs: list[tuple[int, int, int]]
) -> None:
    extents = dict.fromkeys(range(1, count + 1), usual)
    said: set[int] = set()
    for first, last, extent in sorted(runs):  # of two that say something, the first counts
        for index in range(first, last + 1):
            if index in extents and index not in said:
                extents[index] = extent
                said.add(index)
    axis = SheetAxis(count, usual, runs)
    assert [axis.extent(index) for index in extents] == list(extents.values())
    starts = [sum(list(extents.values())[: index - 1]) for index in extents]
    assert [axis.start(index) for index in extents] == starts
    assert axis.length == sum(extents.values())
    pixels = [(index, into) for index in extents for into in range(extents[index])]
    assert [axis.locate(pixel) for pixel in range(axis.length)] == pixels
    if pixels:
        assert (axis.locate(-5), axis.locate(axis.length)) == (pixels[0], pixels[-1])
