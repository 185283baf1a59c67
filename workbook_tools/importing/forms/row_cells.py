"""The cells of a list's rows, by the columns of its head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbook_tools.importing.document import DocumentCell
from workbook_tools.importing.entries import Entries, Source
from workbook_tools.importing.wording import is_blank


class RowCells:
    """Finds cells; ``shared`` are those that span rows, so that they are no row's own.

    ``unclear``: the Chinese sentence by which one that is filled and shared is listed.
    """

    def __init__(self, columns: Mapping[str, int], entries: Entries, unclear: str) -> None:
        self.columns = columns
        self.shared: set[DocumentCell] = set()
        self._entries, self._unclear = entries, unclear

    def cell(self, row: Sequence[DocumentCell], column: str) -> DocumentCell:
        """The cell of a column, an empty one where the row has none."""
        place = self.columns.get(column, len(row))
        return row[place] if place < len(row) else DocumentCell("", "")

    def usable(self, row: Sequence[DocumentCell], column: str, name: str) -> DocumentCell | None:
        """The cell of a column where it is filled, and this row's alone; ``name``: the row's."""
        cell = self.cell(row, column)
        if is_blank(cell.text):
            return None
        if cell in self.shared or row.count(cell) > 1:
            self._entries.refuse(Source(cell.place, f"{name} … {cell.text}"), self._unclear)
            return None
        return cell


def source_of(row: Sequence[DocumentCell]) -> Source:
    """The words of a row that has some, and where they begin."""
    cells = [cell for cell in dict.fromkeys(row) if cell.text.strip()]
    return Source(cells[0].place, " ".join(cell.text for cell in cells))
