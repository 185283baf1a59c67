"""What stays in memory of each workbook, so that ten thousand fit: little, and shared.

Findings and texts, which are most of an outcome and looked at in one go, wait in temporary files.
Of the entries only those that a summary shows are left, and equal short texts are one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import overload

import msgspec

from workbook_tools.assessment import Score
from workbook_tools.assessment.outcomes import Outcome
from workbook_tools.assessment.places import FieldPlace, Text
from workbook_tools.checks import Finding
from workbook_tools.checks.errata import ERRATUM
from workbook_tools.consolidation.round.amounts import amounts
from workbook_tools.consolidation.round.quantities import looked_at
from workbook_tools.consolidation.round.shelf import Shelf
from workbook_tools.standard import Standard, load_standard
from workbook_tools.standard.known_fields import (
    FISCAL_YEAR,
    PARENT_CODE,
    PREPARED_ON,
    PROJECT_NAME,
    SCOPE,
    SUPERVISOR,
)

SHOWN = (FISCAL_YEAR, PARENT_CODE, PREPARED_ON, PROJECT_NAME, SCOPE, SUPERVISOR)
"""Entries that the summary looks at, besides amounts."""
_SHORT = 24  # characters; longer texts are hardly ever equal


def kept_facts(standard: Standard) -> frozenset[str]:
    """The fields whose figures are kept: amounts, and what departments are compared in."""
    money = (field for amount in amounts(standard) for field in amount.fields)
    return looked_at(standard).union(money)


class Keeping:
    """Makes outcomes small."""

    def __init__(self, standard: Standard | None = None) -> None:
        self._standard = standard
        self._findings, self._long_texts = Shelf(Finding), Shelf(Text)
        self._texts: dict[str, str] = {}
        self._figures: dict[str | None, str | None] = {}
        self._cells: dict[tuple[tuple[str, FieldPlace], ...], Mapping[str, FieldPlace]] = {}
        self._readings: dict[tuple[tuple[str, str | None], ...], dict[str, str | None]] = {}
        self._wanted: dict[str, frozenset[str]] = {}

    def small(self, outcome: Outcome) -> Outcome:
        """The same outcome, with findings that are not in memory and only the entries shown.

        Without calculations, which no summary shows, and without what is a finding about the
        standard: it is the same in every workbook.
        """
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
                calculations={},
                findings=self._findings.put(
                    [one for one in record.findings if one.name != ERRATUM]
                ),
            ),
            cells=self._cells.setdefault(tuple(outcome.cells.items()), outcome.cells),
            texts=self._long_texts.put(outcome.texts),
        )

    def _score(self, score: Score) -> Score:
        figures = self._figures.setdefault  # no number is long
        readings = tuple(score.readings.items())
        if readings not in self._readings:
            self._readings[readings] = {
                self._one(reading): figures(points, points) for reading, points in readings
            }
        return Score(
            weight=self._one(score.weight),
            measure=figures(score.measure, score.measure),
            score=figures(score.score, score.score),
            cached=figures(score.cached, score.cached),
            self=figures(score.self, score.self),
            review=figures(score.review, score.review),
            status=score.status,
            readings=self._readings[readings],
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
            self._wanted[standard] = frozenset({*kept_facts(scored_by), *SHOWN})
        return self._wanted[standard]
