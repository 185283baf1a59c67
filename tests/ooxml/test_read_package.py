from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ooxml.read_books import parts, relations, save
from workbook_tools.ooxml import Limits, Package, PackageError, open_workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def typed(content_type: str) -> bytes:
    """A zip whose main part has another content type."""
    contents = parts()
    contents["[Content_Types].xml"] = str(contents["[Content_Types].xml"]).replace(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", content_type
    )
    return zipped(contents)


def zipped(contents: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def changed(name: str, content: str | bytes) -> bytes:
    return zipped({**parts(), name: content})


def duplicate() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts().items():
            archive.writestr(name, content)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("xl/workbook.xml", "<workbook/>")
    return buffer.getvalue()


def with_flag(flag: int) -> bytes:
    """Every entry's general purpose flags set, in the central directory."""
    data = bytearray(zipped(parts()))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= flag
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def with_damage() -> bytes:
    data = bytearray(zipped(parts()))
    name = b"xl/workbook.xml"
    data[data.find(name) + len(name) + 20] ^= 0xFF
    return bytes(data)


def with_flipped_bit() -> bytes:
    """One bit of an uncompressed part, which only its checksum can tell."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts().items():
            archive.writestr(name, content)
    data = bytearray(buffer.getvalue())
    data[data.find(b"sheetId") + 9] ^= 1
    return bytes(data)


def lying_size() -> bytes:
    """The directory declares one byte for the workbook part, which has more."""
    data = bytearray(zipped(parts()))
    at = data.rfind(b"xl/workbook.xml") - 46
    struct.pack_into("<I", data, at + 24, 1)
    return bytes(data)


DTD = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><workbook/>'
COMMENTED_DTD = "<!-- <a> -->" + DTD.partition("?>")[2]

REFUSALS: list[tuple[str, str, Callable[[], bytes], str, str]] = [
    ("空.xlsx", "empty", lambda: b"", "unreadable", "空文件"),
    ("零.xlsx", "zeros", lambda: bytes(5000), "unreadable", "空文件"),
    ("密.xlsx", "encrypted", lambda: OLE + utf16("EncryptedPackage"), "encrypted", "打开密码"),
    ("旧.xls", "old xls", lambda: OLE + utf16("Workbook"), "not-a-workbook", ".xls"),
    ("改名.xlsx", "renamed xls", lambda: OLE + utf16("Workbook"), "not-a-workbook", ".xls"),
    ("金山.et", "wps et", lambda: OLE + utf16("Workbook"), "not-a-workbook", ".et"),
    ("文.doc", "word", lambda: OLE + utf16("WordDocument"), "not-a-workbook", "文字文档"),
    ("老.xls", "biff 5", lambda: b"\x09\x08\x10\x00" + bytes(90), "not-a-workbook", ".xls"),
    ("网.xlsx", "html", lambda: b"\xef\xbb\xbf\r\n<HTML><body><table>", "not-a-workbook", "HTML"),
    ("单页.xls", "mhtml", lambda: b"MIME-Version: 1.0\r\n", "not-a-workbook", "HTML"),
    ("文.xlsx", "csv", lambda: "单位,金额\r\n某局,1\r\n".encode("gbk"), "not-a-workbook", "CSV"),
    ("二.xlsx", "xml 2003", lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-'
     b'com:office:spreadsheet">', "not-a-workbook", "XML 表格 2003"),
    ("报.xlsx", "pdf", lambda: b"%PDF-1.7\n", "not-a-workbook", "PDF"),
    ("包.xlsx", "rar", lambda: b"Rar!\x1a\x07\x01\x00", "not-a-workbook", "解压"),
    ("噪.xlsx", "noise", lambda: b"\x01\x02\x00\x03" * 50, "not-a-workbook", "无法识别"),
    ("包.xlsx", "plain zip", lambda: zipped({"说明.txt": "你好"}), "not-a-workbook", "没有工作簿"),
    ("开.xlsx", "ods", lambda: zipped({"mimetype": "x", "content.xml": "<x/>"}), "not-a-workbook",
     ".ods"),
    ("二进制.xlsx", "xlsb", lambda: typed("application/vnd.ms-excel.sheet."
     "binary.macroEnabled.main"), "not-a-workbook", ".xlsb"),
    ("文.xlsx", "docx", lambda: typed("application/vnd.openxmlformats-officedocument."
     "wordprocessingml.document.main+xml"), "not-a-workbook", "Word"),
    ("半.xlsx", "truncated", lambda: zipped(parts())[:-300], "unreadable", "没有传完"),
    ("头.xlsx", "only a head", lambda: b"PK\x03\x04", "unreadable", "没有传完"),
    ("重.xlsx", "duplicate", duplicate, "unreadable", "同名部件"),
    ("大小写.xlsx", "duplicate by case", lambda: changed("XL/Workbook.xml", "<a/>"), "unreadable",
     "同名部件"),
    ("爬.xlsx", "climbing", lambda: changed("xl/../../etc/x", "x"), "unreadable", "路径异常"),
    ("锁.xlsx", "zip password", lambda: with_flag(1), "encrypted", "密码"),
    ("坏.xlsx", "damaged", with_damage, "unreadable", "xl/workbook.xml"),
    ("位.xlsx", "flipped bit", with_flipped_bit, "unreadable", "校验不符"),
    ("谎.xlsx", "lying size", lying_size, "unreadable", "校验不符"),
    ("缺.xlsx", "no workbook part", lambda: zipped({k: v for k, v in parts().items()
     if k != "xl/workbook.xml"}), "unreadable", "缺少部件"),
    ("实体.xlsx", "dtd", lambda: changed("xl/workbook.xml", DTD), "unreadable", "DTD"),
    ("藏.xlsx", "dtd behind a comment", lambda: changed("xl/workbook.xml", COMMENTED_DTD),
     "unreadable", "DTD"),
    ("宽.xlsx", "dtd in utf-16", lambda: changed("xl/workbook.xml", DTD.encode("utf-16")),
     "unreadable", "DTD"),
    ("码.xlsx", "unknown encoding", lambda: changed("xl/workbook.xml",
     '<?xml version="1.0" encoding="martian"?><workbook/>'), "unreadable", "文字编码"),
    ("断.xlsx", "unclosed", lambda: changed("xl/workbook.xml", "<workbook><sheets><sheet>"),
     "unreadable", "目录已损坏"),
    ("断二.xlsx", "unclosed types", lambda: changed("[Content_Types].xml", "<Types><Override>"),
     "unreadable", "[Content_Types].xml"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "make", "code", "words"),
    [pytest.param(n, make, code, words, id=id_) for n, id_, make, code, words in REFUSALS],
)
def test_each_file_that_is_no_workbook_is_refused_with_its_reason_and_advice(
    tmp_path: Path, name: str, make: Callable[[], bytes], code: str, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    before = path.read_bytes()
    with pytest.raises(PackageError) as caught:
        open_workbook(path)
    assert caught.value.code == code
    assert caught.value.message.startswith(f"{name}：")
    assert words in caught.value.message
    assert "请" in caught.value.message
    assert path.read_bytes() == before


def test_no_such_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="不存在"):
        open_workbook(tmp_path / "无.xlsx")
    with pytest.raises(PackageError, match=r"文件夹|没有权限"):
        open_workbook(tmp_path)


LIMITS = [
    (Limits(entries=5), "超过上限 5 个"),
    (Limits(total=2_000), "上限"),
    (Limits(entry=300), "上限"),
]


@pytest.mark.parametrize(("limits", "words"), LIMITS)
def test_limits_hold_and_can_be_set(tmp_path: Path, limits: Limits, words: str) -> None:
    path = save(tmp_path / "a.xlsx", parts())
    with Package.open(path) as package:
        assert open_workbook(package).sheets
    with pytest.raises(PackageError, match=words) as caught:
        open_workbook(Package.open(path, limits))
    assert caught.value.code == "unreadable"


def test_a_part_that_inflates_too_well_is_refused_and_a_small_one_is_not(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    bomb = parts(rows + " " * 3_000_000)
    wb = open_workbook(save(tmp_path / "bomb.xlsx", bomb))
    with pytest.raises(PackageError, match="压缩比"):
        wb.cells("表")
    wb = open_workbook(save(tmp_path / "small.xlsx", parts(rows + " " * 900_000)))
    assert wb.cells("表")[1, 1].value == 1


def test_overlapping_entries_are_refused(tmp_path: Path) -> None:
    data = bytearray(zipped(parts()))
    first = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    with pytest.raises(PackageError, match="重叠"):
        open_workbook(path)


def test_parts_are_found_in_any_case_and_read_as_they_stand(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", parts())
    with Package.open(path) as package, zipfile.ZipFile(path) as archive:
        assert package.names == tuple(archive.namelist())
        for name in package.names:
            assert package.read(name.upper()) == archive.read(name)
            assert zlib.decompress(package.raw(name), -15) == archive.read(name)
        assert package.has("/XL/Workbook.XML")
        assert not package.has("xl/workbook2.xml")
        assert package.content_type("XL/workbook.xml") == package.content_type("/xl/workbook.xml")
        assert package.content_type("xl/other.xml") == "application/xml"
        assert package.content_type("xl/other.bin") is None
        with pytest.raises(PackageError, match="缺少部件"):
            package.read("xl/other.xml")


def test_relationships_are_resolved_to_the_parts_there_are(tmp_path: Path) -> None:
    contents = parts()
    contents["xl/Worksheets/_rels/sheet1.xml.rels"] = relations(
        ("a", "comments", "../Comments1.xml"),
        ("b", "drawing", "/xl/drawings/drawing%201.xml"),
        ("c", "image", "..\\media\\a.png#x"),
        ("d", "image", "../../../../escape.png"),
    ).replace("</Relationships>", '<Relationship Id="e" Type="t" Target="http://a.b/c?d=1&amp;e=2" '
              'TargetMode="External"/></Relationships>')  # fmt: skip
    contents["xl/comments1.xml"] = "<comments/>"
    with Package.open(save(tmp_path / "a.xlsx", contents)) as package:
        found = package.relationships("xl/worksheets/sheet1.xml")
        assert [relation.target for relation in found] == [
            "xl/comments1.xml",
            "xl/drawings/drawing 1.xml",
            "xl/media/a.png",
            "escape.png",
            "http://a.b/c?d=1&e=2",
        ]
        assert [relation.external for relation in found] == [False, False, False, False, True]
        assert [relation.kind for relation in found[:2]] == ["comments", "drawing"]
        assert package.relationships("xl/comments1.xml") == ()
