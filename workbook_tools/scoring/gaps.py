"""Which cells of a table keep a quantity from being drawn from it, or a row from its score."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_tools.scoring.quantities import columns_used, rows_drawn_from
from workbook_tools.scoring.rows import column_values, usable
from workbook_tools.standard.rules import Rows
from workbook_tools.standard.tables import Achievement, Classify, Drawn, Table
from workbook_tools.submission.model import Row, Submission


def gaps(submission: Submission, derived: Drawn) -> list[tuple[Row, str]]:
    """The rows and input columns that a quantity which could not be had lacks, in their order.

    Only rows that belong to it, or may, for all that is known. None where the table has no such
    row, and where nothing is lacking.
    """
    table = next(one for one in submission.standard.tables if one.id == derived.table)
    found: dict[tuple[int, str], tuple[Row, str]] = {}
    for row in rows_drawn_from(submission, derived):
        for identity in columns_used(derived):
            for column in _lacking(table, row, identity):
                found[row.number, column] = row, column
    return list(found.values())


def gaps_of_row(table: Table, row: Row, rule: Rows) -> list[str]:
    """The input columns because of which an own indicator has no score, in their order."""
    return list(
        dict.fromkeys(
            column for one in (rule.of, rule.points) for column in _lacking(table, row, one)
        )
    )


def _lacking(table: Table, row: Row, identity: str) -> Iterator[str]:
    """The input columns because of which the row has no value of a column or a row measure."""
    measure = next((one for one in table.row_measures if one.id == identity), None)
    columns = {column.id: column for column in table.columns}
    match measure:
        case None:
            if usable(table, columns[identity], row) is None:
                yield identity
        case Classify():
            for asked in measure.asked:
                yield from _lacking(table, row, asked)
        case Achievement():
            yield from _without_achievement(table, row, measure)


def _without_achievement(table: Table, row: Row, measure: Achievement) -> Iterator[str]:
    kind = row.entries[measure.by].value
    if kind is None:
        yield measure.by
    elif kind == measure.qualitative:
        yield from _lacking(table, row, measure.degree)
    else:
        asked = (measure.direction, measure.target, measure.actual)
        lacking = [one for column in asked for one in _lacking(table, row, column)]
        yield from lacking
        if not lacking and column_values(table, [row], measure.id) == [""]:
            yield measure.target  # all is there, but nothing can be divided by such a target
