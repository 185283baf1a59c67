"""The head of a table inside a form: which column holds what, over one row or two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from workbook_tools.importing.document import DocumentCell

DocumentRows = Sequence[Sequence[DocumentCell]]


class Head(NamedTuple):
    """Where a head begins, how many rows it takes, and the columns by what they hold.

    ``doubled``: what several columns claim to hold; none of them is among the columns.
    """

    place: int
    height: int
    columns: dict[str, int]
    doubled: frozenset[str]

    @property
    def below(self) -> int:
        """The first row below the head."""
        return self.place + self.height


def head_at(rows: DocumentRows, place: int, meaning: Callable[[str], str | None]) -> Head:
    """What the columns of a row hold, taken as a head; with the row below where they are merged."""
    height = _height(rows, place, meaning)
    stacks = [
        list(dict.fromkeys(rows[place + step][column] for step in range(height)))
        for column in range(min(len(rows[place + step]) for step in range(height)))
    ]
    columns: dict[str, int] = {}
    doubled: set[str] = set()
    for column, stack in enumerate(stacks):
        held = _held(stack, meaning)
        if held is None or (column and stacks[column - 1] == stack):
            continue  # one cell over several columns is one column
        if held in columns:
            doubled.add(held)
        columns.setdefault(held, column)
    kept = {held: column for held, column in columns.items() if held not in doubled}
    return Head(place, height, kept, frozenset(doubled))


def _height(rows: DocumentRows, place: int, meaning: Callable[[str], str | None]) -> int:
    """Two where titles of this row go on below it, though not further (as a label beside does)."""
    if place + 1 >= len(rows):
        return 1
    going_on = set(rows[place]) & set(rows[place + 1])
    beyond = set(rows[place + 2]) if place + 2 < len(rows) else set()
    return 2 if any(meaning(one.text) for one in going_on - beyond) else 1


def _held(stack: Sequence[DocumentCell], meaning: Callable[[str], str | None]) -> str | None:
    texts = [cell.text for cell in stack if cell.text.strip()]
    if len(texts) < 2:
        return meaning(texts[0]) if texts else None
    above, below = texts
    return meaning(below) or meaning(above + below) or meaning(below + above)


def transposed(rows: DocumentRows) -> DocumentRows:
    """The same table with its columns as rows."""
    width = max(map(len, rows), default=0)
    return [
        [row[column] if column < len(row) else DocumentCell("", "") for row in rows]
        for column in range(width)
    ]
