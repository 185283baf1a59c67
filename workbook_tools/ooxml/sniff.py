"""What a file that is no .xlsx is instead, told from its first bytes, with advice for each kind.

Signatures: [MS-CFB] 2.2 for compound files (old .xls, .et, encrypted .xlsx), PKWARE APPNOTE 4.3
for zip; the names of streams inside a compound file are UTF-16. `refusal` looks at the bytes of a
file, `other_package` at the names in a zip file that holds no workbook.
"""

from __future__ import annotations

import re
from collections.abc import Set
from pathlib import Path

from .errors import SAVE_AS_XLSX, SEND_ORIGINAL, PackageError

ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LEGACY_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")

_UNPACK = "请解压后提交其中的 .xlsx 文件。"
_BEWARE = "请不要打开它，并与发件人核实；自评表应是 .xlsx 文件。"
_CSV = "是文本表格（CSV），不是工作簿。", SAVE_AS_XLSX
_HTML_PAGE = "是网页（HTML）文件，不是工作簿。", SAVE_AS_XLSX
_RENAMED = "只是扩展名写成了工作簿的。"
_NAMES_OF_WORKBOOKS = frozenset(
    {".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".xlt", ".et"}
)

_KINDS: tuple[tuple[tuple[bytes, ...], str, str], ...] = (
    ((b"%PDF",), "是 PDF 文件，不是工作簿。", SEND_ORIGINAL),
    ((b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"),
     "是图片，不是工作簿。", SEND_ORIGINAL),
    ((b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", _EMPTY_ZIP),
     "是压缩包，不是工作簿。", _UNPACK),
    ((b"MZ\x90\0", b"\x7fELF"), "是程序，不是工作簿。", _BEWARE),
    ((b"L\0\0\0\x01\x14\x02\0",), "是快捷方式，不是工作簿本身。", SEND_ORIGINAL),
    ((b"{\\rtf",), "是 RTF 文字文档，不是工作簿。", SEND_ORIGINAL),
    ((b"MIME-Version",), *_HTML_PAGE),
)  # fmt: skip
"""How a file begins, what it is, and what to do."""

_SEALED = b"E-SafeNet"  # stands in the head of files that an office's encryption software wrote
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|table|style|div)\b", re.IGNORECASE)
_OPEN_DOCUMENT = b"urn:oasis:names:tc:opendocument:"
_XML_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"


def refusal(path: Path, data: bytes) -> PackageError | None:
    """Why the file cannot be a workbook of today's format; None when it begins as a zip does."""
    if data.startswith(ZIP):
        return None
    if not data.strip(b"\0"):
        return PackageError("unreadable", path, "是空文件，没有任何内容。", SEND_ORIGINAL)
    if data.startswith(_COMPOUND):
        return _compound(path, data)
    if _SEALED in data[:512]:
        problem = "被文档加密软件加密，无法读取。"
        return PackageError("encrypted", path, problem, "请在加密软件中解密后重新提交。")
    problem, advice = _plain(data)
    if problem.endswith("不是工作簿。") and path.suffix.lower() in _NAMES_OF_WORKBOOKS:
        problem = f"{problem.removesuffix('。')}，{_RENAMED}"
    return PackageError("not-a-workbook", path, problem, advice)


def is_encrypted(data: bytes) -> bool:
    """Whether it is an encrypted package in a compound file."""
    return data.startswith(_COMPOUND) and _utf16("EncryptedPackage") in data


def _compound(path: Path, data: bytes) -> PackageError:
    if _utf16("DRMEncrypted") in data:  # [MS-OFFCRYPTO] 2.2.6: the transform's name
        return PackageError(
            "encrypted",
            path,
            "受权限管理（IRM）保护，只有授权的账户能打开，无法读取；这不是打开密码。",
            "请报送单位在“文件 → 信息 → 保护工作簿 → 限制访问”中改为“无限制访问”，"
            "另存为 .xlsx 后重新提交。",
        )
    if is_encrypted(data):
        return PackageError(
            "encrypted",
            path,
            "设有打开密码，无法读取。",
            "请取消打开密码，另存为 .xlsx 后重新提交。",
        )
    if _utf16("WordDocument") in data or path.suffix.lower() == ".wps":
        return PackageError("not-a-workbook", path, "是文字文档，不是工作簿。", SEND_ORIGINAL)
    if _utf16("PowerPoint Document") in data:
        return PackageError("not-a-workbook", path, "是演示文稿，不是工作簿。", SEND_ORIGINAL)
    if path.suffix.lower() == ".et":
        kind = "是 WPS 旧格式（.et）工作簿。"
    elif path.suffix.lower() in {".xls", ".xlt"}:
        kind = f"是旧格式（{path.suffix.lower()}）工作簿。"
    else:
        kind = "是旧格式（.xls 或 .et）工作簿，只是可能改了扩展名。"
    return PackageError("not-a-workbook", path, kind, SAVE_AS_XLSX)


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _plain(data: bytes) -> tuple[str, str]:
    head = data[:4096]
    if head.startswith(_LEGACY_BIFF):  # which begins with a tab, as texts may
        return "是旧格式（.xls）工作簿。", SAVE_AS_XLSX
    if head.startswith(_UTF16):
        codec = "utf-16-le" if head.startswith(_UTF16[0]) else "utf-16-be"
        head = head[2:].decode(codec, "replace").encode()
    head = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    for starts, kind, advice in _KINDS:
        if head.startswith(starts):
            return kind, advice
    if _XML_2003 in head:
        return "是 XML 表格 2003，不是 .xlsx 工作簿。", SAVE_AS_XLSX
    if _OPEN_DOCUMENT in head:
        return "是 OpenDocument（.fods）文件。", SAVE_AS_XLSX
    if _HTML.search(head):
        return _HTML_PAGE
    if b"\0" in head or len(head.translate(None, _CONTROLS)) < len(head):
        return "不是工作簿，文件内容无法识别。", SAVE_AS_XLSX
    if b"," in head or b"\t" in head:
        return _CSV
    return "是文本文件，不是工作簿。", SEND_ORIGINAL


_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f"))


_NUMBERS = re.compile(r"(?:^|/)Index(?:\.zip|/[^/]+\.iwa|\.apxl(?:\.gz)?)$")
_WORD = frozenset({"word/document.xml"})


def other_package(names: Set[str]) -> tuple[str, str]:
    """What a zip file is that holds no workbook, and what to do, by the names in it."""
    if "content.xml" in names and names & {"mimetype", "META-INF/manifest.xml", "styles.xml"}:
        return "是 OpenDocument（.ods）文件。", SAVE_AS_XLSX
    if "OFD.xml" in names:
        return "是 OFD 版式文件，不是工作簿。", SEND_ORIGINAL
    if any(_NUMBERS.search(name) for name in names):
        return "是苹果 Numbers 表格。", "请在 Numbers 中导出为 Excel（.xlsx）后重新提交。"
    if _WORD & names:
        return "是 Word 文档，不是工作簿。", SEND_ORIGINAL
    inside = sum(name.lower().endswith((".xlsx", ".xlsm", ".xls", ".et")) for name in names)
    if inside:
        return f"是压缩包，里面另有 {inside} 个工作簿。", _UNPACK
    return "是压缩包，里面没有工作簿。", SEND_ORIGINAL
