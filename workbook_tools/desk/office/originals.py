"""What came in, kept under its SHA-256: never changed, never replaced, the same content once."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from workbook_tools.files.whole import whole_file

ORIGINALS = "originals"
"""What their folder is called in the folder of data."""
READ_ONLY = 0o400
_PIECE = 1 << 20
_NAME = re.compile(r"[0-9a-f]{64}\.[a-z]{1,5}")


class Originals:
    """The files below a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, stream: IO[bytes], suffix: str) -> str:
        """Keep a content, whole and synced; gives its name here."""
        digest = hashlib.sha256()
        stream.seek(0)
        while piece := stream.read(_PIECE):
            digest.update(piece)
        name = digest.hexdigest() + suffix
        path = self.path(name)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            stream.seek(0)
            with whole_file(path) as target:
                shutil.copyfileobj(stream, target)
            path.chmod(READ_ONLY)
        return name

    def path(self, name: str) -> Path:
        """Where a content is, by the name that keeping it gave."""
        return self._folder / name[:2] / name

    def names(self) -> Iterator[str]:
        """Every content that is kept; what a kill left half written is none."""
        for path in self._folder.glob("*/*"):
            if path.is_file() and _NAME.fullmatch(path.name):
                yield path.name

    def is_sound(self, name: str) -> bool:
        """Whether a content is still what its name says."""
        with self.path(name).open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest() == name.partition(".")[0]
