"""The same report in every format: no other value than the .docx gives, and none missing."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from pathlib import Path

import pytest

from tests import lo
from tests.importing.builder import LAYOUTS as REPORT_LAYOUTS
from tests.importing.builder import lakeside, water_bureau, write, write_paragraphs
from tests.importing.layouts import layouts
from tests.importing.layouts import write as write_layout
from tests.importing.test_cases import CASES
from workbook_tools.conversion import libreoffice
from workbook_tools.importing.document import Document, ReportError
from workbook_tools.importing.opening import read_document
from workbook_tools.importing.parts import parts_of
from workbook_tools.importing.reading import read_entries
from workbook_tools.standard import Standard, load_standard

pytestmark = [pytest.mark.libreoffice, lo.requires_libreoffice]

FILTERS: Mapping[str, str] = {
    ".doc": "doc:MS Word 97",
    ".rtf": "rtf:Rich Text Format",
    ".odt": "odt:writer8",
    ".pdf": "pdf:writer_pdf_Export",
}
LAYOUTS = layouts()
DOCX = [layout for layout in REPORT_LAYOUTS if layout.endswith(".docx")]
REPORTS = {"水利": water_bureau(), "湖滨": lakeside()}


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each report in each layout, and what LibreOffice makes of it, all in one start a format."""
    folder = tmp_path_factory.mktemp("reports")
    sources = [
        write(report, folder / f"{name} {layout}", layout)
        for name, report in REPORTS.items()
        for layout in DOCX
    ]
    for suffix, filter_name in FILTERS.items():
        lo.convert(sources, folder, filter_name, suffix)
    return folder


def values(document: Document, standard: Standard) -> dict[str, str]:
    """What is read, with texts as they are compared: spaces and line ends differ."""
    entries = read_entries(document, standard)
    assert document.unread == ()
    assert entries.not_placed == []
    return {field: "".join(str(value).split()) for field, value in entries.values.items()}


@pytest.mark.parametrize(
    ("name", "layout", "suffix"),
    [
        pytest.param(
            *case, marks=[] if case[0] == "水利" or case[2] == ".pdf" else [pytest.mark.slow]
        )
        for case in product(REPORTS, DOCX, FILTERS)
    ],
)
def test_every_format_says_the_same(suffix: str, name: str, layout: str, documents: Path) -> None:
    source = documents / f"{name} {layout}"
    standard = REPORTS[name].standard
    expected = values(read_document(source), standard)
    assert len(expected) > 10
    assert values(read_document(source.with_suffix(suffix)), standard) == expected


def test_wps_names_and_wrong_names_do_not_matter(documents: Path, tmp_path: Path) -> None:
    source = documents / "水利 table.docx"
    renamed = tmp_path / "报告.wps"
    renamed.write_bytes(source.with_suffix(".doc").read_bytes())
    standard = REPORTS["水利"].standard
    assert values(read_document(renamed), standard) == values(read_document(source), standard)


BACK: Mapping[str, tuple[str, str]] = {
    ".doc": ("MS Word 97", "docx"),
    ".rtf": ("Rich Text Format", "docx"),
    ".odt": ("writer8", "docx"),
    ".xls": ("MS Excel 97", "xlsx"),
    ".ods": ("calc8", "xlsx"),
}
"""How the product has each format read, and what it becomes."""
SHEETS = {".xls": "xls:MS Excel 97", ".ods": "ods:calc8"}


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [*FILTERS, *SHEETS])
def test_no_layout_and_no_case_says_anything_else(suffix: str, tmp_path: Path) -> None:
    """All in one start there and one back, by the converter of the product."""
    sources = invented(tmp_path, "xlsx" if suffix in SHEETS else "docx")
    made = lo.convert(sources, tmp_path / "made", {**FILTERS, **SHEETS}[suffix], suffix)
    if suffix != ".pdf":
        read_as, becomes = BACK[suffix]
        program = libreoffice.installed()
        assert program is not None
        back = tmp_path / "back"
        save_as = libreoffice.FILTERS["docx" if becomes == "docx" else "xlsx"]
        libreoffice.run(program, made, save_as, back, seconds=900, read_as=read_as)
        made = [back / path.with_suffix(f".{becomes}").name for path in made]
    for source, path in zip(sources, made, strict=True):
        layout = LAYOUTS.get(source.stem)
        standard = load_standard(layout.standard) if layout and layout.standard else None
        ours, _ = told(source, standard)
        theirs, unread = told(path, standard)
        assert not theirs - ours, (source.name, theirs - ours)
        assert unread or theirs == ours, (source.name, ours - theirs)


def invented(folder: Path, kind: str) -> list[Path]:
    """Every layout of official forms that is written so, and every text as a document."""
    written = [
        write_layout(layout, folder / f"{name}.{kind}")
        for name, layout in LAYOUTS.items()
        if kind in layout.file
    ]
    if kind == "docx":
        written += [
            write_paragraphs(folder / f"case {number}.docx", case["lines"].split("\n"))
            for number, case in enumerate(CASES)
        ]
    return written


def told(path: Path, standard: Standard | None) -> tuple[set[tuple[object, ...]], bool]:
    """What is read of a file, value by value, without spaces; whether some is left unread."""
    document = read_document(path)
    unread = bool(document.unread)
    try:
        parts = parts_of(document, standard)
    except ReportError:
        return set(), unread
    values: set[tuple[object, ...]] = set()
    for place, part in enumerate(parts):
        values |= {
            (place, part.standard.id, field, "".join(str(value).split()))
            for field, value in part.entries.values.items()
        }
        values |= {
            (place, table, number, column, "".join(str(value).split()))
            for table, rows in part.entries.rows.items()
            for number, row in enumerate(rows)
            for column, (value, _) in row.items()
        }
    return values, unread
