"""The rows of the score table as people read them: 指标, 分值, 自评, 复算, 差, and how it ended."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import msgspec

from workbook_tools.figures import percent
from workbook_tools.presentation.points import (
    BLANK,
    INSUFFICIENT,
    difference_in_words,
    score_in_words,
)
from workbook_tools.scoring import Status
from workbook_tools.standard.model import Indicator
from workbook_tools.standard.naming import stated

STATUS_NAMES: dict[Status, str] = {
    "computed": "已计算",
    "not_applicable": "不涉及",
    "insufficient": INSUFFICIENT,
}
"""How an indicator's calculation ended, in words."""
Tone = Literal["same", "high", "low", "open"]
"""How the claimed points stand to ours: equal, above, below, or one of them is missing."""


class Scored(msgspec.Struct, frozen=True, kw_only=True):
    """Points claimed and recomputed for something, exact, None where there are none; in words, too.

    ``places``: the standard's decimals, with which they are written.
    """

    title: str
    claimed: Fraction | None
    computed: Fraction | None
    places: int

    @property
    def difference(self) -> Fraction | None:
        """By how much the claim lies above ours."""
        if self.claimed is None or self.computed is None:
            return None
        return self.claimed - self.computed

    @property
    def tone(self) -> Tone:
        """How the claim stands to ours."""
        by = self.difference
        if by is None:
            return "open"
        return "high" if by > 0 else "low" if by < 0 else "same"

    @property
    def claimed_in_words(self) -> str:
        """The claimed points, or that they were left blank."""
        return score_in_words(self.claimed, self.places, BLANK)

    @property
    def computed_in_words(self) -> str:
        """Our points, or that data are missing."""
        return score_in_words(self.computed, self.places, INSUFFICIENT)

    @property
    def difference_in_words(self) -> str:
        """The difference with its sign."""
        return difference_in_words(self.difference, self.places)


class OwnScoreRow(Scored, frozen=True, kw_only=True):
    """An indicator that the department brought itself, below the one that it belongs to.

    ``weight``: the points that the department gives it; ``measure``: how far it came with it, as a
    share of its target.
    """

    weight: Fraction | None
    measure: Fraction | None

    @property
    def weight_in_words(self) -> str:
        """The points with decimals, since a department typed them."""
        return score_in_words(self.weight, self.places, BLANK)

    @property
    def measure_in_words(self) -> str:
        """The share of the target that was reached; "" where it cannot be had."""
        return "" if self.measure is None else percent(self.measure)


class ScoreRow(Scored, frozen=True, kw_only=True):
    """A line of the score table: the sums of several indicators, or an :class:`IndicatorRow`.

    ``reviewed``: the bureau's points; in sums they stand in place of ours where there are any.
    """

    weight: Fraction
    reviewed: Fraction | None

    @property
    def weight_in_words(self) -> str:
        """The points as the standard states them."""
        return stated(self.weight)


class IndicatorRow(ScoreRow, frozen=True, kw_only=True):
    """A 三级 indicator; ``own``: the department's own indicators that it is scored by."""

    indicator: Indicator
    status: Status
    own: tuple[OwnScoreRow, ...]

    @property
    def status_in_words(self) -> str:
        """How the calculation ended."""
        return STATUS_NAMES[self.status]
