"""Official forms in the layouts that counties use: every cell that must be read, and no other."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from tests.importing.layouts import Expected, layouts, listed_rows, read_back, write
from tests.importing.recall import PAGE, with_table
from workbook_tools.importing import import_report
from workbook_tools.importing.document import ReportError
from workbook_tools.importing.opening import read_document
from workbook_tools.importing.parts import ImportedPart, parts_of
from workbook_tools.standard import load_standard

LAYOUTS = layouts()
CASES = [(name, kind) for name, layout in LAYOUTS.items() for kind in layout.file]


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_exactly_what_the_form_says(name: str, kind: str, tmp_path: Path) -> None:
    layout = LAYOUTS[name]
    document = read_document(write(layout, tmp_path / f"自评.{kind}"))
    standard = load_standard(layout.standard) if layout.standard else None
    if layout.refused:
        with pytest.raises(ReportError, match=layout.refused):
            parts_of(document, standard)
        return
    parts = parts_of(document, standard)
    assert [said(part) for part in parts] == [wanted(form) for form in layout.forms]
    for part, form in zip(parts, layout.forms, strict=True):
        words = [one.words for one in part.entries.not_placed]
        assert len(words) == len(form.listed), words
        for told, expected in zip(words, form.listed, strict=True):
            assert expected.replace("\n", " ") in told, words


def test_the_page_says_how_much_is_read() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_table(page), "python -m tests.importing.recall"
    assert len(LAYOUTS) >= 30


def said(part: ImportedPart) -> dict[str, object]:
    """What was read: the standard, the values and the rows, as the layouts write them."""
    entries = part.entries
    return {
        "standard": part.standard.id,
        "values": {field: plain(value) for field, value in entries.values.items()},
        "rows": [
            {column: plain(value) for column, (value, _) in row.items()}
            for rows in entries.rows.values()
            for row in rows
        ],
    }


def wanted(form: Expected) -> dict[str, object]:
    return {
        "standard": form.standard,
        "values": read_back(form.values),
        "rows": listed_rows(form.rows),
    }


def plain(value: object) -> str:
    if isinstance(value, Fraction):
        return read_back({"": float(value)})[""]
    return str(value)


def test_every_filled_cell_has_a_note(tmp_path: Path) -> None:
    source = write(LAYOUTS["project-official"], tmp_path / "公路.xlsx")
    imported = import_report(source, tmp_path / "自评.xlsx")
    book = openpyxl.load_workbook(imported.target)
    notes = {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    assert len(notes) == len(imported.placed)
    for one in imported.placed:
        names, row = one.field.split("."), 0
        if len(names) == 3:
            names, row = [f"tbl_{names[0]}_{names[2]}"], int(names[1]) - 1
        else:
            names = [name for name in (f"in_{names[0]}", names[0]) if name in book.defined_names]
        ((sheet, area),) = book.defined_names[names[0]].destinations
        cell = book[sheet][area.replace("$", "").partition(":")[0]].offset(row=row)
        note = notes[sheet, cell.coordinate]
        assert note == f"导入自 公路.xlsx，{one.place}：\n原文“{one.words}”"
        assert one.place.startswith("工作表“自评表”")
