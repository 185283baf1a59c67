"""The forms of a document: a sheet each, or a table each, told apart by their titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from workbook_tools.importing.document import Document, DocumentCell, DocumentGrid
from workbook_tools.importing.forms.form import Form
from workbook_tools.importing.forms.own_list import list_heads
from workbook_tools.importing.wording import plain

_TITLE = re.compile(r".*(?:自评|绩效评价|绩效目标).*表(?:\(.*\))?")
_LINES_ABOVE = 8
_Rows = tuple[tuple[DocumentCell, ...], ...]


def own_forms(document: Document) -> list[tuple[Form, frozenset[int]]]:
    """The forms with lists of own indicators, each with the numbers of the tables that it takes.

    A list that directly follows a table goes on with it, unless a title stands between.
    """
    found: list[tuple[Form, frozenset[int]]] = []
    lines = _lines_above(document)
    waiting: Form | None = None
    taken: set[int] = set()
    for grid in document.grids:
        above = lines.get(grid.number, ())
        parts = list(_parts(grid.rows))
        for number, rows in enumerate(parts, start=1):
            name = grid.name or f"表 {grid.number}"
            name += f"第 {number} 张" if len(parts) > 1 else ""
            form = Form(name=name, rows=rows, above=above if number == 1 else ())
            titled = bool(above or grid.name) or any(map(_is_title, rows)) or _has_name(rows)
            if waiting is not None and number == 1 and not titled:
                form = Form(name=waiting.name, rows=waiting.rows + rows, above=waiting.above)
            else:
                taken = set()
            taken.add(grid.number)
            if list_heads(rows):
                found.append((form, frozenset(taken)))
                waiting = None
            else:
                waiting = form
    return found


def _parts(rows: _Rows) -> Iterator[_Rows]:
    """The rows, apart at titles where there are several of them."""
    titles = [place for place, row in enumerate(rows) if _is_title(row)]
    if len(titles) < 2:
        yield rows
        return
    starts = [0, *titles[1:], len(rows)]
    for start, end in pairwise(starts):
        yield rows[start:end]


def _has_name(rows: _Rows) -> bool:
    """Whether the first row is one cell that calls itself a table, of whatever kind."""
    cells = set(rows[0]) if rows else set()
    return len(cells) == 1 and plain(cells.pop().text).endswith("表")


def _is_title(row: Sequence[DocumentCell]) -> bool:
    cells = {cell for cell in row if cell.text.strip()}
    return len(cells) == 1 and _TITLE.fullmatch(plain(cells.pop().text)) is not None


def _lines_above(document: Document) -> dict[int, tuple[DocumentCell, ...]]:
    """The paragraphs between each table and the one before it, the last ones of them."""
    found: dict[int, tuple[DocumentCell, ...]] = {}
    lines: list[DocumentCell] = []
    for piece in document.pieces:
        if not piece.table:
            lines.append(DocumentCell(piece.text, piece.place))
        else:
            if piece.table not in found:
                found[piece.table] = tuple(lines[-_LINES_ABOVE:])
            lines = []
    return found


def without(document: Document, tables: frozenset[int], lines: frozenset[str]) -> Document:
    """The document without these tables, and without the lines at these places."""
    return Document(
        document.name,
        tuple(one for one in document.pieces if one.table not in tables and one.place not in lines),
        tuple(one for one in document.grids if one.number not in tables),
        document.unread,
    )


def only(document: Document, grid: DocumentGrid) -> Document:
    """A document of this table alone."""
    return Document(
        document.name,
        tuple(one for one in document.pieces if one.table == grid.number),
        (grid,),
    )
