"""Text in cells: shared strings, inline strings and their runs (ECMA-376 part 1, 18.4).

Rich text is the join of its runs. Phonetic runs (`rPh`), the reading aids that Excel and WPS
store beside East Asian text, are no part of it.
"""

from __future__ import annotations

import re
from array import array
from itertools import chain

from . import scan
from .cells import Cell

_PHONETIC = re.compile(rb"</?(?:[^\s:/<>]++:)?rPh(?=[\s>])[^<>]*+>")
_TEXT = re.compile(rb"<(?:[^\s:/<>]++:)?+t(?:\s[^<>]*+)?+(?<!/)>([^<]+)")
_MANY = 4_000_000  # bytes of the table from which on it is not cut at once
_REMEMBERED, _LONGEST = 16_384, 4000
MOST_TEXT = 32_767
"""Characters that a cell holds, in Excel and WPS alike (ECMA-376-1, 18.3.1.96)."""
_MOST_ITEM = 16 * MOST_TEXT
"""Bytes of an item that are looked into: enough for such a text in character references. Thousands
of cells may point to an item of megabytes."""
_HIDDEN = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unhide(text: str) -> str:
    """Resolve _xHHHH_, the format's way to write what XML cannot hold (ST_Xstring, 22.9.2.19).

    What is more than a cell can hold is cut off.
    """
    text = text[:MOST_TEXT]
    if "_x" not in text:
        return text
    shown = _HIDDEN.sub(lambda code: chr(int(code[1], 16)), text)
    # Halves of a surrogate pair come as two codes; a lone half is no character.
    return shown.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def runs(xml: bytes) -> str:
    """The text of an `si` or `is` element, given its content or more around it."""
    if b"rPh" in xml:
        # Cut at its tags, every second piece is inside one.
        xml = b"".join(_PHONETIC.split(xml)[::2])
    return unhide(scan.text(b"".join(_TEXT.findall(xml))))


class _TextCells(dict[bytes, Cell]):
    """An item of the table -> the cell that holds its text.

    Remembered while there is room: labels, choices and formulas' texts are the same in all
    workbooks made from one template.
    """

    def __missing__(self, item: bytes) -> Cell:
        if len(item) > _MOST_ITEM:
            item = item[:_MOST_ITEM].decode("utf-8", "ignore").encode()
        cell = Cell("text", runs(item))
        if len(item) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[item] = cell
        return cell


_TEXT_CELLS = _TextCells()


class SharedStrings:
    """The table of shared strings, cut into items at once and decoded one by one when asked."""

    def __init__(self, xml: bytes) -> None:
        # No other element in the table begins with these letters, so cutting there is enough.
        item = b"<" + scan.root(xml)[0] + b"si" if xml else b"<si"
        self._items = xml.split(item) if len(xml) < _MANY else _Pieces(xml, item)

    def __getitem__(self, index: int) -> str:
        """The text at an index from 0. Raises IndexError."""
        return str(self.cell(index).value)

    def cell(self, index: int) -> Cell:
        """The cell that holds the text at an index from 0. Raises IndexError."""
        if index < 0:
            raise IndexError(index)
        return _TEXT_CELLS[self._items[index + 1]]


class _Pieces:
    """What `xml.split(item)` gives, cut out one by one: a crafted table has millions of them."""

    def __init__(self, xml: bytes, item: bytes) -> None:
        self._xml = xml
        self._length = len(item)
        found = re.finditer(re.escape(item), xml)
        self._ends = array("Q", chain((one.start() for one in found), (len(xml),)))

    def __getitem__(self, index: int) -> bytes:
        start, end = self._ends[index - 1] + self._length, self._ends[index]
        return self._xml[start : min(end, start + _MOST_ITEM + 1)]
