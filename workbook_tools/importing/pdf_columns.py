"""Tables without rules, read where nothing but the places of their words makes them certain.

A column is what white strips part through all lines, with exactly one title at its top. A row is a
line with a figure in the column that has the most of them. Text that stands between such lines may
belong to the row above or below, and a column with a gap may have cells merged over rows: neither
is read. What is left has one value for every row, each at the height of its row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

import msgspec

from workbook_tools.importing.columns import is_total
from workbook_tools.importing.pdf_lines import WIDE_SPACE, Line, Word
from workbook_tools.importing.pdf_tables import PdfCell, PdfTable

_FEWEST = 3  # columns
_TITLE = 2  # characters of the shortest title; one alone may be half of 得 分
_NEAR = 4.0  # heights of letters from one line of a table to the next, at the most
_FIGURE = re.compile(r"\d[\d,，]*(?:[.．]\d+)?(?:[%％]|分)?")
_Span = tuple[float, float]
_Texts = list[str]


class InColumns(msgspec.Struct, frozen=True):
    """A table without rules; ``taken``: the places among the page's lines that it stands in."""

    table: PdfTable
    taken: range


def tables_in_columns(lines: Sequence[Line], page: int) -> Iterator[InColumns]:
    """The tables that are certain among the lines of a page."""
    place = 0
    while place < len(lines):
        table = _table_from(lines, place, page) if lines[place].apart else None
        if table is not None:
            yield table
        place = table.taken.stop if table is not None else place + 1


def _table_from(lines: Sequence[Line], start: int, page: int) -> InColumns | None:
    """The table whose head begins with a line, as far down as the strips go on."""
    if not lines[start].is_parted:
        return None
    end = start + 1
    while end < len(lines) and _belongs(lines[start:end], lines[end]):
        end += 1
    block = _Block(lines[start:end])
    table = block.table(page) if block.is_certain else None
    return InColumns(table, range(start, end)) if table is not None else None


def _belongs(above: Sequence[Line], line: Line) -> bool:
    """Whether a line is near, and leaves all the strips of those above it open."""
    near = line.box[1] - above[-1].box[3] < _NEAR * line.size
    return near and len(_columns([*above, line])) >= max(_FEWEST, len(_columns(above)))


def _columns(lines: Sequence[Line]) -> list[_Span]:
    """What white strips part through all lines, from left to right."""
    width = WIDE_SPACE * median(line.size for line in lines)
    columns: list[_Span] = []
    for word in sorted((word for line in lines for word in line.words), key=lambda one: one.x0):
        if columns and word.x0 - columns[-1][1] < width:
            columns[-1] = columns[-1][0], max(columns[-1][1], word.x1)
        else:
            columns.append((word.x0, word.x1))
    return columns


class _Block:
    """Lines with strips through all of them."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._columns = _columns(lines)
        self._texts = [_texts(line.words, self._columns) for line in lines]
        self._rows = self._lines_with_figures()
        self._between = set(range(len(lines))) - set(self._rows)

    def _lines_with_figures(self) -> list[int]:
        """The lines with a figure in the column that has the most, the leftmost of several."""
        figures = [
            [place for place, texts in enumerate(self._texts) if _is_figure(texts[column])]
            for column in range(len(self._columns))
        ]
        return max(figures, key=len, default=[])

    @property
    def _head(self) -> list[_Texts]:
        return self._texts[: self._rows[0]]

    @property
    def is_certain(self) -> bool:
        """Whether each column has one title, and there are rows below."""
        if len(self._columns) < _FEWEST or len(self._rows) < 2 or not self._head:
            return False
        no_figure = not any(_is_figure(text) for texts in self._head for text in texts)
        titles = ["".join(stack) for stack in zip(*self._head, strict=True)]
        return no_figure and all(len("".join(one.split())) >= _TITLE for one in titles)

    def table(self, page: int) -> PdfTable | None:
        """The rows and columns that are certain; None without one of words and one of figures."""
        columns = [place for place in range(len(self._columns)) if self._is_read(place)]
        rows = [row for row in self._rows if all(self._is_alone(row, one) for one in columns)]
        words = [
            one for one in columns if not any(_is_figure(self._texts[row][one]) for row in rows)
        ]
        if not words or len(words) == len(columns) or not rows:
            return None
        box = self._box(0, len(self._lines))
        titles = ["".join(stack) for stack in zip(*self._head, strict=True)]
        kept = [tuple(PdfCell(titles[one], self._box(0, 1), page) for one in columns)]
        kept += [
            tuple(PdfCell(self._texts[row][one], self._box(row, row + 1), page) for one in columns)
            for row in rows
        ]
        return PdfTable(tuple(kept), (), box, tuple(self._unread(set(rows), set(columns))))

    def _is_read(self, column: int) -> bool:
        """Whether a column has a text in each row, and half of them are not over several lines."""
        rows = [row for row in self._rows if not any(map(is_total, self._texts[row]))]
        filled = bool(rows) and all(self._texts[row][column] for row in rows)
        return filled and 2 * sum(self._is_alone(row, column) for row in self._rows) >= len(rows)

    def _is_alone(self, row: int, column: int) -> bool:
        """Whether nothing of a column stands between a row and those above and below."""
        ends = [-1, *self._rows, len(self._lines)]
        above, below = next(
            (before, after)
            for (before, here), after in zip(pairwise(ends), ends[2:], strict=False)
            if here == row
        )
        first = max(above + 1, self._rows[0])  # what is above the first row is the head
        return not any(
            self._texts[place][column] for place in range(first, below) if place in self._between
        )

    def _unread(self, rows: set[int], columns: set[int]) -> Iterator[Line]:
        """The lines with words that are not read."""
        for place in range(self._rows[0], len(self._lines)):
            filled = {column for column, text in enumerate(self._texts[place]) if text}
            if place not in rows or not filled <= columns:
                yield self._lines[place]

    def _box(self, start: int, end: int) -> tuple[float, float, float, float]:
        boxes = [line.box for line in self._lines[start:end]]
        x0, top, x1, bottom = zip(*boxes, strict=True)
        return min(x0), min(top), max(x1), max(bottom)


def _texts(words: Sequence[Word], columns: Sequence[_Span]) -> _Texts:
    return [
        " ".join(word.text for word in words if x0 <= word.x0 and word.x1 <= x1)
        for x0, x1 in columns
    ]


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch("".join(text.split())) is not None
