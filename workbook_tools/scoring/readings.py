"""What the other honest readings of the same rules would give, and whether a grade hangs on them.

An indicator's ``alternatives`` never change its score. Here each is scored as if it were the rule,
and the total is held between the lowest and the highest that any choice of readings gives, one
reading per indicator: since the total is a sum, each indicator is taken at its own extreme.

A reading may lack figures that the default does not need, or have a zero denominator; then it has
no score, and leaves the range as it is: it cannot be said what it would give. An indicator that is
insufficient by the default reading stays anything from nothing to its weight, as in the total,
whatever its other readings give.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import msgspec

from workbook_tools.scoring.evaluation import evaluate_indicator
from workbook_tools.scoring.model import Evaluation, Result
from workbook_tools.scoring.rules import ZERO
from workbook_tools.scoring.totals import bounds, grade
from workbook_tools.standard.model import Alternative, Indicator

Readings = Mapping[str, Fraction | None]
"""Points by the id of the alternative, None where it cannot be computed."""


class Sensitivity(msgspec.Struct, frozen=True, kw_only=True):
    """How far a score table depends on readings.

    ``scores`` by indicator id (those without alternatives too). ``low`` and ``high`` bound the
    total over all choices of readings, with what is insufficient as in
    :class:`~.model.Total`; ``grade_low`` and ``grade_high`` are the grades there.
    ``grade_depends``: there is a grade by the default readings, and another at either end.
    """

    scores: Mapping[str, Readings]
    low: Fraction
    high: Fraction
    grade_low: str
    grade_high: str
    grade_depends: bool


def sensitivity(evaluation: Evaluation) -> Sensitivity:
    """Score every reading of every indicator; under a millisecond, made only when asked for."""
    standard = evaluation.standard
    scores: dict[str, Readings] = {}
    low = high = ZERO
    for indicator in standard.indicators:
        scores[indicator.id] = readings = {
            identity: result.score
            for identity, result in under_readings(evaluation, indicator).items()
        }
        default = evaluation.results[indicator.id].score
        if default is None:
            high += indicator.weight
        else:
            known = [default, *(score for score in readings.values() if score is not None)]
            low += min(known)
            high += max(known)
    every = bounds(standard, evaluation.quantities, evaluation.results)
    low, high = every.low(low), every.high(high)
    at_low, at_high = grade(standard, low), grade(standard, high)
    given = evaluation.total.grade
    return Sensitivity(
        scores=scores,
        low=low,
        high=high,
        grade_low=at_low,
        grade_high=at_high,
        grade_depends=given is not None and {at_low, at_high} != {given},
    )


def under_readings(evaluation: Evaluation, indicator: Indicator) -> dict[str, Result]:
    """What each reading of an indicator would give, by its id."""
    return {
        one.id: evaluate_indicator(
            _under(indicator, one), evaluation.submission, evaluation.quantities
        )
        for one in indicator.alternatives
    }


def _under(indicator: Indicator, reading: Alternative) -> Indicator:
    """The indicator as the reading has it: what it states replaces the default."""
    return msgspec.structs.replace(
        indicator,
        measure=indicator.measure if reading.measure is None else reading.measure,
        rule=indicator.rule if reading.rule is None else reading.rule,
        zero=indicator.zero if reading.zero is None else reading.zero,
    )
