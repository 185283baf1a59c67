"""Points from a measure, by the rule's kind. Exact, not yet rounded, held in 0..weight."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from workbook_tools.standard.rules import AtLeast, AtMost, Bands, Period, Periods, Proportion, Steps

ZERO, ONE = Fraction(0), Fraction(1)


def points(rule: Proportion | AtMost | AtLeast | Bands, weight: Fraction, m: Fraction) -> Fraction:
    """The points that measure ``m`` earns under a rule that looks at a single measure."""
    match rule:
        case Proportion():
            earned = weight * m
        case AtMost(limit=limit, beyond=beyond):
            if m <= limit:
                earned = weight
            elif isinstance(beyond, Steps):
                earned = weight - deduction(beyond, m - limit)
            elif beyond == "inverse":
                earned = weight * limit / m
            else:
                earned = weight * (ONE - (m - limit))
        case AtLeast(limit=limit, below=below):
            if m >= limit:
                earned = weight
            elif isinstance(below, Steps):
                earned = weight - deduction(below, limit - m)
            else:
                earned = weight * m / limit
        case Bands(bands=bands):
            earned = next(
                (
                    band.points
                    for band in bands
                    if band.upper is None or m < band.upper or (m == band.upper and band.inclusive)
                ),
                ZERO,
            )
    return held(earned, weight)


def deduction(steps: Steps, beyond: Fraction) -> Fraction:
    """The points that ``beyond`` (a positive distance from the limit) costs."""
    return steps_taken(steps, beyond) * steps.deduct


def steps_taken(steps: Steps, beyond: Fraction) -> Fraction:
    """How many steps are counted, by what the rule says of a part of a step."""
    taken = beyond / steps.size
    match steps.partial:
        case "floor":
            return Fraction(floor(taken))
        case "ceil":
            return Fraction(ceil(taken))
        case "proportional":
            return taken


def period_points(rule: Periods, period: Period, actual: Fraction, planned: Fraction) -> Fraction:
    """The points that one period earns, given what was reached and what was planned in it."""
    if rule.mode == "all_or_nothing":
        return period.points if actual >= planned else ZERO
    if planned == 0:
        return period.points
    return period.points * held(actual / planned, ONE)


def held(value: Fraction, most: Fraction) -> Fraction:
    """The value held in 0..most."""
    return min(max(value, ZERO), most)
