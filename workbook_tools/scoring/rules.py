"""Points from a measure, by the rule's kind. Exact, not yet rounded, held in 0..weight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

from workbook_tools.scoring.arithmetic import worth
from workbook_tools.standard.expression import parse
from workbook_tools.standard.rules import AtLeast, AtMost, Bands, Periods, Proportion, Steps

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


def reached(
    rule: Periods, figures: Mapping[str, Fraction | None]
) -> list[tuple[Fraction, Fraction]]:
    """What was reached and what was planned in each period; every figure must be there.

    Raises :class:`~.arithmetic.ZeroDenominatorError`.
    """
    return [
        (worth(parse(one.actual), figures), worth(parse(one.planned), figures))
        for one in rule.periods
    ]


def period_points(rule: Periods, pairs: Sequence[tuple[Fraction, Fraction]]) -> list[Fraction]:
    """The points that each period earns, given what was reached and planned in each."""
    periods = list(zip(rule.periods, pairs, strict=True))
    if rule.mode == "share":
        return [
            one.points * held(actual / planned, ONE) if planned else one.points
            for one, (actual, planned) in periods
        ]
    missed = {one.group for one, (actual, planned) in periods if one.group and actual < planned}
    return [
        one.points if actual >= planned and one.group not in missed else ZERO
        for one, (actual, planned) in periods
    ]


def held(value: Fraction, most: Fraction) -> Fraction:
    """The value held in 0..most."""
    return min(max(value, ZERO), most)
