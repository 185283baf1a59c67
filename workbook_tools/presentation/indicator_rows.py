"""The rows of the indicators, in the order of the standard: of a record, or of an evaluation."""

from __future__ import annotations

from fractions import Fraction

from workbook_tools.assessment import Record
from workbook_tools.presentation.score_row import IndicatorRow, OwnScoreRow
from workbook_tools.scoring import Evaluation
from workbook_tools.standard import Standard


def rows_of_record(record: Record, standard: Standard) -> tuple[IndicatorRow, ...]:
    """Of a workbook that was scored by the standard."""
    places = standard.rounding.places
    rows = []
    for indicator in standard.indicators:
        score = record.scores[indicator.id]
        row = IndicatorRow(
            title=indicator.title,
            weight=indicator.weight,
            claimed=_number(score.self),
            computed=_number(score.score),
            reviewed=_number(score.review),
            places=places,
            indicator=indicator,
            status=score.status,
            own=tuple(
                OwnScoreRow(
                    title=_title(own.group, own.name),
                    weight=_number(own.points),
                    claimed=_number(own.self),
                    computed=_number(own.score),
                    places=places,
                    measure=_number(own.measure),
                )
                for own in record.rows
                if own.indicator == indicator.id
            ),
        )
        rows.append(row)
    return tuple(rows)


def rows_of_evaluation(evaluation: Evaluation) -> tuple[IndicatorRow, ...]:
    """Of a submission that was scored."""
    places = evaluation.standard.rounding.places
    rows = []
    for indicator in evaluation.standard.indicators:
        result = evaluation.results[indicator.id]
        row = IndicatorRow(
            title=indicator.title,
            weight=indicator.weight,
            claimed=evaluation.own[indicator.id],
            computed=result.score,
            reviewed=evaluation.submission.number(f"review_{indicator.id}"),
            places=places,
            indicator=indicator,
            status=result.status,
            own=tuple(
                OwnScoreRow(
                    title=_title(own.group, own.name),
                    weight=own.points,
                    claimed=own.own,
                    computed=own.score,
                    places=places,
                    measure=own.measure,
                )
                for own in result.rows
            ),
        )
        rows.append(row)
    return tuple(rows)


def _title(group: str, name: str) -> str:
    """An indicator of the department's own, with the part that it names."""
    return f"{group}：{name}" if group else name


def _number(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)
