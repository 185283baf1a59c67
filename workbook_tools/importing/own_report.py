"""A report that `report` wrote: its annexes have every entry, under the standard's own words.

Its body repeats them in other words and is not read, but for the texts that the department wrote.
"""

from __future__ import annotations

from collections.abc import Sequence

from workbook_tools.importing.document import Document, DocumentCell, DocumentGrid
from workbook_tools.importing.entries import Entries, EntryRow, Source
from workbook_tools.importing.values import stated_value
from workbook_tools.importing.wording import numbering
from workbook_tools.narrative.marks import CONTRADICTED
from workbook_tools.standard import Standard
from workbook_tools.standard.contract import check_id
from workbook_tools.standard.inputs import Value
from workbook_tools.standard.report_form import (
    BASIC_DATA,
    CHECKLIST_COLUMNS,
    CHECKLISTS,
    ENTRY_COLUMNS,
    GRID_COLUMN,
    PENDING,
    SECTIONS,
    STANDARD_LINE,
    WRITTEN,
    column_title,
    sheet_title,
)
from workbook_tools.standard.rules import Checklist
from workbook_tools.standard.tables import Table

_NOT_FILLED = {"", "—", "未填", PENDING}


def is_own_report(document: Document, standard: Standard) -> bool:
    """Whether `report` wrote the document, by this standard."""
    line = f"{STANDARD_LINE}{standard.title}。"
    pieces = [one for one in document.pieces if not one.table]
    return any(one.text.startswith(line) for one in pieces) and any(
        one.outline and one.text == BASIC_DATA for one in pieces
    )


def read_own_report(document: Document, entries: Entries) -> None:
    """Put what the annexes and the department's own texts say into the entries."""
    _read_texts(document, entries)
    titles = _titles(document)
    annex = _Annex(entries)
    for grid in document.grids:
        if grid.rows and grid.number in titles:
            annex.read(grid, titles[grid.number])


def _titles(document: Document) -> dict[int, str]:
    """The heading right above each table that has one."""
    titles: dict[int, str] = {}
    above = ""
    for piece in document.pieces:
        if not piece.table:
            above = piece.text if piece.outline else ""
        elif above:
            titles[piece.table] = above
            above = ""
    return titles


def _read_texts(document: Document, entries: Entries) -> None:
    texts = {one.id: one.label for one in entries.standard.inputs if one.type == "long_text"}
    sections = {one: SECTIONS.get(one, label) for one, label in texts.items()}
    section = field = ""
    for piece in document.pieces:
        if piece.table:
            continue
        if piece.outline:
            found = numbering(piece.text)
            heading = found.rest if found else piece.text
            if piece.outline == 1:
                section = heading
                here = [one for one, title in sections.items() if title == section]
                field = here[0] if len(here) == 1 else ""
            else:
                field = next(
                    (
                        one
                        for one, label in texts.items()
                        if label == heading and sections[one] == section
                    ),
                    "",
                )
        elif piece.style == WRITTEN and field and piece.text != CONTRADICTED:
            words = f"{entries.fields[field].label} {piece.text}"
            entries.append(field, piece.text, Source(piece.place, words))


class _Annex:
    def __init__(self, entries: Entries) -> None:
        self._entries, self._standard = entries, entries.standard
        self._sheets = {one.title: one.id for one in self._standard.sheets}
        titles = {one.id: one.title for one in self._standard.sheets}
        self._grids = {
            sheet_title(titles[one.sheet], one.label, one.unit): one for one in self._standard.grids
        }
        self._tables = {
            sheet_title(titles[one.sheet], one.label): one for one in self._standard.tables
        }

    def read(self, grid: DocumentGrid, title: str) -> None:
        head = tuple(cell.text for cell in grid.rows[0])
        rows = grid.rows[1:]
        if head == ENTRY_COLUMNS:
            self._inputs(rows, self._sheets.get(title, ""))
        elif head == CHECKLIST_COLUMNS and title.endswith(CHECKLISTS):
            self._checklists(rows)
        elif title in self._grids and head[0] == GRID_COLUMN:
            self._grid(title, head, rows)
        elif title in self._tables:
            self._table(self._tables[title], head, rows)

    def _inputs(self, rows: Sequence[Sequence[DocumentCell]], sheet: str) -> None:
        fields = {
            (one.section, one.label): one.id for one in self._standard.inputs if one.sheet == sheet
        }
        section = ""
        for row in rows:
            if len(set(row)) == 1:
                section = row[0].text
            elif field := fields.get((section, row[0].text)):
                self._put(field, row[0], row[1])

    def _grid(
        self, title: str, head: Sequence[str], rows: Sequence[Sequence[DocumentCell]]
    ) -> None:
        grid = self._grids[title]
        columns = {one.label: one.id for one in grid.columns}
        lines = {one.label: one.id for one in grid.rows}
        for row in rows:
            for label, cell in zip(head[1:], row[1:], strict=False):
                if row[0].text in lines and label in columns:
                    self._put(f"{grid.id}_{lines[row[0].text]}_{columns[label]}", row[0], cell)

    def _checklists(self, rows: Sequence[Sequence[DocumentCell]]) -> None:
        titles = {
            one.title: one.id
            for one in self._standard.indicators
            if isinstance(one.rule, Checklist)
        }
        indicator = ""
        for row in rows:
            if len(set(row)) == 1:
                indicator = titles.get(row[0].text, "")
                continue
            found = numbering(row[0].text)
            if indicator and found and check_id(indicator, found.number) in self._entries.fields:
                self._put(check_id(indicator, found.number), row[0], row[1])
                self._put(f"basis_{indicator}_{found.number}", row[0], row[2])

    def _table(
        self, table: Table, head: Sequence[str], rows: Sequence[Sequence[DocumentCell]]
    ) -> None:
        columns = {column_title(one.label, one.unit): one for one in table.columns}
        if not columns.keys() <= set(head):
            return  # the body's shorter list of the same rows
        named = head.index(column_title(table.named_by.label, table.named_by.unit))
        listed: list[EntryRow] = []
        if any(one.type == "money" for one in table.columns):
            rows = rows[:-1]  # the sums
        for row in rows:
            if [cell.text for cell in row] == ["无", *["—"] * (len(row) - 1)]:
                continue  # what stands in a list without rows
            told: dict[str, tuple[Value, Source]] = {}
            for title, cell in zip(head, row, strict=False):
                if (column := columns.get(title)) is None or cell.text in _NOT_FILLED:
                    continue
                source = Source(cell.place, f"{row[named].text} {title} {cell.text}")
                value = stated_value(column.type, column.choices, cell.text)
                if value is None:
                    self._entries.refuse(source, f"不能用作“{column.label}”，没有填。")
                else:
                    told[column.id] = value, source
            if told:
                listed.append(told)
        self._entries.put_rows(table, listed)

    def _put(self, field: str, label: DocumentCell, cell: DocumentCell) -> None:
        if cell.text in _NOT_FILLED:
            return
        known = self._entries.fields[field]
        source = Source(cell.place, f"{label.text} {cell.text}")
        value = stated_value(known.type, known.choices, cell.text)
        if value is None:
            self._entries.refuse(source, f"不能用作“{known.label}”，没有填。")
        else:
            self._entries.put(field, value, source)
