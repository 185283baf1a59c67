"""Indicators of the department's own, scored row by row."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from workbook_tools.scoring.arithmetic import exact_sum, rounded
from workbook_tools.scoring.model import Result, RowResult
from workbook_tools.scoring.quantities import Columns, columns_of
from workbook_tools.scoring.rows import Worth
from workbook_tools.scoring.rules import ZERO, held, points
from workbook_tools.standard.model import Indicator
from workbook_tools.standard.rules import Rows
from workbook_tools.submission.model import Submission


def of_rows(indicator: Indicator, rule: Rows, submission: Submission) -> Result:
    """Score an indicator by the rows that belong to it; insufficient while one lacks something.

    So it is where no row belongs to it, or where some row does not say where it belongs.
    """
    columns = columns_of(submission, rule.table)
    unplaced = any(columns.lacking(condition.column) for condition in rule.where)
    places = submission.standard.rounding.places
    rows = tuple(_rows(rule, columns, places))
    scores = [row.score for row in rows if row.score is not None]
    if unplaced or not rows or len(scores) < len(rows):
        return Result(
            indicator=indicator.id,
            weight=indicator.weight,
            status="insufficient",
            missing=(rule.table,),
            rows=rows,
        )
    return Result(
        indicator=indicator.id,
        weight=indicator.weight,
        status="computed",
        score=rounded(held(exact_sum(scores), indicator.weight), places),
        rows=rows,
    )


def own_of_rows(result: Result, places: int) -> Fraction | None:
    """The department's own scores of the rows added up; None while any is missing."""
    own = [row.own for row in result.rows if row.own is not None]
    return rounded(exact_sum(own), places) if own and len(own) == len(result.rows) else None


def row_score(rule: Rows, worth: Fraction, measure: Fraction) -> Fraction:
    """The exact points of one row that is ``worth`` so many."""
    worth = max(ZERO, worth)  # a slip of the pen takes no points from other rows
    earned = points(rule.each, worth, measure)
    if rule.over is not None and measure > rule.over.limit:
        earned -= rule.over.deduct
    return held(earned, worth)


def _rows(rule: Rows, columns: Columns, places: int) -> Iterator[RowResult]:
    """The results of the rows that are known to belong to the indicator."""
    for place, row in enumerate(columns.rows):
        if any(columns[one.column][place] not in one.values for one in rule.where):
            continue
        worth, known = _number(columns[rule.points][place]), _number(columns[rule.of][place])
        own = row.entries[rule.own].number if rule.own else None
        score = None
        if worth is not None and known is not None:
            score = rounded(row_score(rule, worth, known), places)
        yield RowResult(
            table=rule.table,
            number=row.number,
            name=row.name,
            group=row.entries[rule.group].raw if rule.group else "",
            points=worth,
            measure=known,
            score=score,
            own=own,
        )


def _number(value: Worth) -> Fraction | None:
    return value if isinstance(value, Fraction) else None
