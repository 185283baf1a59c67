"""What a scoring standard is made of.

A standard is data: one YAML file under this package or given by path (see :mod:`.loader`). These
frozen types are its schema; unknown keys are refused. They say what a rule *is*, never how it is
computed: :mod:`workbook_tools.scoring` and :mod:`workbook_tools.template` each read them and work
it out on their own, so that one can be checked against the other.

Numbers are exact (:class:`fractions.Fraction`), taken from the decimal text in the file; a string
such as ``"2/3"`` is a fraction too. Ids are ASCII words and are never changed once published,
because other programs use them. Labels, helps and rule texts are Chinese, for the people who read
the workbook. Measures are texts in the arithmetic language of :mod:`.expression`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import msgspec

InputType = Literal[
    "money",  # 万元, 2 decimals
    "count",  # whole number
    "share",  # a part of 1, shown as a percentage
    "number",  # any number, unit said by the person who fills it in
    "score",  # points
    "year",
    "date",
    "choice",
    "text",
    "long_text",
]
NUMBER_TYPES: frozenset[str] = frozenset({"money", "count", "share", "number", "score", "year"})
Choice = int | str
ZeroPolicy = Literal["full", "zero_unless_both", "insufficient"]
Severity = Literal["error", "warning", "info"]


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of everything in a standard: immutable, keyword-only, unknown keys refused."""


class Rounding(Part, kw_only=True):
    """Decimal places of a score; halves go away from zero."""

    places: int = 2


class Tolerances(Part, kw_only=True):
    """When two figures count as the same.

    ``score``: points below which two scores agree. ``amount_per_term``: 万元 per added term within
    which a sum of published, rounded amounts differs only by rounding.
    """

    score: Fraction
    amount_per_term: Fraction


class Grade(Part, kw_only=True):
    """A grade: given when the total, in points, is at least ``at_least`` (first match counts)."""

    name: str
    at_least: Fraction


class Level(Part, kw_only=True):
    """A 一级 indicator with its 二级 ones, or (without children) a 二级 indicator."""

    id: str
    name: str
    weight: Fraction
    children: tuple[Level, ...] = ()


class Sheet(Part, kw_only=True):
    """An input sheet: its id, its title, and one line on who fills it with what.

    ``checklists``: the items of all checklist indicators are answered on this sheet.
    """

    id: str
    title: str
    about: str = ""
    checklists: bool = False


class Input(Part, kw_only=True):
    """One thing that a department (or the bureau) enters in one cell.

    ``short`` is the name used inside a written calculation, ``label`` the one beside the cell.
    ``min`` and ``max`` bound the number, both inclusive, in the unit of the type. ``preset`` is
    already in the cell of an empty template and may be changed. ``source`` says from which
    official table or paper the figure is copied.
    """

    id: str
    label: str
    sheet: str
    section: str
    type: InputType
    unit: str = ""
    short: str = ""
    required: bool = True
    min: Fraction | None = None
    max: Fraction | None = None
    choices: tuple[Choice, ...] = ()
    preset: Fraction | str | None = None
    help: str = ""
    source: str = ""

    @property
    def name_in_words(self) -> str:
        """The name to use inside a calculation or a message."""
        return self.short or self.label


class Axis(Part, kw_only=True):
    """A row or a column of a :class:`Grid`; what it states overrides the grid."""

    id: str
    label: str
    type: InputType | None = None
    required: bool | None = None
    min: Fraction | None = None
    max: Fraction | None = None
    presets: dict[str, Fraction] = {}
    help: str = ""
    source: str = ""


class Grid(Part, kw_only=True):
    """Inputs that form a rectangle; the one in row r and column c has the id ``{id}_{r}_{c}``.

    ``presets`` of a row are keyed by column id.
    """

    id: str
    label: str
    sheet: str
    section: str
    type: InputType
    unit: str = ""
    required: bool = True
    min: Fraction | None = None
    max: Fraction | None = None
    help: str = ""
    source: str = ""
    rows: tuple[Axis, ...]
    columns: tuple[Axis, ...]


class Condition(Part, kw_only=True):
    """A condition on one cell of a table row; exactly one of the four tests is given.

    ``equals``: one of these values. ``at_most`` / ``below``: the number is ≤ / < the number in
    that other column of the row. ``filled``: the cell is, or is not, filled.
    """

    column: str
    equals: Choice | tuple[Choice, ...] | None = None
    at_most: str | None = None
    below: str | None = None
    filled: bool | None = None

    @property
    def values(self) -> tuple[Choice, ...]:
        """The values of ``equals`` as a tuple; empty for the other tests."""
        if self.equals is None:
            return ()
        return self.equals if isinstance(self.equals, tuple) else (self.equals,)


class Column(Part, kw_only=True):
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


class Case(Part, kw_only=True):
    """One case of :class:`Classify`: ``then`` is given when all of ``when`` hold (none: always)."""

    when: tuple[Condition, ...] = ()
    then: str


class Classify(Part, kw_only=True, tag="classify", tag_field="kind"):
    """A word per table row: that of the first case that holds."""

    id: str
    label: str
    help: str = ""
    cases: tuple[Case, ...]


class Achievement(Part, kw_only=True, tag="achievement", tag_field="kind"):
    """The share of its target that a table row reached, held in 0..1.

    A row whose ``by`` column says ``quantitative`` reaches actual ÷ target, or, where ``direction``
    says ``lower``, target ÷ actual (with target 0: 1 if actual is 0, else 0; with actual 0: 1).
    A target of 0 where higher is better, or a negative target, has no achievement. A row that says
    ``qualitative`` reaches its ``degree``. The other fields name the columns.
    """

    id: str
    label: str
    help: str = ""
    by: str
    quantitative: str
    qualitative: str
    direction: str
    higher: str
    lower: str
    target: str
    actual: str
    degree: str


RowMeasure = Classify | Achievement


class RowCheck(Part, kw_only=True):
    """A finding for each named table row in which all conditions hold; ``at``: its column."""

    finding: str
    severity: Severity
    at: str
    when: tuple[Condition, ...]
    message: str
    fix: str


class Table(Part, kw_only=True):
    """A list of ``rows`` lines. A row counts when its first column (the name) is filled."""

    id: str
    label: str
    sheet: str
    rows: int
    required: bool = False
    help: str = ""
    columns: tuple[Column, ...]
    row_measures: tuple[RowMeasure, ...] = ()
    row_checks: tuple[RowCheck, ...] = ()


class Formula(Part, kw_only=True, tag="formula", tag_field="kind"):
    """A quantity computed from inputs and other derived quantities."""

    id: str
    label: str
    unit: str = ""
    formula: str


class Count(Part, kw_only=True, tag="count", tag_field="kind"):
    """How many named rows of a table meet all conditions (only ``equals`` tests)."""

    id: str
    label: str
    unit: str = ""
    table: str
    where: tuple[Condition, ...] = ()


class Sum(Part, kw_only=True, tag="sum", tag_field="kind"):
    """The sum of a number column over the named rows that meet all conditions."""

    id: str
    label: str
    unit: str = ""
    table: str
    column: str
    where: tuple[Condition, ...] = ()


class Mean(Part, kw_only=True, tag="mean", tag_field="kind"):
    """The mean of an achievement over the named rows that meet all conditions; none: no value."""

    id: str
    label: str
    unit: str = ""
    table: str
    of: str
    where: tuple[Condition, ...] = ()


Derived = Formula | Count | Sum | Mean


class Item(Part, kw_only=True):
    """An item of a checklist: answered 是, 否, or 不涉及 where ``may_be_na``. Id is its number."""

    text: str
    points: Fraction
    may_be_na: bool = False


class Steps(Part, kw_only=True):
    """Each ``size`` of the measure beyond the limit takes ``deduct`` points, down to zero.

    ``partial`` says what a part of a step costs: nothing (floor), a whole step (ceil), or its
    share (proportional).
    """

    size: Fraction
    deduct: Fraction
    partial: Literal["floor", "ceil", "proportional"] = "floor"


class Band(Part, kw_only=True):
    """Points for a measure up to ``upper`` (none: no bound), which belongs to the band or not."""

    upper: Fraction | None = None
    inclusive: bool = True
    points: Fraction


class Period(Part, kw_only=True):
    """A period with its points, what was reached and what was planned (expressions)."""

    label: str
    points: Fraction
    actual: str
    planned: str


class Checklist(Part, kw_only=True, tag="checklist", tag_field="kind"):
    """The sum of the points of the items that are answered 是, or 不涉及 where allowed."""

    items: tuple[Item, ...]


class Proportion(Part, kw_only=True, tag="proportion", tag_field="kind"):
    """Weight × measure."""


class AtMost(Part, kw_only=True, tag="at_most", tag_field="kind"):
    """Full while measure ≤ limit; beyond it reduced.

    inverse: weight × limit ÷ measure. linear: weight × (1 − (measure − limit)).
    """

    limit: Fraction
    beyond: Literal["inverse", "linear"] | Steps


class AtLeast(Part, kw_only=True, tag="at_least", tag_field="kind"):
    """Full while measure ≥ limit; below it reduced. proportion: weight × measure ÷ limit."""

    limit: Fraction
    below: Literal["proportion"] | Steps


class Bands(Part, kw_only=True, tag="bands", tag_field="kind"):
    """The points of the first band that holds the measure."""

    bands: tuple[Band, ...]


class Periods(Part, kw_only=True, tag="periods", tag_field="kind"):
    """The sum over periods of points × (met or not, or the share met, at most 1).

    A period counts as met when actual ≥ planned. In share mode a period with nothing planned
    earns its points.
    """

    mode: Literal["all_or_nothing", "share"]
    periods: tuple[Period, ...]


Rule = Checklist | Proportion | AtMost | AtLeast | Bands | Periods
Measure = str | tuple[str, ...]


class Alternative(Part, kw_only=True):
    """Another honest reading of the same official text; what it states replaces the default.

    It never changes the score; it feeds the sensitivity analysis.
    """

    id: str
    label: str
    basis: str
    measure: Measure | None = None
    rule: Rule | None = None
    zero: ZeroPolicy | None = None


class Indicator(Part, kw_only=True):
    """A 三级 indicator.

    ``qualifier`` tells apart indicators of the same official ``name``. ``measure`` may be a list:
    the first whose inputs are all filled is used. ``zero`` says what a zero denominator means.
    ``needs_rows`` names tables that may not be empty. ``may_be_na``: the department may claim that
    it does not apply; then it scores full.
    """

    id: str
    level: str
    name: str
    qualifier: str = ""
    weight: Fraction
    meaning: str
    criteria: str
    measure: Measure = ()
    measure_label: str = ""
    rule: Rule
    zero: ZeroPolicy = "insufficient"
    needs_rows: tuple[str, ...] = ()
    may_be_na: bool = False
    na_help: str = ""
    alternatives: tuple[Alternative, ...] = ()

    @property
    def title(self) -> str:
        """The name by which people tell it from every other, e.g. 管理制度健全性（预算）."""
        return f"{self.name}（{self.qualifier}）" if self.qualifier else self.name

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures to try in turn; empty for rules without one."""
        return (self.measure,) if isinstance(self.measure, str) else self.measure


class CrossCheck(Part, kw_only=True):
    """A relation that should hold between figures; a finding where it does not.

    ``relation``: left equals / at_most / at_least / differs from right (expressions), or the
    ``series`` of inputs is non_decreasing. ``tolerance`` in 万元 (default: by the number of terms);
    within it an unequal sum is only information. ``at``: the field whose cell gets the finding.
    A check whose inputs are not all there is passed over.
    """

    id: str
    finding: str
    severity: Severity
    relation: Literal["equals", "at_most", "at_least", "differs", "non_decreasing"]
    left: str = ""
    right: str = ""
    series: tuple[str, ...] = ()
    tolerance: Fraction | None = None
    at: str = ""
    message: str
    fix: str


class Erratum(Part, kw_only=True):
    """Where the official table contradicts itself, and which part is followed here."""

    id: str
    indicator: str
    contradiction: str
    ruling: str


class Standard(Part, kw_only=True, eq=False):
    """A scoring standard, whole. ``schema`` is the version of this schema.

    Compared and hashed by identity, so that whatever is derived from one can be cached.
    """

    schema: Literal[1]
    id: str
    version: str
    title: str
    basis: str
    rounding: Rounding = Rounding()
    tolerances: Tolerances
    grades: tuple[Grade, ...]
    levels: tuple[Level, ...]
    sheets: tuple[Sheet, ...]
    inputs: tuple[Input, ...]
    grids: tuple[Grid, ...] = ()
    tables: tuple[Table, ...] = ()
    derived: tuple[Derived, ...] = ()
    indicators: tuple[Indicator, ...]
    cross_checks: tuple[CrossCheck, ...] = ()
    errata: tuple[Erratum, ...] = ()
