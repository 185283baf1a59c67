"""Reports as plain text: a line is a paragraph or a cell, a tab ends a cell."""

from __future__ import annotations

import re

from workbook_tools.importing.document import Document, Piece, ReportError

_ENCODINGS = ("utf-8-sig", "gb18030")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")


def read_text_file(name: str, data: bytes) -> Document:
    """Read a text in UTF-8 or GB18030, or in UTF-16 where its first bytes say so.

    Raises ReportError for anything else.
    """
    lines = re.split(r"\r\n|[\n\r\v\f]", _decoded(name, data))
    pieces: list[Piece] = []
    gap = True
    for number, line in enumerate(lines, start=1):
        indented = line.lstrip(" \u3000").startswith("\t")
        texts = [text.strip() for text in line.split("\t")]
        texts = [text for text in texts if text]
        for text in texts:
            place = f"第 {number} 行"
            piece = Piece(text=text, place=place, gap=gap, indented=indented, is_line=True)
            pieces.append(piece)
            gap = False
        gap = not texts
    return Document(name, tuple(pieces))


def _decoded(name: str, data: bytes) -> str:
    encodings = ("utf-16",) if data.startswith(_UTF_16) else _ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _NO_TEXT.search(text):
            break
        return text
    raise ReportError(
        f"{name}：不是能识别的纯文本。请在 WPS 或 Word 中打开原报告，另存为 .docx 再导入。"
    )
