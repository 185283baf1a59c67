"""What a standard says of the total: bounds that hold it down, points outside the hundred."""

from __future__ import annotations

from fractions import Fraction

from workbook_tools.standard.inputs import Part


class CapBand(Part, frozen=True, kw_only=True):
    """A total of at most so many points while the measure is below ``upper`` (or at it)."""

    upper: Fraction
    inclusive: bool = False
    at_most: Fraction

    def holds(self, measure: Fraction) -> bool:
        """Whether the measure is so low that the total is held."""
        return measure < self.upper or (self.inclusive and measure == self.upper)


class Cap(Part, frozen=True, kw_only=True):
    """A measure that holds the total down: the first band that holds it counts, else nothing.

    A measure that cannot be had holds nothing.
    """

    id: str
    label: str
    measure: str
    bands: tuple[CapBand, ...]
    basis: str

    def most(self, measure: Fraction) -> Fraction | None:
        """The most that the total may be, None where it may be anything."""
        return next((band.at_most for band in self.bands if band.holds(measure)), None)


class Adjustment(Part, frozen=True, kw_only=True):
    """Points beside the hundred: ``each`` (negative: a deduction) for every one of ``cases``.

    ``cases`` is an expression; altogether at most ``most`` points are given or taken.
    """

    id: str
    label: str
    cases: str
    each: Fraction
    most: Fraction
    basis: str
