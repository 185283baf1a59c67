"""What every desk has: worker processes, work under way, and the files that were made by it."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

from workbook_tools.desk.workroom import Workroom
from workbook_tools.desk.works import Work, Works


class Making:
    """Makes files in a temporary folder, which goes with it; each has an address of its own."""

    def __init__(self) -> None:
        self._held = tempfile.TemporaryDirectory(
            prefix="workbook-tools-", ignore_cleanup_errors=True
        )
        self.workroom = Workroom()
        self.works = Works()
        self.files: dict[str, Path] = {}

    def new_folder(self) -> Path:
        """An empty folder that nobody else uses."""
        folder = Path(self._held.name) / secrets.token_hex(8)
        folder.mkdir()
        return folder

    def make(self, title: str, write: Callable[[Path, Work], Path], *, back: str) -> Work:
        """Begin to make a file; ``write`` is given an empty folder, and gives the file's path."""

        def do(work: Work) -> str:
            return self.keep(write(self.new_folder(), work))

        return self.works.start(title, do, back=back)

    def keep(self, path: Path) -> str:
        """The address at which a file can be had from now on."""
        identity = secrets.token_urlsafe(9)
        self.files[identity] = path
        return f"/files/{identity}"

    def close(self) -> None:
        """End what is under way and leave nothing behind."""
        self.works.close()
        self.workroom.close()
        self._held.cleanup()
