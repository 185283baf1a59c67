"""Recompute a whole score table from the inputs of a submission, never from its formulas."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

import msgspec

from workbook_tools.scoring.arithmetic import (
    ZeroDenominatorError,
    exact_sum,
    missing,
    rounded,
    worth,
)
from workbook_tools.scoring.model import Evaluation, Result, Total
from workbook_tools.scoring.own_rows import of_rows, own_of_rows
from workbook_tools.scoring.quantities import quantities
from workbook_tools.scoring.relations import impossible_in
from workbook_tools.scoring.rules import ZERO, held, period_points, points, reached, settled
from workbook_tools.scoring.scale import in_yuan
from workbook_tools.scoring.totals import (
    SumBounds,
    bounds,
    grade,
    scored_in_full,
    spread_out,
    total_of,
)
from workbook_tools.standard.contract import NO, YES, check_id, own_from_rows
from workbook_tools.standard.expression import names, parse
from workbook_tools.standard.model import Indicator, Level, Standard
from workbook_tools.standard.origins import zero_comes_first
from workbook_tools.standard.rules import Checklist, Periods, Rows, texts_of
from workbook_tools.submission.model import Submission


def evaluate(submission: Submission) -> Evaluation:
    """Score every indicator of the submission's standard and add them up."""
    standard = submission.standard
    figures = quantities(submission)
    impossible, out_of_scale = (
        impossible_in(standard, figures),
        in_yuan(standard, figures, submission.issued),
    )
    if impossible or out_of_scale:
        figures = quantities(submission, without={*impossible, *out_of_scale})
    results = {
        indicator.id: evaluate_indicator(indicator, submission, figures)
        for indicator in standard.indicators
    }
    scores = {result.indicator: result.score for result in results.values()}
    own = {
        one.id: own_of_rows(results[one.id], standard.rounding.places)
        if own_from_rows(one)
        else submission.number(f"self_{one.id}")
        for one in standard.indicators
    }
    reviewed = {one.id: submission.number(f"review_{one.id}") for one in standard.indicators}
    every = bounds(standard, figures, results)
    spread = spread_out(standard, results)
    self_total = _self_total(every, own, {one: scores[one] for one in spread})
    return Evaluation(
        submission=submission,
        results=results,
        subtotals=dict(_subtotals(standard, scores)),
        quantities=figures,
        total=total_of(every, standard, scores),
        own=own,
        self_total=self_total,
        self_grade=None if self_total is None else grade(standard, self_total),
        review=_reviewed(standard, every, scores, reviewed, spread),
        adjustments=every.adjustments,
        hold=every.hold,
        impossible=impossible,
        in_yuan=out_of_scale,
    )


def evaluate_indicator(
    indicator: Indicator, submission: Submission, figures: Mapping[str, Fraction | None]
) -> Result:
    """Score one indicator from the submission's answers and the figures of :func:`quantities`."""
    if indicator.may_be_na and submission.text(f"na_{indicator.id}") == YES:
        return Result(
            indicator=indicator.id,
            weight=indicator.weight,
            status="not_applicable",
            score=rounded(indicator.weight, submission.standard.rounding.places),
            claimed_na=True,
        )
    if isinstance(indicator.rule, Checklist):
        return _checklist(indicator, indicator.rule, submission)
    if isinstance(indicator.rule, Rows):
        return of_rows(indicator, indicator.rule, submission)
    result = _measured(indicator, submission.standard.rounding.places, figures)
    empty = tuple(table for table in indicator.needs_rows if not submission.counted_rows(table))
    by_zero = result.score is not None and result.measure is None
    if empty and not (
        by_zero and zero_comes_first(submission.standard, indicator, result.measured_by)
    ):
        return _insufficient(indicator, empty)
    return result


def _insufficient(indicator: Indicator, lacking: tuple[str, ...]) -> Result:
    return Result(
        indicator=indicator.id, weight=indicator.weight, status="insufficient", missing=lacking
    )


def _checklist(indicator: Indicator, rule: Checklist, submission: Submission) -> Result:
    answers = {
        check_id(indicator.id, number): item for number, item in enumerate(rule.items, start=1)
    }
    lacking = tuple(field for field in answers if submission.entries[field].value is None)
    if lacking:
        return _insufficient(indicator, lacking)
    earned = sum(
        (item.points for field, item in answers.items() if submission.text(field) != NO), ZERO
    )
    score = rounded(held(earned, indicator.weight), submission.standard.rounding.places)
    return Result(indicator=indicator.id, weight=indicator.weight, status="computed", score=score)


def _measured(indicator: Indicator, places: int, figures: Mapping[str, Fraction | None]) -> Result:
    """Score by the first measure whose figures are all there."""
    expression_text = next(
        (text for text in indicator.measures if not missing(text, figures)), None
    )
    lacking = () if expression_text else missing(indicator.measures[0], figures)
    also = (name for text in texts_of(indicator.rule) for name in missing(text, figures))
    lacking = tuple(dict.fromkeys((*lacking, *also)))
    if lacking or expression_text is None:
        return _insufficient(indicator, lacking)
    measure: Fraction | None = None
    try:
        measure = worth(parse(expression_text), figures)
        rule = settled(indicator.rule, figures)
        if isinstance(rule, Periods):
            pairs = reached(rule, figures)
            earned = held(sum(period_points(rule, pairs), ZERO), indicator.weight)
        else:
            assert not isinstance(rule, Checklist | Rows)
            earned = points(rule, indicator.weight, measure)
    except ZeroDenominatorError as zero:
        return _without_denominator(indicator, places, expression_text, zero)
    return Result(
        indicator=indicator.id,
        weight=indicator.weight,
        status="computed",
        score=rounded(earned, places),
        measure=measure,
        measured_by=expression_text,
    )


def _without_denominator(
    indicator: Indicator, places: int, measured_by: str, zero: ZeroDenominatorError
) -> Result:
    """Score by the indicator's ``zero`` policy."""
    if indicator.zero == "insufficient":
        return _insufficient(indicator, tuple(dict.fromkeys(names(zero.denominator))))
    full = indicator.zero == "full" or zero.numerator == 0
    return Result(
        indicator=indicator.id,
        weight=indicator.weight,
        status="not_applicable" if full else "computed",
        score=rounded(indicator.weight, places) if full else ZERO,
        measured_by=measured_by,
    )


def _self_total(
    every: SumBounds, own: Mapping[str, Fraction | None], spread: Mapping[str, Fraction | None]
) -> Fraction | None:
    """The department's own total; what is spread out counts as earned, whatever it claims there."""
    given = {one: spread.get(one, score) for one, score in own.items() if score is not None}
    known = [score for score in given.values() if score is not None]
    return every.total(exact_sum(known)) if len(known) == len(own) else None


def _complete_sum(scores: list[Fraction | None], places: int) -> Fraction | None:
    """The sum, once every score is there; rounded, for people type scores with more decimals."""
    known = [score for score in scores if score is not None]
    return rounded(exact_sum(known), places) if len(known) == len(scores) else None


def _reviewed(
    standard: Standard,
    every: SumBounds,
    scores: Mapping[str, Fraction | None],
    reviewed: Mapping[str, Fraction | None],
    spread: list[str],
) -> Total | None:
    """The total with the bureau's scores in place of ours; None while it gave none.

    An indicator that the bureau scores applies, whatever the department claims.
    """
    if all(score is None for score in reviewed.values()):
        return None
    merged = {
        indicator: score if reviewed[indicator] is None else reviewed[indicator]
        for indicator, score in scores.items()
    }
    left = [
        one.weight for one in standard.indicators if one.id in spread and reviewed[one.id] is None
    ]
    bounds_then = msgspec.structs.replace(
        every, left_out=exact_sum(left), earned_there=scored_in_full(left, every.places)
    )
    return total_of(bounds_then, standard, merged)


def _subtotals(
    standard: Standard, scores: Mapping[str, Fraction | None]
) -> list[tuple[str, Fraction | None]]:
    places = standard.rounding.places
    return [
        (level, _complete_sum([scores[one] for one in below], places))
        for level, below in _members(standard)
    ]


@lru_cache(maxsize=16)
def _members(standard: Standard) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each level's id with the ids of the indicators in it and below it."""

    def below(level: Level) -> tuple[str, ...]:
        inside = (one.id for one in standard.indicators if one.level == level.id)
        return (*inside, *(one for child in level.children for one in below(child)))

    levels = (one for top in standard.levels for one in (top, *top.children))
    return tuple((level.id, below(level)) for level in levels)
