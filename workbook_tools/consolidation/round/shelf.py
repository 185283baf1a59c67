"""The findings and texts of workbooks, in a temporary file until somebody looks at them."""

from __future__ import annotations

import tempfile
import weakref
import zlib
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar, overload

import msgspec

T = TypeVar("T", bound=msgspec.Struct)


class Shelf(Generic[T]):
    """A temporary file of things of a kind; it goes when nobody holds any of them any more."""

    def __init__(self, kind: type[T]) -> None:
        self._decoder = msgspec.msgpack.Decoder(tuple[kind, ...])  # type: ignore[valid-type]
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the shelf
        weakref.finalize(self, self._file.close)
        self._end = 0

    def put(self, things: Sequence[T]) -> Sequence[T]:
        """Put those of one workbook away; what stands for them is as good as they are."""
        if not things:
            return ()
        try:
            packed = zlib.compress(msgspec.msgpack.encode(things), 1)
        except UnicodeEncodeError:  # half a character in a text
            return things
        self._file.seek(self._end)
        self._file.write(packed)
        place = (self._end, len(packed))
        self._end += len(packed)
        return _Shelved(self, place, len(things))

    def get(self, start: int, length: int) -> tuple[T, ...]:
        """Fetch those that were put there."""
        self._file.seek(start)
        return self._decoder.decode(zlib.decompress(self._file.read(length)))


class _Shelved(Sequence[T]):
    """Those of one workbook, on the shelf."""

    __slots__ = ("_count", "_place", "_shelf")

    def __init__(self, shelf: Shelf[T], place: tuple[int, int], count: int) -> None:
        self._shelf, self._place, self._count = shelf, place, count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...

    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        return self._shelf.get(*self._place)[index]

    def __iter__(self) -> Iterator[T]:
        return iter(self._shelf.get(*self._place))
