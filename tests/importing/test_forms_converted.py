"""The same forms as other programs save them: the same is read of them, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import lo
from tests.importing.layouts import layouts, write
from tests.importing.test_official_forms import said, wanted
from workbook_tools.importing.document import ReportError
from workbook_tools.importing.opening import read_document
from workbook_tools.importing.parts import parts_of
from workbook_tools.standard import load_standard

LAYOUTS = layouts()
pytestmark = [pytest.mark.slow, pytest.mark.libreoffice, lo.requires_libreoffice]


@pytest.mark.parametrize(
    ("kind", "target", "suffix"),
    [
        ("xlsx", "xls:MS Excel 97", ".xls"),
        ("docx", "doc:MS Word 97", ".doc"),
        ("docx", "pdf:writer_pdf_Export", ".pdf"),
    ],
)
def test_each_layout_says_the_same(kind: str, target: str, suffix: str, tmp_path: Path) -> None:
    names = [name for name, layout in LAYOUTS.items() if kind in layout.file]
    made = [write(LAYOUTS[name], tmp_path / f"{name}.{kind}") for name in names]
    for name, path in zip(names, lo.convert(made, tmp_path / "new", target, suffix), strict=True):
        layout = LAYOUTS[name]
        standard = load_standard(layout.standard) if layout.standard else None
        if layout.refused:
            with pytest.raises(ReportError, match=layout.refused):
                parts_of(read_document(path), standard)
        else:
            parts = parts_of(read_document(path), standard)
            assert [said(one) for one in parts] == [wanted(one) for one in layout.forms], name
