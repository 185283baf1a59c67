"""Numbers that cannot stand beside each other: a part above its whole."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

import msgspec

from workbook_tools.standard.expression import names, parse
from workbook_tools.standard.model import CrossCheck, Standard


@lru_cache(maxsize=16)
def impossibilities(standard: Standard) -> Mapping[str, CrossCheck]:
    """The relations that make an input unusable while they are broken, by that input's id.

    Each is between two sides: of running totals, every one is at least the one before it.
    """
    found: dict[str, CrossCheck] = {}
    for check in standard.cross_checks:
        if check.impossible and check.series:
            for before, after in pairwise(check.series):
                sides = {"relation": "at_least", "left": after, "right": before, "series": ()}
                found[after] = msgspec.structs.replace(
                    check, **sides, tolerance=tolerance(standard, check)
                )
        elif check.impossible:
            found[check.left] = check
    return found


def tolerance(standard: Standard, check: CrossCheck) -> Fraction:
    """How far a relation may be broken and yet be rounding, in the unit of its figures."""
    if check.tolerance is not None:
        return check.tolerance
    terms = 2 if check.series else len([*names(parse(check.left)), *names(parse(check.right))])
    return standard.tolerances.amount_per_term * terms
