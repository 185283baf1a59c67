"""What a summary is made from, as a digest: the same sources give the same summary."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from workbook_tools.assessment.outcomes import Outcome
from workbook_tools.files.digests import content_of
from workbook_tools.intake.roster import Roster
from workbook_tools.intake.sources import PassedOver
from workbook_tools.standard import Standard, standard_hash


class SourceDigest:
    """A digest over all that goes into a summary but the time that it shows."""

    def __init__(
        self,
        passed_over: tuple[PassedOver, ...],
        roster: Roster | None,
        annotated: Mapping[str, str] | None,
        beside: Iterable[Path],
    ) -> None:
        self._digest = hashlib.sha256()
        self._add(
            (passed_over, roster, sorted((annotated or {}).items()), *map(content_of, beside))
        )

    def add(self, outcome: Outcome) -> None:
        """Add what came of one workbook, in their order."""
        self._add(outcome)

    def digest(self, standard: Standard) -> bytes:
        """The digest, with the standard that the summary is of."""
        whole = self._digest.copy()
        whole.update(standard_hash(standard).encode())
        return whole.digest()

    def _add(self, content: object) -> None:
        try:
            self._digest.update(msgspec.msgpack.encode(content, enc_hook=str))
        except UnicodeEncodeError:  # half a character, as in odd file names
            self._digest.update(repr(content).encode("utf-8", "surrogatepass"))
