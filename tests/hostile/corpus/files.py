"""Files that are no workbook at all, whatever they are called."""

from __future__ import annotations

import os
from pathlib import Path

from tests.cli.shell import WATER
from tests.hostile.book import TYPES, WORKBOOK, Book
from tests.hostile.corpus.register import case, content
from tests.hostile.zips import Entry, zip_file

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_WHOLE = WATER.read_bytes()


def _stream(name: str) -> bytes:
    return _COMPOUND + name.encode("utf-16-le") + bytes(2000)


content("empty", b"")
content("zeros", bytes(5000))
content("two letters", b"PK")
content("only a head", b"PK\x03\x04")
content("half of it", _WHOLE[: len(_WHOLE) // 2])
content("without its end", _WHOLE[:-300])
content("noise", bytes(range(256)) * 40)
content("encrypted", _stream("EncryptedPackage"))
content("sealed by office software", b"b\x14#e\x02\0\0\0E-SafeNet\0\0\0LOCK" + bytes(3000))
content("old xls", _stream("Workbook"))
content("xls of Excel 4", b"\x09\x04\x06\x00\x00\x00\x10\x00" + bytes(200))
content("wps table", _stream("Workbook"))
content("wps text", _stream("WordDocument"))
content("old slides", _stream("PowerPoint Document"))
content("html", b"\xef\xbb\xbf\r\n<html><body><table><tr><td>1</td></tr></table></body></html>")
content("single web page", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n")
content("csv", "单位,金额\r\n水利局,3975.53\r\n".encode("gbk"))
content("unicode text", "\ufeff单位\t金额\r\n水利局\t3975.53\r\n".encode("utf-16-le"))
content("letter", "请查收附件。".encode())
content("xml table", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:'
        b'spreadsheet"/>')  # fmt: skip
content("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
content("png", b"\x89PNG\r\n\x1a\n" + bytes(100))
content("photograph", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(100))
content("rar", b"Rar!\x1a\x07\x01\x00" + bytes(100))
content("7z", b"7z\xbc\xaf\x27\x1c" + bytes(100))
content("program", b"MZ\x90\0\x03" + bytes(500))
content("shortcut", b"L\0\0\0\x01\x14\x02\0" + bytes(500))
content("rtf", b"{\\rtf1\\ansi }")


def _typed(content_type: str) -> bytes:
    book = Book()
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return zip_file(book.replace(TYPES, main, content_type).entries())


_OFFICE = "application/vnd.openxmlformats-officedocument."
content("docx", _typed(f"{_OFFICE}wordprocessingml.document.main+xml"))
content("pptx", _typed(f"{_OFFICE}presentationml.presentation.main+xml"))
content("xlsb", _typed("application/vnd.ms-excel.sheet.binary.macroEnabled.main"))
content("ods", zip_file([Entry("mimetype", b"x"), Entry("content.xml", b"<x/>")]))
content("ofd", zip_file([Entry("OFD.xml", b"<x/>")]))
content("numbers", zip_file([Entry("Index/Document.iwa", b"x")]))
content("workbooks in a zip", zip_file([Entry("一.xlsx", b"x"), Entry("二.xls", b"x")]))
content("zip of nothing", zip_file([Entry("说明.txt", b"x")]))
content("empty zip", zip_file([]))


@case("another workbook")
def _another(path: Path) -> None:
    book = Book()
    workbook = book.parts[WORKBOOK]
    start, end = workbook.index(b"<definedNames>"), workbook.index(b"</definedNames>")
    book.parts[WORKBOOK] = workbook[:start] + workbook[end + len(b"</definedNames>") :]
    book.save(path)


@case("pipe")
def _pipe(path: Path) -> None:
    os.mkfifo(path)


@case("endless device")
def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@case("link to nowhere")
def _broken_link(path: Path) -> None:
    path.symlink_to(path.with_name("没有.xlsx"))


@case("link to itself")
def _loop(path: Path) -> None:
    path.symlink_to(path)


@case("folder")
def _folder(path: Path) -> None:
    path.mkdir()


@case("folder with a pipe in it")
def _folder_with_pipe(path: Path) -> None:
    path.mkdir()
    os.mkfifo(path / "管道.xlsx")
    (path / "自评表.xlsx").write_bytes(_WHOLE)
