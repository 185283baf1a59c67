"""Encrypted files: read where Excel asks for nothing, else refused by their true reason."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import msoffcrypto  # type: ignore[import-untyped] # it ships no types
import pytest
from msoffcrypto.format.ooxml import OOXMLFile  # type: ignore[import-untyped] # as above

from tests.annotation.reading import notes_in
from tests.cli.shell import SAMPLES, run
from workbook_tools.assessment import assess
from workbook_tools.intake.sources import find_workbooks

SAMPLE = SAMPLES / "agriculture-2020.xlsx"
DEFAULT = "VelvetSweatshop"
INDENT = b"            <p:encryptedKey spinCount="
REFUSALS = {
    "many turns": (INDENT + b'"100000"', INDENT[3:] + b'"100000000"'),
    "declarations": (INDENT, b"<!-- x -->  " + INDENT.lstrip()),
    "another encoding": (b'encoding="UTF-8"', b'encoding="cp037"'),
    "not ASCII": (INDENT, b"\xc3\xa9" + INDENT[2:]),
}


def sealed(folder: Path, password: str = DEFAULT) -> Path:
    target = folder / SAMPLE.name
    content = io.BytesIO()
    OOXMLFile(io.BytesIO(SAMPLE.read_bytes())).encrypt(password, content)
    target.write_bytes(content.getvalue())
    return target


def compound(folder: Path, *names: str) -> Path:
    """No more of a compound file than its mark and the names of streams."""
    target = folder / SAMPLE.name
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    target.write_bytes(
        head + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in names)
    )
    return target


def test_what_opens_without_asking_is_read_as_it_would_be_plain(tmp_path: Path) -> None:
    book = sealed(tmp_path)
    assert find_workbooks([book]).workbooks == (book,)
    assert assess(book).findings == assess(SAMPLE).findings
    run("validate", book, "-o", tmp_path / "copies")
    run("validate", SAMPLE, "-o", tmp_path / "expected")
    assert notes_in(tmp_path / "copies" / book.name) == notes_in(tmp_path / "expected" / book.name)
    before = book.read_bytes()
    run("clean", tmp_path / "copies" / book.name, "-o", tmp_path / "cleaned.xlsx")
    assert notes_in(tmp_path / "cleaned.xlsx") == {}
    assert book.read_bytes() == before


def test_a_real_password(tmp_path: Path) -> None:
    (found,) = assess(sealed(tmp_path, "secret")).findings
    assert (found.code, "设有打开密码" in found.message) == ("WB108", True)


def test_rights_management_is_no_password(tmp_path: Path) -> None:
    book = compound(tmp_path, "DRMEncryptedDataSpace", "EncryptedPackage")
    (found,) = assess(book).findings
    assert found.code == "WB108"
    assert "权限管理（IRM）" in found.message
    assert "限制访问" in found.message


@pytest.mark.parametrize("what", REFUSALS)
def test_what_would_keep_a_library_busy_never_reaches_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    book = sealed(tmp_path)
    then, now = REFUSALS[what]
    content = book.read_bytes()
    assert content.count(then) == 1
    book.write_bytes(content.replace(then, now.ljust(len(then))[: len(then)]))
    reached: list[object] = []
    monkeypatch.setattr(msoffcrypto, "OfficeFile", reached.append)
    (found,) = assess(book).findings
    assert found.code == "WB108"
    assert reached == []


def test_a_broken_compound_file_is_refused_in_silence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    book = sealed(tmp_path)
    whole = book.read_bytes()
    for content in (whole[:2000], whole[: len(whole) // 2], whole[:600] + bytes(4000)):
        book.write_bytes(content)
        (found,) = assess(book).findings
        assert found.code in {"WB108", "WB111"}
    book = compound(tmp_path, "EncryptedPackage")
    assert assess(book).findings[0].code == "WB108"
    assert capfd.readouterr().err == ""


def test_an_ordinary_workbook_loads_no_cryptography() -> None:
    script = (
        "import sys; from workbook_tools.assessment import assess; assess(sys.argv[1]);"
        "print({'msoffcrypto', 'olefile', 'cryptography'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(SAMPLE)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("表.csv", "科目,金额\n一,1\n".encode(), "是文本表格（CSV），不是工作簿。"),
        ("表.xlsx", "科目,金额\n一,1\n".encode(), "不是工作簿，只是扩展名写成了工作簿的"),
        ("表.txt", "一段文字".encode(), "是文本文件，不是工作簿。"),
        ("表.html", b"<html><body>", "是网页（HTML）文件，不是工作簿。"),
        (
            "表.fods",
            b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:'
            b'xmlns:office:1.0"/>',
            "OpenDocument（.fods）",
        ),
        ("表.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(600, b"\0"), "旧格式（.xls）工作簿。"),
    ],
)
def test_files_are_called_what_they_are(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (found,) = assess(tmp_path / name).findings
    assert says in found.message


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (["content.xml", "META-INF/manifest.xml"], "OpenDocument（.ods）"),
        (["mimetype", "content.xml"], "OpenDocument（.ods）"),
        (["Index/Document.iwa"], "苹果 Numbers"),
        (["表.numbers/Index/Document.iwa"], "苹果 Numbers"),
        (["表.numbers/Index.zip"], "苹果 Numbers"),
        (["word/document.xml"], "Word 文档"),
    ],
)
def test_packages_are_called_what_they_are(tmp_path: Path, names: list[str], says: str) -> None:
    with zipfile.ZipFile(tmp_path / "表.xlsx", "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    (found,) = assess(tmp_path / "表.xlsx").findings
    assert says in found.message


def test_a_word_document_with_macros(tmp_path: Path) -> None:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
        'PartName="/word/document.xml" '
        'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    with zipfile.ZipFile(tmp_path / "表.docm", "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", relations)
        archive.writestr("word/document.xml", "<w/>")
    (found,) = assess(tmp_path / "表.docm").findings
    assert "是 Word 文档" in found.message
