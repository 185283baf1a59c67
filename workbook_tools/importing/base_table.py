"""部门整体支出绩效评价基础数据表: rows of figures, columns of years, below the table's own title.

It speaks for the department alone, which its title says; other tables of figures (of functional
items, of projects) are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from workbook_tools.importing.document import Document, DocumentCell, DocumentGrid
from workbook_tools.importing.entries import Entries, Source
from workbook_tools.importing.values import figure_of
from workbook_tools.importing.wording import is_blank, numbering, plain
from workbook_tools.narrative.subjects import is_functional
from workbook_tools.standard import Standard
from workbook_tools.standard.known_fields import FISCAL_YEAR
from workbook_tools.standard.vocabulary import Aspect, Term, Year

_FILE = Path(__file__).with_name("base_table.yaml")
_COLUMN = re.compile(r"(?P<year>20\d\d|上|本)年度?(?P<what>决算|实际支出|预算)数?")
_UNIT = re.compile(r"\((?P<unit>万元|元)\)")
_STAFF_YEAR = re.compile(r"^(?:20\d\d|本)年度?")
_NUMBER = re.compile(r"\d[\d.]*[人名个]?")
_PEOPLE = "人"
_OVER_COLUMNS = "一个数占了几栏，看不出属于哪一栏，没有填。"


class _Column(NamedTuple):
    aspect: Aspect
    year: Year


class BaseTables:
    """Finds the base tables of a document (``found``: their numbers) and reads them.

    None is found by a standard whose vocabulary has no word for any row that only this table has.
    """

    def __init__(self, document: Document, standard: Standard) -> None:
        with _FILE.open("rb") as file:
            words = yaml.load(file, yaml.CSafeLoader)
        self._terms = {
            plain(word): term for term in standard.vocabulary.terms for word in term.words
        }
        for name, word in words["rows"].items():
            if (term := self._terms.get(plain(word))) is not None:
                self._terms.setdefault(plain(name), term)
        has_words = any(plain(word) in self._terms for word in words["rows"].values())
        self._grids = list(_titled(document, words["title"])) if has_words else []
        self.found = {grid.number for grid in self._grids}

    def read(self, entries: Entries) -> None:
        """Put the figures into the entries; the year must be among them by now."""
        year = entries.values.get(FISCAL_YEAR)
        for grid in self._grids:
            columns: dict[int, _Column] = {}
            unit = ""
            staff: dict[int, tuple[Term, str]] = {}
            for row in grid.rows:
                heads = {
                    place: one for place, cell in enumerate(row) if (one := _column(cell, year))
                }
                if heads:
                    said = _UNIT.search(plain(row[0].text))
                    columns, unit, staff = heads, said["unit"] if said else "", {}
                elif staff:
                    _people(row, staff, entries)
                    staff = {}
                elif columns:
                    self._amounts(row, columns, unit, entries)
                else:
                    staff = self._staff(row)

    def _staff(self, row: Sequence[DocumentCell]) -> dict[int, tuple[Term, str]]:
        """The columns of a head whose numbers of people stand in the row below, and their names."""
        if any(_NUMBER.fullmatch(plain(cell.text)) for cell in row):
            return {}
        named = {
            place: (self._terms.get(_STAFF_YEAR.sub("", plain(cell.text))), cell.text)
            for place, cell in enumerate(row)
        }
        return {place: (term, text) for place, (term, text) in named.items() if term and term.means}

    def _amounts(
        self, row: Sequence[DocumentCell], columns: dict[int, _Column], unit: str, entries: Entries
    ) -> None:
        label = row[0].text
        numbered = numbering(label)
        name = plain(numbered.rest if numbered else label).removeprefix("其中")
        term = self._terms.get(name)
        cells = {one: row[place] for place, one in columns.items() if place < len(row)}
        filled = [cell for cell in cells.values() if not is_blank(cell.text)]
        if term is None or not unit:
            if filled:
                words = " ".join([label, *(cell.text for cell in filled)])
                reason = "基础数据表的这一行没有对应的填报栏目，或没有写明单位，没有填。"
                entries.refuse(Source(row[0].place, words), reason)
            return
        for column, cell in cells.items():
            if list(cells.values()).count(cell) > 1:
                entries.refuse(Source(cell.place, f"{label} {cell.text}"), _OVER_COLUMNS)
                return
            _put(entries, term.figures.get(column, ""), label, cell, unit)


def _titled(document: Document, title: str) -> Iterator[DocumentGrid]:
    """The tables that have the title above them, with no other table between, or in them."""
    titles: dict[int, bool] = {}
    above = False
    for piece in document.pieces:
        if not piece.table:
            above = above or title in plain(piece.text)
        elif piece.table not in titles:
            titles[piece.table], above = above, False
    for grid in document.grids:
        inside = any(title in plain(cell.text) for cell in grid.rows[0]) if grid.rows else False
        functional = any(is_functional(cell.text) for row in grid.rows for cell in row)
        if (titles.get(grid.number, False) or inside) and not functional:
            yield grid


def _column(cell: DocumentCell, fiscal_year: object) -> _Column | None:
    """What a column has, where it is of this year or the one before."""
    found = _COLUMN.fullmatch(plain(cell.text))
    if found is None:
        return None
    aspect: Aspect = "budget" if found["what"] == "预算" else "actual"
    if found["year"] in "上本":
        return _Column(aspect, "this" if found["year"] == "本" else "previous")
    if fiscal_year == int(found["year"]):
        return _Column(aspect, "this")
    return _Column(aspect, "previous") if fiscal_year == int(found["year"]) + 1 else None


def _people(
    row: Sequence[DocumentCell], staff: dict[int, tuple[Term, str]], entries: Entries
) -> None:
    for place, (term, name) in staff.items():
        if place < len(row):
            _put(entries, term.means, name, row[place], _PEOPLE)


def _put(entries: Entries, figure: str, label: str, cell: DocumentCell, unit: str) -> None:
    field = entries.fields.get(figure)
    if field is None or is_blank(cell.text):
        return
    source = Source(cell.place, f"{label} {cell.text}")
    value = figure_of(field, cell.text)
    if value is None:
        value = figure_of(field, cell.text + unit)
    if value is None:
        entries.refuse(source, f"不能用作“{field.label}”，没有填。")
    else:
        entries.put(figure, value, source)
