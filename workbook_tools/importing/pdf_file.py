"""Reports as PDF: text in reading order, ruled tables as grids.

What a PDF does not say surely is not read but listed: scanned pages, columns without rules,
characters whose font does not tell what they are. The bounds of time and memory are the caller's.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec

from workbook_tools.importing.document import (
    Document,
    DocumentCell,
    DocumentGrid,
    Piece,
    ReportError,
)
from workbook_tools.importing.pdf_apart import told_apart
from workbook_tools.importing.pdf_columns import tables_in_columns
from workbook_tools.importing.pdf_lines import (
    Char,
    Line,
    Paragraph,
    is_unmapped,
    joined,
    lines_of,
    paragraphs_of,
    share_unmapped,
)
from workbook_tools.importing.pdf_lines import goes_on as goes_over
from workbook_tools.importing.pdf_tables import PdfTable, continued, goes_on, inside, table_of

if TYPE_CHECKING:
    from pdfplumber.page import Page

_MOST_PAGES = 300
_MOST_CHARS = 300_000
_TAB = 2.4  # heights of letters: farther to the right than a paragraph's first line
_MARGIN = 0.15  # of a page: its text begins at most so far from the left
_WIDE = 0.75  # of a page: its text goes at least so far to the right
_SCANNED = 0.7  # of a page that one picture covers
_TOO_MANY = 0.05  # of the characters, whose font does not tell what they are
_DIGITS = re.compile(r"\d+")
_FROM_WORD = "请找到原来的 Word 文档再导入。"
_SCAN = (
    f"是扫描件，里面只有图片，没有可读的文字。{_FROM_WORD}"
    "也可用文字识别软件转成 .docx，核对后再导入。"
)


class _Sheet(msgspec.Struct):
    """A page: its number, from 1; the lines outside of tables; its tables.

    ``left``, ``right``: where the text of pages of its ``width`` begins and ends, in points.
    """

    number: int
    width: float
    lines: list[Line]
    tables: list[PdfTable]
    left: float
    right: float
    scanned: bool = False


def read_pdf_file(name: str, data: bytes) -> Document:
    """Read a PDF. Raises ReportError for one that is damaged, protected, scanned or too long."""
    try:
        import pdfplumber
        from pdfminer.pdfdocument import PDFPasswordIncorrect
        from pdfminer.pdfpage import PDFPage
        from pdfplumber.utils.exceptions import PdfminerException
    except ModuleNotFoundError as error:  # left out of what people without Python are given
        raise ReportError(f"{name}：这个版本不能读 PDF。请提供 Word 文件（.docx）。") from error

    try:
        pdf = pdfplumber.open(io.BytesIO(data))  # closing it would read every page
        if sum(1 for _ in islice(PDFPage.create_pages(pdf.doc), _MOST_PAGES + 1)) > _MOST_PAGES:
            raise ReportError(f"{name}：超过 {_MOST_PAGES} 页，不像自评报告。")
        sheets = list(_sheets(name, pdf.pages))
    except (ReportError, MemoryError):
        raise
    except Exception as error:  # whatever a library makes of a stranger's bytes
        reasons = (error, *error.args) if isinstance(error, PdfminerException) else (error,)
        if any(isinstance(one, MemoryError) for one in reasons):
            raise MemoryError from error
        if any(isinstance(one, PDFPasswordIncorrect) for one in reasons):
            problem = "设有打开密码，无法读取。请取消密码后再导入。"
        else:
            problem = f"是 PDF 文件，但已损坏或写法特殊，无法读取。{_FROM_WORD}"
        raise ReportError(f"{name}：{problem}") from error
    if all(sheet.scanned or not (sheet.lines or sheet.tables) for sheet in sheets):
        raise ReportError(f"{name}：{_SCAN}")
    _drop_margins(sheets)
    for sheet in sheets:
        alike = [one for one in sheets if one.width == sheet.width]
        sheet.left = min(one.left for one in alike)
        sheet.right = max(one.right for one in alike)
    reader = _PdfReader()
    for sheet in sheets:
        reader.read(sheet)
    reader.end_table()
    return Document(name, tuple(reader.pieces), tuple(reader.grids), tuple(reader.unread))


def _sheets(name: str, pages: Sequence[Page]) -> Iterator[_Sheet]:
    count, unmapped = 0, 0.0
    for number, page in enumerate(pages, start=1):
        chars: list[Char] = [
            char for char in page.chars if char["upright"] and inside(char, page.bbox)
        ]
        count += len(page.chars)
        if count > _MOST_CHARS:
            raise ReportError(f"{name}：超过 {_MOST_CHARS:,} 字，不像自评报告。")
        unmapped += share_unmapped(chars) * len(chars)
        if unmapped > _TOO_MANY * count:
            raise ReportError(
                f"{name}：PDF 里的字体没有文字对应表，读出来会是乱码，没有读取。{_FROM_WORD}"
            )
        if _is_scanned(page):
            yield _Sheet(number, float(page.width), [], [], float(page.width), 0, scanned=True)
        else:
            yield _sheet(number, page, chars)
        page.close()


def _is_scanned(page: Page) -> bool:
    """Whether a picture covers the page; text on it was guessed by a program."""
    whole = float(page.width * page.height)
    return any(one["width"] * one["height"] > _SCANNED * whole for one in page.images)


def _sheet(number: int, page: Page, chars: list[Char]) -> _Sheet:
    found: list[Any] = page.find_tables() if page.edges else []
    tables = [one for table in found if (one := table_of(table, chars, number)) is not None]
    outside = [char for char in chars if not any(inside(char, table.box) for table in tables)]
    lines = told_apart(lines_of(outside))
    for found_here in reversed([*tables_in_columns(lines, number)]):
        tables.append(found_here.table)
        del lines[found_here.taken.start : found_here.taken.stop]
    width = float(page.width)
    right = max([line.box[2] for line in lines] + [_WIDE * width])
    left = min([line.box[0] for line in lines] + [_MARGIN * width])
    return _Sheet(number, width, lines, sorted(tables, key=lambda one: one.box[1]), left, right)


def _drop_margins(sheets: Sequence[_Sheet]) -> None:
    """Drop the lines at the top and bottom that pages have in common, and page numbers."""
    for place in (0, -1):
        ends = {sheet.number: sheet.lines[place] for sheet in sheets if sheet.lines}
        keys = Counter(_key(line, number) for number, line in ends.items())
        for sheet in sheets:
            line = ends.get(sheet.number)
            if line is None or keys[_key(line, sheet.number)] < max(2, len(ends) / 3):
                continue
            beyond = [table for table in sheet.tables if _is_beyond(table, line, place)]
            if not beyond and sheet.lines:
                sheet.lines.pop(place)


def _key(line: Line, number: int) -> tuple[int, str]:
    """The same for lines that repeat on each page; a page number counts up with the pages."""
    text = _DIGITS.sub(lambda digits: f"#{int(digits[0][-9:]) - number}", line.text)
    return round(line.box[1] / 4), text


def _is_beyond(table: PdfTable, line: Line, place: int) -> bool:
    return table.box[3] < line.box[1] if place == 0 else table.box[1] > line.box[3]


class _PdfReader:
    """Takes page after page; a table stays open as long as it may go on."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.grids: list[DocumentGrid] = []
        self.unread: list[Piece] = []
        self._open: PdfTable | None = None
        self._last: tuple[Line, float] | None = None
        self._rows = self._cells = 0
        self._broken = False

    def read(self, sheet: _Sheet) -> None:
        """Read a page."""
        if sheet.scanned:
            self.unread.append(Piece(text="（整页图片）", place=f"第 {sheet.number} 页"))
            self._broken = True
            return
        lines, tables = list(sheet.lines), list(sheet.tables)
        number = 0
        for table in [*tables, None]:
            above = [line for line in lines if table is None or line.box[1] < table.box[1]]
            lines = lines[len(above) :]
            for paragraph in paragraphs_of(above, sheet.right):
                self.end_table()
                if not self._continues(paragraph):
                    number += 1
                    self._add(paragraph, f"第 {sheet.number} 页第 {number} 段", sheet.left)
                self._last = None if paragraph.in_columns else (paragraph.lines[-1], sheet.right)
            if table is None:
                return
            first_here = table is tables[0] and not above
            if self._open is not None and first_here and goes_on(self._open, table):
                self._open = continued(self._open, table)
            else:
                self.end_table()
                self._open = table

    def _continues(self, paragraph: Paragraph) -> bool:
        """Put a paragraph that goes on over the page's end behind its first part."""
        first = paragraph.lines[0]
        if self._last is None or paragraph.in_columns or is_unmapped(paragraph.text):
            return False
        line, right = self._last
        if first.box[1] > line.box[1] or not goes_over(line, first, right, over_page=True):
            return False
        piece = self.pieces.pop()
        text = joined(piece.text, paragraph.text)
        self.pieces.append(msgspec.structs.replace(piece, text=text))
        return True

    def _add(self, paragraph: Paragraph, place: str, left: float) -> None:
        first = paragraph.lines[0]
        indented = first.box[0] - left > _TAB * first.size
        unread = paragraph.in_columns or is_unmapped(paragraph.text)
        gap = paragraph.gap or self._broken or not (self.pieces or self.unread)
        piece = Piece(
            text=paragraph.text, place=place, gap=gap, indented=indented, broken=self._broken
        )
        self._broken = unread
        (self.unread if unread else self.pieces).append(piece)

    def end_table(self) -> None:
        """Put the table that is open among the grids, and its text among the pieces."""
        table, self._open = self._open, None
        if table is None:
            return
        self._last = None
        self._broken |= not table.edges  # whose text may be more than what is read of it
        number = len(self.grids) + 1
        rows: list[tuple[DocumentCell, ...]] = []
        known: dict[int, DocumentCell] = {}
        for index, row in enumerate(table.rows, start=1):
            cells: list[DocumentCell] = []
            for position, one in enumerate(row, start=1):
                if id(one) not in known:
                    place = f"第 {one.page} 页表 {number} 第 {index} 行第 {position} 列"
                    known[id(one)] = cell = DocumentCell(
                        "" if is_unmapped(one.text) else one.text, place
                    )
                    self._cells += 1
                    self._rows += position == 1
                    self._add_cell(cell, one.text, number)
                cells.append(known[id(one)])
            rows.append(tuple(cells))
        self.grids.append(DocumentGrid(number, tuple(rows)))
        for line in table.unread:
            place = f"第 {table.rows[0][0].page} 页表 {number}"
            self.unread.append(Piece(text=line.text, place=place))
        self._broken = not table.edges

    def _add_cell(self, cell: DocumentCell, text: str, table: int) -> None:
        for part in filter(None, text.split("\n")):
            piece = Piece(
                text=part,
                place=cell.place,
                row=self._rows,
                cell=self._cells,
                table=table,
                broken=self._broken,
            )
            self._broken = False
            (self.pieces if cell.text else self.unread).append(piece)
