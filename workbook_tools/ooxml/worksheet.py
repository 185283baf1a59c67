"""The cells of one worksheet part (ECMA-376 part 1, 18.3.1.4): values, stored results, formulas."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import chain
from math import isfinite, nan
from typing import NamedTuple

from . import scan
from .address import Area, from_a1, to_a1
from .cells import LOST_FORMULA, Cell
from .dates import iso_to_serial
from .formula import shift
from .memo import remembered
from .merged import merged_areas
from .selection import Selection, select
from .strings import SharedStrings, runs, unhide

_TYPE = re.compile(rb"""\st\s*=\s*["']([A-Za-z]+)""")
_ROW = re.compile(rb' r="([0-9]{1,7})"')
_CHUNK = 1 << 14
_REMEMBERED, _LONGEST = 16_384, 4000
"""How many different contents of cells are remembered, up to twice, and of how many bytes."""
_MOST_CELLS = 200_000
_LONGEST_ROW = 4_000_000
"""Bytes; a row of all 16,384 columns, each with a number, takes an eighth."""
_TOO_LONG = f"有一行或几行的内容超过 {_LONGEST_ROW // 1_000_000} MB"


class CrowdedError(ValueError):
    """There is more in the sheet than in any that somebody filled; the message says what."""


class DamagedCellError(ValueError):
    """A cell that cannot be read; `address` is where, as far as that can be told."""

    def __init__(self, address: bytes) -> None:
        self.address = address[:12].decode("ascii", "replace")
        super().__init__(self.address)


_Position = tuple[int, int]
_Token = tuple[bytes, bytes, bytes]
"""A cell: its address, the quote after it, and what follows, with what comes after the cell."""


class _Open(NamedTuple):
    """What stands in a cell when it takes more than that to tell: strings, dates, other cells."""

    type: str
    value: bytes
    formula: str | None
    formula_tag: bytes


class _UnusualError(Exception):
    """Cells are not written as the quick way of cutting them apart takes for granted."""


_Content = Cell | int | _Open | None
"""A whole number is the place of a shared string."""


@lru_cache(maxsize=64)
def _cell_tag(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(b"<" + re.escape(prefix) + rb"c[\s/>]")


@lru_cache(maxsize=64)
def _parts(prefix: bytes) -> re.Pattern[bytes]:
    """What follows the address of a cell that is not just `<c .../>`, in five groups.

    Other attributes; the formula's attributes and text; the value; the inline string. Possessive
    throughout: no character is tried twice.
    """
    p = re.escape(prefix).decode()
    return re.compile(
        rf"([^<>]*+)(?<!/)>\s*+"
        rf"(?:<{p}f([^<>]*+)>(?:([^<]*+)</{p}f\s*+>)?+\s*+)?+"
        rf"(?:<{p}v[^<>]*+(?<!/)>([^<]*+))?+"
        rf"(?:<{p}is(?=[\s>])((?:[^<]++|<(?!/?{p}(?:is|c)[\s>]))*+)</{p}is\s*+>)?+".encode()
    )


class Worksheet:
    """A worksheet part made plain (`scan.plain`). Faults in it are raised as ValueError."""

    def __init__(self, xml: bytes, strings: SharedStrings, *, date1904: bool) -> None:
        self._xml = xml
        self._strings = strings
        self._date1904 = date1904
        self._prefix, name = scan.root(xml)
        self._chunks: Callable[[Selection], Iterator[list[_Token]]] = self._tokens
        if name != b"worksheet":
            raise scan.MalformedError(f"a worksheet begins with <{name.decode()}>")

    def cells(self, areas: Iterable[Area] | None) -> dict[_Position, Cell]:
        """The cells inside any area, by row and column; those without value and formula missing."""
        wanted = select(areas)
        try:
            return self._taken(self._chunks(wanted), wanted)
        except _UnusualError:
            self._chunks = self._located
        try:
            return self._taken(self._chunks(wanted), wanted)
        except _UnusualError:  # even one by one: a cell stands in a cell
            raise scan.MalformedError("单元格互相嵌套") from None

    def merged(self, sheet: str) -> Iterator[Area]:
        """The merged areas of the part, which is that of the sheet with this name."""
        return merged_areas(self._xml, sheet)

    def _taken(self, chunks: Iterable[list[_Token]], wanted: Selection) -> dict[_Position, Cell]:
        contents = _contents(self._prefix)
        found: dict[_Position, Cell] = {}
        for tokens in chunks:
            if len(found) > _MOST_CELLS:
                raise CrowdedError(f"要读取的单元格超过 {_MOST_CELLS} 个")
            for address, _, raw in tokens:
                try:
                    content = contents[raw]
                    place = wanted[address]
                    if place is None:
                        continue
                    if isinstance(content, int):
                        content = self._strings.cell(content)
                    elif isinstance(content, _Open):
                        content = self._closed(content, place)
                except (ValueError, IndexError) as error:
                    raise DamagedCellError(address) from error
                if content is not None:
                    found[place] = content
        return found

    def _closed(self, cell: _Open, place: _Position) -> Cell | None:
        if cell.type not in _READERS:
            raise ValueError(f"unknown cell type {cell.type}")
        formula = cell.formula
        if formula is None and cell.formula_tag:
            formula = self._formula(cell.formula_tag, place)
        if cell.type == "s" and cell.value:
            return Cell("text", self._strings[int(cell.value)], formula)
        if cell.type == "d" and cell.value:
            return _date(cell.value, formula, date1904=self._date1904)
        return _READERS[cell.type](cell.value, formula)

    # -- tokens ----------------------------------------------------------------------------------

    def _tokens(self, wanted: Selection) -> Iterator[list[_Token]]:
        """The cells, cut out in chunks of whole rows, so that memory stays bounded.

        Chunks between two numbered rows with nothing wanted between them are passed over. Raises
        _UnusualError where a cell does not begin with its address.
        """
        data = scan.first(self._xml, "sheetData")
        if data is None:
            return
        addressed, row_tag = b"<" + self._prefix + b'c r="', b"<" + self._prefix + b"row"
        start, row = data.inner, 0
        while start < data.close:
            end = self._xml.find(row_tag, start + _CHUNK, data.close)
            end = end if end >= 0 else data.close
            numbered = _ROW.match(self._xml, end + len(row_tag), data.close)
            next_row = int(numbered[1]) if numbered else 0
            if not row < next_row or wanted.touches(row, next_row - 1):
                if end - start > _LONGEST_ROW:
                    raise CrowdedError(_TOO_LONG)
                before, *pieces = self._xml[start:end].split(addressed)
                if _cell_tag(self._prefix).search(before):
                    raise _UnusualError
                yield [piece.partition(b'"') for piece in pieces]
            start, row = end, next_row

    def _located(self, _: Selection) -> Iterator[list[_Token]]:
        """All cells row by row, where addresses are left out or written unusually."""
        tag = len(b"<" + self._prefix + b"c")
        for row in scan.rows(self._xml):
            if row.element.end - row.element.start > _LONGEST_ROW:
                raise CrowdedError(_TOO_LONG)
            yield [
                (
                    to_a1(row.number, cell.column).encode(),
                    b"",
                    self._xml[cell.element.start + tag : cell.element.end],
                )
                for cell in scan.cells(self._xml, row)
            ]

    # -- formulas --------------------------------------------------------------------------------

    def _formula(self, tag: bytes, place: _Position) -> str | None:
        """The formula of a cell that leaves its text to another."""
        given = scan.attributes(tag)
        if given.get("t") == "dataTable":
            inputs = ",".join(given[name] for name in ("r1", "r2") if name in given)
            return f"TABLE({inputs})"
        if given.get("t") != "shared":
            return None
        master = self._masters.get(given.get("si", ""))
        if master is None:
            return LOST_FORMULA
        (row, column), formula = master
        return shift(formula, place[0] - row, place[1] - column)

    @cached_property
    def _masters(self) -> dict[str, tuple[_Position, str]]:
        """Where each shared formula (by its si) is written out, and its text."""
        masters = {}
        parts, another = _parts(self._prefix), _cell_tag(self._prefix)
        for address, _, raw in chain.from_iterable(self._chunks(select(None))):
            if another.search(raw):
                raise _UnusualError
            if b"shared" in raw and (found := parts.match(raw)):
                _, tag, text, _, _ = found.groups(b"")
                if text and b"shared" in tag:
                    group = scan.attributes(tag).get("si", "")
                    masters[group] = (from_a1(address.decode()), _formula_text(text))
        return masters


# -- what stands in a cell -------------------------------------------------------------------------


class _Contents(dict[bytes, _Content]):
    """What follows a cell's address -> what stands in it.

    Remembered: workbooks made from one template have most of their cells in common. When there is
    no more room, those that nobody asked for since there last was none are forgotten.
    """

    def __init__(self, prefix: bytes) -> None:
        super().__init__()
        self._parts = _parts(prefix)
        self._another = _cell_tag(prefix)
        self._before: dict[bytes, _Content] = {}

    def __missing__(self, raw: bytes) -> _Content:
        content = self._before[raw] if raw in self._before else self._read(raw)
        if len(raw) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self._before = dict(self)
                self.clear()
            self[raw] = content
        return content

    def _read(self, raw: bytes) -> _Content:
        if self._another.search(raw):
            raise _UnusualError
        found = self._parts.match(raw)
        return _content(*found.groups(b"")) if found else None


_contents = lru_cache(maxsize=8)(_Contents)


def _content(tag: bytes, f_tag: bytes, f_text: bytes, value: bytes, inline: bytes) -> _Content:
    given = _TYPE.search(tag)
    # an inline string whose type was forgotten is a string
    type_ = given[1].decode() if given else "inlineStr" if inline else "n"
    raw, formula = inline or value, _formula_text(f_text) or None
    if type_ == "s" and raw.isdigit() and not f_tag and formula is None:
        return int(raw)
    # An unknown type is a fault only in a cell that somebody wants.
    if type_ in ("s", "d") or type_ not in _READERS or (f_tag and formula is None):
        return _Open(type_, raw, formula, f_tag)
    return _READERS[type_](raw, formula)


@remembered(results=8192, longest=1000)
def _formula_text(raw: bytes) -> str:
    return scan.text(raw).removeprefix("=")


def _number(raw: bytes, formula: str | None) -> Cell | None:
    if not raw:
        return _without_value(formula)
    try:
        value = float(raw.decode())
    except ValueError:
        value = nan
    # What a broken writer left instead of a number is shown as it stands.
    return (
        Cell("number", value, formula) if isfinite(value) else Cell("text", scan.text(raw), formula)
    )


def _string(raw: bytes, formula: str | None) -> Cell:
    return Cell("text", unhide(scan.text(raw)), formula)


def _inline_string(raw: bytes, formula: str | None) -> Cell:
    return Cell("text", runs(raw), formula)


def _boolean(raw: bytes, formula: str | None) -> Cell | None:
    value = raw.strip() in (b"1", b"true")
    return Cell("bool", value, formula) if raw else _without_value(formula)


def _error(raw: bytes, formula: str | None) -> Cell | None:
    return Cell("error", scan.text(raw), formula) if raw else _without_value(formula)


def _date(raw: bytes, formula: str | None, *, date1904: bool) -> Cell:
    try:
        return Cell("date", iso_to_serial(raw.decode(), date1904=date1904), formula)
    except ValueError:
        return Cell("text", scan.text(raw), formula)


def _without_value(formula: str | None) -> Cell | None:
    """Also of a shared string and a date of which nothing is stored."""
    return None if formula is None else Cell("blank", None, formula)


_READERS: dict[str, Callable[[bytes, str | None], Cell | None]] = {
    "n": _number,
    "s": lambda _, formula: _without_value(formula),
    "str": _string,
    "inlineStr": _inline_string,
    "b": _boolean,
    "e": _error,
    "d": lambda _, formula: _without_value(formula),
}
