"""Numbers that cannot stand beside each other: a part above its whole."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from workbook_tools.standard.expression import names, parse
from workbook_tools.standard.model import CrossCheck, Standard


@lru_cache(maxsize=16)
def impossibilities(standard: Standard) -> Mapping[str, CrossCheck]:
    """The relations that make an input unusable while they are broken, by that input's id."""
    return {one.left: one for one in standard.cross_checks if one.impossible}


def tolerance(standard: Standard, check: CrossCheck) -> Fraction:
    """How far a relation may be broken and yet be rounding, in the unit of its figures."""
    if check.tolerance is not None:
        return check.tolerance
    terms = 2 if check.series else len([*names(parse(check.left)), *names(parse(check.right))])
    return standard.tolerances.amount_per_term * terms
