"""A table of own indicators beside a score table, by the classes of benefit (个性指标).

A standard has such a table where rows are measured against targets and are no indicators
themselves. A form's table goes into it where its title, or its sheet, has the table's name.
"""

from __future__ import annotations

from collections.abc import Sequence

from workbook_tools.importing.document import Document, DocumentCell
from workbook_tools.importing.entries import Entries, EntryRow, Source
from workbook_tools.importing.forms.form import Form
from workbook_tools.importing.forms.own_list import list_heads
from workbook_tools.importing.forms.own_row import OwnRowCells, OwnTable, own_table
from workbook_tools.importing.forms.row_cells import RowCells, source_of
from workbook_tools.importing.forms.splitting import own_forms
from workbook_tools.importing.wording import plain
from workbook_tools.standard import Standard
from workbook_tools.standard.inputs import Value

_SHARED = "一个格子跨了几行或几栏，看不出属于哪一项指标，没有填。"


def is_of_own_table(form: Form, standard: Standard) -> bool:
    """Whether a form's list is the standard's table of own indicators, by its title."""
    own = own_table(standard)
    if own is None:
        return False
    titles = [row[0].text for row in form.rows if row and len(set(row)) == 1]
    said = (form.name, *titles, *(cell.text for cell in form.above[-1:]))
    return any(plain(own.table.label) in plain(text) for text in said)


def read_own_tables(document: Document, entries: Entries) -> frozenset[int]:
    """Put the tables of own indicators into the entries; gives their numbers."""
    own = own_table(entries.standard)
    taken: frozenset[int] = frozenset()
    if own is None:
        return taken
    for form, tables in own_forms(document):
        if is_of_own_table(form, entries.standard):
            taken |= tables
            _OwnTableReader(own, entries).read(form)
    return taken


class _OwnTableReader:
    def __init__(self, own: OwnTable, entries: Entries) -> None:
        self._own, self._entries = own, entries
        self._cells = RowCells({}, entries, _SHARED)
        self._owners: dict[DocumentCell, int] = {}
        self._group = ""

    def read(self, form: Form) -> None:
        """Put the rows below the head into the table, and list all the rest."""
        heads = list_heads(form.rows)
        [head, *others] = heads
        self._cells.columns = head.columns
        if head.doubled or others:
            reason = "绩效指标表有几栏同名，或有两种表头，没有读取指标。"
            self._refuse_row(form.rows[head.place], reason)
            return
        below = [row for row in form.rows[head.below :] if any(plain(one.text) for one in row)]
        for number, row in enumerate(below):
            for cell in set(row):
                if self._owners.setdefault(cell, number) != number:
                    self._cells.shared.add(cell)
        titles = [row for row in form.rows[: head.place] if len(set(row)) > 1]
        for row in titles:
            self._refuse_row(row, "表中的这些内容没有对应的填报栏目，没有填。")
        rows = [told for row in below if (told := self._row(row)) is not None]
        if rows:
            self._entries.put_rows(self._own.table, rows)

    def _row(self, row: Sequence[DocumentCell]) -> EntryRow | None:
        named = self._cells.cell(row, "name")
        name = "".join(named.text.split("\n")).strip()
        group = self._cells.cell(row, "second")
        if plain(group.text):
            self._group = group.text
        choice = self._own.choice(self._group)
        alone = named not in self._cells.shared and row.count(named) == 1
        if len(set(row)) == 1 or not plain(name) or not alone or choice is None:
            reason = f"不是“{self._own.table.label}”中的一项，没有填。"
            self._refuse_row(row, reason)
            return None
        told: dict[str, tuple[Value, Source]] = {
            self._own.table.named_by.id: (name, Source(named.place, name)),
            self._own.group.id: (choice, Source(group.place or named.place, choice)),
        }
        cells = {
            one: cell
            for one in ("target", "actual", "unit", "nature", "direction", "degree", "evidence")
            if (cell := self._cells.usable(row, one, name)) is not None
        }
        told |= OwnRowCells(self._own, self._entries, name, cells).entries()
        return told

    def _refuse_row(self, row: Sequence[DocumentCell], reason: str) -> None:
        if any(cell.text.strip() for cell in row):
            self._entries.refuse(source_of(row), reason)
