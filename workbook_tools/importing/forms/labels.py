"""What stands around the tables of a form: entries by their labels, the goals, the year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from workbook_tools.importing.document import DocumentCell
from workbook_tools.importing.entries import Entries, Source
from workbook_tools.importing.forms.form import Reading
from workbook_tools.importing.forms.words import core, form_words
from workbook_tools.importing.headings import Headings
from workbook_tools.importing.values import value_of
from workbook_tools.importing.wording import is_blank, is_instruction, plain
from workbook_tools.standard.contract import SCORE_SHEET_ID, Field
from workbook_tools.standard.known_fields import FISCAL_YEAR, GOALS, PERFORMANCE

_YEAR = re.compile(r"\(?(20\d\d)年度?\)?")
_TITLE_YEAR = re.compile(r"(20\d\d)年")
_TITLE = re.compile(r".*(?:绩效|自评).*表(?:\(.*\))?")
_UNIT = re.compile(r"\(?(?:金额)?单位:?(?:人民币)?(?:万元|元)\)?")
_ENTRIES = frozenset({"text", "choice", "score", "year", "date", "long_text"})


class Labels:
    """Reads the cells of a form that no table took."""

    def __init__(self, reading: Reading, entries: Entries) -> None:
        self._reading, self._entries = reading, entries
        self._headings = Headings(entries.standard)
        self._fields: dict[str, Field] = {}
        aliases = form_words()["entries"]
        for field in entries.fields.values():
            if field.role == "input" and field.sheet != SCORE_SHEET_ID and field.type in _ENTRIES:
                words = (field.label, *aliases.get(field.label, ()))
                more = () if field.id in (GOALS, PERFORMANCE) else field.also_called
                for word in (*words, *more):
                    self._fields.setdefault(plain(word), field)

    def read(self) -> None:
        """Put what stands beside or below its label, and the year that a title tells."""
        for cell in self._reading.form.above:
            self._line(cell)
        for place, row in enumerate(self._reading.rows):
            for column, cell in enumerate(row):
                if column and row[column - 1] == cell:
                    continue
                above = self._reading.rows[place - 1] if place else ()
                if column < len(above) and above[column] == cell:
                    continue
                if not self._reading.is_used(cell) and plain(cell.text):
                    field = self._field(cell)
                    if field is None:
                        self._line(cell)
                    else:
                        self._labelled(field, place, column)

    def _field(self, cell: DocumentCell) -> Field | None:
        name = plain(cell.text)
        return self._fields.get(name) or self._fields.get(core(cell.text))

    def _line(self, cell: DocumentCell) -> None:
        """A cell that is no label: the year's title, the unit, or entries with their labels."""
        words = plain(cell.text)
        is_title = _TITLE.fullmatch(words) is not None
        years = set((_TITLE_YEAR if is_title else _YEAR).findall(words))
        is_year = len(years) == 1 and (is_title or _YEAR.fullmatch(words) is not None)
        if is_year and FISCAL_YEAR in self._entries.fields:
            source = Source(cell.place, cell.text)
            self._entries.put(FISCAL_YEAR, Fraction(years.pop()), source)
        if is_year or is_title or _UNIT.fullmatch(words):
            self._reading.use(cell)
        elif told := self._headings.entries(cell.text):
            self._reading.use(cell)
            for field, text in told:
                if text:
                    self._put(field, text, Source(cell.place, cell.text))

    def _labelled(self, field: Field, place: int, column: int) -> None:
        """Put what stands right of a label; of a long text also what stands below."""
        rows = self._reading.rows
        label = rows[place][column]
        self._reading.use(label)
        content = self._free(_next(rows[place], column))
        if content is None and field.type == "long_text":
            below = [row[column] for row in rows[place + 1 : place + 2] if column < len(row)]
            content = self._free(next(iter(below), None))
            if content == label:
                content = None
        if content is not None:
            self._reading.use(content)
            self._put(field, content.text, Source(content.place, f"{label.text} {content.text}"))

    def _free(self, cell: DocumentCell | None) -> DocumentCell | None:
        """The cell where it is filled and neither a label nor part of a table."""
        if cell is None or not plain(cell.text) or self._reading.is_used(cell):
            return None
        return None if self._field(cell) is not None else cell

    def _put(self, field: Field, text: str, source: Source) -> None:
        if is_blank(text):
            return
        if field.type == "long_text":
            if is_instruction(text):
                self._entries.refuse(source, "像是表格自带的填写要求，没有填。")
            else:
                self._entries.put(field.id, text.strip(), source)
            return
        value = value_of(field, text)
        if value is None:
            self._entries.refuse(source, f"不能用作“{field.label}”，没有填。")
        else:
            self._entries.put(field.id, value, source)


def _next(row: Sequence[DocumentCell], column: int) -> DocumentCell | None:
    """The cell right of the one that begins in a column."""
    return next((cell for cell in row[column + 1 :] if cell != row[column]), None)
