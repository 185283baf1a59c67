"""What is no report, or a hostile one, is refused in a sentence; nothing is written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # ships no types

import workbook_tools
from tests.importing.builder import write_paragraphs, write_text
from workbook_tools.cli.samples import samples_folder
from workbook_tools.files.targets import TargetRefused
from workbook_tools.importing import ReportError

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def package(document: str | bytes, more: Mapping[str, bytes] = {}, types: str = TYPES) -> bytes:
    """A .docx with that main part."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", document)
        for name, content in more.items():
            archive.writestr(name, content)
    return stream.getvalue()


def body(inside: str) -> str:
    return f"<w:document {NAMESPACE}><w:body>{inside}</w:body></w:document>"


def bomb() -> bytes:
    return package(body(f"<w:p><w:r><w:t>{'零' * 15_000_000}</w:t></w:r></w:p>"))


def nested() -> bytes:
    return package(body("<w:sdt>" * 20_000 + "</w:sdt>" * 20_000))


def with_dtd() -> bytes:
    entity = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    return package(entity + body("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>"))


def climbing() -> bytes:
    return package(body(""), {"../../beside.txt": b"x"})


def sheets(replaced: Mapping[str, str]) -> bytes:
    """A form as a workbook, in which a part's words are replaced by others."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet().write_string("A1", "单位名称")
    changed = io.BytesIO()
    with zipfile.ZipFile(stream) as archive, zipfile.ZipFile(changed, "w", 8) as target:
        for name in archive.namelist():
            content = archive.read(name).decode()
            for old, new in replaced.items():
                content = content.replace(old, new)
            target.writestr(name, content)
    return changed.getvalue()


def sheet_bomb() -> bytes:
    return sheets({"单位名称": "零" * 40_000_000})


def sheet_with_entities() -> bytes:
    return sheets({"<sst ": '<!DOCTYPE s [<!ENTITY a "零">]><sst ', "单位名称": "&a;" * 1000})


def workbook() -> bytes:
    return (samples_folder() / "water-2020.xlsx").read_bytes()


REFUSED: Mapping[str, tuple[str, bytes | Callable[[], bytes], str]] = {
    "an old Word document": ("报告.doc", COMPOUND, "另存为 .docx"),
    "one with another extension": ("报告.docx", COMPOUND, "另存为 .docx"),
    "half a PDF": ("报告.pdf", b"%PDF-1.7\n", "已损坏"),
    "a web page": ("报告.doc", "<html>单位名称</html>".encode(), "网页"),
    "a picture": ("报告.txt", b"\x89PNG\r\n\x1a\n", "图片"),
    "an archive": ("报告.rar", b"Rar!\x1a\x07", "压缩包"),
    "a workbook": ("报告.docx", workbook, "填报工作簿"),
    "an empty file": ("报告.txt", b" \r\n", "空文件"),
    "bytes": ("报告.txt", bytes(range(256)) * 4, "不是能识别的纯文本"),
    "characters that XML has not": ("报告.txt", "单位名称：\uffff".encode(), "不是能识别的纯文本"),
    "a large text": ("报告.txt", "零".encode() * 700_000, "超过 2 MB"),
    "a text of very many lines": ("报告.txt", b"5\n" * 60_000, "超过 50,000 段"),
    "another text": ("报告.txt", "今天天气很好。".encode(), "没有认出"),
    "half a document": ("报告.docx", package(body(""))[:-40], "已损坏"),
    "a broken main part": ("报告.docx", package("<w:document"), "已损坏"),
    "a bomb": ("报告.docx", bomb, "上限"),
    "deep nesting": ("报告.docx", nested, "已损坏"),
    "a DTD": ("报告.docx", with_dtd, "DTD"),
    "a climbing path": ("报告.docx", climbing, "路径"),
    "a bomb of a sheet": ("自评表.xlsx", sheet_bomb, "上限|倍"),
    "a sheet with entities": ("自评表.xlsx", sheet_with_entities, "DTD"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_refused_with_advice(kind: str, tmp_path: Path) -> None:
    name, content, words = REFUSED[kind]
    source = tmp_path / name
    source.write_bytes(content if isinstance(content, bytes) else content())
    with pytest.raises(ReportError, match=words) as refusal:
        workbook_tools.import_report(source, tmp_path / "自评.xlsx")
    assert str(refusal.value).startswith(f"{name}：")
    assert "工作簿。" not in str(refusal.value) or kind == "another text"
    assert [path.name for path in tmp_path.iterdir()] == [name]


def with_macros() -> bytes:
    """A .docm with a project of macros, one that is called on opening, and an OLE object."""
    run = "<w:r><w:t>单位名称：示例县档案馆</w:t></w:r>"
    ole = '<o:OLEObject xmlns:o="urn:o" Type="Embed" ProgID="Package"/>'
    inside = f"<w:r><w:object>{ole}</w:object></w:r>"
    macro = "application/vnd.ms-word.document.macroEnabled.main+xml"
    ordinary = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    assert ordinary in TYPES
    more = {"word/vbaProject.bin": COMPOUND, "word/embeddings/oleObject1.bin": COMPOUND}
    return package(body(f"<w:p>{run}{inside}</w:p>"), more, TYPES.replace(ordinary, macro))


def test_macros_and_objects_are_not_read(tmp_path: Path) -> None:
    source = tmp_path / "报告.docm"
    source.write_bytes(with_macros())
    imported = workbook_tools.import_report(source, tmp_path / "自评.xlsx")
    assert [(one.field, one.value) for one in imported.placed] == [("unit_name", "示例县档案馆")]
    with zipfile.ZipFile(imported.target) as made:
        assert not [name for name in made.namelist() if name.endswith(".bin")]


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="不存在"):
        workbook_tools.import_report(tmp_path / "没有.docx", tmp_path / "自评.xlsx")
    with pytest.raises(ReportError, match="是文件夹"):
        workbook_tools.import_report(tmp_path, tmp_path / "自评.xlsx")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    source = write_text(tmp_path / "报告.txt", ["单位名称：示例县档案馆"])
    target = tmp_path / "自评.xlsx"
    target.write_bytes(b"mine")
    with pytest.raises(TargetRefused, match="没有覆盖"):
        workbook_tools.import_report(source, target)
    assert target.read_bytes() == b"mine"
    with pytest.raises(FileNotFoundError):
        workbook_tools.import_report(source, tmp_path / "没有" / "自评.xlsx")


def test_what_nobody_sees_is_not_read(tmp_path: Path) -> None:
    """Deleted and hidden text, field codes, and the fallback of a text box."""
    run = "<w:r><w:t>{}</w:t></w:r>"
    document = body(
        "<w:p>"
        + run.format("单位名称：")
        + "<w:del><w:r><w:delText>甲</w:delText></w:r></w:del>"
        + f"<w:ins>{run.format('示例县')}</w:ins>"
        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>乙</w:t></w:r>"
        + '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>档</w:t></w:r>'
        + "<w:r><w:instrText>HYPERLINK 丙</w:instrText></w:r>"
        + f"<w:moveFrom>{run.format('丁')}</w:moveFrom>"
        + f"<w:hyperlink>{run.format('案馆')}</w:hyperlink></w:p>"
    )
    source = tmp_path / "报告.docx"
    source.write_bytes(package(document))
    imported = workbook_tools.import_report(source, tmp_path / "自评.xlsx")
    assert [(one.field, one.value) for one in imported.placed] == [("unit_name", "示例县档案馆")]


def test_text_never_acts(tmp_path: Path) -> None:
    import openpyxl

    lines = [
        '单位名称：=HYPERLINK("http://x")',
        "存在的问题：<r><t>库房</t></r>",
        "改进措施：@SUM(A1)_x0041_\u200b",
    ]
    imported = workbook_tools.import_report(
        write_paragraphs(tmp_path / "报告.docx", lines), tmp_path / "自评.xlsx"
    )
    book = openpyxl.load_workbook(imported.target)
    cells = [
        book[sheet][address.replace("$", "")]
        for name in ("in_unit_name", "in_narrative_problems", "in_narrative_improvements")
        for sheet, address in book.defined_names[name].destinations
    ]
    assert [cell.data_type for cell in cells] == ["s", "s", "s"]
    assert [str(cell.value).strip() for cell in cells] == [
        line.partition("：")[2] for line in lines
    ]
    assert all(cell.hyperlink is None for cell in cells)
