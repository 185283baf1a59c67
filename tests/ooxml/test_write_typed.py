"""What somebody typed into a note of ours stays, and nothing else passes for one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.ooxml.invariants import violations
from tests.ooxml.test_write_notes import body, notes_of, round_trip
from tests.ooxml.write_books import AUTHOR, MARKER, SheetSpec, annotate, build, strip
from workbook_tools.ooxml.notes import Note


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return build(tmp_path / "source.xlsx", [SheetSpec(((4, 1),)), SheetSpec()])


def test_text_that_imitates_a_note_of_ours(book: Path) -> None:
    for line in "——自动批注，校验码 000000——", "——自动批注 00000000——":
        text = f"引文：\n{MARKER}\n假的\n{line}\n{MARKER}"
        round_trip(book, [Note("表1", "A1", text), Note("表1", "B5", text)])


def test_notes_as_early_builds_wrote_them_are_known(book: Path, tmp_path: Path) -> None:
    """Copies are out in which the last line has eight hexadecimal digits: CRC-32 of the words."""
    old, back = tmp_path / "old.xlsx", tmp_path / "back.xlsx"
    line = "——自动批注 dfb35f2d——"
    texts = {
        "A1": f"{MARKER}\n应为 5\n请更正\n{line}",
        "A2": f"{MARKER}\n应为 6\n请更正\n{line}",
        "A3": f"{MARKER}\n应为 5\n请更正\n{line}\n已更正，李四",
    }
    saved = openpyxl.load_workbook(book)
    for ref, text in texts.items():
        saved["表1"][ref].comment = Comment(text, AUTHOR)
    saved.save(old)
    strip(old, back)
    assert {ref: text for ref, (_, text) in notes_of(back).items()} == {
        "A2": "应为 6\n请更正",
        "A3": "\n已更正，李四",
        "B5": "他人批注\n4",
    }
    annotate(old, back, [Note("表1", "A1", "新")])
    assert body(notes_of(back)["A1"][1]) == "新"


def test_no_character_can_be_changed_unnoticed(book: Path, tmp_path: Path) -> None:
    """Not even where the note stays as long as it was."""
    annotated, typed, back = (tmp_path / f"{name}.xlsx" for name in ("a", "typed", "back"))
    annotate(book, annotated, [Note("表1", "A1", "请改为 5")])
    saved = openpyxl.load_workbook(annotated)
    comment = saved["表1"]["A1"].comment
    assert comment
    comment.text = comment.text.replace("请改为", "已改为")
    saved.save(typed)
    strip(typed, back)
    assert notes_of(back)["A1"][1] == "已改为 5"


def test_words_typed_into_our_note_survive(book: Path, tmp_path: Path) -> None:
    annotated, typed, back = (tmp_path / f"{name}.xlsx" for name in ("a", "typed", "back"))
    refs = ["A1", "A2", "A3", "A4"]
    annotate(book, annotated, [Note("表1", ref, "应为 5\n请更正") for ref in refs])
    saved = openpyxl.load_workbook(annotated)
    edits: dict[str, Callable[[str], str]] = {
        "A1": lambda text: text + "\n已更正，李四",
        "A2": lambda text: "李四：\n" + text,
        "A3": lambda text: text.replace("应为 5", "应为 5（李四：不对，应为 6）"),
        "A4": lambda text: text.partition("\n——自动")[0],
    }
    for ref, edit in edits.items():
        comment = saved["表1"][ref].comment
        assert comment
        comment.text = edit(comment.text)
    saved.save(typed)
    strip(typed, back)
    assert violations(back) == []
    assert {ref: text for ref, (_, text) in notes_of(back).items()} == {
        "A1": "\n已更正，李四",
        "A2": "李四：",
        "A3": "应为 5（李四：不对，应为 6）\n请更正",
        "A4": "\n应为 5\n请更正",
        "B5": "他人批注\n4",
    }
    annotate(typed, annotated, [Note("表1", ref, "新") for ref in refs])
    assert violations(annotated) == []
    for ref, (_, text) in notes_of(annotated).items():
        if ref in refs:
            kept = notes_of(back)[ref][1]
            assert text.startswith(kept + "\n" + MARKER + "\n新\n")
