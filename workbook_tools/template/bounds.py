"""What stands between the points and the total: points beside the hundred, and what holds it."""

from __future__ import annotations

from workbook_tools.standard.expression import names, parse
from workbook_tools.standard.model import Standard
from workbook_tools.standard.totals import Adjustment, Cap
from workbook_tools.template.expressions import (
    all_of,
    divisions,
    excel,
    given,
    guarded,
    literal,
    places_of,
    rounded,
)
from workbook_tools.template.quantities import Names

LOW, HIGH = "low", "high"
"""Ends of a range, where an adjustment that is not known is taken at its least or its most."""
_UNBOUNDED = 10**6  # no total is as large


def adjustment_name(one: Adjustment) -> str:
    """The defined name of the cell with the points of an adjustment, "" while not known."""
    return f"adjustment_{one.id}"


def cap_name(one: Cap) -> str:
    """The defined name of the cell with the most that a cap allows, "" where it allows all."""
    return f"cap_{one.id}"


class Bounds:
    """The cells of a standard's caps and adjustments, as totals use them."""

    def __init__(self, standard: Standard) -> None:
        self.caps, self.adjustments = standard.caps, standard.adjustments
        self._name_of = Names(standard)
        self._places = standard.rounding.places

    @property
    def any(self) -> bool:
        """Whether there is anything between the points and the total."""
        return bool(self.caps or self.adjustments)

    def held(self, points: str, end: str = "") -> str:
        """The total that the points make; ``end`` for an end of the range."""
        if not self.any:
            return points
        terms = [points]
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
