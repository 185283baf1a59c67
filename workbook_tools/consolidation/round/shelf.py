"""Findings that wait in a temporary file until somebody looks at them."""

from __future__ import annotations

import tempfile
import weakref
import zlib
from collections.abc import Iterator, Sequence
from typing import overload

import msgspec

from workbook_tools.checks import Finding


class Shelf:
    """A temporary file of findings; it goes when nobody holds any of them any more."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the shelf
        weakref.finalize(self, self._file.close)
        self._end = 0

    def put(self, findings: Sequence[Finding]) -> Sequence[Finding]:
        """Put the findings of one workbook away; what stands for them is as good as they are."""
        try:
            packed = zlib.compress(msgspec.msgpack.encode(findings), 1)
        except UnicodeEncodeError:  # half a character in a text
            return findings
        self._file.seek(self._end)
        self._file.write(packed)
        place = (self._end, len(packed))
        self._end += len(packed)
        return _Shelved(self, place, len(findings))

    def get(self, start: int, length: int) -> tuple[Finding, ...]:
        """Fetch the findings that were put there."""
        self._file.seek(start)
        packed = zlib.decompress(self._file.read(length))
        return msgspec.msgpack.decode(packed, type=tuple[Finding, ...])


class _Shelved(Sequence[Finding]):
    """The findings of one workbook, on the shelf."""

    __slots__ = ("_count", "_place", "_shelf")

    def __init__(self, shelf: Shelf, place: tuple[int, int], count: int) -> None:
        self._shelf, self._place, self._count = shelf, place, count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Finding: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Finding, ...]: ...

    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:
        return self._shelf.get(*self._place)[index]

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._shelf.get(*self._place))
