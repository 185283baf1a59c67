"""Amounts typed in 元 where 万元 is asked for: they cannot be used."""

from __future__ import annotations

from collections.abc import Container, Mapping
from fractions import Fraction

from workbook_tools.standard.contract import fields
from workbook_tools.standard.model import Standard
from workbook_tools.standard.scale import held_against


def in_yuan(
    standard: Standard, figures: Mapping[str, Fraction | None], issued: Container[str] = ()
) -> dict[str, str]:
    """The amounts that are out of scale, each with the amount that it is held against.

    ``figures``: the usable numbers by id, 万元. ``issued``: the fields that the bureau filled in,
    which are in 万元 (see :func:`.held_against`). An amount is out of scale that is at least
    ``tolerances.scale.least`` and at least ``times`` what it is held against; without that, nothing
    can be told.
    """
    scale = standard.tolerances.scale
    found: dict[str, str] = {}
    if scale is None:
        return found
    held = {
        one.id: held_against(standard, one.id, issued)
        for one in fields(standard).values()
        if one.type == "money" and (figures.get(one.id) or 0) >= scale.least
    }
    for amount in sorted(held, key=lambda one: bool(held[one].first)):
        others, least, first = held[amount]
        trusted = [one for one in others if one not in first or one not in found]
        known = [(number, one) for one in trusted if (number := figures.get(one) or 0) > 0]
        if not known:
            continue
        number, other = (min if least else max)(known, key=lambda pair: pair[0])
        if (figures[amount] or 0) >= scale.times * number:
            found[amount] = other
    return {one: found[one] for one in held if one in found}
