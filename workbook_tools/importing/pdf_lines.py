"""The characters of a page as lines, and lines as paragraphs.

A PDF knows neither: a line is what stands at one height, and a paragraph goes on in the next line
where its line reaches the right edge. Lines that stand in columns without being a ruled table are
kept apart, for nobody knows what of them belongs together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any

import msgspec

Char = dict[str, Any]
"""A character as pdfplumber has it: text, x0, x1, top, bottom, size."""
PageBox = tuple[float, float, float, float]
"""x0, top, x1, bottom, in points from the page's upper left corner."""

_SPACE = 0.3  # of the height of the letters: a gap that is a space
WIDE_SPACE = 0.55  # more than one space: what parts a label from what stands behind it
_COLUMN = 1.5  # a gap that parts columns, or the entries of a form's line
_SPARE = 0.5  # heights of letters that a line leaves at its end though more would follow
_LEAD = re.compile(r"(?:[A-Za-z]+|[\d.,%]+|.)[，。；：、）》”’】！？％]*")
"""What a line begins with and cannot be parted: no line begins with closing punctuation."""
BELOW = 1.2  # heights between two lines: more is a paragraph's end
_GAP = 1.5  # of the usual distance from line to line: there is a blank one between
_ENDS = ("。", "！", "？")
_BEGINS = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、．]|第[一二三四五六七八九十]{1,3}[章节部]"
)
_UNMAPPED = re.compile(r"\(cid:\d+\)|[\ufffd\x00-\x08]")
_RADICALS = range(0x2F00, 0x2FE0)  # fonts name a character by its radical, which looks the same
_PRIVATE = "Co"


class Word(msgspec.Struct, frozen=True):
    """Letters without a space between them, and where they begin and end."""

    text: str
    x0: float
    x1: float


class Line(msgspec.Struct, frozen=True):
    """What stands at one height: its text, its box, the height of its letters.

    ``starts``: where the parts begin that wide gaps part. ``size``: that of its letters.
    ``apart``: it is side by side with others, and nobody knows how they belong together.
    """

    text: str
    box: PageBox
    size: float
    starts: tuple[float, ...] = ()
    words: tuple[Word, ...] = ()
    apart: bool = False

    @property
    def is_parted(self) -> bool:
        """Whether wide gaps part it."""
        return len(self.starts) > 1


class Paragraph(msgspec.Struct, frozen=True):
    """Lines that belong together; ``in_columns``: side by side with others, nobody knows how.

    ``gap``: something like a blank line comes before it.
    """

    text: str
    lines: tuple[Line, ...]
    in_columns: bool = False
    gap: bool = False


def share_unmapped(chars: Sequence[Char]) -> float:
    """Which part of the characters has no meaning, for their font does not tell it."""
    seen = [char["text"] for char in chars if not char["text"].isspace()]
    return sum(map(is_unmapped, seen)) / len(seen) if seen else 0.0


def is_unmapped(text: str) -> bool:
    """Whether a text has characters whose font does not say what they are."""
    return _UNMAPPED.search(text) is not None


def lines_of(chars: Iterable[Char]) -> list[Line]:
    """The lines of an area from top to bottom."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda one: (_middle(one), one["x0"])):
        row = rows[-1] if rows else None
        if row is not None and abs(_middle(char) - _middle(row[0])) < _height(row[0]) / 2:
            row.append(char)
        else:
            rows.append([char])
    return [line for row in rows if (line := _line(row)).text]


def _line(row: list[Char]) -> Line:
    seen: list[Char] = []
    parts: list[str] = []
    starts: list[float] = []
    words: list[Word] = []
    size = max(_height(char) for char in row)
    spaces = 0.0
    for char in sorted(row, key=lambda one: float(one["x0"])):
        if char["text"].isspace():
            spaces += char["x1"] - char["x0"]
            continue
        gap = max(char["x0"] - seen[-1]["x1"], spaces) if seen else size * _COLUMN * 2
        if gap > _COLUMN * size:
            parts += ["    "] * bool(seen)
            starts.append(char["x0"])
        elif gap > WIDE_SPACE * size:
            parts.append("  ")
        elif gap > _SPACE * size or spaces:
            parts.append(" ")
        text = _text(char)
        if words and gap <= _SPACE * size and not spaces:
            words[-1] = Word(words[-1].text + text, words[-1].x0, char["x1"])
        else:
            words.append(Word(text, char["x0"], char["x1"]))
        parts.append(text)
        seen.append(char)
        spaces = 0.0
    if not seen:
        return Line("", (0, 0, 0, 0), 0)
    box = (
        seen[0]["x0"],
        min(char["top"] for char in seen),
        max(char["x1"] for char in seen),
        max(char["bottom"] for char in seen),
    )
    return Line("".join(parts).strip(), box, size, tuple(starts), tuple(words))


def _text(char: Char) -> str:
    text = str(char["text"])
    if len(text) == 1:
        if ord(text) in _RADICALS:
            return unicodedata.normalize("NFKC", text)
        if unicodedata.category(text) == _PRIVATE:  # a bullet of a font of symbols
            return ""
    return text


def _middle(char: Char) -> float:
    return float(char["top"] + char["bottom"]) / 2


def _height(char: Char) -> float:
    return max(float(char["bottom"] - char["top"]), 1.0)


def paragraphs_of(lines: Sequence[Line], right: float) -> Iterator[Paragraph]:
    """The paragraphs of an area that ends at ``right``."""
    usual = _usual_step(lines)
    together: list[Line] = []
    gap = False
    for place, line in enumerate(lines):
        if together and not line.apart and goes_on(together[-1], line, right):
            together.append(line)
            continue
        if together:
            yield _joined(together, gap)
        before = lines[place - 1] if place else None
        gap = before is not None and line.box[1] - before.box[1] > _GAP * usual
        together = [line]
        if line.apart:
            yield Paragraph(line.text, (line,), in_columns=True, gap=gap)
            together = []
    if together:
        yield _joined(together, gap)


def _usual_step(lines: Sequence[Line]) -> float:
    """The distance from line to line that is the most usual."""
    steps = [below.box[1] - line.box[1] for line, below in pairwise(lines)]
    return median(steps) if steps else 0.0


def goes_on(line: Line, below: Line, right: float, *, over_page: bool = False) -> bool:
    """Whether a paragraph goes on from one line to the next, which may stand on the next page."""
    return (
        has_no_room(right - line.box[2], line, below)
        and abs(below.size - line.size) < line.size / 5
        and (over_page or below.box[1] - line.box[3] < BELOW * line.size)
        and below.box[0] < line.box[0] + 1.5 * below.size
        and not line.is_parted
        and not below.is_parted
        and not is_end(line, below)
    )


def has_no_room(room: float, line: Line, below: Line) -> bool:
    """Whether what the next line begins with has no place in the room left in a line."""
    lead = _LEAD.match(below.text)
    width = sum(0.5 if one.isascii() else 1.0 for one in lead[0]) if lead else 1.0
    return room < (width + _SPARE) * line.size


def is_end(line: Line, below: Line) -> bool:
    """Whether a paragraph ends by its words, or the next one begins so."""
    return line.text.endswith(_ENDS) or _BEGINS.match(below.text) is not None


def joined(before: str, after: str) -> str:
    """Two lines of a paragraph: words of letters are parted, Chinese and figures are not."""
    space = " " if _is_letter(before[-1:]) and _is_letter(after[:1]) else ""
    return f"{before}{space}{after}"


def _is_letter(text: str) -> bool:
    return text.isascii() and text.isalpha()


def _joined(lines: Sequence[Line], gap: bool) -> Paragraph:
    text = lines[0].text
    for line in lines[1:]:
        text = joined(text, line.text)
    return Paragraph(text, tuple(lines), gap=gap)
