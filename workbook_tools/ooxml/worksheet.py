"""The cells of one worksheet part (ECMA-376 part 1, 18.3.1.4): values, stored results, formulas."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache, partial
from itertools import chain
from math import isfinite, nan
from operator import itemgetter

from . import scan
from .address import Area, from_a1, to_a1
from .cells import Cell
from .dates import iso_to_serial
from .formula import shift
from .memo import remembered
from .selection import Selection, select
from .strings import SharedStrings, runs, unhide

_TYPE = re.compile(rb"""\st\s*=\s*["']([A-Za-z]+)""")
_ROW = re.compile(rb' r="([0-9]{1,7})"')
_CHUNK = 1 << 14
_Token = tuple[bytes, bytes, bytes, bytes, bytes, bytes]
_Position = tuple[int, int]
_Reader = Callable[[bytes, str | None], Cell | None]
_address = itemgetter(0)


@lru_cache(maxsize=64)
def _filled_cell(prefix: bytes) -> re.Pattern[bytes]:
    """A cell that is not just `<c .../>`, in six groups.

    Address (empty when missing or written unusually), other attributes; the formula's attributes
    and text; the value; the inline string. Possessive throughout: no character is tried twice.
    """
    p = re.escape(prefix).decode()
    pattern = (
        rf'<{p}c(?: r="([^"<]++)")?+([^<>]*+)(?<!/)>\s*+'
        rf"(?:<{p}f([^<>]*+)>(?:([^<]*+)</{p}f\s*+>)?+\s*+)?+"
        rf"(?:<{p}v[^<>]*+(?<!/)>([^<]*+))?+"
        rf"(?:<{p}is(?=[\s>])((?:[^<]++|<(?!/?{p}(?:is|c)[\s>]))*+)</{p}is\s*+>)?+"
    )
    return re.compile(pattern.encode())


class Worksheet:
    """A worksheet part made plain (`scan.plain`). Faults in it are raised as ValueError."""

    def __init__(self, xml: bytes, strings: SharedStrings, *, date1904: bool) -> None:
        self._xml = xml
        self._strings = strings
        self._date1904 = date1904
        self._prefix, name = scan.root(xml)
        if name != b"worksheet":
            raise scan.MalformedError(f"a worksheet begins with <{name.decode()}>")

    def cells(self, areas: Iterable[Area] | None) -> dict[_Position, Cell]:
        """The cells inside any area, by row and column; those without value and formula missing."""
        wanted = select(areas)
        readers: dict[bytes, _Reader] = {}
        found: dict[_Position, Cell] = {}
        for tokens in self._tokens(wanted):
            for address, tag, f_tag, f_text, value, inline in tokens:
                place = wanted[address]
                if place is None:
                    continue
                try:
                    reader = readers.get(tag) or readers.setdefault(tag, self._reader(tag))
                    formula = self._formula(f_tag, f_text, place) if f_tag or f_text else None
                    cell = reader(inline or value, formula)
                except (ValueError, IndexError) as error:
                    raise ValueError(f"{address.decode()}: {error}") from error
                if cell is not None:
                    found[place] = cell
        return found

    # -- one reader per type of cell: its raw value and its formula in, the cell out -------------

    def _reader(self, tag: bytes) -> _Reader:
        found = _TYPE.search(tag)
        type_ = found[1].decode() if found else "n"
        try:
            return partial(_READERS[type_], self)
        except KeyError:
            raise ValueError(f"unknown cell type {type_}") from None

    def _number(self, raw: bytes, formula: str | None) -> Cell | None:
        if not raw:
            return _without_value(formula)
        try:
            value = float(raw.decode())
        except ValueError:
            value = nan
        # What a broken writer left instead of a number is shown as it stands.
        return (
            Cell("number", value, formula)
            if isfinite(value)
            else Cell("text", scan.text(raw), formula)
        )

    def _shared_string(self, raw: bytes, formula: str | None) -> Cell | None:
        return Cell("text", self._strings[int(raw)], formula) if raw else _without_value(formula)

    def _string(self, raw: bytes, formula: str | None) -> Cell:
        return Cell("text", unhide(scan.text(raw)), formula)

    def _inline_string(self, raw: bytes, formula: str | None) -> Cell:
        return Cell("text", runs(raw), formula)

    def _boolean(self, raw: bytes, formula: str | None) -> Cell | None:
        value = raw.strip() in (b"1", b"true")
        return Cell("bool", value, formula) if raw else _without_value(formula)

    def _error(self, raw: bytes, formula: str | None) -> Cell | None:
        return Cell("error", scan.text(raw), formula) if raw else _without_value(formula)

    def _date(self, raw: bytes, formula: str | None) -> Cell | None:
        if not raw:
            return _without_value(formula)
        try:
            return Cell("number", iso_to_serial(raw.decode(), date1904=self._date1904), formula)
        except ValueError:
            return Cell("text", scan.text(raw), formula)

    # -- tokens ----------------------------------------------------------------------------------

    def _tokens(self, wanted: Selection) -> Iterator[list[_Token]]:
        """The filled cells in chunks of whole rows, so that memory stays bounded.

        Chunks between two numbered rows with nothing wanted between them are passed over.
        """
        data = scan.first(self._xml, "sheetData")
        if data is None:
            return
        findall = _filled_cell(self._prefix).findall
        row_tag = b"<" + self._prefix + b"row"
        start, row = data.inner, 0
        while start < data.close:
            end = self._xml.find(row_tag, start + _CHUNK, data.close)
            end = end if end >= 0 else data.close
            numbered = _ROW.match(self._xml, end + len(row_tag), data.close)
            next_row = int(numbered[1]) if numbered else 0
            if not row < next_row or wanted.touches(row, next_row - 1):
                tokens = findall(self._xml, start, end)
                if not all(map(_address, tokens)):
                    yield from self._located(start)
                    return
                yield tokens
            start, row = end, next_row

    def _located(self, start: int) -> Iterator[list[_Token]]:
        """The same cell by cell, where addresses are left out or written unusually."""
        match = _filled_cell(self._prefix).match
        for row in scan.rows(self._xml):
            if row.element.start < start:
                continue
            tokens = []
            for cell in scan.cells(self._xml, row):
                filled = match(self._xml, cell.element.start, cell.element.end)
                if filled is not None:
                    _, tag, f_tag, f_text, value, inline = filled.groups(b"")
                    address = to_a1(row.number, cell.column).encode()
                    tokens.append((address, tag, f_tag, f_text, value, inline))
            yield tokens

    # -- formulas --------------------------------------------------------------------------------

    def _formula(self, tag: bytes, text: bytes, place: _Position) -> str | None:
        formula = _formula_text(text)
        if formula:
            return formula
        given = scan.attributes(tag)
        if given.get("t") == "dataTable":
            inputs = ",".join(given[name] for name in ("r1", "r2") if name in given)
            return f"TABLE({inputs})"
        if given.get("t") != "shared":
            return None
        master = self._masters.get(given.get("si", ""))
        if master is None:
            raise ValueError(f"shared formula {given.get('si')} has no master")
        (row, column), formula = master
        return shift(formula, place[0] - row, place[1] - column)

    @cached_property
    def _masters(self) -> dict[str, tuple[_Position, str]]:
        """Where each shared formula (by its si) is written out, and its text."""
        masters = {}
        for address, _, tag, text, _, _ in chain.from_iterable(self._tokens(select(None))):
            if text and b"shared" in tag:
                group = scan.attributes(tag).get("si", "")
                masters[group] = (from_a1(address.decode()), _formula_text(text))
        return masters


@remembered(results=8192, longest=1000)
def _formula_text(raw: bytes) -> str:
    return scan.text(raw).removeprefix("=")


def _without_value(formula: str | None) -> Cell | None:
    return None if formula is None else Cell("blank", None, formula)


_READERS: dict[str, Callable[..., Cell | None]] = {
    "n": Worksheet._number,
    "s": Worksheet._shared_string,
    "str": Worksheet._string,
    "inlineStr": Worksheet._inline_string,
    "b": Worksheet._boolean,
    "e": Worksheet._error,
    "d": Worksheet._date,
}
