"""The example of a workbook that calls us runs as it stands, on the fake Excel."""

from __future__ import annotations

import importlib.util
import re
import shutil
from pathlib import Path

import pytest
import xlwings

from tests.annotation.reading import notes_in
from tests.cli.shell import SAMPLES, run
from tests.excel.fake_excel import FakeExcel, save

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "check_in_excel.py"
CALL = 'RunPython "from workbook_tools.excel import check_active; check_active()"'


def test_the_example(
    fake_excel: FakeExcel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlwings.Book, "_mock_caller", None, raising=False)
    spec = importlib.util.spec_from_file_location("check_in_excel", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    example = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(example)
    book = tmp_path / "agriculture-2020.xlsx"
    shutil.copy(SAMPLES / book.name, book)
    fake_excel.open(book)
    assert "复算总分" in example.check(xlwings.books.active)
    save(fake_excel.model, tmp_path / "live.xlsx")
    run("validate", book, "-o", tmp_path / "copies")
    assert notes_in(tmp_path / "live.xlsx") == notes_in(tmp_path / "copies" / book.name)


def test_the_call_is_documented_word_for_word() -> None:
    call = re.search(r'RunPython "(.*)"', CALL)
    assert call is not None
    for page in (EXAMPLE, ROOT / "macros" / "README.md"):
        assert CALL in page.read_text(encoding="utf-8")
    exec(call[1].partition(";")[0], {})
