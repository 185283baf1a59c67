"""What a PDF says, what is kept out of it, and files that are none or hostile."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from tests import lo
from tests.cli.shell import run
from tests.importing import pdf
from workbook_tools.importing.document import ReportError
from workbook_tools.importing.opening import read_document

LINES = b"".join(pdf.text(f"Line {number} of a page", top=100 + 20 * number) for number in range(5))


def without_mapping() -> bytes:
    """A composite font that says neither Unicode nor a character collection."""
    system = "/CIDSystemInfo << /Registry (X) /Ordering (Y) /Supplement 0 >>"
    below = f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A {system} >>"
    font = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H "
        f"/DescendantFonts [{below}] >>"
    )
    show = b"BT /F 12 Tf 72 700 Td <" + b"".join(b"%04x" % n for n in range(300, 340)) + b"> Tj ET"
    return pdf.pages(pdf.stream(show), more=[font])


def scanned(words: bytes = b"") -> bytes:
    """A picture over the whole page, with or without text that a program guessed."""
    image = pdf.stream(
        b"\x80",
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
        "/BitsPerComponent 8",
    )
    show = f"q {pdf.WIDTH} 0 0 {pdf.HEIGHT} 0 0 cm /I Do Q\n".encode() + words
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return pdf.pages(pdf.stream(show), more=[font, image])


def in_circles() -> bytes:
    """A tree of pages that holds itself."""
    return pdf.file_of(
        ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]
    )


REFUSED: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "10,000 pages": (lambda: pdf.pages(pdf.stream(LINES), count=10_000), "超过 300 页"),
    "a font without mapping": (without_mapping, "没有文字对应表"),
    "pictures": (scanned, "是扫描件"),
    "pictures with text that was guessed": (lambda: scanned(LINES), "是扫描件"),
    "no text": (lambda: pdf.pages(pdf.stream(b"")), "是扫描件"),
    "cut": (lambda: pdf.pages(pdf.stream(LINES))[:300], "损坏|扫描件"),
    "a tree in circles": (in_circles, "损坏|扫描件"),
    "very many characters": (
        lambda: pdf.pages(pdf.stream(pdf.text("x" * 60_000), packed=True), count=10),
        "超过 300,000 字",
    ),
}


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, marks=[pytest.mark.slow] if kind == "very many characters" else [])
        for kind in REFUSED
    ],
)
def test_refused_in_a_sentence(kind: str, tmp_path: Path) -> None:
    make, words = REFUSED[kind]
    path = tmp_path / "报告.pdf"
    path.write_bytes(make())
    with pytest.raises(ReportError, match=words) as refusal:
        read_document(path)
    assert str(refusal.value).startswith("报告.pdf：")


def test_a_bomb_ends_within_its_memory(tmp_path: Path) -> None:
    path = tmp_path / "报告.pdf"
    path.write_bytes(pdf.pages(pdf.stream(b" " * 250_000_000, packed=True)))
    assert path.stat().st_size < 1_000_000
    ran = run("import", path, "-o", tmp_path / "自评.xlsx", "--memory-limit", "100")
    assert ran.code == 2
    assert "超过 100 MB 的上限" in ran.err
    assert not (tmp_path / "自评.xlsx").exists()


def drawings_in_drawings() -> bytes:
    """A page that draws a form ten times, which draws another ten times, and so on: 10^12 lines."""
    forms = [
        pdf.stream(
            b"/N Do " * 10,
            f"/Type /XObject /Subtype /Form /BBox [0 0 {pdf.WIDTH} {pdf.HEIGHT}] "
            f"/Resources << /XObject << /N {7 + level} 0 R >> >>",
        )
        for level in range(12)
    ]
    last = pdf.stream(LINES, f"/Type /XObject /Subtype /Form /BBox [0 0 {pdf.WIDTH} {pdf.HEIGHT}]")
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return pdf.pages(pdf.stream(b"/I Do"), more=[font, *forms, last])


@pytest.mark.slow
def test_drawings_in_drawings_end_within_their_time(tmp_path: Path) -> None:
    path = tmp_path / "报告.pdf"
    path.write_bytes(drawings_in_drawings())
    ran = run("import", path, "-o", tmp_path / "自评.xlsx", "--time-limit", "4")
    assert ran.code == 2
    assert "超过 4 秒的上限" in ran.err
    assert not (tmp_path / "自评.xlsx").exists()


def test_columns_without_rules_are_listed_and_not_read(tmp_path: Path) -> None:
    rows = b"".join(
        f"BT /F 12 Tf {left} {pdf.HEIGHT - top} Td ({words}) Tj ET\n".encode()
        for top, cells in ((100, ("Name", "5")), (130, ("Total", "4")))
        for left, words in zip((72, 300), cells, strict=True)
    )
    path = tmp_path / "报告.pdf"
    path.write_bytes(pdf.pages(pdf.stream(rows + pdf.text("A line below", top=300))))
    document = read_document(path)
    assert [piece.text for piece in document.pieces] == ["A line below"]
    assert [piece.text for piece in document.unread] == ["Name    5", "Total    4"]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A document of several pages: heads, page numbers, a table over pages whose head repeats."""
    folder = tmp_path_factory.mktemp("printed")
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "示例县财政局文件（虚构）"
    _add_page_number(section.footer.paragraphs[0])
    document.add_paragraph("本年度" + "预算执行情况良好，" * 60 + "特此报告。")
    table = document.add_table(1, 3, style="Table Grid")
    for cell, words in zip(table.rows[0].cells, ("序号", "任务", "完成数"), strict=True):
        cell.text = words
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    for number in range(1, 81):
        row = table.add_row()
        for cell, words in zip(row.cells, row_of(number), strict=True):
            cell.text = words
    document.add_paragraph("附件到此为止。")
    source = folder / "报告.docx"
    document.save(str(source))
    return lo.convert([source], folder, "pdf:writer_pdf_Export", ".pdf")[0]


def row_of(number: int) -> list[str]:
    return [
        str(number),
        f"第{number}项任务的名称写得比较长，在单元格里要换行",
        f"{number * 1234:,}.50",
    ]


def _add_page_number(paragraph: Paragraph) -> None:
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.add_run(" —")


@pytest.mark.libreoffice
@lo.requires_libreoffice
def test_a_table_over_pages_is_one_and_margins_are_none(printed: Path) -> None:
    document = read_document(printed)
    [grid] = document.grids
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["序号", "任务", "完成数"],
        *map(row_of, range(1, 81)),
    ]
    assert grid.rows[80][2].place.endswith("表 1 第 81 行第 3 列")
    outside = [piece.text for piece in document.pieces if not piece.table]
    assert outside == ["本年度" + "预算执行情况良好，" * 60 + "特此报告。", "附件到此为止。"]
    assert document.unread == ()


@pytest.mark.libreoffice
@lo.requires_libreoffice
def test_a_password_is_told(tmp_path: Path) -> None:
    source = tmp_path / "报告.docx"
    document = docx.Document()
    document.add_paragraph("单位名称：示例县档案馆")
    document.save(str(source))
    options = {
        "EncryptFile": {"type": "boolean", "value": "true"},
        "DocumentOpenPassword": {"type": "string", "value": "secret"},
    }
    target = f"pdf:writer_pdf_Export:{json.dumps(options)}"
    [made] = lo.convert([source], tmp_path, target, ".pdf")
    with pytest.raises(ReportError, match="设有打开密码"):
        read_document(made)
