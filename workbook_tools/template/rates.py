"""Points from a measure, as formula text, before they are held in 0..weight and rounded."""

from __future__ import annotations

from fractions import Fraction

from workbook_tools.standard.rules import (
    AtLeast,
    AtMost,
    Bands,
    Checklist,
    Periods,
    Proportion,
    Rule,
    Steps,
)
from workbook_tools.template.expressions import literal, rounded


def from_measure(rule: Rule, weight: Fraction, measure: str, places: int) -> str:
    """The points that a rule gives for the measure in the cell named ``measure``.

    ``places``: the decimals that are no noise.
    """
    full, compared = literal(weight), rounded(measure, places)
    match rule:
        case Proportion():
            return f"{full}*{measure}"
        case AtMost(limit=limit, beyond=beyond):
            match beyond:
                case "inverse":
                    reduced = f"{full}*{literal(limit)}/{measure}"
                case "linear":
                    reduced = f"{full}*(1-{_distance(measure, limit, above=True)})"
                case Steps():
                    distance = _distance(measure, limit, above=True)
                    reduced = f"{full}-{_deduction(beyond, distance)}"
            return f"IF({compared}<={literal(limit)},{full},{reduced})"
        case AtLeast(limit=limit, below=below):
            match below:
                case "proportion":
                    reduced = f"{full}*{measure}/{literal(limit)}"
                case Steps():
                    distance = _distance(measure, limit, above=False)
                    reduced = f"{full}-{_deduction(below, distance)}"
            return f"IF({compared}>={literal(limit)},{full},{reduced})"
        case Bands(bands=bands):
            text = "0"
            for band in reversed(bands):
                points = literal(band.points)
                if band.upper is None:
                    text = points
                else:
                    operator = "<=" if band.inclusive else "<"
                    test = f"{compared}{operator}{literal(band.upper)}"
                    text = f"IF({test},{points},{text})"
            return text
        case Checklist() | Periods():
            raise AssertionError("a rule without a measure")


def _distance(measure: str, limit: Fraction, *, above: bool) -> str:
    if limit == 0:
        return measure if above else f"(-{measure})"
    return f"({measure}-{literal(limit)})" if above else f"({literal(limit)}-{measure})"


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
