"""Which reader a file is for; what is no report is refused, with advice for each kind."""

from __future__ import annotations

from pathlib import Path

from workbook_tools.importing.document import Document, ReportError
from workbook_tools.importing.sheet_file import holds_a_workbook, read_workbook_file
from workbook_tools.importing.text_file import read_text_file
from workbook_tools.importing.word_file import read_word_file

_LARGEST_TEXT = 2_000_000  # bytes; the longest report seen has 25,000
_MOST_PIECES = 50_000  # paragraphs, lines, cells; the same report has 250
_AS_DOCX = "请在 WPS 或 Word 中打开，另存为 .docx 再导入。"
_ZIP = b"PK\x03\x04"
_OTHERS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", f"是旧格式（.doc、.wps）或加了密的文档。{_AS_DOCX}"),
    (b"%PDF", "是 PDF 文件。请找到原来的 Word 文档，或把文字复制到 .txt 文件再导入。"),
    (b"{\\rtf", f"是 RTF 文档。{_AS_DOCX}"),
    (b"Rar!", "是压缩包。请先解压，再导入其中的 .docx 或 .txt 文件。"),
    (b"7z\xbc\xaf\x27\x1c", "是压缩包。请先解压，再导入其中的 .docx 或 .txt 文件。"),
    (b"\x89PNG", "是图片。请用文字识别软件转成 .docx 或 .txt，核对后再导入。"),
    (b"\xff\xd8\xff", "是图片。请用文字识别软件转成 .docx 或 .txt，核对后再导入。"),
)


def read_document(path: Path) -> Document:
    """Read a report, .docx or plain text, told by its first bytes.

    Raises ReportError for every other kind, and for a file that is missing, empty or too large.
    """
    document = _read(path)
    if len(document.pieces) > _MOST_PIECES:
        raise ReportError(f"{path.name}：超过 {_MOST_PIECES:,} 段，不像自评报告。")
    return document


def _read(path: Path) -> Document:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_TEXT + 1)
    except OSError as error:
        raise ReportError(f"{path.name}：{_why_not_opened(error)}") from error
    if not data.strip():
        raise ReportError(f"{path.name}：是空文件，没有任何内容。")
    if data.startswith(_ZIP):
        return read_workbook_file(path) if holds_a_workbook(path) else read_word_file(path)
    for signature, advice in _OTHERS:
        if data.startswith(signature):
            raise ReportError(f"{path.name}：{advice}")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise ReportError(f"{path.name}：是网页或 XML 文件。{_AS_DOCX}")
    if len(data) > _LARGEST_TEXT:
        raise ReportError(
            f"{path.name}：超过 {_LARGEST_TEXT // 1_000_000} MB，不像自评报告的文字。"
        )
    return read_text_file(path.name, data)


def _why_not_opened(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "文件不存在。请检查路径和文件名。"
        case IsADirectoryError():
            return "是文件夹。请指定其中的 .docx 或 .txt 文件。"
        case PermissionError():
            return "没有权限读取，或正被其他程序占用。请关闭占用它的程序后再试。"
        case _:
            return f"无法读取（{error.strerror or error}）。请检查磁盘或 U 盘后再试。"
