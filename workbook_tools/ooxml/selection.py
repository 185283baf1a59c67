"""Which cells of a sheet are wanted: many areas, asked about once per cell.

Per row the wanted columns are one integer with a bit for each column, and all rows between two
borders of areas share it: neither a whole column nor a thousand names make asking slower.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache

from .address import MAX_COLUMN, MAX_ROW, Area, column_number

_REMEMBERED = 8192


class Selection(dict[bytes, tuple[int, int] | None]):
    """Address as cells carry it, b"C12" -> (12, 3) when wanted, None when not.

    Answers are worked out when asked for and the first few thousand remembered.
    """

    def __init__(self, areas: Iterable[Area]) -> None:
        super().__init__()
        self._starts, self._columns = _bands(areas)

    def __missing__(self, address: bytes) -> tuple[int, int] | None:
        letters = address.rstrip(b"0123456789")
        row, column = int(address[len(letters) :]), column_number(letters.decode())
        columns = self._columns[bisect_right(self._starts, row) - 1]
        place = (row, column) if columns >> column & 1 else None
        if len(self) < _REMEMBERED:
            self[address] = place
        return place

    def touches(self, first_row: int, last_row: int) -> bool:
        """Whether anything is wanted in these rows."""
        start = bisect_right(self._starts, first_row) - 1
        return any(self._columns[start : bisect_right(self._starts, last_row)])


_EVERYWHERE = Area("", 1, 1, MAX_ROW, MAX_COLUMN)


def select(areas: Iterable[Area] | None) -> Selection:
    """The selection of these areas, None meaning every cell.

    Cached, since thousands of workbooks made from one template are asked for the same areas.
    """
    return _selection((_EVERYWHERE,) if areas is None else tuple(areas))


@lru_cache(maxsize=64)
def _selection(areas: tuple[Area, ...]) -> Selection:
    return Selection(areas)


def _bands(areas: Iterable[Area]) -> tuple[list[int], list[int]]:
    """First rows of bands of rows that want the same columns, and those columns as bits."""
    spans: dict[tuple[int, int], int] = {}
    for area in areas:
        span = (area.first_row, area.last_row)
        bits = (1 << (area.last_col + 1)) - (1 << area.first_col)
        spans[span] = spans.get(span, 0) | bits
    waiting = sorted(spans, reverse=True)
    borders = sorted({0, *(row for first, last in spans for row in (first, last + 1))})
    columns = []
    active: list[tuple[int, int]] = []
    for row in borders:
        active = [span for span in active if span[1] >= row]
        while waiting and waiting[-1][0] == row:
            active.append(waiting.pop())
        bits = 0
        for span in active:
            bits |= spans[span]
        columns.append(bits)
    return borders, columns
