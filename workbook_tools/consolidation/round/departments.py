"""A department as the summary sees it: its record, and where it stands."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Literal

import msgspec

from workbook_tools.assessment import Record, Score, Totals
from workbook_tools.assessment.outcomes import Outcome
from workbook_tools.assessment.places import FieldPlace, RowsDoubted, Text
from workbook_tools.checks import Finding
from workbook_tools.intake.roster import RosterRow
from workbook_tools.standard.known_fields import SUPERVISOR
from workbook_tools.standard.unit_codes import unit_code

Basis = Literal["reviewed", "computed", "incomplete"]
BASIS_NAMES: dict[Basis, str] = {"reviewed": "复核", "computed": "复算", "incomplete": "不完整"}


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """The points that count: the reviewed total where there is one, else the computed one.

    ``points`` is None while anything is insufficient; then ``low`` and ``high`` say what the total
    can still be, and ``grade`` is given only when both have the same.
    """

    points: Fraction | None
    low: Fraction
    high: Fraction
    grade: str | None
    basis: Basis


class Department(msgspec.Struct, frozen=True, kw_only=True):
    """One reporting department.

    ``code`` is the unit's as the roster writes it, else as reported; ``name`` is as reported, or
    from the roster where the report leaves it blank.
    ``office`` is its 业务股室 by the roster, and ``group`` what it is subtotalled under: the office
    where the roster tells any, else the 主管部门 (``supervisor``). ``rank`` is None while the total
    is incomplete. ``included_in`` names the parent whose figures already hold this department's
    ("" normally): its money is left out of totals. So it is where an amount looks as if typed in
    元 (``doubtful``), which would make it ten thousand times too much. ``issued``: by field, what
    the bureau wrote into its template and it changed.
    ``kind`` is the group of departments alike that the roster puts it into. ``cells`` and ``texts``
    are what it is compared in with others, ``doubted`` rows of it that are worth a look.
    """

    record: Record
    code: str
    name: str
    supervisor: str
    office: str
    group: str
    standing: Standing
    rank: int | None = None
    included_in: str = ""
    doubtful: bool = False
    issued: Mapping[str, str] = {}
    kind: str = ""
    cells: Mapping[str, FieldPlace] = {}
    texts: Sequence[Text] = ()
    doubted: tuple[RowsDoubted, ...] = ()
    findings: Sequence[Finding]

    @property
    def adds_up(self) -> bool:
        """Whether its money counts in totals."""
        return not self.included_in and not self.doubtful

    @property
    def totals(self) -> Totals:
        """The totals on record; a department always has them."""
        assert self.record.total is not None
        return self.record.total

    @property
    def claimed_total(self) -> Fraction | None:
        """The total that the department claims: in its head table, else its scores added up."""
        totals = self.totals
        return number(totals.claimed if totals.claimed is not None else totals.self)

    @property
    def claimed_grade(self) -> str | None:
        """The grade that the department claims: in its head table, else that of its scores."""
        return self.totals.grade_claimed or self.totals.grade_self

    @property
    def claimed_above(self) -> Fraction | None:
        """The claimed total less the points that count, where both are there."""
        claimed, points = self.claimed_total, self.standing.points
        return None if claimed is None or points is None else claimed - points

    def fact(self, field: str) -> Fraction | None:
        """A number that the department reported, by field id."""
        return number(self.record.facts.get(field))

    def amount(self, field: str) -> Fraction | None:
        """The amount that is added up: as reported, but as issued where it was changed."""
        return number(self.issued[field]) if field in self.issued else self.fact(field)

    def figures(self, fields: Container[str]) -> dict[str, str]:
        """What a summary keeps of these fields for who reads it again, as :meth:`amount` says."""
        known = {**self.record.facts, **self.issued}
        return {
            field: text
            for field, text in sorted(known.items())
            if field in fields and number(text) is not None
        }


@lru_cache(maxsize=2**16)  # thousands of departments share the few scores that there are
def number(text: str | None) -> Fraction | None:
    """The number of a decimal string, None where there is none or the text is no number."""
    if text is None:
        return None
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None


def counting(score: Score) -> Fraction | None:
    """The score of an indicator that counts: the bureau's where one stands, else ours."""
    return number(score.review if score.review is not None else score.score)


def department(
    outcome: Outcome, code: str, listed: RosterRow | None, *, by_office: bool, unplaced: str
) -> Department:
    """The department with this code, from the outcome of its workbook, which was not refused.

    ``unplaced``: the group of one that says none, "" where departments are not grouped.
    """
    record = outcome.record
    supervisor = record.facts.get(SUPERVISOR, "")
    office = listed.office if listed else ""
    return Department(
        record=record,
        code=code,
        name=record.unit_name or (listed.unit_name if listed else ""),
        supervisor=supervisor,
        office=office,
        group=(office if by_office else supervisor) or unplaced,
        standing=_standing(record),
        doubtful=outcome.doubtful,
        issued=_changed(outcome, code),
        kind=listed.kind if listed else "",
        cells=outcome.cells,
        texts=outcome.texts,
        doubted=outcome.doubted,
        findings=record.findings,
    )


def _changed(outcome: Outcome, code: str) -> dict[str, str]:
    """What was issued to this department and changed; nothing of a template that was another's."""
    if outcome.issued_code and unit_code(outcome.issued_code) != unit_code(code):
        return {}
    return {
        one.field: one.expected
        for one in outcome.record.findings
        if one.name == "differs-from-issued"
    }


def _standing(record: Record) -> Standing:
    totals = record.total
    assert totals is not None, "a refused workbook has no standing"
    scores = record.scores.values()
    reviewed = totals.review is not None or any(score.review is not None for score in scores)
    points = number(totals.review if reviewed else totals.score)
    if points is not None:
        low = high = points
    elif reviewed:  # the record's own range knows nothing of the scores that the bureau gave
        known = [(counting(score), Fraction(score.weight)) for score in scores]
        low = sum((value for value, _ in known if value is not None), Fraction(0))
        high = low + sum((weight for value, weight in known if value is None), Fraction(0))
    else:
        low, high = Fraction(totals.low), Fraction(totals.high)
    basis: Basis = "incomplete" if points is None else "reviewed" if reviewed else "computed"
    grade = totals.grade_review if reviewed else totals.grade
    return Standing(points=points, low=low, high=high, grade=grade, basis=basis)
