"""The workbooks among files that were taken in, also in archives; found in a worker process."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from workbook_tools.desk.workroom import Workroom
from workbook_tools.intake.sources import PassedOver, Sources, find_workbooks
from workbook_tools.running.bounds import Bounds

_UNPACKING = Bounds(600, 600)  # a county's workbooks in one archive


def workbooks_in(folder: Path, inside: Path, room: Workroom) -> Sources:
    """What is below a folder; archives are taken out into the empty folder ``inside``.

    Paths are told as people know them, below ``folder`` (``报送.zip/农业局.xlsx``).
    Raises DeskRefused.
    """
    found: Sources = room.do(find_workbooks, [folder], inside, bounds=_UNPACKING)
    return msgspec.structs.replace(
        found,
        passed_over=_below(folder, found.passed_over),
        members={path: os.path.relpath(found.shown(path), folder) for path in found.workbooks},
        unreadable=_below(folder, found.unreadable),
    )


def _below(folder: Path, files: Iterable[PassedOver]) -> tuple[PassedOver, ...]:
    return tuple(
        msgspec.structs.replace(one, path=Path(os.path.relpath(one.path, folder))) for one in files
    )
