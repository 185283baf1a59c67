"""Which lines of a page stand side by side with others, so that no order of reading is certain."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from workbook_tools.importing.pdf_lines import BELOW, WIDE_SPACE, Line

_TIGHT = 0.6  # heights of letters between lines of one cell, or of one paragraph


def told_apart(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page from top to bottom, those in columns marked as apart.

    These are lines that wide gaps part one below the other, those of which one goes on beneath a
    later part of the other or beside it, and what stands close to any of them without being a line
    of text from edge to edge. A single parted line is one of a form: 填报单位：…    填报日期：….
    """
    found = _in_columns(lines) | _hanging(lines)
    right = max((line.box[2] for line in lines), default=0.0)
    for step in (1, -1):
        for place in range(len(lines))[::step]:
            beside = place - step
            if place not in found and beside in found and _is_close(lines, place, beside, right):
                found.add(place)
    return [
        msgspec.structs.replace(line, apart=True) if place in found else line
        for place, line in enumerate(lines)
    ]


def _hanging(lines: Sequence[Line]) -> set[int]:
    """Lines close to each other that are of different columns, or of which one may go on so."""
    found: set[int] = set()
    for place, (line, below) in enumerate(pairwise(lines)):
        beneath_a_part = any(abs(below.box[0] - start) < line.size for start in _parts(line))
        beside = below.box[0] > line.box[2] or below.box[2] < line.box[0]
        if (beneath_a_part and _gap(line, below) < BELOW) or (
            beside and _gap(line, below) < _TIGHT
        ):
            found |= {place, place + 1}
    return found


def _parts(line: Line) -> list[float]:
    """Where what stands behind a gap begins that is wider than a space."""
    return [
        after.x0
        for word, after in pairwise(line.words)
        if after.x0 - word.x1 > WIDE_SPACE * line.size
    ]


def _gap(line: Line, below: Line) -> float:
    """The room between two lines, in heights of letters."""
    return (below.box[1] - line.box[3]) / line.size


def _is_close(lines: Sequence[Line], place: int, beside: int, right: float) -> bool:
    """Whether a line may be part of the columns that end or begin at the line beside it."""
    line = lines[place]
    gap = _gap(*(lines[one] for one in sorted((place, beside))))
    if len(line.words) > 1 and _parts(line):
        return gap < BELOW
    return gap < _TIGHT and line.box[2] < right - 2 * line.size


def _in_columns(lines: Sequence[Line]) -> set[int]:
    """The lines that are parted below each other, and the rests of columns around them."""
    found: set[int] = set()
    parted = [place for place, line in enumerate(lines) if line.is_parted]
    left = min((line.box[0] for line in lines), default=0.0)
    for place, after in pairwise(parted):
        between = lines[place + 1 : after]
        if _share_a_column(lines[place], lines[after]) and all(
            _is_rest(line, left) or after - place <= 2 for line in between
        ):
            found |= set(range(place, after + 1))
    for start, step in ((min(found, default=0), -1), (max(found, default=0), 1)):
        place = start + step
        while found and 0 <= place < len(lines) and _is_rest(lines[place], left):
            found.add(place)
            place += step
    return found


def _is_rest(line: Line, left: float) -> bool:
    """Whether a line stands too far right to begin a paragraph."""
    return line.box[0] > left + 4 * line.size or line.is_parted


def _share_a_column(one: Line, other: Line) -> bool:
    return any(
        abs(start - there) < one.size for start in one.starts[1:] for there in other.starts[1:]
    )
