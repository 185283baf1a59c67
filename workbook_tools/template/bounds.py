"""What stands between the points and the total: points beside the hundred, and what holds it."""

from __future__ import annotations

from collections.abc import Container
from fractions import Fraction
from typing import Literal

from workbook_tools.standard.contract import YES
from workbook_tools.standard.expression import names, parse
from workbook_tools.standard.model import Indicator, Standard
from workbook_tools.standard.totals import Adjustment, Cap
from workbook_tools.template.expressions import (
    all_of,
    divisions,
    excel,
    full_points,
    given,
    guarded,
    literal,
    places_of,
    quoted,
    rounded,
)
from workbook_tools.template.quantities import Names

Counted = Literal["ours", "own", "reviewed"]
"""Whose points are added up."""
LOW, HIGH = "low", "high"
"""Ends of a range, where an adjustment that is not known is taken at its least or its most."""
_UNBOUNDED = 10**6  # no total is as large


def adjustment_name(one: Adjustment) -> str:
    """The defined name of the cell with the points of an adjustment, "" while not known."""
    return f"adjustment_{one.id}"


def cap_name(one: Cap) -> str:
    """The defined name of the cell with the most that a cap allows, "" where it allows all."""
    return f"cap_{one.id}"


class CapCells:
    """The cells of a standard's caps and adjustments, as totals use them."""

    def __init__(self, standard: Standard, issued: Container[str] = ()) -> None:
        self.caps, self.adjustments = standard.caps, standard.adjustments
        self._name_of, self._places = Names(standard, issued), standard.rounding.places
        spread = standard.not_applicable == "spread"
        self.spread = [one for one in standard.indicators if one.may_be_na] if spread else []
        self._whole = literal(sum((one.weight for one in standard.indicators), Fraction(0)))

    @property
    def any(self) -> bool:
        """Whether there is anything between the points and the total."""
        return bool(self.caps or self.adjustments or self.spread)

    def spread_over(self, points: str, counted: Counted) -> str:
        """The points with the weights that do not apply spread over the others."""
        if not self.spread:
            return points
        left = "+".join(self._if_claimed(one, literal(one.weight), counted) for one in self.spread)
        if counted == "own":  # what was claimed there does not count
            own = (
                self._if_claimed(one, f"IF(ISNUMBER({cell}),{cell},0)", counted)
                for one in self.spread
                for cell in [f"own_{one.id}"]
            )
            earned = f"{points}-({'+'.join(own)})"
        else:
            scored = (
                self._if_claimed(one, full_points(one.weight, self._places), counted)
                for one in self.spread
            )
            earned = f"{points}-({'+'.join(scored)})"
        whole = self._whole
        return f"IF({left}={whole},{whole},({earned})*{whole}/({whole}-({left})))"

    def _if_claimed(self, one: Indicator, value: str, counted: Counted) -> str:
        claimed = f"IFERROR(IF(na_{one.id}={quoted(YES)},1,0),0)=1"
        if counted == "reviewed":  # what the bureau scores applies
            claimed = f"AND({claimed},NOT(ISNUMBER(ruled_{one.id})))"
        return f"IF({claimed},{value},0)"

    def held(self, points: str, end: str = "", counted: Counted = "ours") -> str:
        """The total that the points make; ``end`` for an end of the range."""
        if not self.any:
            return points
        terms = [self.spread_over(points, counted)]
        for one in self.adjustments:
            name = adjustment_name(one)
            least = _most(one) if (one.each > 0) == (end == HIGH) else "0"
            terms.append(f"IF(ISNUMBER({name}),{name},{least})" if end else name)
        total = f"MAX(0,{'+'.join(terms)})"
        limits = [
            f"IF(ISNUMBER({cap_name(one)}),{cap_name(one)},{_UNBOUNDED})" for one in self.caps
        ]
        return f"MIN({','.join([total, *limits])})" if limits else total

    def known(self, text: str) -> str:
        """The text, once every adjustment is known."""
        if not self.adjustments:
            return text
        known = all_of(f"ISNUMBER({adjustment_name(one)})" for one in self.adjustments)
        return f'IF({known},{text},"")'

    def adjustment(self, one: Adjustment) -> str:
        """The formula of the points of an adjustment."""
        tree = parse(one.cases)
        size = literal(abs(one.each))
        points = f"MAX(0,MIN({literal(one.most)},({excel(tree, self._name_of)})*{size}))"
        points = points if one.each > 0 else f"-{points}"
        value = guarded(divisions(tree, self._name_of), points)
        return self._given(one.cases, value)

    def cap(self, one: Cap) -> str:
        """The formula of the most that a cap allows."""
        tree = parse(one.measure)
        measure = rounded(excel(tree, self._name_of), places_of(tree))
        text = '""'
        for band in reversed(one.bands):
            operator = "<=" if band.inclusive else "<"
            text = f"IF({measure}{operator}{literal(band.upper)},{literal(band.at_most)},{text})"
        return self._given(one.measure, guarded(divisions(tree, self._name_of), text))

    def _given(self, expression: str, value: str) -> str:
        tree = parse(expression)
        is_there = any(names(tree))
        return f'IF({given([tree], self._name_of)},{value},"")' if is_there else value


def _most(one: Adjustment) -> str:
    return literal(one.most if one.each > 0 else -one.most)
