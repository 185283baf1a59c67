"""The total: the indicators' points, those beside the hundred, and what holds it down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import msgspec

from workbook_tools.scoring.arithmetic import (
    ZeroDenominatorError,
    exact_sum,
    missing,
    rounded,
    worth,
)
from workbook_tools.scoring.model import Hold, Result, Total
from workbook_tools.scoring.rules import ONE, ZERO, held
from workbook_tools.standard.expression import parse
from workbook_tools.standard.model import Standard
from workbook_tools.standard.totals import Adjustment

Figures = Mapping[str, Fraction | None]


class SumBounds(msgspec.Struct, frozen=True, kw_only=True):
    """What is done to every sum of points: ours, the department's, the bureau's.

    ``adjustments``: points beside the hundred by id, None where they cannot be had; ``hold``: the
    cap that holds the total down most, if any. ``left_out``: the weights that are spread over the
    other indicators, which stand in every sum as if they had been earned, as ``earned_there``
    (scores, so rounded); ``whole``: all weights.
    """

    places: int
    whole: Fraction = ONE
    left_out: Fraction = ZERO
    earned_there: Fraction = ZERO
    adjustments: Mapping[str, Fraction | None] = {}
    extremes: tuple[Fraction, Fraction] = (ZERO, ZERO)
    hold: Hold | None = None

    def total(self, points: Fraction) -> Fraction | None:
        """The total of a complete sum of points; None while an adjustment is not known."""
        known = [one for one in self.adjustments.values() if one is not None]
        if len(known) < len(self.adjustments):
            return None
        return self._held(self._spread(points) + exact_sum(known))

    def low(self, points: Fraction) -> Fraction:
        """The least that the total can be."""
        return self._held(self._spread(points) + self.extremes[0])

    def high(self, points: Fraction) -> Fraction:
        """The most that the total can be."""
        return self._held(self._spread(points) + self.extremes[1])

    def _spread(self, points: Fraction) -> Fraction:
        if not self.left_out:
            return points
        left = self.whole - self.left_out
        return (points - self.earned_there) * self.whole / left if left else self.whole

    def _held(self, total: Fraction) -> Fraction:
        most = total if self.hold is None else min(total, self.hold.at_most)
        return rounded(max(ZERO, most), self.places)


def bounds(standard: Standard, figures: Figures, results: Mapping[str, Result]) -> SumBounds:
    """What holds for every total of a submission with these figures and results."""
    whole = exact_sum(one.weight for one in standard.indicators)
    places = standard.rounding.places
    spread = [results[one].weight for one in spread_out(standard, results)]
    left_out, earned_there = exact_sum(spread), scored_in_full(spread, places)
    if not (standard.caps or standard.adjustments):
        return SumBounds(places=places, whole=whole, left_out=left_out, earned_there=earned_there)
    adjusted = {one.id: _points(one, figures) for one in standard.adjustments}
    ends = [
        (min(ZERO, _signed(one)), max(ZERO, _signed(one))) if points is None else (points, points)
        for one, points in zip(standard.adjustments, adjusted.values(), strict=True)
    ]
    return SumBounds(
        places=places,
        whole=whole,
        left_out=left_out,
        earned_there=earned_there,
        adjustments=adjusted,
        extremes=(exact_sum(low for low, _ in ends), exact_sum(high for _, high in ends)),
        hold=min(_holds(standard, figures), key=lambda one: one.at_most, default=None),
    )


def scored_in_full(weights: Iterable[Fraction], places: int) -> Fraction:
    """What indicators of these weights add up to that lose nothing."""
    return exact_sum(rounded(weight, places) for weight in weights)


def spread_out(standard: Standard, results: Mapping[str, Result]) -> list[str]:
    """The indicators that do not apply and whose weight is spread over the others, by id."""
    if standard.not_applicable == "full":
        return []
    return [one for one, result in results.items() if result.claimed_na]


def total_of(bounds: SumBounds, standard: Standard, scores: Mapping[str, Fraction | None]) -> Total:
    """The total of points by indicator id; what is None stays anything up to its weight."""
    known = [score for score in scores.values() if score is not None]
    raw = exact_sum(known)
    open_ended = scored_in_full(
        (one.weight for one in standard.indicators if scores[one.id] is None), bounds.places
    )
    low, high = bounds.low(raw), bounds.high(raw + open_ended)
    complete = len(known) == len(scores)
    at_low, at_high = grade(standard, low), grade(standard, high)
    return Total(
        score=bounds.total(raw) if complete else None,
        low=low,
        high=high,
        grade=at_low if at_low == at_high else None,
    )


def grade(standard: Standard, total: Fraction) -> str:
    """The grade of a total: the first whose bound the total reaches, else the last one."""
    for one in standard.grades:
        if total >= one.at_least:
            return one.name
    return standard.grades[-1].name


def _signed(one: Adjustment) -> Fraction:
    return one.most if one.each > 0 else -one.most


def _points(one: Adjustment, figures: Figures) -> Fraction | None:
    cases = _worth(one.cases, figures)
    if cases is None:
        return None
    size = held(cases * abs(one.each), one.most)
    return size if one.each > 0 else -size


def _holds(standard: Standard, figures: Figures) -> Iterable[Hold]:
    """The caps that apply: their measure is known, and lies in a band."""
    for cap in standard.caps:
        measure = _worth(cap.measure, figures)
        most = None if measure is None else cap.most(measure)
        if measure is not None and most is not None:
            yield Hold(cap=cap.id, measure=measure, at_most=most)


def _worth(text: str, figures: Figures) -> Fraction | None:
    if missing(text, figures):
        return None
    try:
        return worth(parse(text), figures)
    except ZeroDenominatorError:
        return None
