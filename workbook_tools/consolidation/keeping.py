"""What stays in memory of each workbook, so that ten thousand fit: little, and shared.

Findings, which are most of a record and looked at in one go, wait in a temporary file. Of the
entries only those that a summary shows are left, and equal short texts are one.
"""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterator, Sequence
from typing import overload

import msgspec

from workbook_tools.assessment import Record, Score
from workbook_tools.checks import Finding
from workbook_tools.consolidation.standards import amounts
from workbook_tools.outcomes import Outcome
from workbook_tools.standard import Standard, load_standard

SHOWN = ("fiscal_year", "parent_code", "prepared_on", "scope", "supervising_department")
"""Entries that the summary looks at, besides amounts."""
_SHORT = 24  # characters; longer texts are hardly ever equal


class Findings(Sequence[Finding]):
    """The findings of one workbook, read from the temporary file when somebody looks at them."""

    __slots__ = ("_count", "_place", "_store")

    def __init__(self, store: Keeping, place: tuple[int, int], count: int) -> None:
        self._store, self._place, self._count = store, place, count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Finding: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Finding, ...]: ...

    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:
        return self._store.findings(*self._place)[index]

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._store.findings(*self._place))


class Keeping:
    """Makes outcomes small. The temporary file goes when nobody holds findings any more."""

    def __init__(self, standard: Standard | None = None) -> None:
        self._standard = standard
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the last reference
        self._end = 0
        self._texts: dict[str, str] = {}
        self._readings: dict[tuple[tuple[str, str | None], ...], dict[str, str | None]] = {}
        self._wanted: dict[str, frozenset[str]] = {}

    def small(self, outcome: Outcome) -> Outcome:
        """The same outcome, with findings that are not in memory and only the entries shown."""
        record = outcome.record
        if record.status == "refused":
            return outcome
        wanted = self._facts(outcome.standard)
        return msgspec.structs.replace(
            outcome,
            record=msgspec.structs.replace(
                record,
                scores={
                    self._one(indicator): self._score(score)
                    for indicator, score in record.scores.items()
                },
                facts={
                    self._one(field): self._one(value)
                    for field, value in record.facts.items()
                    if field in wanted
                },
                findings=self._kept(record),
            ),
        )

    def findings(self, start: int, length: int) -> tuple[Finding, ...]:
        """Read the findings of one workbook back."""
        self._file.seek(start)
        packed = zlib.decompress(self._file.read(length))
        return msgspec.msgpack.decode(packed, type=tuple[Finding, ...])

    def _kept(self, record: Record) -> Sequence[Finding]:
        try:
            packed = zlib.compress(msgspec.msgpack.encode(record.findings), 1)
        except UnicodeEncodeError:  # half a character in a text
            return record.findings
        self._file.seek(self._end)
        self._file.write(packed)
        place = (self._end, len(packed))
        self._end += len(packed)
        return Findings(self, place, len(record.findings))

    def _score(self, score: Score) -> Score:
        one = self._one
        readings = tuple((one(reading), one(points)) for reading, points in score.readings.items())
        return Score(
            weight=one(score.weight),
            measure=one(score.measure),
            score=one(score.score),
            cached=one(score.cached),
            self=one(score.self),
            review=one(score.review),
            status=score.status,
            readings=self._readings.setdefault(readings, dict(readings)),
        )

    @overload
    def _one(self, text: str) -> str: ...

    @overload
    def _one(self, text: None) -> None: ...

    def _one(self, text: str | None) -> str | None:
        return text if text is None or len(text) > _SHORT else self._texts.setdefault(text, text)

    def _facts(self, standard: str) -> frozenset[str]:
        if standard not in self._wanted:
            scored_by = self._standard or load_standard(standard)
            money = {field for amount in amounts(scored_by) for field in amount.fields}
            self._wanted[standard] = frozenset({*money, *SHOWN})
        return self._wanted[standard]
