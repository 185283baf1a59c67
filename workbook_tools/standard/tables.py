"""Lists to fill in, what each row is worth, and the quantities drawn from them."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, get_args

from workbook_tools.standard.inputs import Choice, InputType, Part
from workbook_tools.standard.severity import Severity

FindingName = Literal[
    "parts-do-not-add-up",
    "part-exceeds-whole",
    "cumulative-decreases",
    "done-before-planned",
    "quality-without-completion",
    "figures-differ",
    "plan-below-schedule",
    "suspiciously-equal",
    "against-the-standard",
]
"""The patterns of contradiction that a standard can ask to be looked for (family XC)."""


Inequality = Literal["at_most", "below", "at_least", "above"]
COMPARISONS: tuple[Inequality, ...] = get_args(Inequality)


class Condition(Part, frozen=True, kw_only=True):
    """A condition on one cell of a table row; exactly one of the tests is given.

    ``equals``: one of these values. ``at_most`` / ``below`` / ``at_least`` / ``above``: the number
    is ≤ / < / ≥ / > the number in that other column of the row, or that constant. ``filled``: the
    cell is, or is not, filled.
    """

    column: str
    equals: Choice | tuple[Choice, ...] | None = None
    at_most: str | Fraction | None = None
    below: str | Fraction | None = None
    at_least: str | Fraction | None = None
    above: str | Fraction | None = None
    filled: bool | None = None

    @property
    def comparison(self) -> tuple[Inequality, str | Fraction] | None:
        """How the number is compared and with what; None for the other tests."""
        for test in COMPARISONS:
            other: str | Fraction | None = getattr(self, test)
            if other is not None:
                return test, other
        return None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the condition looks at."""
        compared = self.comparison
        other = compared[1] if compared else None
        return (self.column, other) if isinstance(other, str) else (self.column,)

    @property
    def values(self) -> tuple[Choice, ...]:
        """The values of ``equals`` as a tuple; empty for the other tests."""
        if self.equals is None:
            return ()
        return self.equals if isinstance(self.equals, tuple) else (self.equals,)


class Column(Part, frozen=True, kw_only=True):
    """A column of a table. ``needed_when``: required only in rows where all of these hold."""

    id: str
    label: str
    type: InputType
    unit: str = ""
    required: bool = True
    needed_when: tuple[Condition, ...] = ()
    min: Fraction | None = None
    max: Fraction | None = None
    choices: tuple[Choice, ...] = ()
    help: str = ""
    source: str = ""


class ClassifyCase(Part, frozen=True, kw_only=True):
    """One case of :class:`Classify`: ``then`` is given when all of ``when`` hold (none: always)."""

    when: tuple[Condition, ...] = ()
    then: str


class Classify(Part, frozen=True, kw_only=True, tag="classify", tag_field="kind"):
    """A word per table row: that of the first case that holds.

    ``leads``: it is shown left of the columns that people fill in, and printed with them.
    """

    id: str
    label: str
    help: str = ""
    leads: bool = False
    cases: tuple[ClassifyCase, ...]

    @property
    def asked(self) -> tuple[str, ...]:
        """The columns that the cases ask for, each once."""
        return tuple(
            dict.fromkeys(
                column
                for case in self.cases
                for condition in case.when
                for column in condition.columns
            )
        )


class Tier(Part, frozen=True, kw_only=True):
    """A tier of qualitative results, and the degrees that belong to it, both ends included."""

    name: str
    low: Fraction
    high: Fraction


SLIP = (Fraction(1, 2), Fraction(2))
"""Between these, a hundredth of a number is about the other one: 85 against 90 %."""


class Achievement(Part, frozen=True, kw_only=True, tag="achievement", tag_field="kind"):
    """The share of its target that a table row reached.

    A row whose ``by`` column says ``qualitative`` reaches its ``degree``; every other one (or, with
    ``quantitative``, one that says so) reaches actual ÷ target, or, where ``direction`` says
    ``lower``, target ÷ actual (with target 0: 1 if actual is 0, else 0; with actual 0: 1), held in
    0..1. A target of 0 where higher is better, or a negative target, has no achievement.

    ``signed``: targets of zero and below are targets like others, and what beats its target counts
    above 1: a row that reached its target is worth 1 + margin ÷ |target| (target 0: 1), one that
    missed it 1 − gap ÷ |target| (target 0: 0), or target ÷ actual where lower is better and the
    target is positive; at least 0. ``equal``: what ``direction`` says where the target is to be
    met exactly (only with ``signed``). ``tier``: the column in which a qualitative row names one
    of ``tiers``. The other fields name the columns.

    ``percents``: what the column ``unit`` says where target and actual are percentages. Given
    these, a number that lacks its percent sign cannot be used: it is above 1, a hundredth of it is
    between half and twice the other, which is above 0 and at most 1, and the unit is one of these
    or not filled in.
    """

    id: str
    label: str
    help: str = ""
    by: str
    quantitative: str = ""
    qualitative: str
    direction: str
    higher: str
    lower: str
    equal: str = ""
    target: str
    actual: str
    degree: str
    tier: str = ""
    tiers: tuple[Tier, ...] = ()
    signed: bool = False
    unit: str = ""
    percents: tuple[str, ...] = ()


RowMeasure = Classify | Achievement


class RowCheck(Part, frozen=True, kw_only=True):
    """A finding for each named table row in which all conditions hold; ``at``: its column.

    ``unusable``: the cell there cannot be used, as a number out of its range cannot; what needs it
    is insufficient.
    """

    finding: FindingName
    severity: Severity
    at: str
    when: tuple[Condition, ...]
    message: str
    fix: str
    unusable: bool = False


class Table(Part, frozen=True, kw_only=True):
    """A list of ``rows`` lines. A row counts when its name is filled.

    ``name``: the column with the name; the first one unless another is given. ``also_called``: the
    titles of other papers with the same rows, such as that of the year's targets.
    """

    id: str
    label: str
    sheet: str
    rows: int
    name: str = ""
    also_called: tuple[str, ...] = ()
    required: bool = False
    help: str = ""
    columns: tuple[Column, ...]
    row_measures: tuple[RowMeasure, ...] = ()
    row_checks: tuple[RowCheck, ...] = ()

    @property
    def named_by(self) -> Column:
        """The column whose filled cells make rows count."""
        return next((one for one in self.columns if one.id == self.name), self.columns[0])

    def spoilt_by(self, column: str) -> tuple[tuple[RowCheck, ...], tuple[Achievement, ...]]:
        """What the rest of a row may make of a cell of the column: unusable.

        The row conditions, and the achievements that it may lack its percent sign for.
        """
        return (
            tuple(one for one in self.row_checks if one.unusable and one.at == column),
            tuple(
                one
                for one in self.row_measures
                if isinstance(one, Achievement)
                if one.percents and column in (one.target, one.actual)
            ),
        )


class Formula(Part, frozen=True, kw_only=True, tag="formula", tag_field="kind"):
    """A quantity computed from inputs and other derived quantities.

    ``type`` says how it is written, as for an input; so it does for what is drawn from rows.
    """

    id: str
    label: str
    unit: str = ""
    type: InputType = "number"
    formula: str


class Count(Part, frozen=True, kw_only=True, tag="count", tag_field="kind"):
    """How many named rows of a table meet all conditions (only ``equals`` tests)."""

    id: str
    label: str
    unit: str = ""
    type: InputType = "number"
    table: str
    where: tuple[Condition, ...] = ()


class ColumnSum(Part, frozen=True, kw_only=True, tag="sum", tag_field="kind"):
    """The sum of a number column over the named rows that meet all conditions."""

    id: str
    label: str
    unit: str = ""
    type: InputType = "number"
    table: str
    column: str
    where: tuple[Condition, ...] = ()


class Mean(Part, frozen=True, kw_only=True, tag="mean", tag_field="kind"):
    """The mean of an achievement over the named rows that meet all conditions; none: no value."""

    id: str
    label: str
    unit: str = ""
    type: InputType = "share"
    table: str
    of: str
    where: tuple[Condition, ...] = ()


Drawn = Count | ColumnSum | Mean
"""What is drawn from the rows of a table."""
Derived = Formula | Drawn
