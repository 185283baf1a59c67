"""The same report in every format: no other value than the .docx or .xlsx gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import lo
from tests.importing import formats
from tests.importing.builder import water_bureau, write
from workbook_tools.importing.opening import read_document
from workbook_tools.importing.reading import read_entries

pytestmark = [pytest.mark.libreoffice, lo.requires_libreoffice]


def test_wps_writes_doc_and_names_do_not_matter(tmp_path: Path) -> None:
    report = water_bureau()
    source = write(report, tmp_path / "报告.docx", "table.docx")
    [made] = lo.convert([source], tmp_path, formats.FORMATS[".doc"][0], ".doc")
    renamed = made.rename(tmp_path / "报告.wps")
    there, here = (read_entries(read_document(one), report.standard) for one in (source, renamed))
    assert len(there.values) > 10
    assert here.values == there.values
    assert here.not_placed == []


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[formats.Source]:
    return formats.documents(tmp_path_factory.mktemp("documents"))


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> list[formats.Source]:
    return formats.workbooks(tmp_path_factory.mktemp("workbooks"))


@pytest.mark.slow
@pytest.mark.parametrize("suffix", formats.FORMATS)
def test_every_format_says_the_same(
    suffix: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    made = "workbooks" if suffix in formats.SHEETS else "documents"
    sources: list[formats.Source] = request.getfixturevalue(made)
    assert len(sources) > 40
    found = formats.differences(sources, suffix, tmp_path)
    assert not any(one.more for one in found.values()), found
    assert all(one.listed or _ends(name, suffix) for name, one in found.items()), found


@pytest.mark.slow
def test_a_pdf_without_rules_says_nothing_else(
    documents: list[formats.Source], tmp_path: Path
) -> None:
    bare = formats.without_rules(documents, tmp_path)
    assert len(bare) > 40
    found = formats.differences(bare, ".pdf", tmp_path)
    assert {name: one.more for name, one in found.items() if one.more} == {}
    assert all(one.listed for one in found.values())
    assert sum(len(source.told) for source in bare) > sum(len(one.less) for one in found.values())


def _ends(name: str, suffix: str) -> bool:
    """Whether LibreOffice makes text of a document's last table, for .doc has no such end."""
    return suffix == ".doc" and name.endswith(formats.ENDS)
