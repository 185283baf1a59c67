"""Amounts typed in 元 where 万元 is asked for: they cannot be used."""

from __future__ import annotations

from collections.abc import Container, Mapping
from fractions import Fraction

from workbook_tools.standard.model import Standard
from workbook_tools.standard.scale import counterparts, held_against


def in_yuan(
    standard: Standard, figures: Mapping[str, Fraction | None], issued: Container[str] = ()
) -> dict[str, str]:
    """The amounts that are out of scale, each with the largest of the amounts it stands with.

    ``figures``: the usable numbers by id, 万元. ``issued``: the fields that the bureau filled in,
    which are what an amount is held against (see :func:`.held_against`). An amount is out of scale
    that is at least ``tolerances.scale.least`` and at least ``times`` each of those above zero;
    where there is none such, nothing can be told.
    """
    scale = standard.tolerances.scale
    found: dict[str, str] = {}
    if scale is None:
        return found
    for amount in counterparts(standard):
        figure = figures.get(amount)
        if figure is None or figure < scale.least:
            continue
        others = held_against(standard, amount, issued)
        known = [(number, one) for one in others if (number := figures.get(one))]
        largest, other = max(known, default=(Fraction(0), ""), key=lambda pair: pair[0])
        if largest > 0 and figure >= scale.times * largest:
            found[amount] = other
    return found
