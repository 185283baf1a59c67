"""Derived quantities: what stands between the inputs and the measures."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from workbook_tools.scoring.arithmetic import ZeroDenominatorError, exact_sum, missing, worth
from workbook_tools.scoring.rows import Worth, column_values
from workbook_tools.standard.expression import parse
from workbook_tools.standard.inputs import Choice
from workbook_tools.standard.tables import (
    ColumnSum,
    Condition,
    Count,
    Derived,
    Drawn,
    Formula,
    Mean,
    Table,
)
from workbook_tools.submission.model import Row, Submission


class Columns:
    """The counted rows of a table, column by column, each column worked out once."""

    def __init__(self, table: Table, rows: tuple[Row, ...]) -> None:
        self.rows = rows
        self._table = table
        self._known: dict[str, list[Worth]] = {}
        self._lacking: dict[str, set[int]] = {}
        self._meeting: dict[tuple[str, tuple[Choice, ...]], set[int]] = {}

    def __getitem__(self, column: str) -> list[Worth]:
        if column not in self._known:
            self._known[column] = column_values(self._table, self.rows, column)
        return self._known[column]

    def lacking(self, column: str) -> set[int]:
        """The places of the counted rows that lack what the column needs."""
        if column not in self._lacking:
            values = self[column]
            self._lacking[column] = {place for place, one in enumerate(values) if one is None}
        return self._lacking[column]

    def matching(self, where: tuple[Condition, ...]) -> list[int]:
        """The places of the rows that meet all conditions, or may for all that is known.

        A row that lacks a value in a column that a condition looks at may meet that condition.
        """
        chosen = set(range(len(self.rows)))
        for condition in where:
            met = self._places(condition.column, condition.values)
            chosen &= met | self.lacking(condition.column)
        return sorted(chosen)

    def flawed(self, used: Sequence[str], places: list[int]) -> list[int]:
        """Those of the rows that lack a value in one of these columns."""
        lacking: set[int] = set().union(*(self.lacking(column) for column in used))
        return [place for place in places if place in lacking] if lacking else []

    def _places(self, column: str, values: tuple[Choice, ...]) -> set[int]:
        # Kept, since many quantities ask the same and comparing fractions is slow.
        if (column, values) not in self._meeting:
            self._meeting[column, values] = {
                place for place, value in enumerate(self[column]) if value in values
            }
        return self._meeting[column, values]

    def numbers(self, column: str, places: list[int]) -> list[Fraction]:
        """The numbers at these places; whatever is none although nothing is lacking is left out."""
        values = self[column]
        return [value for place in places if isinstance(value := values[place], Fraction)]


def quantities(submission: Submission, without: Collection[str] = ()) -> dict[str, Fraction | None]:
    """Every number that a measure may name: usable number inputs and all derived quantities.

    Derived ones are worked out in the order of the standard, which its loader has made sure is one
    in which each only needs those before it. None where a figure is missing; the inputs ``without``
    which it is to be done count as missing.
    """
    standard = submission.standard
    columns = {
        table.id: Columns(table, submission.counted_rows(table.id)) for table in standard.tables
    }
    figures = {field: entry.number for field, entry in submission.entries.items()}
    figures |= dict.fromkeys(without)
    for derived in standard.derived:
        figures[derived.id] = _quantity(derived, figures, columns)
    return figures


def columns_of(submission: Submission, table_id: str) -> Columns:
    """The counted rows of a table of the submission."""
    table = next(one for one in submission.standard.tables if one.id == table_id)
    return Columns(table, submission.counted_rows(table_id))


def mean_terms(submission: Submission, mean: Mean) -> list[tuple[str, Fraction]]:
    """The rows that a mean which could be had is drawn from: the name of each, and its share."""
    columns = columns_of(submission, mean.table)
    values = columns[mean.of]
    return [
        (columns.rows[place].name, share)
        for place in columns.matching(mean.where)
        if isinstance(share := values[place], Fraction)
    ]


def rows_drawn_from(submission: Submission, derived: Drawn) -> list[Row]:
    """The rows that belong to a quantity, or may for all that is known of them."""
    columns = columns_of(submission, derived.table)
    return [columns.rows[place] for place in columns.matching(derived.where)]


def _quantity(
    derived: Derived, figures: Mapping[str, Fraction | None], columns: Mapping[str, Columns]
) -> Fraction | None:
    if isinstance(derived, Formula):
        if missing(derived.formula, figures):
            return None
        try:
            return worth(parse(derived.formula), figures)
        except ZeroDenominatorError:
            return None
    table = columns[derived.table]
    chosen = table.matching(derived.where)
    if table.flawed(columns_used(derived), chosen):
        return None
    match derived:
        case Count():
            return Fraction(len(chosen))
        case ColumnSum(column=column):
            return exact_sum(table.numbers(column, chosen))
        case Mean(of=column):
            terms = table.numbers(column, chosen)
            if not terms or len(terms) < len(chosen):
                return None
            return exact_sum(terms) / len(terms)


def columns_used(derived: Drawn) -> tuple[str, ...]:
    """The columns and row measures that a quantity looks at in the rows it is drawn from."""
    looked_at = tuple(condition.column for condition in derived.where)
    match derived:
        case Count():
            return looked_at
        case ColumnSum(column=column) | Mean(of=column):
            return (*looked_at, column)
