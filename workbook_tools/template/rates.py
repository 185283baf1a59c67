"""Points from a measure, as formula text, before they are held in 0..weight and rounded."""

from __future__ import annotations

from fractions import Fraction

from workbook_tools.standard.expression import parse
from workbook_tools.standard.rules import (
    MEASURE,
    WEIGHT,
    AtLeast,
    AtMost,
    Band,
    Bands,
    Limit,
    OfMeasure,
    Proportion,
    Steps,
)
from workbook_tools.template.expressions import NameOf, excel, literal, rounded


def from_measure(
    rule: OfMeasure, weight: str, measure: str, places: int, name_of: NameOf | None = None
) -> str:
    """The points that a rule gives for the measure in the cell named ``measure``.

    ``weight``: the full points as formula text. ``places``: the decimals that are no noise.
    ``name_of`` gives the cells that a limit is made of; a row's rule has no such limit.
    """
    compared = rounded(measure, places)
    match rule:
        case Proportion():
            return f"{weight}*{measure}"
        case AtMost(limit=bound, beyond=beyond):
            limit = _limit(bound, name_of)
            match beyond:
                case "inverse":
                    reduced = _unless_negative(bound, limit, f"{weight}*{limit}/{measure}")
                case "linear":
                    reduced = f"{weight}*(1-{_distance(measure, limit, above=True)})"
                case Steps():
                    distance = _distance(measure, limit, above=True)
                    reduced = f"{weight}-{_deduction(beyond, distance)}"
            return f"IF({compared}<={limit},{weight},{reduced})"
        case AtLeast(limit=bound, below=below):
            limit = _limit(bound, name_of)
            match below:
                case "proportion":
                    reduced = _unless_negative(bound, limit, f"{weight}*{measure}/{limit}")
                case Steps():
                    distance = _distance(measure, limit, above=False)
                    reduced = f"{weight}-{_deduction(below, distance)}"
            return f"IF({compared}>={limit},{weight},{reduced})"
        case Bands(bands=bands):
            text = "0"
            for band in reversed(bands):
                points = _points(band, weight, measure)
                if band.upper is None:
                    text = points
                else:
                    operator = "<=" if band.inclusive else "<"
                    test = f"{compared}{operator}{literal(band.upper)}"
                    text = f"IF({test},{points},{text})"
            return text


class _InABand:
    """What the names of a band's expression stand for."""

    def __init__(self, weight: str, measure: str) -> None:
        self.names = {WEIGHT: weight, MEASURE: measure}

    def __call__(self, identity: str, /) -> str:
        return self.names[identity]

    def usable(self, identity: str, /) -> list[str]:
        return [f"ISNUMBER({self.names[identity]})"]

    def is_amount(self, identity: str, /) -> bool:
        return identity == WEIGHT


def _points(band: Band, weight: str, measure: str) -> str:
    if band.points is not None:
        return literal(band.points)
    return excel(parse(band.earns), _InABand(weight, measure))


def _limit(bound: Limit, name_of: NameOf | None) -> str:
    """The limit as formula text, without the noise of binary arithmetic."""
    if isinstance(bound, Fraction):
        return literal(bound)
    assert name_of is not None
    return rounded(excel(parse(bound), name_of))


def _unless_negative(bound: Limit, limit: str, reduced: str) -> str:
    """Of a limit that turns out to be no positive number nothing can be a proportion."""
    return reduced if isinstance(bound, Fraction) else f"IF({limit}<=0,0,{reduced})"


def _distance(measure: str, limit: str, *, above: bool) -> str:
    if limit == "0":
        return measure if above else f"(-{measure})"
    return f"({measure}-{limit})" if above else f"({limit}-{measure})"


def _deduction(steps: Steps, distance: str) -> str:
    """The points taken for a distance from the limit; INT and ROUNDUP must not see noise."""
    count = rounded(f"{distance}/{literal(steps.size)}")
    match steps.partial:
        case "floor":
            count = f"INT({count})"
        case "ceil":
            count = f"ROUNDUP({count},0)"
        case "proportional":
            count = f"{distance}/{literal(steps.size)}"
    return f"{literal(steps.deduct)}*{count}"
