"""Where the columns or the rows of a sheet begin, in pixels; hidden ones are 0 wide."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable


class SheetAxis:
    """Columns or rows, numbered from 1, of which some are not of the usual extent."""

    def __init__(self, count: int, usual: int, runs: Iterable[tuple[int, int, int]]) -> None:
        """Lay out `count` of them; `runs` are (first, last, extent), where they differ."""
        self._firsts: list[int] = []
        self._extents: list[int] = []
        self._starts: list[int] = []
        self.length = 0
        """Pixels of all of them."""
        done = 0
        for first, last, extent in sorted(runs):
            first, last = max(first, done + 1), min(last, count)
            if first > last:
                continue
            if first > done + 1:
                self._append(done + 1, first - 1, usual)
            self._append(first, last, extent)
            done = last
        if done < count:
            self._append(done + 1, count, usual)

    def _append(self, first: int, last: int, extent: int) -> None:
        if not self._extents or self._extents[-1] != extent:
            self._firsts.append(first)
            self._extents.append(extent)
            self._starts.append(self.length)
        self.length += (last - first + 1) * extent

    def extent(self, index: int) -> int:
        """Pixels of one."""
        return self._extents[bisect_right(self._firsts, index) - 1]

    def start(self, index: int) -> int:
        """Pixels before it."""
        run = bisect_right(self._firsts, index) - 1
        return self._starts[run] + (index - self._firsts[run]) * self._extents[run]

    def locate(self, pixel: int) -> tuple[int, int]:
        """The visible one at that pixel, and pixels into it; the nearest when it is outside."""
        pixel = max(0, min(pixel, self.length - 1))
        run = bisect_right(self._starts, pixel) - 1
        if not self._extents[run]:
            return self._firsts[run], 0  # all are hidden
        index, offset = divmod(pixel - self._starts[run], self._extents[run])
        return self._firsts[run] + index, offset
