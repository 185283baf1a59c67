"""Tables: heads repeated on each page, rows never split, widths fitted to what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from docx.oxml.xmlchemy import BaseOxmlElement

from workbook_tools.report.paper.elements import Align, element, paragraph, plain_text
from workbook_tools.report.paper.widths import fitted, twips

_SHADE_HEAD, _SHADE_BAND = "E7EBF0", "F3F5F8"
_LONG = 900  # characters of a cell
_SHORT = 8  # rows of a table that stays on one page


Size = Literal["Table", "Small"]
"""Tables in the body, of 10.5 pt, and in annexes, of 9 pt; with an alignment a style's id."""
_CHARACTER: dict[Size, float] = {"Table": 1.86, "Small": 1.6}  # mm of half a Chinese character


class PaperColumn(NamedTuple):
    """``width`` in mm, 0 where it follows from what stands in the column."""

    title: str
    align: Align = "text"
    width: float = 0


class ShadedRow(NamedTuple):
    """A shaded row over the rows below it: a label over ``span`` columns, then cells."""

    label: str
    cells: tuple[str, ...] = ()


PaperRow = Sequence[str] | ShadedRow


def table(
    columns: Sequence[PaperColumn], rows: Sequence[PaperRow], width: float, size: Size = "Table"
) -> BaseOxmlElement:
    """A table ``width`` mm wide with a head row; ``rows`` hold a text per column."""
    frame = _Frame(_widths(columns, rows, width, size), size)
    frame.head([column.title for column in columns])
    last = len(rows) - 1 if len(rows) <= _SHORT else 0
    for place, row in enumerate(rows):
        if isinstance(row, ShadedRow):
            frame.band(row, columns)
        else:
            aligns = [column.align for column in columns]
            frame.row(row, aligns, keep_next=place < last)
    return frame.table


def pairs(rows: Sequence[Sequence[str]], label: float, width: float) -> BaseOxmlElement:
    """A table of labels and values: two or four cells to a row; two take the whole width.

    ``label``: the width of a label in mm.
    """
    value = width / 2 - label
    frame = _Frame([label, value, label, value], "Table")
    for row in rows:
        if len(row) == 2:
            frame.row(row, ["head", "text"], spans=[1, 3])
        else:
            frame.row(row, ["head", "text", "head", "text"])
    return frame.table


def _widths(
    columns: Sequence[PaperColumn], rows: Sequence[PaperRow], width: float, size: Size
) -> list[float]:
    """Fixed widths as they are; the others share what is left."""
    free = [place for place, column in enumerate(columns) if not column.width]
    texts = [row for row in rows if not isinstance(row, ShadedRow)]
    shares = fitted(
        [columns[place].title for place in free],
        [[row[place] for row in texts] for place in free],
        [columns[place].align != "text" for place in free],
        width - sum(column.width for column in columns),
        _CHARACTER[size],
    )
    widths = [column.width for column in columns]
    for place, share in zip(free, shares, strict=True):
        widths[place] = share
    return widths


class _Frame:
    """A table being written row by row, on columns so wide (mm)."""

    def __init__(self, widths: Sequence[float], size: Size) -> None:
        self._grid = [twips(width) for width in widths]
        self._size = size
        properties = element(
            "w:tblPr",
            {},
            element("w:tblStyle", {"w:val": "TableGrid"}),
            element("w:tblW", {"w:w": sum(self._grid), "w:type": "dxa"}),
            element("w:jc", {"w:val": "center"}),
            element("w:tblLayout", {"w:type": "fixed"}),
        )
        columns = (element("w:gridCol", {"w:w": wide}) for wide in self._grid)
        self.table = element("w:tbl", {}, properties, element("w:tblGrid", {}, *columns))

    def head(self, titles: Sequence[str]) -> None:
        """The row that stands on top of every page."""
        cells = [
            self._cell(title, "head", wide, shade=_SHADE_HEAD)
            for title, wide in zip(titles, self._grid, strict=True)
        ]
        self._add(cells, head=True)

    def row(
        self,
        texts: Sequence[str],
        aligns: Sequence[Align],
        spans: Sequence[int] = (),
        *,
        keep_next: bool = False,
    ) -> None:
        """A text per cell; ``spans``: how many columns each takes, if not one."""
        cells, place = [], 0
        for text, align, span in zip(texts, aligns, spans or [1] * len(texts), strict=True):
            wide = sum(self._grid[place : place + span])
            cells.append(self._cell(text, align, wide, span=span, keep_next=keep_next))
            place += span
        # A row that is taller than a page must be split, or a part of it is never seen.
        self._add(cells, whole=max(map(len, texts)) < _LONG)

    def band(self, band: ShadedRow, columns: Sequence[PaperColumn]) -> None:
        """The label over all columns that have no cell, then the cells."""
        span = len(columns) - len(band.cells)
        looks: dict[str, Any] = {"shade": _SHADE_BAND, "keep_next": True}
        cells = [self._cell(band.label, "text", sum(self._grid[:span]), span=span, **looks)]
        cells += [
            self._cell(text, column.align, wide, **looks)
            for text, column, wide in zip(
                band.cells, columns[span:], self._grid[span:], strict=True
            )
        ]
        self._add(cells)

    def _add(
        self, cells: Sequence[BaseOxmlElement], *, head: bool = False, whole: bool = True
    ) -> None:
        properties = element("w:trPr")
        if whole:
            properties.append(element("w:cantSplit"))
        if head:
            properties.append(element("w:tblHeader"))
        self.table.append(element("w:tr", {}, *([properties] if len(properties) else []), *cells))

    def _cell(
        self,
        text: str,
        align: Align,
        width: int,
        *,
        span: int = 1,
        shade: str = "",
        keep_next: bool = False,
    ) -> BaseOxmlElement:
        properties = element("w:tcPr", {}, element("w:tcW", {"w:w": width, "w:type": "dxa"}))
        if span > 1:
            properties.append(element("w:gridSpan", {"w:val": span}))
        if shade:
            filled = {"w:val": "clear", "w:color": "auto", "w:fill": shade}
            properties.append(element("w:shd", filled))
        properties.append(element("w:vAlign", {"w:val": "center"}))
        style = f"{self._size}{align.capitalize()}"
        lines = plain_text(text).split("\n")
        written = [paragraph(line, style, keep_next=keep_next) for line in lines]
        return element("w:tc", {}, properties, *written)
