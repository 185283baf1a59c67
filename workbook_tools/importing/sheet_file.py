"""Workbooks that are forms: each visible sheet as a table of what a reader of it sees."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from workbook_tools.importing.document import (
    Document,
    DocumentCell,
    DocumentGrid,
    Piece,
    ReportError,
)
from workbook_tools.importing.shown_number import shown
from workbook_tools.ooxml import BLANK, Package, PackageError, Workbook, open_workbook, to_a1
from workbook_tools.ooxml.number_formats import GENERAL, shown_of
from workbook_tools.ooxml.sheetpart import SheetPart
from workbook_tools.ooxml.workbook import WorkbookSheet
from workbook_tools.standard.contract import META_NAMES

_MOST_ROWS, _MOST_COLUMNS = 1_000, 63
_SAVE_AGAIN = "请在 WPS 或 Excel 中打开，另存为 .xlsx 再导入。"
_OURS = "是本工具的填报工作簿，不用导入。请直接用 validate 校验，或用 consolidate 汇总。"


def holds_a_workbook(data: bytes) -> bool:
    """Whether a package is a workbook, by the type of its main part."""
    try:
        with Package.open(data) as package:
            parts = [one.target for one in package.relationships() if one.kind == "officeDocument"]
            kind = (package.content_type(parts[0]) or "").lower() if parts else ""
    except PackageError:
        return False
    return "spreadsheetml" in kind or "ms-excel" in kind


def read_workbook_file(path: Path, data: bytes) -> Document:
    """Read the visible sheets of an .xlsx, known as ``path``.

    Raises ReportError for a damaged or too large one, and for ours.
    """
    try:
        with open_workbook(Package.open(data, name=str(path))) as book:
            if META_NAMES[0] in book.names:
                raise ReportError(f"{path.name}：{_OURS}")
            sheets = [
                one for one in book.sheets if one.state == "visible" and one.kind == "worksheet"
            ]
            grids: list[DocumentGrid] = []
            pieces: list[Piece] = []
            for sheet in sheets:
                reader = _SheetReader(book, sheet, len(grids) + 1, pieces)
                rows = tuple(reader.rows(path))
                if rows:
                    grids.append(DocumentGrid(len(grids) + 1, rows, sheet.name))
    except PackageError as error:
        raise ReportError(f"{path.name}：{error.problem}{_SAVE_AGAIN}") from error
    except ValueError as error:
        raise ReportError(
            f"{path.name}：工作簿的内容已损坏，请用 Excel 或 WPS 另存后再导入。"
        ) from error
    return Document(path.name, tuple(pieces), tuple(grids))


class _SheetReader:
    def __init__(
        self, book: Workbook, sheet: WorkbookSheet, number: int, pieces: list[Piece]
    ) -> None:
        self._book, self._sheet, self._number, self._pieces = book, sheet, number, pieces
        self._cells = book.cells(sheet.name)
        self._shown = shown_of(book, sheet)
        part = SheetPart(book.package.xml_text(sheet.part))
        self._merged: dict[tuple[int, int], tuple[int, int]] = {}
        for top, left, bottom, right in part.merged():
            for row in range(top, min(bottom, top + _MOST_ROWS) + 1):
                for column in range(left, min(right, left + _MOST_COLUMNS) + 1):
                    self._merged[row, column] = top, left

    def rows(self, path: Path) -> Iterator[tuple[DocumentCell, ...]]:
        """The rows down to the last filled one, without hidden rows and columns."""
        filled = [place for place, cell in self._cells.items() if cell != BLANK]
        if not filled:
            return
        last_row, last_column = max(row for row, _ in filled), max(column for _, column in filled)
        if last_row > _MOST_ROWS:
            raise ReportError(
                f"{path.name}：工作表“{self._sheet.name}”有 {last_row:,} 行，不像自评表。"
            )
        made: dict[tuple[int, int], DocumentCell] = {}
        numbered = before = 0
        above = None
        for row in range(1, last_row + 1):
            if row in self._shown.hidden_rows:
                continue
            cells: list[DocumentCell] = []
            for column in range(1, min(last_column, _MOST_COLUMNS) + 1):
                if column in self._shown.hidden_columns:
                    continue
                place = self._merged.get((row, column), (row, column))
                if place not in made:
                    made[place] = self._cell(*place)
                    before += 1
                    if not cells and made[place] != above:
                        numbered += 1
                    self._tell(made[place], numbered or 1, before)
                cells.append(made[place])
            above = cells[0] if cells else above
            yield tuple(cells)

    def _cell(self, row: int, column: int) -> DocumentCell:
        code = self._shown.formats.get((row, column), GENERAL)
        there = self._cells.get((row, column), BLANK)
        text = shown(there, code, date1904=self._book.date1904)
        lines = (line.strip() for line in text.replace("\r", "").split("\n"))
        address = to_a1(row, column)
        return DocumentCell("\n".join(filter(None, lines)), f"工作表“{self._sheet.name}”{address}")

    def _tell(self, cell: DocumentCell, row: int, number: int) -> None:
        for line in cell.text.split("\n"):
            if line:
                self._pieces.append(
                    Piece(text=line, place=cell.place, row=row, cell=number, table=self._number)
                )
