"""Templates for many departments: one is built, the others are made of its parts.

What a bureau issues stands in few places: in the cells of its fields, and as text on the meta
sheet. Templates in which the same fields have values differ nowhere else, as long as their texts
take as many lines. So one of them is built with marks in the place of values, and another is that
one with values in the place of marks: part by part what would have been built alone, in a tenth of
the time. What its formulas give is worked out for each. What does not fit is built alone.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from html import escape, unescape
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import msgspec

from workbook_tools.files.targets import refuse_existing
from workbook_tools.ooxml import from_a1
from workbook_tools.ooxml.package import Package
from workbook_tools.ooxml.splice import Edits, edited, write_package
from workbook_tools.standard import standard_hash
from workbook_tools.standard.model import Standard
from workbook_tools.template.build import build_template, write_book
from workbook_tools.template.filling import CellValue, Filling
from workbook_tools.template.meta import issued_text
from workbook_tools.template.stored import (
    Calculation,
    Results,
    Spot,
    sheet_parts,
    with_results,
)
from workbook_tools.template.wrap import Wrapped, line_count

_STRINGS, _SHEETS = "xl/sharedStrings.xml", "xl/worksheets/"
_FIRST_NUMBER = 876543210.125
"""The marks of numbers go up from here; the marks of texts are §0, §1 and so on, in each line."""
_PATTERNS = 64
"""Kept in a process, of some 150 kB each."""
_LONGEST = 255
"""Characters: of longer texts, hardly two take as many lines."""
_TEXT = re.compile("<t[^>]*>([^<]*)</t>")
_CELL = re.compile('<c r="([A-Z]+[0-9]+)"(?: s="[0-9]+")?( t="s")?><v>([^<]*)</v>')


class _Value(msgspec.Struct, frozen=True):
    """An issued value: as it is written on the meta sheet, and the number in its cell, if any."""

    field: str
    text: str
    number: float | None

    @property
    def in_cell(self) -> CellValue:
        return self.text if self.number is None else self.number


class _Place(msgspec.Struct, frozen=True):
    """A field that has a value. ``text``: which of the distinct texts it is, -1 for none.

    A text that two fields share is one string of the workbook. ``lines``: that it takes.
    """

    field: str
    text: int
    is_number: bool
    lines: int


@dataclass(frozen=True)
class _Edition:
    """A standard, the same one whatever process or batch of work it came to."""

    digest: str
    standard: Standard = field(compare=False)


class _Marked(NamedTuple):
    """A cell with a mark in the place of a text, which has this number."""

    spot: Spot
    text: int
    is_number: bool


class _Pattern(msgspec.Struct, frozen=True):
    """A template with marks in the place of values.

    ``pieces``: the parts in which marks stand, cut there; every other piece is the number of a
    text. ``strings``: the workbook's own. ``lines``: how many, by field, its mark takes.
    ``calculation``: its formulas, with ``marked`` the cells in which marks stand. ``results``: what
    they give for the marks; in ``stored`` these stand in the parts that have no marks themselves.
    """

    package: Package
    stored: Package
    pieces: Mapping[str, tuple[bytes, ...]]
    strings: frozenset[str]
    lines: Mapping[str, int]
    calculation: Calculation | None
    marked: tuple[_Marked, ...]
    results: Mapping[str, Results]


def build_issued(standard: Standard, path: str | Path, issued: Mapping[str, CellValue]) -> None:
    """Write what ``build_template(standard, path, issued)`` writes. Raises the same errors."""
    target = Path(path)
    refuse_existing(target)
    values = [one for name, value in issued.items() if (one := _plain(name, value))]
    pattern = _fitting(standard, values) if len(values) == len(issued) else None
    if pattern is None:
        build_template(standard, target, issued)
        return
    texts = list(_numbered(values))
    numbers = {one.text: f"{one.number:.16G}" for one in values if one.number is not None}
    parts = {}
    for name, pieces in pattern.pieces.items():
        said = [text if name == _STRINGS else numbers.get(text, "") for text in texts]
        written = [escape(text, quote=False).encode() for text in said]
        parts[name] = b"".join(
            written[int(piece)] if place % 2 else piece for place, piece in enumerate(pieces)
        )
    if pattern.calculation:
        contents = {
            one.spot: float(numbers[texts[one.text]]) if one.is_number else texts[one.text]
            for one in pattern.marked
        }
        for name, results in pattern.calculation.results(contents).items():
            if name in parts or results != pattern.results[name]:
                part = parts.get(name) or pattern.package.read(name)
                parts[name] = with_results(part, results)
    write_package(pattern.stored, target, Edits(parts))


def _plain(name: str, value: CellValue) -> _Value | None:
    """The value, if it is a number or a text that stands in a file as it is."""
    match value:
        case None | "":
            return _Value(name, "", None)
        case str() if len(value) <= _LONGEST and value.isprintable() and value == value.strip():
            # what would be escaped, or taken for the markup of rich text, is not as it is
            return None if "<r>" in value or "_x" in value else _Value(name, value, None)
        case bool():
            return None
        case int() | float() | Fraction() if math.isfinite(float(value)):
            return _Value(name, issued_text(value), float(value))
        case _:
            return None


def _numbered(values: list[_Value]) -> dict[str, int]:
    """The distinct texts, numbered in their order."""
    texts = dict.fromkeys(one.text for one in values if one.text)
    return {text: number for number, text in enumerate(texts)}


def _fitting(standard: Standard, values: list[_Value]) -> _Pattern | None:
    """The pattern for templates with these values; None where there is none that they fit into."""
    numbers = {(one.text, one.number) for one in values if one.number is not None}
    if len(numbers) > len({text for text, _ in numbers}):
        return None  # two that differ where fifteen digits do not tell
    numbered = _numbered(values)
    edition = _Edition(standard_hash(standard), standard)
    lines = _lines(edition, {one.field: one.in_cell for one in values})
    places = tuple(
        _Place(one.field, numbered.get(one.text, -1), one.number is not None, lines[one.field])
        for one in values
    )
    pattern = _pattern(edition, places)
    if pattern is None or pattern.lines != lines or not pattern.strings.isdisjoint(numbered):
        return None
    return pattern


def _lines(edition: _Edition, issued: Mapping[str, CellValue]) -> dict[str, int]:
    """By field, how many lines its text takes; 1 for a number, or where no height depends on it."""
    widths = _widths(edition)
    return {
        name: line_count(Wrapped(value, widths[name]))
        if isinstance(value, str) and name in widths
        else 1
        for name, value in issued.items()
    }


@lru_cache(maxsize=_PATTERNS)
def _widths(edition: _Edition) -> Mapping[str, float]:
    """The widths, by field, of the cells whose rows are as high as their text asks for."""
    return write_book(edition.standard, BytesIO(), {}, Filling()).widths


@lru_cache(maxsize=_PATTERNS)
def _pattern(edition: _Edition, places: tuple[_Place, ...]) -> _Pattern | None:
    """The pattern with these places; None where a mark stands there anyway."""
    numbers = {place.text for place in places if place.is_number}
    marks: dict[int, CellValue] = {
        place.text: "\n".join([f"§{place.text}"] * place.lines) for place in places
    }
    marks |= {text: _FIRST_NUMBER + text for text in numbers} | {-1: None}
    issued = {
        place.field: marks[place.text] if place.is_number else issued_text(marks[place.text])
        for place in places
    }
    stream = BytesIO()
    write_book(edition.standard, stream, issued, Filling())
    package = Package.open(stream.getvalue(), name="pattern.xlsx")
    texts = {issued_text(mark): text for text, mark in marks.items() if mark is not None}
    strings = package.read(_STRINGS)
    pieces = {_STRINGS: _cut(strings, "t", texts)}
    figures = {f"{_FIRST_NUMBER + text:.16G}": text for text in numbers}
    for name in package.names:
        if name.startswith(_SHEETS) and len(cut := _cut(package.read(name), "v", figures)) > 1:
            pieces[name] = cut
    found = Counter(int(one) for cut in pieces.values() for one in cut[1::2])
    expected = Counter(texts.values()) + Counter(one.text for one in places if one.is_number)
    own = frozenset(unescape(one) for one in _TEXT.findall(strings.decode())) - texts.keys()
    if found != expected:
        return None
    calculation = Calculation.of(stream.getvalue())
    results = calculation.results() if calculation else {}
    unmarked = {
        name: with_results(package.read(name), found)
        for name, found in results.items()
        if name not in pieces
    }
    return _Pattern(
        package,
        edited(package, Edits(unmarked)),
        pieces,
        own,
        _lines(edition, issued),
        calculation,
        tuple(_marked(package, texts, figures)),
        results,
    )


def _marked(
    package: Package, texts: Mapping[str, int], figures: Mapping[str, int]
) -> Iterator[_Marked]:
    """Where the marks stand: those of texts by the numbers of the workbook's strings."""
    strings = [unescape(text) for text in _TEXT.findall(package.read(_STRINGS).decode())]
    places = {str(place): texts[text] for place, text in enumerate(strings) if text in texts}
    for number, part in enumerate(sheet_parts(package)):
        for cell, shared, value in _CELL.findall(package.read(part).decode()):
            marks = places if shared else figures
            if value in marks:
                yield _Marked(Spot(number, *from_a1(cell)), marks[value], not shared)


def _cut(part: bytes, element: str, marks: Mapping[str, int]) -> tuple[bytes, ...]:
    """The part, cut at the elements that hold nothing but a mark; between, the marks' numbers."""
    if not marks:
        return (part,)
    either = "|".join(map(re.escape, marks))
    pieces = re.split(f"(?<=<{element}>)({either})(?=</{element}>)".encode(), part)
    return tuple(
        str(marks[piece.decode()]).encode() if place % 2 else piece
        for place, piece in enumerate(pieces)
    )
