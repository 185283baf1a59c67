"""A report as its readers give it: pieces of text in reading order, and tables as grids."""

from __future__ import annotations

import msgspec

from workbook_tools.errors import WorkbookToolsError


class ReportError(WorkbookToolsError):
    """A report that cannot be imported; the message (Chinese) names the file and what to do."""


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph, a line, or what stands between two tabs of it; never blank.

    ``place`` says where it stands, for people: 第 3 行, 第 3 段, 表 1 第 2 行第 1 列. ``gap``: a
    blank line comes before it. ``row`` and ``cell`` number the table row (rows whose first cells
    are merged count as one) and the cell that it stands in, from 1 through the whole document, the
    empty ones too; 0 outside of tables. ``table``: the number of that table, from 1. ``indented``:
    a tab stands before it. ``is_line``: a line of plain text, which may end anywhere. ``outline``:
    the level of a heading by its style, from 1; 0 where it is none. ``style``: the id of the
    paragraph's style, "" where it has none. ``broken``: something that could not be read stands
    before it, a heading perhaps, so that it goes on with nothing above.
    """

    text: str
    place: str
    gap: bool = False
    row: int = 0
    cell: int = 0
    table: int = 0
    indented: bool = False
    is_line: bool = False
    outline: int = 0
    style: str = ""
    broken: bool = False


class DocumentCell(msgspec.Struct, frozen=True):
    """A cell of a table: its text, lines joined by line breaks, and where it begins."""

    text: str
    place: str


class DocumentGrid(msgspec.Struct, frozen=True):
    """A table; merged cells stand in each position that they cover. Rows may differ in length.

    ``name``: the sheet that it is, "" in documents of text.
    """

    number: int
    rows: tuple[tuple[DocumentCell, ...], ...]
    name: str = ""


class Document(msgspec.Struct, frozen=True):
    """A report. The text of a grid stands among the pieces as well, by its ``table``.

    ``unread``: what stands there and cannot be read surely, as pieces of a PDF may; it is listed.
    """

    name: str
    pieces: tuple[Piece, ...]
    grids: tuple[DocumentGrid, ...] = ()
    unread: tuple[Piece, ...] = ()
