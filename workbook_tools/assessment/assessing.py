"""The whole way for one workbook: read it, score it, check it, and put the outcome on record.

A :class:`Record` is the outcome as plain texts: what ``--format json`` prints for a workbook, what
travels between processes, and what a summary workbook is made from.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Literal

import msgspec

from workbook_tools.checks import Finding, check, doubtful, refusal
from workbook_tools.figures import plain
from workbook_tools.recalculation import recalculate
from workbook_tools.running.bounds import (
    UNBOUNDED,
    Bounds,
    BoundsError,
    OutOfTimeError,
    confined,
    out_of_memory,
    out_of_time,
)
from workbook_tools.scoring import Evaluation, Sensitivity, evaluate, sensitivity
from workbook_tools.standard import Standard
from workbook_tools.standard.rules import Rows
from workbook_tools.submission import Stored, Submission, SubmissionRefused, read_submission

_SAVE_ANEW = "请在 WPS 或 Excel 中确认能正常打开，另存一份 .xlsx 后重新提交。"
_SHOWN = 300  # characters of an error that nobody foresaw
Number = str | None
"""A decimal string, or None where there is no number."""


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """One indicator: ours, the one stored in the workbook, the department's and the bureau's.

    ``readings``: ours under each other reading, by the id of the alternative.
    """

    weight: str
    measure: Number
    score: Number
    cached: Number
    self: Number
    review: Number
    status: Literal["computed", "not_applicable", "insufficient"]
    readings: dict[str, Number] = {}


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """Totals and grades of a workbook.

    Ours, stored (``cached``), added up from the self scores, claimed in the head table, reviewed.
    ``readings_low`` and ``readings_high`` bound ours over all readings, with the grades there.
    """

    score: Number
    low: str
    high: str
    cached: Number
    self: Number
    claimed: Number
    review: Number
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
    points: Number
    measure: Number
    score: Number
    self: Number
    beaten: bool


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome for one workbook; a refused one has no scores and its reason as a finding.

    ``facts``: by field id, the numbers (decimal strings), dates (ISO) and short texts that were
    entered and could be used. ``subject``: what tells it from other workbooks of its unit, such as
    the project's code, where its standard has such inputs (see ``identity`` there). ``rows``: the
    indicators of its own.
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


class Assessment(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A workbook with its evaluation (both None when refused) and its findings."""

    path: str
    submission: Submission | None
    evaluation: Evaluation | None
    findings: tuple[Finding, ...]

    def __repr__(self) -> str:
        """What was found where: the evaluation, and how many findings of each severity."""
        number = Counter(finding.severity for finding in self.findings)
        counts = ", ".join(f"{count} {severity}" for severity, count in number.items())
        what = f"refused, {self.path!r}" if self.evaluation is None else repr(self.evaluation)
        return f"<Assessment {what}, findings: {counts or 'none'}>"


def assess(path: str | Path, standard: Standard | None = None) -> Assessment:
    """Read, score and check one workbook; a workbook that cannot be read is a finding."""
    try:
        submission = read_submission(path, standard)
    except SubmissionRefused as refused:
        return Assessment(
            path=str(path), submission=None, evaluation=None, findings=(refusal(refused),)
        )
    evaluation = evaluate(submission)
    if doubtful(submission, evaluation):
        submission = msgspec.structs.replace(submission, recalculated=recalculate(submission))
    findings = tuple(check(submission, evaluation))
    return Assessment(
        path=str(path), submission=submission, evaluation=evaluation, findings=findings
    )


def assess_or_refuse(
    path: str | Path, standard: Standard | None = None, bounds: Bounds = UNBOUNDED
) -> Assessment:
    """As :func:`assess`, for one workbook among many, within bounds: it never raises.

    An unforeseen failure refuses that workbook, so that it never takes the others down. Raises
    BoundsError alone, where the bounds cannot be kept in this place whatever the workbook.
    """
    try:
        with confined(bounds):
            return assess(path, standard)
    except OutOfTimeError:
        return refused(path, out_of_time(bounds))
    except MemoryError:
        return refused(path, out_of_memory(bounds))
    except BoundsError:
        raise
    except Exception as error:  # whatever a file from outside provokes, known or not
        return refused(
            path, f"读取时出现意外错误（{type(error).__name__}：{str(error)[:_SHOWN]}）。"
        )


def refused(path: str | Path, problem: str, advice: str = _SAVE_ANEW) -> Assessment:
    """The assessment of a workbook that cannot be read; both texts are Chinese sentences."""
    reason = SubmissionRefused("unreadable", f"{Path(path).name}：{problem}{advice}")
    return Assessment(path=str(path), submission=None, evaluation=None, findings=(refusal(reason),))


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
    readings, facts = sensitivity(evaluation), _facts(submission)
    serious = any(finding.severity != "info" for finding in assessment.findings)
    return Record(
        path=assessment.path,
        unit_name=submission.text("unit_name"),
        unit_code=submission.text("unit_code"),
        status="findings" if serious else "clean",
        annotated=annotated,
        scores=_scores(submission, evaluation, readings),
        total=_totals(submission, evaluation, readings),
        findings=assessment.findings,
        facts=facts,
        subject=tuple(
            facts.get(one, "") for one in submission.standard.identity if one != "unit_code"
        ),
        rows=tuple(_rows(evaluation)),
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


def _number(value: Fraction | None) -> Number:
    return None if value is None else plain(value)


def _cached(stored: Stored | None) -> Number:
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
        claimed=_number(submission.number("claimed_total")),
        review=_number(review.score) if review else None,
        readings_low=plain(readings.low),
        readings_high=plain(readings.high),
        grade=total.grade,
        grade_low=readings.grade_low,
        grade_high=readings.grade_high,
        grade_self=evaluation.self_grade,
        grade_claimed=submission.text("claimed_grade") or None,
        grade_review=review.grade if review else None,
    )


def _facts(submission: Submission) -> dict[str, str]:
    facts = {}
    for field, entry in submission.entries.items():
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
