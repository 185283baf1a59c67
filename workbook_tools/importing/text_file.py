"""Reports as plain text: a line is a paragraph or a cell, a tab ends a cell.

Lines of several cells below each other are a table, whose empty cells count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbook_tools.importing.document import (
    Document,
    DocumentCell,
    DocumentGrid,
    Piece,
    ReportError,
)

_ENCODINGS = ("utf-8-sig", "gb18030")
_FEWEST_TABS = 2
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")


def read_text_file(name: str, data: bytes) -> Document:
    """Read a text in UTF-8 or GB18030, or in UTF-16 where its first bytes say so.

    Raises ReportError for anything else.
    """
    lines = re.split(r"\r\n|[\n\r\v\f]", _decoded(name, data))
    pieces: list[Piece] = []
    grids: list[DocumentGrid] = []
    rows: list[tuple[DocumentCell, ...]] = []
    cells_before = rows_before = 0
    gap = True
    for number, line in enumerate(lines, start=1):
        texts = [text.strip() for text in line.split("\t")]
        in_table = _is_row(line) and (
            bool(rows) or (number < len(lines) and _is_row(lines[number]))
        )
        if in_table:
            rows.append(tuple(_cells(texts, number)))
            rows_before += 1
        elif rows:
            grids.append(DocumentGrid(len(grids) + 1, tuple(rows)))
            rows = []
        indented = line.lstrip(" \u3000").startswith("\t")
        for position, text in enumerate(texts, start=1):
            if text:
                piece = Piece(
                    text=text,
                    place=f"第 {number} 行",
                    gap=gap,
                    row=rows_before if in_table else 0,
                    cell=cells_before + position if in_table else 0,
                    table=len(grids) + 1 if in_table else 0,
                    indented=indented,
                    is_line=not in_table,
                )
                pieces.append(piece)
                gap = False
        cells_before += len(texts) if in_table else 0
        gap = not any(texts)
    if rows:
        grids.append(DocumentGrid(len(grids) + 1, tuple(rows)))
    return Document(name, tuple(pieces), tuple(grids))


def _is_row(line: str) -> bool:
    """Whether a line has several cells; one beneath a merged cell begins with a tab."""
    return line.rstrip(" ").count("\t") >= _FEWEST_TABS and bool(line.strip())


def _cells(texts: list[str], number: int) -> Iterator[DocumentCell]:
    for position, text in enumerate(texts, start=1):
        yield DocumentCell(text, f"第 {number} 行第 {position} 格")


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
