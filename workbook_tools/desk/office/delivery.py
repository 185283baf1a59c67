"""What was brought to the bureau on a stick at one time, and what became of each file."""

from __future__ import annotations

import msgspec

from workbook_tools.desk.office.store import Unit


class DeliveredFile(msgspec.Struct, frozen=True):
    """What became of a file: ``said`` is a Chinese sentence; the unit where it is known."""

    path: str
    said: str
    unit: Unit | None = None
    taken: bool = False


class Delivery(msgspec.Struct, frozen=True):
    """The files that were brought at one time, those that were taken in first."""

    round: int
    at: str
    told: tuple[DeliveredFile, ...]
