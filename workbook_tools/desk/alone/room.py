"""All that a desk for one person holds; nothing is kept when the program ends."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Sequence
from pathlib import Path

from workbook_tools.desk.alone.batch import Batch
from workbook_tools.desk.making import Making
from workbook_tools.desk.uploads import TooLarge
from workbook_tools.desk.works import Work
from workbook_tools.importing import Imported


class Room(Making):
    """The desk's things, by ids that stand in addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.batches: dict[str, Batch] = {}
        self.imports: dict[str, list[tuple[Imported, str]]] = {}
        """By id: what came of each form of a file, and the address of its workbook."""
        self._numbering = threading.Lock()

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

        return self.works.start("校验", do, back="/")

    def take_samples(self, samples: Sequence[Path], roster: Path | None) -> Work:
        """Begin to read copies of workbooks that came with the program, held against a roster."""
        batch = self.new_batch()
        batch.originals.mkdir()
        for path in samples:
            shutil.copyfile(path, batch.originals / path.name)
        return self.read(batch, roster=roster)
