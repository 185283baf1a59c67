"""A sheet being written from top to bottom. Texts are always written as texts, never guessed at.

Rows are written in order and never gone back to, so that XlsxWriter can let go of each row when
the next begins (its ``constant_memory``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from xlsxwriter.utility import (  # type: ignore[import-untyped] # ships no py.typed
    xl_col_to_name,
    xl_rowcol_to_cell,
)

from workbook_tools.consolidation.summary.links import external_url
from workbook_tools.consolidation.tables.table import (
    ColumnKind,
    Link,
    SheetColumn,
    SummaryTable,
    TableCell,
)
from workbook_tools.ooxml.address import MAX_ROW
from workbook_tools.ooxml.strings import MOST_TEXT
from workbook_tools.ooxml.typefaces import LINE as LINE_HEIGHT
from workbook_tools.ooxml.typefaces import lines
from workbook_tools.spreadsheet.book import Book, Page, SheetValue
from workbook_tools.spreadsheet.cell_text import cell_text
from workbook_tools.spreadsheet.plain_sheet import PlainSheet

INK, MUTED, NAVY, ACCENT, PALE, ALERT = (
    "#1F2937",
    "#6B7280",
    "#1F3864",
    "#2F6DB5",
    "#A9C4E6",
    "#C55A11",
)
HEAD_FILL, SUM_FILL, LINE = "#DCE6F1", "#F3F6FA", "#BFC7D1"
ROW_HEIGHT = 18
LAST_ROW = MAX_ROW - 1
"""Index of the last row of a sheet."""

_SIZE, _HIGHEST = 10, 400  # points
_CHARACTER, _EDGES = 5.25, 3.75  # points of a column's width, and beside its text
_TITLE, _NOTE = 30, 18  # points, of the rows above the header
_PAPER = (784, 516)  # points, of A4 on its side within the margins
_SPILL = 0.15  # of a page: what does not get one of its own
_FITTED = 6  # pages: of more, the last matters little, and heights are only reckoned
_SHORT = MOST_TEXT // 2  # characters; XlsxWriter counts those of a longer text
_MOST_LINKS = 65_000  # Excel holds 65,530 on a sheet
_FORMATS: dict[ColumnKind, dict[str, Any]] = {
    "text": {},
    "center": {"align": "center"},
    "wrap": {"text_wrap": True},
    "rise": {"num_format": "+0;-0;0", "align": "center"},
    "money": {"num_format": "#,##0.00"},
    "count": {"num_format": "0", "align": "center"},
    "measure": {"num_format": "0.00%"},
}


class TableBook(Book):
    """A workbook of tables, with the looks of the summary.

    ``places``: the decimals of a score; ``points`` is the number format of one.
    """

    def __init__(
        self, stream: IO[bytes], folder: Path, *, places: int, constant_memory: bool
    ) -> None:
        font = {"font_name": "微软雅黑", "font_size": _SIZE}
        super().__init__(stream, font, constant_memory=constant_memory)
        self.folder = folder
        self.points = f"0.{'0' * places}" if places else "0"  # "0." would leave a bare point
        self._cell_styles: dict[tuple[Any, ...], Any] = {}
        self._kinds: dict[ColumnKind, dict[str, Any]] = {
            **_FORMATS,
            "points": {"num_format": self.points},
            "difference": {"num_format": f"+{self.points};-{self.points};{self.points}"},
        }

    def style(self, kind: ColumnKind = "text", **looks: Any) -> Any:
        """The format for a kind of value, with further XlsxWriter format properties."""
        return self.format({"valign": "vcenter", "font_color": INK, **self._kinds[kind], **looks})

    def cell_style(self, kind: ColumnKind, **looks: Any) -> Any:
        """The format of a cell of a table: thin lines around, and a text shrinks to its cell."""
        key = kind, *looks.items()
        if key not in self._cell_styles:
            table = {"border": 1, "border_color": LINE, "shrink": kind in ("text", "center")}
            self._cell_styles[key] = self.style(kind, **{**table, **looks})
        return self._cell_styles[key]


class TablePage(Page):
    """A sheet with a table on it, written from top to bottom."""

    def __init__(self, book: TableBook, title: str) -> None:
        super().__init__(book, title, PlainSheet)
        self.book = book
        self._links = 0
        self._heights = 0.0  # points, of the rows that were given one
        self._rows = 0  # that were given one
        self._head = 0.0  # points, of what stands on every page
        self._widths: list[float] = []  # of the header's columns

    def set_row(self, row: int, height: float) -> None:
        """Give a row its height, in points."""
        self.sheet.set_row(row, height)
        self._heights += height
        self._rows += 1

    def put(self, row: int, column: int, value: SheetValue | Link, look: Any) -> None:
        """Write a value as what it is, a link as one that leads there."""
        if isinstance(value, Link):
            self._link(row, column, value, look)
        else:
            super().put(row, column, value, look)

    def put_row(
        self,
        row: int,
        values: Sequence[SheetValue | Link],
        looks: Sequence[Any],
        *,
        column: int = 0,
    ) -> None:
        """Write cells next to each other, from ``column`` on; as one by one, only sooner."""
        start = 0
        cells: list[float | int | str | None] = []
        for place, value in enumerate(values):
            if value is None or value == "":
                cells.append(None)
            elif isinstance(value, float) or type(value) is int:
                cells.append(float(value))
            elif isinstance(value, str) and len(value) <= _SHORT:
                cells.append(self.sheet.text(cell_text(value)))
            else:
                self.sheet.write_cells(row, column + start, cells, looks[start:place])
                self.put(row, column + place, value, looks[place])
                start, cells = place + 1, []
        self.sheet.write_cells(row, column + start, cells, looks[start:])

    def formula(self, row: int, column: int, formula: str, value: float | None, style: Any) -> None:
        """Write a formula of ours with its stored value (None: an empty text)."""
        self.sheet.write_formula(row, column, formula, style, "" if value is None else value)

    def _link(self, row: int, column: int, link: Link, style: Any) -> None:
        url = external_url(link, self.book.folder) if self._links < _MOST_LINKS else None
        text = cell_text(link.text)
        if url is None or not text:
            self.sheet.write_string(row, column, text, style)
            return
        self._links += 1
        linked = self.book.cell_style("text", font_color=ACCENT, underline=1)
        url.text = text
        self.sheet.write_url(row, column, url, linked)

    def across(self, row: int, column: int, width: int, text: str, style: Any) -> None:
        """Write a text over ``width`` columns of a row."""
        if width == 1:
            self.put(row, column, text, style)
        else:
            self.sheet.merge_range(row, column, row, column + width - 1, "", style)
            self.put(row, column, text, style)

    def band(self, row: int, column: int, width: int, text: str) -> None:
        """Name columns in a coloured band above them; not merged, so that a page may end in it."""
        style = self.book.style(bold=True, bg_color=NAVY, font_color="white")
        edge = self.book.style(
            bold=True, bg_color=NAVY, font_color="white", left=1, left_color="white", indent=1
        )
        self.put(row, column, text, edge)
        for place in range(column + 1, column + width):
            self.put(row, place, None, style)

    def heading(self, title: str, note: str) -> int:
        """Write a title and a line about the sheet; returns the next row."""
        self.set_row(0, _TITLE)
        self.put(0, 0, title, self.book.style(bold=True, font_size=16, font_color=NAVY))
        self.set_row(1, _NOTE)
        self.put(1, 0, note, self.book.style(font_size=9, font_color=MUTED))
        return 2

    @property
    def header_style(self) -> Any:
        """The format of the cells of a header row."""
        return self.book.cell_style(
            "wrap", bold=True, font_size=9, align="center", bg_color=HEAD_FILL, font_color=NAVY
        )

    def header(self, row: int, columns: Sequence[SheetColumn], *, height: float = 30) -> None:
        """Write a header row and set the widths of its columns."""
        self.set_row(row, height)
        self._head = _TITLE + _NOTE + height
        self._widths = [column.width for column in columns]
        for place, column in enumerate(columns):
            self.sheet.set_column(place, place, column.width)
            self.put(row, place, column.title, self.header_style)

    def body(self, row: int, table: SummaryTable) -> int:
        """Write the rows of a table; returns the row after the last."""
        styles = [self.book.cell_style(column.kind) for column in table.columns]
        wrapped = [place for place, column in enumerate(table.columns) if column.kind == "wrap"]
        for cells in table.rows:
            counts = (_lines(cells[place], table.columns[place].width) for place in wrapped)
            self.set_row(row, _height(max(counts, default=1)))
            self.sheet.row_sizes.pop(row)  # by which pictures are placed: none lies on a table
            self.put_row(row, cells, styles)
            row += 1
        return row

    def listing(
        self, table: SummaryTable, title: str, note: str, *, frozen: int, empty: str
    ) -> range:
        """Write a whole sheet that is one filterable table; returns its body's rows.

        ``frozen``: columns that stay when scrolling; ``empty``: what to say when there is no row.
        """
        head = self.heading(title, note)
        self.header(head, table.columns)
        end = self.body(head + 1, table)
        if end == head + 1:
            self.put(end, 0, empty, self.book.style(font_color=MUTED))
        else:
            self.sheet.autofilter(head, 0, end - 1, len(table.columns) - 1)
        self.sheet.freeze_panes(head + 1, frozen)
        self.printed(head=head)
        return range(head + 1, end)

    def printed(self, *, head: int, top: int = 0, wide: int = 1, beside: int = 0) -> None:
        """A4 landscape, ``wide`` pages wide, with page numbers; asked for when all is written.

        Every page has the rows from ``top`` to ``head`` and the first ``beside`` columns.
        """
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.sheet.fit_to_pages(wide, self._pages(wide, beside))
        self.sheet.repeat_rows(top, head)
        if beside:
            self.sheet.repeat_columns(0, beside - 1)
        self.sheet.center_horizontally()
        self.sheet.set_footer(f"&L&8{self.title}&R&8第 &P 页，共 &N 页")

    def _pages(self, wide: int, beside: int) -> int:
        """How many pages tall the sheet is made, so that no few rows spill over; 0 for any number.

        Rather than on a page of their own, a few rows stand on the page before, a little smaller.
        """
        widths = [width * _CHARACTER + _EDGES for width in self._widths]
        across = sum(widths) + (wide - 1) * sum(widths[:beside])
        scale = min(1.0, wide * _PAPER[0] / across) if across else 1.0
        default = max(0, (self.sheet.dim_rowmax or 0) + 1 - self._rows) * ROW_HEIGHT
        body = self._heights + default - self._head
        pages = math.ceil(body / (_PAPER[1] / scale - self._head) - _SPILL)
        return max(1, pages) if pages <= _FITTED else 0


def address(row: int, column: int) -> str:
    """A1 address of a cell."""
    return str(xl_rowcol_to_cell(row, column))


def column_range(rows: range, column: int) -> str:
    """A1 range of a column's cells in consecutive rows."""
    name = xl_col_to_name(column)
    return f"{name}{rows.start + 1}:{name}{rows.stop}"


def _height(count: int) -> float:
    """The height of a row of text. Programs do not agree on when to find it themselves."""
    return min(ROW_HEIGHT + (count - 1) * _SIZE * LINE_HEIGHT, _HIGHEST)


def _lines(value: TableCell, width: float) -> int:
    """Lines that a text takes in a column so many characters wide."""
    if not isinstance(value, str):
        return 1
    return lines("\n".join(value.splitlines()), width * _CHARACTER / _SIZE)
