"""What scoring gives: a result per indicator, and the evaluation of a whole submission."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

import msgspec

from workbook_tools.figures import points
from workbook_tools.standard.model import Standard
from workbook_tools.submission.model import Submission

Status = Literal["computed", "not_applicable", "insufficient"]


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of one indicator.

    ``score`` is in points, rounded to the standard's places, None while insufficient. ``measure``
    is exact (a share, not a percentage), None where there is none. ``measured_by`` is the measure
    expression that was used. ``missing`` lists the ids of inputs, derived quantities or tables
    that a computation would need; ``claimed_na``: full because the department claims 不涉及.
    """

    indicator: str
    weight: Fraction
    status: Status
    score: Fraction | None = None
    measure: Fraction | None = None
    measured_by: str = ""
    missing: tuple[str, ...] = ()
    claimed_na: bool = False


class Total(msgspec.Struct, frozen=True, kw_only=True):
    """Points and grade of a whole table; score is None while any indicator is insufficient.

    ``low`` gives insufficient indicators nothing, ``high`` their weight; the grade is given when
    both ends have the same one.
    """

    score: Fraction | None
    low: Fraction
    high: Fraction
    grade: str | None


class Evaluation(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The recomputed score table of a submission.

    ``results`` by indicator id and ``subtotals`` by level id (None while incomplete) in the order
    of the standard; ``quantities`` holds every number that a measure may name, inputs and derived
    quantities by id, None where it cannot be had.
    ``self_total`` and ``self_grade`` are the department's own scores added up (None while any is
    missing); ``review`` takes the bureau's score where one stands and ours elsewhere, and is None
    while no review score stands.
    """

    submission: Submission
    results: Mapping[str, Result]
    subtotals: Mapping[str, Fraction | None]
    quantities: Mapping[str, Fraction | None]
    total: Total
    self_total: Fraction | None
    self_grade: str | None
    review: Total | None

    def __repr__(self) -> str:
        """Of which submission, with the total and the grade that we come to."""
        total, places = self.total, self.standard.rounding.places
        ends = dict.fromkeys(points(one, places) for one in (total.low, total.high))
        return f"<Evaluation {'～'.join(ends)} {total.grade or '待定'} of {self.submission!r}>"

    @property
    def standard(self) -> Standard:
        """The standard that was applied."""
        return self.submission.standard

    @property
    def ranked_by(self) -> Total:
        """The total that rankings and grades use: the reviewed one where there is one."""
        return self.review or self.total
