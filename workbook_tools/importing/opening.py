"""Which reader a file is for, told by its content; what is no report is refused, with advice."""

from __future__ import annotations

from pathlib import Path

from workbook_tools.conversion import FileKind, kind_of
from workbook_tools.conversion.libreoffice import ConversionError, convert, installed
from workbook_tools.importing.document import Document, ReportError
from workbook_tools.importing.sheet_file import holds_a_workbook, read_workbook_file
from workbook_tools.importing.text_file import read_text_file
from workbook_tools.importing.word_file import read_word_file

SUFFIXES = frozenset(
    {
        ".docx",
        ".docm",
        ".txt",
        ".pdf",
        ".doc",
        ".wps",
        ".rtf",
        ".odt",
        ".xlsx",
        ".xlsm",
        ".xls",
        ".et",
        ".ods",
    }
)
"""What reports and forms are called that can be read."""

_MEGABYTE = 1_000_000
_LARGEST = 64 * _MEGABYTE  # bytes; pictures take the most of a report
_LARGEST_TEXT = 2 * _MEGABYTE  # the longest report seen has 25,000 bytes
_MOST_PIECES = 50_000  # paragraphs, lines, cells; the same report has 250
_AS_DOCX = "请在 WPS 或 Word 中打开，另存为 .docx 再导入。"
_ZIP = b"PK\x03\x04"
_PDF = b"%PDF-"
_PDF_WITHIN = 1024  # bytes before which it begins, as readers of PDF have it
_OTHERS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", f"是加了密的文档，或不是文字文档。{_AS_DOCX}"),
    (b"Rar!", "是压缩包。请先解压，再导入其中的报告。"),
    (b"7z\xbc\xaf\x27\x1c", "是压缩包。请先解压，再导入其中的报告。"),
    (b"\x89PNG", "是图片。请用文字识别软件转成 .docx 或 .txt，核对后再导入。"),
    (b"\xff\xd8\xff", "是图片。请用文字识别软件转成 .docx 或 .txt，核对后再导入。"),
)


def read_document(path: Path) -> Document:
    """Read a report, told by its content: Word, PDF, plain text, or what LibreOffice converts.

    Raises ReportError for every other kind, and for a file that is missing, empty or too large.
    """
    document = _read(path, _content(path))
    if len(document.pieces) > _MOST_PIECES:
        raise ReportError(f"{path.name}：超过 {_MOST_PIECES:,} 段，不像自评报告。")
    return document


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise ReportError(f"{path.name}：{_why_not_opened(error)}") from error
    if not data.strip():
        raise ReportError(f"{path.name}：是空文件，没有任何内容。")
    if len(data) > _LARGEST:
        raise ReportError(f"{path.name}：超过 {_LARGEST // _MEGABYTE} MB，不像自评报告。")
    return data


def _read(path: Path, data: bytes) -> Document:
    if (kind := kind_of(data)) is not None:
        read = read_word_file if kind.becomes == "docx" else read_workbook_file
        return read(path, _converted(path, data, kind))
    if data.startswith(_ZIP):
        if holds_a_workbook(data):
            return read_workbook_file(path, data)
        return read_word_file(path, data)
    if _PDF in data[:_PDF_WITHIN]:
        from workbook_tools.importing.pdf_file import read_pdf_file

        return read_pdf_file(path.name, data)
    for signature, advice in _OTHERS:
        if data.startswith(signature):
            raise ReportError(f"{path.name}：{advice}")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise ReportError(f"{path.name}：是网页或 XML 文件。{_AS_DOCX}")
    if len(data) > _LARGEST_TEXT:
        most = _LARGEST_TEXT // _MEGABYTE
        raise ReportError(f"{path.name}：超过 {most} MB，不像自评报告的文字。")
    return read_text_file(path.name, data)


def _converted(path: Path, data: bytes, kind: FileKind) -> bytes:
    """The .docx or .xlsx that LibreOffice makes of a file."""
    if installed() is None:
        raise ReportError(
            f"{path.name}：是 {kind.suffix} 格式，读取它需要 LibreOffice，本机没有安装。"
            f"请安装 LibreOffice 后再试，或{_AS_DOCX.removeprefix('请')}"
        )
    try:
        return convert(data, kind)
    except ConversionError as error:
        raise ReportError(f"{path.name}：{error}{_AS_DOCX}") from error


def _why_not_opened(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "文件不存在。请检查路径和文件名。"
        case IsADirectoryError():
            return "是文件夹。请指定其中的报告。"
        case PermissionError():
            return "没有权限读取，或正被其他程序占用。请关闭占用它的程序后再试。"
        case _:
            return f"无法读取（{error.strerror or error}）。请检查磁盘或 U 盘后再试。"
