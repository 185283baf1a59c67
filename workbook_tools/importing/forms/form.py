"""A form: the rows of one self-evaluation table, with the words that stand above it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from workbook_tools.importing.document import DocumentCell


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """One form of a document. ``name``: its sheet, or which table it is, for people.

    ``above``: the lines over the table in a document of text, which may hold its title; they are
    the document's own as well.
    """

    name: str
    rows: tuple[tuple[DocumentCell, ...], ...]
    above: tuple[DocumentCell, ...] = ()


class Reading:
    """A form being read: which of its cells somebody has made sense of, right or wrong."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.rows = form.rows
        self._used: set[DocumentCell] = set()

    def use(self, *cells: DocumentCell) -> None:
        """Note that these cells need no further looking at."""
        self._used.update(cells)

    def is_used(self, cell: DocumentCell) -> bool:
        """Whether somebody made sense of a cell."""
        return cell in self._used

    @property
    def titles(self) -> frozenset[str]:
        """Where those of the lines above stand that the form made use of."""
        return frozenset(cell.place for cell in self.form.above if cell in self._used)

    def left(self) -> Iterator[list[DocumentCell]]:
        """The cells with words that nobody made sense of, row by row, each once."""
        told: set[DocumentCell] = set()
        for row in self.rows:
            cells = [
                cell
                for cell in dict.fromkeys(row)
                if cell.text.strip() and cell not in self._used and cell not in told
            ]
            told.update(cells)
            if cells:
                yield cells
