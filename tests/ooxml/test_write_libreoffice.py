"""LibreOffice reads our notes and rows, keeps them when it saves, and we know ours again."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from tests.lo import recalculate, requires_libreoffice
from tests.ooxml.invariants import violations
from tests.ooxml.test_write_forms import strict
from tests.ooxml.test_write_notes import notes_of
from tests.ooxml.test_write_rows import MARKER, ROWS, SHEET, cut, fill
from tests.ooxml.write_books import (
    FEATURES,
    SheetSpec,
    annotate,
    build,
    contents,
    result_sheet,
    rewrite,
    strip,
)
from tests.ooxml.write_books import MARKER as NOTE_MARKER
from workbook_tools.ooxml.notes import Note

pytestmark = [
    pytest.mark.libreoffice,
    requires_libreoffice,
    # openpyxl says which extensions it would lose; here it only reads
    pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning"),
]

NOTES = [
    Note("表1", "A1", "应为 12.5 万元，\n实填 13 万元。"),
    Note("表1", "B5", "<加在他人批注下面> & 长句。" * 30),
    Note("表2", "C3", "甲"),
]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with files of ours and, in `saved`, what LibreOffice made of them."""
    folder = tmp_path_factory.mktemp("libreoffice")
    sheets = [SheetSpec(((4, 1), (8, 4)), tuple(FEATURES)), SheetSpec()]
    annotate(build(folder / "source.xlsx", sheets), folder / "notes.xlsx", NOTES)
    rewrite(build(folder / "as strict.xlsx", [SheetSpec(((4, 1),)), SheetSpec()]), strict)
    annotate(folder / "as strict.xlsx", folder / "strict.xlsx", NOTES)
    fill(result_sheet(folder / "sheet.xlsx"), folder / "rows.xlsx", ROWS, {"B3": "甲"})
    files = [folder / name for name in ("source.xlsx", "notes.xlsx", "rows.xlsx", "strict.xlsx")]
    recalculate(files, folder / "saved")
    return folder


def test_every_note_is_still_there(saved: Path) -> None:
    for sheet in ("表1", "表2"):
        before = notes_of(saved / "notes.xlsx", sheet)
        after = notes_of(saved / "saved" / "notes.xlsx", sheet)
        assert {ref: text for ref, (_, text) in after.items()} == {
            ref: text for ref, (_, text) in before.items()
        }


def test_notes_in_a_strict_workbook(saved: Path) -> None:
    for sheet in ("表1", "表2"):
        read = notes_of(saved / "saved" / "strict.xlsx", sheet)
        wanted = {note.ref: note.text for note in NOTES if note.sheet == sheet}
        assert {ref for ref, (_, text) in read.items() if NOTE_MARKER in text} == wanted.keys()
        assert all(text in read[ref][1] for ref, text in wanted.items())


def test_ours_are_known_without_their_author(saved: Path, tmp_path: Path) -> None:
    strip(saved / "saved" / "notes.xlsx", tmp_path / "back.xlsx")
    for sheet in ("表1", "表2"):
        assert notes_of(tmp_path / "back.xlsx", sheet) == notes_of(
            saved / "saved" / "source.xlsx", sheet
        )
    kept = {n for n in contents(tmp_path / "back.xlsx") if re.search("comments|vml", n)}
    assert kept == {"xl/drawings/vmlDrawing1.vml", "xl/comments1.xml"}, "none for sheet 表2"
    faults = set(violations(saved / "saved" / "notes.xlsx"))  # LibreOffice's own
    assert set(violations(tmp_path / "back.xlsx")) <= faults


def test_annotating_what_libreoffice_saved(saved: Path, tmp_path: Path) -> None:
    source, once, back = saved / "saved" / "source.xlsx", tmp_path / "once.xlsx", tmp_path / "back"
    faults = set(violations(source))
    annotate(source, once, NOTES)
    assert set(violations(once)) <= faults
    strip(once, back)
    assert contents(back) == contents(source)
    annotate(saved / "saved" / "notes.xlsx", once, NOTES)
    assert {ref: text for ref, (_, text) in notes_of(once).items()} == {
        ref: text for ref, (_, text) in notes_of(saved / "notes.xlsx").items()
    }


def test_rows_after_libreoffice_renumbered_the_styles(saved: Path, tmp_path: Path) -> None:
    file = saved / "saved" / "rows.xlsx"
    sheet = openpyxl.load_workbook(file)[SHEET]
    assert [sheet.cell(row, 2).value for row in (7, 8, 9)] == ["SC301", "IN104", "ST901"]
    assert "输入" in (sheet["C7"].hyperlink.location or "")
    fill(file, tmp_path / "again.xlsx", ROWS[:2], {"B3": "乙"})
    assert violations(tmp_path / "again.xlsx") == []
    sheet = openpyxl.load_workbook(tmp_path / "again.xlsx")[SHEET]
    assert [sheet.cell(row, 2).value for row in (7, 8, 9)] == ["SC301", "IN104", None]
    assert [sheet.cell(row, 1).font.bold for row in (7, 8)] == [True, True]
    cut(tmp_path / "again.xlsx", tmp_path / "back.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "back.xlsx")[SHEET]
    assert not any(cell.value for row in sheet[MARKER] for cell in row)
