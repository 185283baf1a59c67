"""Points from a measure, by the rule's kind. Exact, not yet rounded, held in 0..weight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import TypeVar

import msgspec

from workbook_tools.scoring.arithmetic import worth
from workbook_tools.standard.expression import parse
from workbook_tools.standard.rules import (
    MEASURE,
    WEIGHT,
    AtLeast,
    AtMost,
    Band,
    Bands,
    OfMeasure,
    Periods,
    Proportion,
    Steps,
)

ZERO, ONE = Fraction(0), Fraction(1)


AnyRule = TypeVar("AnyRule")


def settled(rule: AnyRule, figures: Mapping[str, Fraction | None]) -> AnyRule:
    """The rule with the number in the place of a limit that is an expression.

    Every figure must be there. Raises :class:`~.arithmetic.ZeroDenominatorError`.
    """
    if isinstance(rule, AtMost | AtLeast) and isinstance(rule.limit, str):
        return msgspec.structs.replace(rule, limit=worth(parse(rule.limit), figures))
    return rule


def limit_of(rule: AtMost | AtLeast) -> Fraction:
    """The limit of a rule that is settled."""
    assert isinstance(rule.limit, Fraction), "not settled"
    return rule.limit


def points(rule: OfMeasure, weight: Fraction, m: Fraction) -> Fraction:
    """The points that measure ``m`` earns under a settled rule that looks at a single measure."""
    match rule:
        case Proportion():
            earned = weight * m
        case AtMost(beyond=beyond):
            limit = limit_of(rule)
            if m <= limit:
                earned = weight
            elif isinstance(beyond, Steps):
                earned = weight - deduction(beyond, m - limit)
            elif beyond == "inverse":
                earned = weight * limit / m if limit > 0 else ZERO
            else:
                earned = weight * (ONE - (m - limit))
        case AtLeast(below=below):
            limit = limit_of(rule)
            if m >= limit:
                earned = weight
            elif isinstance(below, Steps):
                earned = weight - deduction(below, limit - m)
            else:
                earned = weight * m / limit if limit > 0 else ZERO
        case Bands(bands=bands):
            band = next((band for band in bands if band.holds(m)), None)
            earned = ZERO if band is None else earned_in(band, weight, m)
    return held(earned, weight)


def earned_in(band: Band, weight: Fraction, m: Fraction) -> Fraction:
    """The points of a band: fixed, or as its expression makes them of the measure."""
    if band.points is not None:
        return band.points
    return worth(parse(band.earns), {MEASURE: m, WEIGHT: weight})


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
