"""What came in, kept under its SHA-256: never changed, never replaced, the same content once."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import IO

from workbook_tools.files.whole import whole_file

_PIECE = 1 << 20


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
            path.chmod(0o400)
        return name

    def path(self, name: str) -> Path:
        """Where a content is, by the name that keeping it gave."""
        return self._folder / name[:2] / name
