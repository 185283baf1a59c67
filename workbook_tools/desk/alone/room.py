"""All that a running desk holds: batches, work under way, files made, in a folder that it leaves.

Nothing is kept when the program ends: what a person wants to keep, is downloaded.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from workbook_tools.desk.alone.batch import Batch
from workbook_tools.desk.uploads import TooLarge
from workbook_tools.desk.workroom import Workroom
from workbook_tools.desk.works import Work, Works
from workbook_tools.importing import Imported


class Room:
    """The desk's things, by ids that stand in addresses."""

    def __init__(self) -> None:
        self._held = tempfile.TemporaryDirectory(
            prefix="workbook-tools-", ignore_cleanup_errors=True
        )
        self.folder = Path(self._held.name)
        self.workroom = Workroom()
        self.works = Works()
        self.batches: dict[str, Batch] = {}
        self.files: dict[str, Path] = {}
        self.imports: dict[str, tuple[Imported, str]] = {}
        """By id: what came of a report, and the address of the workbook."""
        self._numbering = threading.Lock()

    def new_folder(self) -> Path:
        """An empty folder that nobody else uses."""
        folder = self.folder / secrets.token_hex(8)
        folder.mkdir()
        return folder

    def new_batch(self) -> Batch:
        """A batch whose originals are still to come."""
        return Batch(self.new_folder())

    def read(self, batch: Batch, left: Sequence[TooLarge] = (), roster: Path | None = None) -> Work:
        """Begin to read a batch; it is on the list from when it has been read."""
        batch.left = tuple(left)

        def do(work: Work) -> str:
            batch.read(self.workroom, work)
            if roster is not None:
                batch.hold_against(roster, self.workroom)
            with self._numbering:
                batch.id = str(len(self.batches) + 1)
                self.batches[batch.id] = batch
            return f"/batches/{batch.id}"

        return self.works.start("正在校验", do, back="/")

    def take_samples(self, samples: Sequence[Path], roster: Path | None) -> Work:
        """Begin to read copies of workbooks that came with the program, held against a roster."""
        batch = self.new_batch()
        batch.originals.mkdir()
        for path in samples:
            shutil.copyfile(path, batch.originals / path.name)
        return self.read(batch, roster=roster)

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
