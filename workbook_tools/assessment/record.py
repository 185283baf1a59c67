"""A workbook's outcome on record, as plain texts.

What ``--format json`` prints for a workbook, what travels between processes, and what a summary
workbook is made from.
"""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterator, Sequence
from fractions import Fraction
from typing import Literal

import msgspec

from workbook_tools.assessment.assessing import Assessment
from workbook_tools.checks import Finding
from workbook_tools.figures import plain
from workbook_tools.scoring import Evaluation, Sensitivity, explain_result, sensitivity
from workbook_tools.standard.known_fields import CLAIMED_GRADE, CLAIMED_TOTAL, UNIT_CODE, UNIT_NAME
from workbook_tools.standard.rules import Rows
from workbook_tools.submission import Stored, Submission

NumberText = str | None
"""A decimal string, or None where there is no number."""


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """One indicator: ours, the one stored in the workbook, the department's and the bureau's.

    ``readings``: ours under each other reading, by the id of the alternative.
    """

    weight: str
    measure: NumberText
    score: NumberText
    cached: NumberText
    self: NumberText
    review: NumberText
    status: Literal["computed", "not_applicable", "insufficient"]
    readings: dict[str, NumberText] = {}


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """Totals and grades of a workbook.

    Ours, stored (``cached``), added up from the self scores, claimed in the head table, reviewed.
    ``readings_low`` and ``readings_high`` bound ours over all readings, with the grades there.
    """

    score: NumberText
    low: str
    high: str
    cached: NumberText
    self: NumberText
    claimed: NumberText
    review: NumberText
    readings_low: str
    readings_high: str
    grade: str | None
    grade_low: str
    grade_high: str
    grade_self: str | None
    grade_claimed: str | None
    grade_review: str | None


class OwnRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a department's own indicators, under the id of the indicator that it belongs to.

    ``group``: the part that it names (数量指标); ``beaten``: its target was beaten by more than the
    rule takes for sound.
    """

    indicator: str
    group: str
    name: str
    points: NumberText
    measure: NumberText
    score: NumberText
    self: NumberText
    beaten: bool


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome for one workbook; a refused one has no scores and its reason as a finding.

    ``facts``: by field id, the numbers (decimal strings), dates (ISO) and short texts that were
    entered and could be used. ``subject``: what tells it from other workbooks of its unit, such as
    the project's code, where its standard has such inputs (see ``identity`` there). ``rows``: the
    indicators of its own.
    ``calculations``: by indicator id, how its score comes about, a Chinese sentence with the
    figures filled in.
    """

    path: str
    unit_name: str
    unit_code: str
    status: Literal["clean", "findings", "refused"]
    annotated: str | None
    scores: dict[str, Score]
    total: Totals | None
    findings: Sequence[Finding]
    facts: dict[str, str]
    subject: tuple[str, ...] = ()
    rows: tuple[OwnRow, ...] = ()
    calculations: dict[str, str] = {}


def record(assessment: Assessment, annotated: str | None = None) -> Record:
    """Put an assessment on record; ``annotated`` is the path of the commented copy, if any."""
    submission, evaluation = assessment.submission, assessment.evaluation
    if submission is None or evaluation is None:
        return Record(
            path=assessment.path,
            unit_name="",
            unit_code="",
            status="refused",
            annotated=None,
            scores={},
            total=None,
            findings=assessment.findings,
            facts={},
        )
    readings, facts = sensitivity(evaluation), _facts(submission, evaluation.excluded)
    serious = any(finding.severity != "info" for finding in assessment.findings)
    return Record(
        path=assessment.path,
        unit_name=submission.text(UNIT_NAME) or submission.issued.get(UNIT_NAME, ""),
        unit_code=submission.text(UNIT_CODE),
        status="findings" if serious else "clean",
        annotated=annotated,
        scores=_scores(submission, evaluation, readings),
        total=_totals(submission, evaluation, readings),
        findings=assessment.findings,
        facts=facts,
        subject=tuple(
            facts.get(one, "") for one in submission.standard.identity if one != UNIT_CODE
        ),
        rows=tuple(_rows(evaluation)),
        calculations={
            indicator: explain_result(evaluation, indicator) for indicator in evaluation.results
        },
    )


def _rows(evaluation: Evaluation) -> Iterator[OwnRow]:
    for indicator in evaluation.standard.indicators:
        if not isinstance(indicator.rule, Rows):
            continue
        over = indicator.rule.over
        for row in evaluation.results[indicator.id].rows:
            yield OwnRow(
                indicator=indicator.id,
                group=row.group,
                name=row.name,
                points=_number(row.points),
                measure=_number(row.measure),
                score=_number(row.score),
                self=_number(row.own),
                beaten=over is not None and row.measure is not None and row.measure > over.limit,
            )


def _number(value: Fraction | None) -> NumberText:
    return None if value is None else plain(value)


def _cached(stored: Stored | None) -> NumberText:
    return plain(stored.value) if stored and isinstance(stored.value, Fraction) else None


def _scores(
    submission: Submission, evaluation: Evaluation, readings: Sensitivity
) -> dict[str, Score]:
    return {
        result.indicator: Score(
            weight=plain(result.weight),
            measure=_number(result.measure),
            score=_number(result.score),
            cached=_cached(submission.stored.get(f"score_{result.indicator}")),
            self=_number(evaluation.own[result.indicator]),
            review=_number(submission.number(f"review_{result.indicator}")),
            status=result.status,
            readings={
                identity: _number(score)
                for identity, score in readings.scores[result.indicator].items()
            },
        )
        for result in evaluation.results.values()
    }


def _totals(submission: Submission, evaluation: Evaluation, readings: Sensitivity) -> Totals:
    total, review = evaluation.total, evaluation.review
    return Totals(
        score=_number(total.score),
        low=plain(total.low),
        high=plain(total.high),
        cached=_cached(submission.stored.get("total_score")),
        self=_number(evaluation.self_total),
        claimed=_number(submission.number(CLAIMED_TOTAL)),
        review=_number(review.score) if review else None,
        readings_low=plain(readings.low),
        readings_high=plain(readings.high),
        grade=total.grade,
        grade_low=readings.grade_low,
        grade_high=readings.grade_high,
        grade_self=evaluation.self_grade,
        grade_claimed=submission.text(CLAIMED_GRADE) or None,
        grade_review=review.grade if review else None,
    )


def _facts(submission: Submission, excluded: Container[str]) -> dict[str, str]:
    facts = {}
    for field, entry in submission.entries.items():
        if field in excluded:
            continue
        match entry.value:
            case Fraction() as number:
                facts[field] = plain(number)
            case datetime.date() as day:
                facts[field] = day.isoformat()
            case str() as text if len(text) <= 200:
                facts[field] = text
            case _:
                pass
    return facts
