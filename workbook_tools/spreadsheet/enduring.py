"""A stream that takes whatever is written to it, and tells at the end what went wrong.

XlsxWriter leaves its zip file unfinished where a write fails, and Python then complains about it
on the console long after the failure was told.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import IO


class Enduring:
    """What a zip file needs of a stream; after the first failure nothing is done any more."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.failure: OSError | None = None

    def write(self, data: bytes) -> int:
        """Write, or take it and do nothing."""
        self._try(lambda: self._stream.write(data))
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go there, or nowhere."""
        return self._try(lambda: self._stream.seek(offset, whence))

    def tell(self) -> int:
        """Where it is, 0 after a failure."""
        return self._try(self._stream.tell)

    def flush(self) -> None:
        """Hand on what is buffered."""
        self._try(lambda: self._stream.flush() or 0)

    def seekable(self) -> bool:
        """Say that one may go back in it."""
        return True

    def _try(self, act: Callable[[], int]) -> int:
        if self.failure is None:
            try:
                return act()
            except OSError as error:
                self.failure = error
        return 0
