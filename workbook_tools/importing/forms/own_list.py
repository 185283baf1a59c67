"""The list of a form's own indicators, into a standard's table of rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from workbook_tools.importing.columns import is_total
from workbook_tools.importing.document import DocumentCell
from workbook_tools.importing.entries import Entries, EntryRow, Source
from workbook_tools.importing.forms.form import Reading
from workbook_tools.importing.forms.heads import DocumentRows, Head, head_at
from workbook_tools.importing.forms.measured import Measured
from workbook_tools.importing.forms.own_columns import OwnColumns
from workbook_tools.importing.forms.row_cells import RowCells, source_of
from workbook_tools.importing.forms.words import core, meanings
from workbook_tools.importing.score_claims import put_total
from workbook_tools.importing.wording import bare_number, is_blank, plain, without_points
from workbook_tools.standard.inputs import Value
from workbook_tools.standard.known_fields import PROJECT_NAME
from workbook_tools.standard.naming import stated

_ENUMERATED = re.compile(r"^(?:三级)?指标\s*[\d一二三四五六七八九十]+\s*(?:[:：、.．]\s*|$)")
_SUMS = frozenset({"小计"})
_NOTHING_MORE = re.compile(r"[…．.·\s]*")
SEVERAL = "project"
"""The column by which a list tells projects apart."""
_SHARED = "一个格子跨了几行，看不出属于哪一项指标，没有填。"


def list_heads(rows: DocumentRows) -> list[Head]:
    """The heads of lists of indicators: a name, and what was aimed at or reached, and points."""
    found = []
    place = 0
    while place < len(rows):
        head = head_at(rows, place, lambda text: meanings("columns").get(core(text)))
        known = head.columns.keys() | head.doubled
        if "name" in known and known & {"target", "actual"} and known & {"points", "own", "second"}:
            found.append(head)
            place = head.below
        else:
            place += 1
    return found


def read_list(reading: Reading, own: OwnColumns, entries: Entries) -> None:
    """Put the rows below the heads into the table; the same head again goes on with the list."""
    heads = list_heads(reading.rows)
    if not heads:
        return
    first = heads[0]
    for head in heads:
        for row in reading.rows[head.place : head.below]:
            reading.use(*row)
    source = source_of(reading.rows[first.place])
    if first.doubled or any(one.columns != first.columns for one in heads):
        entries.refuse(source, "绩效指标表有几栏同名，或有两种表头，没有读取指标。")
        return
    if SEVERAL in first.columns and not _is_of_one(reading, heads, entries):
        entries.refuse(source, "一张绩效指标表里列了几个项目，没有读取指标；请一个项目一张表。")
        return
    ends = [*(one.place for one in heads[1:]), len(reading.rows)]
    found = _List(reading, first.columns, own, entries)
    for head, end in zip(heads, ends, strict=True):
        found.read(reading.rows[head.below : end])
    entries.put_rows(own.table, found.rows)


def projects_of(rows: DocumentRows, place: int) -> list[str]:
    """The project that each row below a head names in a column; "" for sums and what precedes.

    A blank name goes on from the row above, as a blank level does.
    """
    names: list[str] = []
    for row in rows:
        text = row[place].text if place < len(row) else ""
        if is_total(text) or core(text) in _SUMS:
            names.append("")
        else:
            names.append(text if plain(text) else next(iter(names[-1:]), ""))
    return names


def _is_of_one(reading: Reading, heads: Sequence[Head], entries: Entries) -> bool:
    """Whether the list is of one project, which its column names; that is put where it belongs."""
    if PROJECT_NAME not in entries.fields or len(heads) > 1:
        return False
    place = heads[0].columns[SEVERAL]
    rows = [row for row in reading.rows[heads[0].below :] if len(set(row)) > 1]
    names = {plain(name): name for name in projects_of(rows, place) if name}
    if len(names) != 1:
        return False
    named = next(row[place] for row in rows if plain(row[place].text))
    entries.put(PROJECT_NAME, named.text, Source(named.place, named.text))
    return True


class _Level(NamedTuple):
    """The 一级 and 二级 that rows stand beneath, as the form writes them."""

    first: str = ""
    second: str = ""


class _List:
    def __init__(
        self, reading: Reading, columns: Mapping[str, int], own: OwnColumns, entries: Entries
    ) -> None:
        self._reading, self._own, self._entries = reading, own, entries
        self._cells = RowCells(columns, entries, _SHARED)
        self._level = _Level()
        self._ended = False
        self._owners: dict[
            DocumentCell, DocumentCell
        ] = {}  # by cell, the name of the indicator that it is of
        self.rows: list[EntryRow] = []

    def read(self, rows: DocumentRows) -> None:
        """Take the rows below a head, down to the total or a row that is none of the list."""
        self._note_owners(rows)
        for place, row in enumerate(rows, start=1):
            if self._ended:
                return
            if self._is_total(row):
                self._reading.use(*row)
                below = rows[place:]
                goes_on = any(self._is_indicator(one) or self._is_total(one) for one in below)
                if not goes_on:
                    self._total(row)
                self._ended = not goes_on
            elif not any(plain(cell.text) for cell in row):
                continue
            elif len(set(row)) == 1:
                self._ended = not self._is_band(row[0])
            elif self._leaves(row):
                self._ended = True
            else:
                self._row(row)
                self._reading.use(*row)

    def _is_indicator(self, row: Sequence[DocumentCell]) -> bool:
        """Whether a row below a sum is one of the list, so that the sum is only that of a part."""
        first = without_points(plain(self._cells.cell(row, "first").text))[0]
        filled = (self._cells.cell(row, one) for one in ("name", "target", "points"))
        known = self._own.is_first(first) or "first" not in self._cells.columns
        return known and all(plain(cell.text) for cell in filled) and not self._is_total(row)

    def _leaves(self, row: Sequence[DocumentCell]) -> bool:
        """Whether a row is none of the list: an unknown 一级 with no indicator beside it."""
        first = without_points(plain(self._cells.cell(row, "first").text))[0]
        if not first or self._own.is_first(first):
            return False
        values = (self._cells.cell(row, one) for one in ("target", "actual", "points"))
        name = self._cells.cell(row, "name")
        return not any(plain(cell.text) and cell != name for cell in values)

    def _note_owners(self, rows: DocumentRows) -> None:
        for row in rows:
            name = self._cells.cell(row, "name")
            for column in self._cells.columns:
                cell = self._cells.cell(row, column)
                if column in ("first", "second", "name") or not plain(cell.text):
                    continue
                if self._owners.setdefault(cell, name) != name:
                    self._cells.shared.add(cell)

    def _is_band(self, cell: DocumentCell) -> bool:
        """Whether a row across the table names a 一级 for those below."""
        name = without_points(plain(cell.text))[0]
        if not self._own.is_first(name):
            return False
        self._level = _Level(name)
        self._reading.use(cell)
        return True

    def _is_total(self, row: Sequence[DocumentCell]) -> bool:
        until = min(
            (place for one, place in self._cells.columns.items() if one in ("points", "own")),
            default=len(row),
        )
        return any(is_total(cell.text) or core(cell.text) in _SUMS for cell in row[:until])

    def _total(self, row: Sequence[DocumentCell]) -> None:
        own, points = self._cells.cell(row, "own"), self._cells.cell(row, "points")
        total = bare_number(own.text)
        if total is not None and own != points:
            source = Source(own.place, f"总分 … {own.text}")
            put_total(self._entries, bare_number(points.text), total, source)
        elif not is_blank(own.text):
            self._entries.refuse(Source(own.place, f"总分 … {own.text}"), "不是一个数，没有填。")

    def _row(self, row: Sequence[DocumentCell]) -> None:
        first, second = (
            without_points(plain(self._cells.cell(row, one).text))[0] for one in ("first", "second")
        )
        if first and first != self._level.first:
            self._level = _Level(first, second)
        elif second:
            self._level = _Level(self._level.first, second)
        named = self._cells.cell(row, "name")
        name, points_beside = _named(named.text)
        values = [
            one for one in ("target", "actual", "own") if plain(self._cells.cell(row, one).text)
        ]
        if _NOTHING_MORE.fullmatch(name):
            if any(not is_blank(self._cells.cell(row, one).text) for one in values):
                words = " ".join(self._cells.cell(row, one).text for one in values)
                place = self._cells.cell(row, values[0]).place
                self._entries.refuse(Source(place, words), "没有写明是哪一项三级指标，没有填。")
            return
        if row.count(named) > 1:
            self._entries.refuse(Source(named.place, named.text), "指标名称占了几栏，没有填。")
            return
        source = Source(named.place, named.text)
        choice = self._own.second(self._level.first, self._level.second)
        if choice is None:
            under = f"{self._level.first}—{self._level.second}".strip("—") or "（没有写明）"
            reason = f"评分标准中没有“{under}”这一类指标，这一行没有填。"
            self._entries.refuse(source, reason)
            return
        told: dict[str, tuple[Value, Source]] = {}
        level = self._cells.cell(row, "second")
        told[self._own.second_column] = choice, Source(level.place or named.place, choice)
        told[self._own.name_column] = name, source
        self._points(row, name, points_beside, told)
        texts = {
            one: self._cells.usable(row, one, name)
            for one in ("target", "actual", "nature", "unit")
        }
        told |= Measured(self._own, self._entries, name).of(texts)
        reason_cell = self._cells.usable(row, "reason", name)
        if reason_cell is not None and plain(reason_cell.text) != "无":
            told[self._own.reason_column] = (
                reason_cell.text,
                Source(reason_cell.place, f"{name} … {reason_cell.text}"),
            )
        self.rows.append(told)

    def _points(
        self,
        row: Sequence[DocumentCell],
        name: str,
        beside: Fraction | None,
        told: dict[str, tuple[Value, Source]],
    ) -> None:
        """The points and the own score; a number above the points is no score."""
        numbers: dict[str, Fraction] = {}
        for column in ("points", "own"):
            cell = self._cells.usable(row, column, name)
            if cell is None:
                continue
            source = Source(cell.place, f"{name} … {cell.text}")
            number = bare_number(cell.text)
            if number is None:
                self._entries.refuse(source, "分值或得分不是一个数，没有填。")
            elif column == "own" and number > numbers.get("points", beside or number):
                most = stated(numbers.get("points", beside or number))
                self._entries.refuse(source, f"高于分值（{most} 分），不会是得分，没有填。")
            else:
                numbers[column] = number
                told[self._own.points_column if column == "points" else self._own.own_column] = (
                    number,
                    source,
                )
        if beside is not None:
            named = self._cells.cell(row, "name")
            if numbers.get("points", beside) != beside:
                told.pop(self._own.points_column)
                reason = "名称后面的分值与分值栏不同，没有填分值。"
                self._entries.refuse(Source(named.place, named.text), reason)
            else:
                told[self._own.points_column] = beside, Source(named.place, named.text)


def _named(text: str) -> tuple[str, Fraction | None]:
    """A name without 指标1： before it and the points behind or below it, and those."""
    words = _ENUMERATED.sub("", "".join(text.split("\n")).strip())
    points = without_points(plain(words))[1]
    if points is not None:
        words = re.sub(r"[(（][^()（）]*[)）]\s*$", "", words).strip()
    return words, points
