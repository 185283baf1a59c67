"""What the cases of a proof aim at: every place where a rule changes, and every zero denominator.

An aim is an equation over the quantities of a measure, to be met exactly, or missed by the least
that can be typed, on one side or the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import ceil

import msgspec

from workbook_tools.proof.solving import expanded
from workbook_tools.standard.expression import Binary, Expression, Negative, NumberLiteral, parse
from workbook_tools.standard.model import Indicator, Standard
from workbook_tools.standard.rules import (
    AtLeast,
    AtMost,
    Bands,
    Checklist,
    Periods,
    Proportion,
    Rows,
    Rule,
    Steps,
)

ZERO, ONE = Fraction(0), Fraction(1)


class Aim(msgspec.Struct, frozen=True):
    """An expression and the value it shall have.

    ``nudge``: the input solved for is moved by this many of its smallest steps afterwards.
    ``also``: another expression that shall be zero at the same time.
    """

    expression: Expression
    target: Fraction
    nudge: int = 0
    also: Expression | None = None


def aims(indicator: Indicator, standard: Standard) -> tuple[Aim, ...]:
    """All that is to be aimed at for an indicator, in a fixed order."""
    trees = [expanded(parse(text), standard) for text in indicator.measures]
    limit = limit_expression(indicator.rule)
    compared = [
        tree if limit is None else Binary("-", tree, expanded(limit, standard)) for tree in trees
    ]
    found = [
        Aim(tree, target, nudge)
        for tree in compared
        for target, nudge in product(thresholds(indicator.rule, indicator.weight), (0, -1, 1))
    ]
    trees += [] if limit is None else [expanded(limit, standard)]
    if isinstance(indicator.rule, Periods):
        for one in indicator.rule.periods:
            actual, planned = (
                expanded(parse(text), standard) for text in (one.actual, one.planned)
            )
            found += [Aim(Binary("-", actual, planned), ZERO, nudge) for nudge in (0, -1, 1)]
            trees += [actual, planned]
    for tree in trees:
        for over, under in divisions(tree):
            found += [Aim(under, ZERO), Aim(under, ZERO, also=over)]
    return tuple(dict.fromkeys(found))


def limit_expression(rule: Rule) -> Expression | None:
    """The limit of a rule where it is no number."""
    if isinstance(rule, AtMost | AtLeast) and isinstance(rule.limit, str):
        return parse(rule.limit)
    return None


def thresholds(rule: Rule, weight: Fraction) -> list[Fraction]:
    """The values of the measure at which the rule's result bends or jumps.

    Where the limit is an expression, those of the measure less the limit.
    """
    match rule:
        case Proportion():
            return [ZERO, ONE]
        case AtMost(limit=bound, beyond=beyond):
            limit = ZERO if isinstance(bound, str) else bound
            if isinstance(beyond, Steps):
                return [limit + far for far in _steps(beyond, weight)]
            return [limit, limit + 1] if beyond == "linear" else [limit]
        case AtLeast(limit=bound, below=below):
            limit = ZERO if isinstance(bound, str) else bound
            if isinstance(below, Steps):
                return [limit - far for far in _steps(below, weight)]
            return [limit, ZERO]
        case Bands(bands=bands):
            return [band.upper for band in bands if band.upper is not None]
        case Checklist() | Periods() | Rows():
            return []


def halfway(rule: Rule, weight: Fraction, score: Fraction) -> Fraction | None:
    """The measure that earns exactly ``score``, where the score follows the measure smoothly.

    For scores that lie halfway between two rounded ones.
    """
    if limit_expression(rule) is not None:
        return None
    match rule:
        case Proportion():
            return score / weight
        case AtMost(limit=Fraction() as limit, beyond="inverse"):
            return weight * limit / score
        case AtMost(limit=Fraction() as limit, beyond="linear"):
            return limit + ONE - score / weight
        case AtMost(
            limit=Fraction() as limit,
            beyond=Steps(partial="proportional", size=size, deduct=deduct),
        ):
            return limit + (weight - score) / deduct * size
        case AtLeast(limit=Fraction() as limit, below="proportion"):
            return limit * score / weight
        case AtLeast(
            limit=Fraction() as limit,
            below=Steps(partial="proportional", size=size, deduct=deduct),
        ):
            return limit - (weight - score) / deduct * size
        case _:
            return None


def divisions(tree: Expression) -> Iterator[tuple[Expression, Expression]]:
    """Numerator and denominator of each division that can meet a zero."""
    match tree:
        case Negative(operand=operand):
            yield from divisions(operand)
        case Binary(operator=operator, left=left, right=right):
            yield from divisions(left)
            yield from divisions(right)
            if operator == "/" and not isinstance(right, NumberLiteral):
                yield left, right
        case _:
            return


def _steps(steps: Steps, weight: Fraction) -> list[Fraction]:
    """The distances at which another step is counted, until nothing is left to take."""
    return [steps.size * number for number in range(ceil(weight / steps.deduct) + 2)]
