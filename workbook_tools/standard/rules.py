"""The closed vocabulary of scoring rules. Every result is held in 0..weight."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import msgspec

from workbook_tools.standard.inputs import Part
from workbook_tools.standard.tables import Condition

ZeroPolicy = Literal["full", "zero_unless_both", "insufficient"]
Limit = Fraction | str
MEASURE, WEIGHT = "measure", "weight"
"""The names that a band's ``earns`` may use."""


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
    """Points for a measure up to ``upper`` (none: no bound), which belongs to the band or not.

    Either ``points``, or ``earns``: an expression over ``measure`` and ``weight``, so that a rule
    may have pieces: in proportion below the target, full above it, two points less far above.
    """

    upper: Fraction | None = None
    inclusive: bool = True
    points: Fraction | None = None
    earns: str = ""

    def holds(self, measure: Fraction) -> bool:
        """Whether the measure lies below the upper end; the first band that does counts."""
        if self.upper is None:
            return True
        return measure < self.upper or (self.inclusive and measure == self.upper)


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

    inverse: weight × limit ÷ measure. linear: weight × (1 − (measure − limit)). ``limit`` is a
    number or an expression, such as the department's own target.
    """

    limit: Limit
    beyond: Literal["inverse", "linear"] | Steps


class AtLeast(Part, frozen=True, kw_only=True, tag="at_least", tag_field="kind"):
    """Full while measure ≥ limit; below it reduced. proportion: weight × measure ÷ limit.

    ``limit`` is a number or an expression, such as the department's own target.
    """

    limit: Limit
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


class Over(Part, frozen=True, kw_only=True):
    """A target beaten: where the measure is above ``limit`` it is a finding, and costs ``deduct``.

    A target that is beaten by far was set too low; many tables ask to look at it, some take points.
    """

    limit: Fraction
    deduct: Fraction = Fraction(0)


class Rows(Part, frozen=True, kw_only=True, tag="rows", tag_field="kind"):
    """Indicators of the department's own: the rows of a table that meet all conditions.

    ``points``, ``self`` and ``reason`` name the columns with what a row is worth, the department's
    own score and why points were lost; ``of`` names the row measure that is scored; by ``group``
    (a column of choices) subtotals are shown. A row scores its points × its measure held in 0..1
    (``below: proportion``), all or nothing (``zero``), with steps below 1, or by ``bands`` of the
    measure, in which ``weight`` is the row's points. Rounded per row; the indicator is the sum of
    its rows, at most its weight.
    """

    table: str
    where: tuple[Condition, ...] = ()
    points: str
    of: str
    own: str = msgspec.field(default="", name="self")
    reason: str = ""
    group: str = ""
    below: Literal["proportion", "zero"] | Steps = "proportion"
    bands: tuple[Band, ...] = ()
    over: Over | None = None

    @property
    def each(self) -> OfMeasure:
        """The rule by which a single row is scored, its weight being the row's points."""
        if self.bands:
            return Bands(bands=self.bands)
        if isinstance(self.below, Steps):
            return AtLeast(limit=Fraction(1), below=self.below)
        if self.below == "zero":
            nothing = Band(upper=Fraction(1), inclusive=False, points=Fraction(0))
            return Bands(bands=(nothing, Band(earns="weight")))
        return Proportion()


OfMeasure = Proportion | AtMost | AtLeast | Bands
"""The rules that look at a single measure."""
Rule = Checklist | Proportion | AtMost | AtLeast | Bands | Periods | Rows
Measure = str | tuple[str, ...]


def texts_of(rule: Rule) -> tuple[str, ...]:
    """The expressions that a rule needs besides its indicator's measure."""
    match rule:
        case AtMost(limit=str() as limit) | AtLeast(limit=str() as limit):
            return (limit,)
        case Periods(periods=periods):
            return tuple(text for one in periods for text in (one.actual, one.planned))
        case _:
            return ()
