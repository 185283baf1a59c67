"""Whether a relation of the standard holds for some figures."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from workbook_tools.scoring.arithmetic import ZeroDenominatorError, missing, worth
from workbook_tools.standard.expression import parse
from workbook_tools.standard.impossible import impossibilities, tolerance
from workbook_tools.standard.model import CrossCheck, Standard


class Breach(NamedTuple):
    """Both sides of a relation that does not hold, and in words what should hold between them."""

    left: Fraction
    right: Fraction
    relation: str


def breach(check: CrossCheck, figures: Mapping[str, Fraction | None]) -> Breach | None:
    """The breach of a relation between two sides; None where it holds or figures are not there."""
    if missing(check.left, figures) or missing(check.right, figures):
        return None
    try:
        a, b = worth(parse(check.left), figures), worth(parse(check.right), figures)
    except ZeroDenominatorError:
        return None
    match check.relation:
        case "equals":
            holds, word = a == b, "等于"
        case "at_most":
            holds, word = a <= b, "不大于"
        case "at_least":
            holds, word = a >= b, "不小于"
        case _:
            # two zeros are no coincidence
            holds, word = a != b or a == 0, "不同于"
    return None if holds else Breach(a, b, word)


def is_broken(
    standard: Standard, check: CrossCheck, figures: Mapping[str, Fraction | None]
) -> bool:
    """Whether a relation is broken by more than rounding."""
    found = breach(check, figures)
    return found is not None and abs(found.left - found.right) > tolerance(standard, check)


def impossible_in(
    standard: Standard, figures: Mapping[str, Fraction | None]
) -> dict[str, CrossCheck]:
    """Inputs that the others make impossible, a part above its whole, each with the relation."""
    every = impossibilities(standard).items()
    return {identity: check for identity, check in every if is_broken(standard, check, figures)}
