"""Hand-made records of workbooks, with known figures, for tests of what is made from many."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from workbook_tools.assessment import Record, Score, Totals
from workbook_tools.checks import Finding, make
from workbook_tools.consolidation import Consolidation, Outcome, PassedOver, Roster, merge
from workbook_tools.figures import plain
from workbook_tools.standard import load_standard

STANDARD = load_standard()
LOST = "priority_completion"
"""The indicator, of 10 points, at which :func:`record` takes off what a total lacks of 100."""


def grade(points: Fraction) -> str:
    return next(one.name for one in STANDARD.grades if points >= one.at_least)


def record(
    code: str,
    points: str | None = "100",
    *,
    name: str = "",
    path: str = "",
    claimed: str = "100",
    review: str | None = None,
    insufficient: tuple[str, ...] = (),
    findings: tuple[Finding, ...] = (),
    facts: Mapping[str, str] | None = None,
    readings: Mapping[str, Mapping[str, str | None]] | None = None,
) -> Record:
    """A workbook with these total points (at least 90, all lost at one indicator).

    ``review`` is the bureau's score for that indicator; ``insufficient`` indicators have no score,
    and then ``points`` is what the others would make with them. ``readings`` gives what other
    readings of an indicator would score; every one that is not there scores the same.
    """
    total = Fraction(points or "100")
    scores: dict[str, Score] = {}
    for one in STANDARD.indicators:
        indicator, weight = one.id, one.weight
        ours = weight - (100 - total) if indicator == LOST else weight
        known = indicator not in insufficient
        scores[indicator] = Score(
            weight=plain(weight),
            measure="1.08" if known else None,
            score=plain(ours) if known else None,
            cached=plain(ours) if known else None,
            self=plain(weight),
            review=review if indicator == LOST else None,
            status="computed" if known else "insufficient",
            readings={
                **{other.id: plain(ours) if known else None for other in one.alternatives},
                **(readings or {}).get(indicator, {}),
            },
        )
    return Record(
        path=path or f"/bureau/in/{code}.xlsx",
        unit_name=name or f"单位{code}",
        unit_code=code,
        status="findings" if findings else "clean",
        annotated=None,
        scores=scores,
        total=_totals(scores, claimed, reviewed=review is not None),
        findings=findings,
        facts={
            "prepared_on": "2021-03-01",
            "fiscal_year": "2020",
            "scope": "本级",
            **(facts or {}),
        },
    )


def _totals(scores: Mapping[str, Score], claimed: str, *, reviewed: bool) -> Totals:
    known = [Fraction(score.score) for score in scores.values() if score.score is not None]
    missing = [Fraction(score.weight) for score in scores.values() if score.score is None]
    low, high = sum(known, Fraction(0)), sum(known, Fraction(0)) + sum(missing, Fraction(0))
    counting = [score.review or score.score for score in scores.values()]
    reviewed_total = (
        sum((Fraction(points) for points in counting if points), Fraction(0))
        if reviewed and None not in counting
        else None
    )
    same = grade(low) == grade(high)
    return Totals(
        score=None if missing else plain(low),
        low=plain(low),
        high=plain(high),
        cached=None,
        self="100",
        claimed=claimed,
        review=None if reviewed_total is None else plain(reviewed_total),
        readings_low=plain(low),
        readings_high=plain(high),
        grade_low=grade(low),
        grade_high=grade(high),
        grade=grade(low) if same else None,
        grade_self="优",
        grade_claimed="优",
        grade_review=None if reviewed_total is None else grade(reviewed_total),
    )


def refused(path: str, message: str) -> Record:
    """A workbook that could not be read."""
    return Record(
        path=path,
        unit_name="",
        unit_code="",
        status="refused",
        annotated=None,
        scores={},
        total=None,
        findings=(make("unreadable", message),),
        facts={},
    )


def outcome(
    given: Record,
    *,
    modified: float = 0.0,
    version: str = "1.0",
    made_for: str = "",
    issued_code: str = "",
    blank: bool = False,
    digest: str = "",
) -> Outcome:
    read = given.status != "refused"
    return Outcome(
        record=given,
        standard=STANDARD.id if read else "",
        version=version if read else "",
        made_for=made_for or version if read else "",
        modified=modified,
        issued_code=issued_code,
        blank=blank,
        digest=digest,
    )


def consolidation(
    *given: Record | Outcome,
    roster: Roster | None = None,
    passed_over: tuple[PassedOver, ...] = (),
) -> Consolidation:
    """What becomes of these workbooks."""
    outcomes = [one if isinstance(one, Outcome) else outcome(one) for one in given]
    merged = merge(outcomes, STANDARD, roster=roster, passed_over=passed_over)
    return Consolidation(
        standard=STANDARD,
        departments=merged.departments,
        refused=merged.refused,
        notices=merged.notices,
        roster=roster,
    )
