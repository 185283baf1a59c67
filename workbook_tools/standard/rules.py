"""The closed vocabulary of scoring rules. Every result is held in 0..weight."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from workbook_tools.standard.inputs import Part

ZeroPolicy = Literal["full", "zero_unless_both", "insufficient"]


class Item(Part, frozen=True, kw_only=True):
    """An item of a checklist: answered 是, 否, or 不涉及 where ``may_be_na``. Id is its number."""

    text: str
    points: Fraction
    may_be_na: bool = False


class Steps(Part, frozen=True, kw_only=True):
    """Each ``size`` of the measure beyond the limit takes ``deduct`` points, down to zero.

    ``partial`` says what a part of a step costs: nothing (floor), a whole step (ceil), or its
    share (proportional).
    """

    size: Fraction
    deduct: Fraction
    partial: Literal["floor", "ceil", "proportional"] = "floor"


class Band(Part, frozen=True, kw_only=True):
    """Points for a measure up to ``upper`` (none: no bound), which belongs to the band or not."""

    upper: Fraction | None = None
    inclusive: bool = True
    points: Fraction


class Period(Part, frozen=True, kw_only=True):
    """A period with its points, what was reached and what was planned (expressions).

    Periods of the same ``group`` (all_or_nothing only) earn their points only when all of the
    group are met.
    """

    label: str
    group: str = ""
    points: Fraction
    actual: str
    planned: str


class Checklist(Part, frozen=True, kw_only=True, tag="checklist", tag_field="kind"):
    """The sum of the points of the items that are answered 是, or 不涉及 where allowed."""

    items: tuple[Item, ...]


class Proportion(Part, frozen=True, kw_only=True, tag="proportion", tag_field="kind"):
    """Weight × measure."""


class AtMost(Part, frozen=True, kw_only=True, tag="at_most", tag_field="kind"):
    """Full while measure ≤ limit; beyond it reduced.

    inverse: weight × limit ÷ measure. linear: weight × (1 − (measure − limit)).
    """

    limit: Fraction
    beyond: Literal["inverse", "linear"] | Steps


class AtLeast(Part, frozen=True, kw_only=True, tag="at_least", tag_field="kind"):
    """Full while measure ≥ limit; below it reduced. proportion: weight × measure ÷ limit."""

    limit: Fraction
    below: Literal["proportion"] | Steps


class Bands(Part, frozen=True, kw_only=True, tag="bands", tag_field="kind"):
    """The points of the first band that holds the measure."""

    bands: tuple[Band, ...]


class Periods(Part, frozen=True, kw_only=True, tag="periods", tag_field="kind"):
    """The sum over periods of points × (met or not, or the share met, at most 1).

    A period counts as met when actual ≥ planned. In share mode a period with nothing planned
    earns its points.
    """

    mode: Literal["all_or_nothing", "share"]
    periods: tuple[Period, ...]


Rule = Checklist | Proportion | AtMost | AtLeast | Bands | Periods
Measure = str | tuple[str, ...]
