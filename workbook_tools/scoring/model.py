"""What scoring gives: a result per indicator, and the evaluation of a whole submission."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

import msgspec

from workbook_tools.figures import points, points_range
from workbook_tools.scoring.arithmetic import exact_sum
from workbook_tools.standard.model import CrossCheck, Standard
from workbook_tools.submission.model import Submission

Status = Literal["computed", "not_applicable", "insufficient"]


class RowResult(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of one row of an indicator that is scored row by row.

    ``number`` is the row of the sheet, ``group`` the part of the indicator that it names,
    ``points`` what the row is worth, ``measure`` exact (above 1 where a target was beaten),
    ``score`` rounded, ``own`` the department's score; None where they cannot be had.
    """

    table: str
    number: int
    name: str
    group: str
    points: Fraction | None
    measure: Fraction | None
    score: Fraction | None
    own: Fraction | None


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of one indicator.

    ``score`` is in points, rounded to the standard's places, None while insufficient. ``measure``
    is exact (a share, not a percentage), None where there is none. ``measured_by`` is the measure
    expression that was used. ``missing`` lists the ids of inputs, derived quantities or tables
    that a computation would need; ``claimed_na``: full because the department claims 不涉及.
    ``rows``: the rows that it was scored by, where it is scored row by row.
    """

    indicator: str
    weight: Fraction
    status: Status
    score: Fraction | None = None
    measure: Fraction | None = None
    measured_by: str = ""
    missing: tuple[str, ...] = ()
    claimed_na: bool = False
    rows: tuple[RowResult, ...] = ()


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """The cap (by its id) that holds the total to ``at_most``, and its exact ``measure``."""

    cap: str
    measure: Fraction
    at_most: Fraction


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
    ``own``: the department's scores by indicator id, those of rows added up; ``self_total`` and
    ``self_grade`` are made of them (None while any is missing). ``review`` takes the bureau's score
    where one stands and ours elsewhere, and is None while no review score stands.
    ``adjustments``: the points beside the hundred, by id (None where they cannot be had);
    ``hold``: what holds every total down, if anything does, although the points may add up to
    more. All totals have both in them. ``impossible``: the inputs that cannot be used beside the
    others, a part above its whole, by id, each with the relation that it breaks. ``in_yuan``: the
    amounts that cannot be used because they are in 元, each with an amount that it stands with.
    """

    submission: Submission
    results: Mapping[str, Result]
    subtotals: Mapping[str, Fraction | None]
    quantities: Mapping[str, Fraction | None]
    total: Total
    own: Mapping[str, Fraction | None]
    self_total: Fraction | None
    self_grade: str | None
    review: Total | None
    adjustments: Mapping[str, Fraction | None] = {}
    hold: Hold | None = None
    impossible: Mapping[str, CrossCheck] = {}
    in_yuan: Mapping[str, str] = {}

    @property
    def excluded(self) -> frozenset[str]:
        """The inputs that hold a number of the right kind and yet cannot be used."""
        return frozenset((*self.impossible, *self.in_yuan))

    def __repr__(self) -> str:
        """Of which submission, with the total and the grade that we come to."""
        total, places = self.total, self.standard.rounding.places
        if total.score is not None:
            told = points(total.score, places)
        else:
            told = points_range(total.low, total.high, places)
        return f"<Evaluation {told} {total.grade or '待定'} of {self.submission!r}>"

    @property
    def standard(self) -> Standard:
        """The standard that was applied."""
        return self.submission.standard

    @property
    def points(self) -> Fraction:
        """The points of all indicators that could be computed, before anything holds them."""
        scores = (result.score for result in self.results.values())
        return exact_sum(score for score in scores if score is not None)

    @property
    def ranked_by(self) -> Total:
        """The total that rankings and grades use: the reviewed one where there is one."""
        return self.review or self.total
