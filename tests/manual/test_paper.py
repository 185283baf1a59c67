"""The manual as one Word document and as PDF."""

from __future__ import annotations

import datetime
import re
import shutil
import struct
import subprocess
from pathlib import Path

import docx
import pytest
from docx.shared import Mm
from markdown_it.tree import SyntaxTreeNode

from docs.manual.build import TITLE, build
from docs.manual.chapters import CHAPTERS, HERE, INDEX, plain, tree
from tests.lo import requires_libreoffice
from workbook_tools.report.paper.pdf import write_pdfs

AT = datetime.datetime(2026, 1, 5, 9, 30)


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("manual"), AT)


def headings(tag: str) -> list[str]:
    return [
        plain(block)
        for path in CHAPTERS
        for block in tree(path).children
        if block.type == "heading" and block.tag == tag
    ]


def proportion(picture: SyntaxTreeNode) -> float:
    """Of a PNG, whose width and height stand after its first 16 bytes."""
    head = (HERE / str(picture.attrs["src"])).read_bytes()[16:24]
    wide, high = struct.unpack(">II", head)
    return float(wide / high)


def test_it_has_every_chapter_section_table_and_picture(manual: Path) -> None:
    document = docx.Document(str(manual))
    said = [(one.style.name if one.style else "", one.text) for one in document.paragraphs]
    bare = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)")
    for style, tag in (("Heading 1", "h1"), ("Heading 2", "h2")):
        assert [bare.sub("", text) for name, text in said if name == style] == headings(tag)
    blocks = [block for path in (INDEX, *CHAPTERS) for block in tree(path).children]
    assert len(document.tables) == sum(block.type == "table" for block in blocks)
    pictures = [one for block in blocks for one in block.walk() if one.type == "image"]
    assert len(document.inline_shapes) == len(pictures) > 15
    for shape, picture in zip(document.inline_shapes, pictures, strict=True):
        assert shape.width <= Mm(157)
        assert shape.height <= Mm(89)
        assert shape.width / shape.height == pytest.approx(proportion(picture), rel=0.01)
    captions = [text.partition("　")[2] for _, text in said if re.match(r"图\d+　", text)]
    assert captions == [one.content for one in pictures]
    described = document.element.xpath("//wp:docPr/@descr")
    assert described == captions
    assert not [text for _, text in said if "**" in text or "`" in text]


def test_the_same_chapters_give_the_same_bytes(manual: Path, tmp_path: Path) -> None:
    assert build(tmp_path, AT).read_bytes() == manual.read_bytes()


@requires_libreoffice
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_libreoffice_makes_a_pdf_of_it(manual: Path) -> None:
    pdf = write_pdfs([manual])[manual]
    assert isinstance(pdf, Path)
    assert pdf.name == f"{TITLE}.pdf"
    told = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True)
    text = told.stdout.decode()
    assert not [title for title in headings("h1") if title not in text]
