"""What everything is made of is known by its SHA-256, and nothing else is taken."""

from __future__ import annotations

import re
import sys
import zipfile
from pathlib import Path

import pytest

from distribution import packing, parts
from distribution.pythons import Pin, UnknownPythonError, pins, unpack
from distribution.targets import TARGETS
from workbook_tools.importing import ReportError
from workbook_tools.importing.pdf_file import read_pdf_file


def test_another_python_than_a_pinned_one_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "python-3.13.14-embed-amd64.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("python.exe", b"not theirs")
    with pytest.raises(UnknownPythonError, match=r"not in pins\.yaml"):
        unpack(other, tmp_path / "python")
    assert not (tmp_path / "python").exists()


def test_the_lists_hold_what_the_package_asks_for() -> None:
    names = {line.split("==")[0].lower() for line in parts.pinned(TARGETS["windows"])}
    asked = {re.split(r"[<>=\[; ]", line)[0].lower() for line in parts.requirements()}
    assert asked <= names
    assert not names & parts.LEFT_OUT
    assert all(re.fullmatch(r"[0-9a-f]{64}", pin.sha256) for pin in pins())


def test_what_pypi_does_not_give_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    for name in ("PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    with pytest.raises(parts.FetchError, match="can PyPI be reached"):
        parts.download(TARGETS["windows"], "3.11", tmp_path)
    assert not list(tmp_path.iterdir())


def test_the_embeddable_package_is_taken_whole(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    theirs = {"python.exe": b"signed", "python313.dll": b"signed too", "LICENSE.txt": b"PSF"}
    library = tmp_path / "python313.zip"
    with zipfile.ZipFile(library, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("encodings/utf_8.pyc", b"\0" * 1000)
    package = tmp_path / "python-3.13.14-embed-amd64.zip"
    with zipfile.ZipFile(package, "w") as archive:
        for name, content in theirs.items():
            archive.writestr(name, content)
        archive.write(library, library.name)
    pin = Pin("embeddable", "3.13.14", package.name, packing.digest(package))
    monkeypatch.setattr("distribution.pythons.pins", lambda: [pin])

    assert unpack(package, tmp_path / "python") == pin

    assert {name: (tmp_path / "python" / name).read_bytes() for name in theirs} == theirs
    with zipfile.ZipFile(tmp_path / "python" / "python313.zip") as archive:
        (entry,) = archive.infolist()
        assert entry.filename == "encodings/utf_8.pyc"
        assert entry.compress_type == zipfile.ZIP_STORED
        assert archive.read(entry) == b"\0" * 1000


def test_a_pdf_is_refused_where_its_reader_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with pytest.raises(ReportError, match=r"旧报告\.pdf：这个版本不能读 PDF"):
        read_pdf_file("旧报告.pdf", b"%PDF-1.7")
