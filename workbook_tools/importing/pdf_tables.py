"""The ruled tables of a page as grids, and a table that goes on over pages as one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import msgspec

from workbook_tools.importing.pdf_lines import (
    Char,
    Line,
    PageBox,
    has_no_room,
    is_end,
    joined,
    lines_of,
)

_SAME = 3.0  # points: rules that near are one
_PADDING = 5.4  # points between a cell's text and its rule
_NUMBER = re.compile(r"[-+]?[\d,，]+(?:[.．]\d+)?\s*[%％]?")


class PdfCell(msgspec.Struct, frozen=True):
    """A cell: its text, paragraphs parted by line breaks, its box, and its page, from 1.

    ``rows``: how many rows it covers there.
    """

    text: str
    box: PageBox
    page: int
    rows: int = 1

    @property
    def is_number(self) -> bool:
        """Whether it holds a figure and nothing else."""
        return _NUMBER.fullmatch(self.text) is not None


class PdfTable(msgspec.Struct, frozen=True):
    """A table: its rows, a merged cell in each position that it covers; where its columns begin.

    ``edges`` are its rules, none where it has none; ``unread``: what in it is not certain.
    """

    rows: tuple[tuple[PdfCell, ...], ...]
    edges: tuple[float, ...]
    box: PageBox
    unread: tuple[Line, ...] = ()


def table_of(found: Any, chars: Sequence[Char], page: int) -> PdfTable | None:
    """A table as pdfplumber found it; None where it is only a frame around text."""
    boxes: list[PageBox] = [tuple(cell) for cell in found.cells]
    columns = _edges([edge for box in boxes for edge in (box[0], box[2])])
    rules = _edges([edge for box in boxes for edge in (box[1], box[3])])
    if len(columns) < 3:
        return None
    grid: list[list[PdfCell | None]] = [[None] * (len(columns) - 1) for _ in rules[1:]]
    for box in boxes:
        left, right = _place(columns, box[0]), _place(columns, box[2])
        top, bottom = _place(rules, box[1]), _place(rules, box[3])
        cell = PdfCell(_text(chars, box), box, page, bottom - top)
        for covered in grid[top:bottom]:
            covered[left:right] = [cell] * (right - left)
    rows = []
    for (top_at, bottom_at), row in zip(pairwise(rules), grid, strict=True):
        nowhere = (columns[0], top_at, columns[0], bottom_at)
        rows.append(tuple(cell or PdfCell("", nowhere, page) for cell in row))
    return PdfTable(tuple(rows), tuple(columns), tuple(found.bbox))


def _edges(edges: Sequence[float]) -> list[float]:
    """Rules in order; those that are nearly at one place are one."""
    kept: list[float] = []
    for edge in sorted(edges):
        if not kept or edge - kept[-1] > _SAME:
            kept.append(edge)
    return kept


def _place(edges: Sequence[float], edge: float) -> int:
    return min(range(len(edges)), key=lambda place: abs(edges[place] - edge))


def _text(chars: Sequence[Char], box: PageBox) -> str:
    """The text of a cell; a line that fills it goes on in the next."""
    lines = lines_of(char for char in chars if inside(char, box))
    text = lines[0].text if lines else ""
    for line, below in pairwise(lines):
        room = box[2] - box[0] - 2 * _PADDING - (line.box[2] - line.box[0])
        fills = has_no_room(room, line, below) and not is_end(line, below)
        text = joined(text, below.text) if fills else f"{text}\n{below.text}"
    return text


def inside(char: Char, box: PageBox) -> bool:
    """Whether the middle of a character stands in a box."""
    across, down = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def goes_on(table: PdfTable, below: PdfTable) -> bool:
    """Whether a table at the end of a page and one at the top of the next have the same columns.

    Of tables without rules nobody knows.
    """
    return 0 < len(table.edges) == len(below.edges) and all(
        abs(one - other) <= _SAME for one, other in zip(table.edges, below.edges, strict=True)
    )


def continued(table: PdfTable, below: PdfTable) -> PdfTable:
    """A table with its rows on the next page: a head that is repeated there is left out."""
    rows, above = list(below.rows), list(table.rows)
    head = 0
    while head < min(len(rows) - 1, len(above)) and _repeats(rows[head], above[head]):
        head += 1
    del rows[:head]
    one: dict[int, PdfCell] = {}
    if _is_rest(above[-1], rows[0]):
        one = _whole(above[-1], rows[0])
        del rows[0]
    else:
        one = _whole(*_still_merged(above[-1], rows[0]))
    whole = (tuple(one.get(id(cell), cell) for cell in row) for row in (*above, *rows))
    return PdfTable(tuple(whole), table.edges, table.box)


def _whole(cells: Sequence[PdfCell], rests: Sequence[PdfCell]) -> dict[int, PdfCell]:
    """By the ids of both parts, the cells that a page's end has parted."""
    parts = list(zip(cells, rests, strict=True))
    whole = {id(cell): _with_rest(cell, rest) for cell, rest in parts}
    return whole | {id(rest): whole[id(cell)] for cell, rest in parts}


def _repeats(row: Sequence[PdfCell], head: Sequence[PdfCell]) -> bool:
    texts = [_bare(cell.text) for cell in row]
    return texts == [_bare(cell.text) for cell in head] and not any(cell.is_number for cell in row)


def _bare(text: str) -> str:
    return "".join(text.split())


def _is_rest(row: Sequence[PdfCell], rest: Sequence[PdfCell]) -> bool:
    """Whether a page's first row is what had no room in the last row of the page before.

    It holds no figure, has text only below text, and none in at least one column that has some.
    """
    pairs = list(zip(row, rest, strict=True))
    return (
        any(below.text for _, below in pairs)
        and all(above.text for above, below in pairs if below.text)
        and any(above.text and not below.text for above, below in pairs)
        and not any(below.is_number for _, below in pairs)
    )


def _with_rest(cell: PdfCell, rest: PdfCell) -> PdfCell:
    if not rest.text:
        return cell
    return msgspec.structs.replace(cell, text=joined(cell.text, rest.text))


def _still_merged(
    last: Sequence[PdfCell], first: Sequence[PdfCell]
) -> tuple[list[PdfCell], list[PdfCell]]:
    """The cells on the left that are merged over the page's end, and their rests.

    A rest has no text, or what closes a bracket.
    """
    cells, rests = list[PdfCell](), list[PdfCell]()
    for cell, below in zip(last, first, strict=True):
        rest = cell.text.count("（") > cell.text.count("）") and "）" in below.text
        if not rest and (below.text or not cell.text or max(cell.rows, below.rows) == 1):
            break
        cells.append(cell)
        rests.append(below)
    return cells, rests
