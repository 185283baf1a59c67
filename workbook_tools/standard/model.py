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

from workbook_tools.standard.inputs import Grid, Input, Part, Sheet
from workbook_tools.standard.known_fields import UNIT_CODE
from workbook_tools.standard.peers import Continuity, Peers
from workbook_tools.standard.rules import Measure, Rule, ZeroPolicy
from workbook_tools.standard.severity import Severity
from workbook_tools.standard.tables import Derived, FindingName, Table
from workbook_tools.standard.totals import Adjustment, Cap
from workbook_tools.standard.vocabulary import Vocabulary


class Rounding(Part, frozen=True, kw_only=True):
    """Decimal places of a score; halves go away from zero."""

    places: int = 2


class Scale(Part, frozen=True, kw_only=True):
    """When an amount is in 元 where 万元 is asked for, so that it cannot be used.

    ``times``: at least so many times each amount that it stands with. ``least``: 万元 below which
    nothing can be told, because a small amount beside a tiny one may well be right. ``alike``: the
    grids whose rows have the same thing of several years, which differs less: so many times the
    smallest of the row. ``by_column``: the grids whose columns come from different papers, so
    that a whole column may be in 元 and agree with itself: so many times the largest in the others.
    """

    times: Fraction
    least: Fraction
    alike: tuple[str, ...] = ()
    by_column: tuple[str, ...] = ()


class Tolerances(Part, frozen=True, kw_only=True):
    """When two figures count as the same, and when one cannot be meant.

    ``score``: points below which two scores agree. ``amount_per_term``: 万元 per added term within
    which a sum of published, rounded amounts differs only by rounding.
    ``implausible_amount``: 万元 beyond what any department has, so that the sheet was probably
    filled in in 元; without it no amount is too large by itself. ``scale``: when an amount is too
    large beside the others; without it none is. ``within_year``: inputs, grids and tables
    that stand apart, so that a pair wholly in 元 agrees with itself; none of their amounts can be
    larger than the largest of all others, which is what the department has in a whole year.
    """

    score: Fraction
    amount_per_term: Fraction
    implausible_amount: Fraction | None = None
    scale: Scale | None = None
    within_year: tuple[str, ...] = ()


class Grade(Part, frozen=True, kw_only=True):
    """A grade: given when the total, in points, is at least ``at_least`` (first match counts)."""

    name: str
    at_least: Fraction


class Level(Part, frozen=True, kw_only=True):
    """A 一级 indicator with its 二级 ones, or (without children) a 二级 indicator."""

    id: str
    name: str
    weight: Fraction
    children: tuple[Level, ...] = ()


class Alternative(Part, frozen=True, kw_only=True):
    """Another honest reading of the same official text; what it states replaces the default.

    It never changes the score; it feeds the sensitivity analysis.
    """

    id: str
    label: str
    basis: str
    measure: Measure | None = None
    rule: Rule | None = None
    zero: ZeroPolicy | None = None


class Indicator(Part, frozen=True, kw_only=True):
    """A 三级 indicator.

    ``qualifier`` tells apart indicators of the same official ``name``. ``measure`` may be a list:
    the first whose inputs are all filled is used. ``measure_label`` says the same in words, for
    people who are told why it cannot be had. ``zero`` says what a zero denominator means.
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


class CrossCheck(Part, frozen=True, kw_only=True):
    """A relation that should hold between figures; a finding where it does not.

    ``relation``: left equals / at_most / at_least / differs from right (expressions), or the
    ``series`` of inputs is non_decreasing. ``tolerance`` in 万元 (default: by the number of terms);
    within it an unequal sum is only information. ``at``: the field whose cell gets the finding.
    A check whose inputs are not all there is passed over.
    ``impossible``: ``left``, an input, cannot be used while an at_most or at_least relation is
    broken beyond its tolerance, as a number outside its range cannot: more satisfied answers than
    answers earn nothing. Nor can a figure of a ``series`` that is less than the one before it.
    """

    id: str
    finding: FindingName
    severity: Severity
    relation: Literal["equals", "at_most", "at_least", "differs", "non_decreasing"]
    left: str = ""
    right: str = ""
    series: tuple[str, ...] = ()
    tolerance: Fraction | None = None
    at: str = ""
    impossible: bool = False
    message: str
    fix: str


class Erratum(Part, frozen=True, kw_only=True):
    """Where the official table contradicts itself, and which part is followed here.

    ``other_reading``: what becomes of the other part, for whoever may rule otherwise; departments,
    for whom the ruling holds, are not told.
    """

    id: str
    indicator: str
    contradiction: str
    ruling: str
    other_reading: str = ""


class Standard(Part, frozen=True, kw_only=True, eq=False):
    """A scoring standard, whole. ``schema`` is the version of this schema.

    ``identity``: the inputs that together say what a workbook is about, one workbook per unit by
    default, one per unit and project say. ``weighed_by``: the amount by which a mean over
    several workbooks weighs each of them, a project's budget say; without it they weigh the same.
    ``peers``: in what departments are compared with each other, for hints alone.
    ``continues``: the figures of a year that stand again in the next.
    ``not_applicable``: what becomes of an indicator that the department claims does not apply:
    it earns its weight, or its weight is spread over the
    others in proportion to theirs. ``former``: hashes of earlier editions whose workbooks
    are still read and scored by this one; they may lack the cells in which 不涉及 is claimed.
    Compared and hashed by identity, so that whatever is derived from one can be cached.
    """

    schema: Literal[1, 2]
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
    caps: tuple[Cap, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    errata: tuple[Erratum, ...] = ()
    not_applicable: Literal["full", "spread"] = "full"
    identity: tuple[str, ...] = (UNIT_CODE,)
    weighed_by: str = ""
    peers: Peers | None = None
    continues: tuple[Continuity, ...] = ()
    former: tuple[str, ...] = ()
    vocabulary: Vocabulary = Vocabulary()

    def __repr__(self) -> str:
        """Which it is, in a line."""
        return f"<Standard {self.id} {self.version}>"
