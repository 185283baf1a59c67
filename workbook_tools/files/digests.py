"""What is in a file, known by its SHA-256; in hexadecimal digits as ``sha256sum`` writes them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import IO, NamedTuple

_PIECE = 1 << 20


class Content(NamedTuple):
    """What is in a file."""

    digest: bytes
    size: int


def content_of(path: Path) -> Content | None:
    """What is in the file, None where it cannot be read."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").digest()
            return Content(digest, file.tell())
    except OSError:
        return None


def digest_of(path: Path) -> str:
    """The SHA-256 of a file. Raises OSError where it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copied(source: IO[bytes], target: IO[bytes]) -> str:
    """Copy a content piece by piece; gives its SHA-256."""
    digest = hashlib.sha256()
    while piece := source.read(_PIECE):
        digest.update(piece)
        target.write(piece)
    return digest.hexdigest()
