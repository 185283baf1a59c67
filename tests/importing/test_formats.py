"""The same report in every format: no other value than the .docx gives, and none missing."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from pathlib import Path

import pytest

from tests import lo
from tests.importing.builder import LAYOUTS, lakeside, water_bureau, write
from workbook_tools.importing.document import Document
from workbook_tools.importing.opening import read_document
from workbook_tools.importing.reading import read_entries
from workbook_tools.standard import Standard

pytestmark = [pytest.mark.libreoffice, lo.requires_libreoffice]

FILTERS: Mapping[str, str] = {
    ".doc": "doc:MS Word 97",
    ".rtf": "rtf:Rich Text Format",
    ".odt": "odt:writer8",
    ".pdf": "pdf:writer_pdf_Export",
}
DOCX = [layout for layout in LAYOUTS if layout.endswith(".docx")]
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
