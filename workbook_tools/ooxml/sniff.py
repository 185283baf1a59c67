"""What a file that is no .xlsx is instead, told from its first bytes, with advice for each kind.

Signatures: [MS-CFB] 2.2 for compound files (old .xls, .et, encrypted .xlsx), PKWARE APPNOTE 4.3
for zip; the names of streams inside a compound file are UTF-16.
"""

from __future__ import annotations

import re
from pathlib import Path

from .errors import SAVE_AS_XLSX, PackageError

ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", _EMPTY_ZIP)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|table|style|div)\b", re.IGNORECASE)
_LEGACY_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")


def refusal(path: Path, data: bytes) -> PackageError | None:
    """Why the file cannot be a workbook of today's format; None when it begins as a zip does."""
    if data.startswith(ZIP):
        return None
    if not data.strip(b"\0"):
        return PackageError("unreadable", path, "是空文件，没有任何内容。")
    if data.startswith(_COMPOUND):
        return _compound(path, data)
    return PackageError("not-a-workbook", path, *_plain(data))


def _compound(path: Path, data: bytes) -> PackageError:
    if _utf16("EncryptedPackage") in data:
        return PackageError(
            "encrypted",
            path,
            "设有打开密码，无法读取。",
            "请取消打开密码，另存为 .xlsx 后重新提交。",
        )
    if _utf16("WordDocument") in data or path.suffix.lower() == ".wps":
        return PackageError(
            "not-a-workbook", path, "是文字文档，不是工作簿。", "请提交计分表工作簿。"
        )
    if path.suffix.lower() == ".et":
        kind = "是 WPS 旧格式（.et）工作簿。"
    else:
        kind = "是旧格式（.xls）工作簿，只是可能改了扩展名。"
    return PackageError("not-a-workbook", path, kind, SAVE_AS_XLSX)


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _plain(data: bytes) -> tuple[str, str]:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF"):
        return "是 PDF 文件，不是工作簿。", "请提交填报用的 .xlsx 原件。"
    if head.startswith(_ARCHIVES):
        return "是压缩包，不是工作簿。", "请解压后提交其中的 .xlsx 文件。"
    if head.startswith(_LEGACY_BIFF):
        return "是旧格式（.xls）工作簿。", SAVE_AS_XLSX
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return "是 XML 表格 2003，不是 .xlsx 工作簿。", SAVE_AS_XLSX
    if _HTML.search(head) or head.startswith(b"MIME-Version"):
        return "其实是网页（HTML）文件，只是扩展名写成了工作簿。", SAVE_AS_XLSX
    if b"\0" not in head and (b"," in head or b"\t" in head):
        return "其实是文本表格（CSV），只是扩展名写成了工作簿。", SAVE_AS_XLSX
    return "不是工作簿，文件内容无法识别。", SAVE_AS_XLSX
