"""What of an evaluation may stand as fact in a report that is signed and sent.

A figure that cannot be used, that seems to be in 元 or that others contradict is no fact: the
formal edition says that it is still to be put right, and nothing that is reckoned from it. The
working edition shows what stands in the cell, and why it is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import msgspec

from workbook_tools.checks import Finding
from workbook_tools.checks.case import Case
from workbook_tools.checks.units import UNIT_LOOKS_WRONG, doubtful_amounts
from workbook_tools.narrative.marks import CONTRADICTED
from workbook_tools.report.department.contradictions import Contradicted, without
from workbook_tools.scoring import Evaluation, grade
from workbook_tools.scoring.quantities import quantities
from workbook_tools.standard.contract import fields
from workbook_tools.standard.known_fields import (
    CLAIMED_GRADE,
    CLAIMED_TOTAL,
    UNIT_CODE,
    UNIT_NAME,
)
from workbook_tools.standard.report_form import PENDING
from workbook_tools.submission import Entry

_ABOUT_FIGURES, _ABOUT_TEXT = ("IN", "XC"), "NA"
_TEXTS = ("text", "choice")
_IDENTITY = frozenset({UNIT_CODE, UNIT_NAME})


def sayable(evaluation: Evaluation, findings: Sequence[Finding]) -> Evaluation:
    """The evaluation with ``资料待更正`` in place of every entry that is no fact.

    In a row of a table it is what is seen there and no value, so that nobody takes it for one and
    calls the row overdue. A text that the figures contradict stands without those of its own, and
    says below that it is open. A short text that the bureau issued stands as issued, and what is
    claimed as a total is the sum that the body gives.
    """
    submission = evaluation.submission
    certain: dict[str, Fraction | str] = {
        **_issued(evaluation, findings),
        **_claims(evaluation),
    }
    wrong = {(one.sheet, one.cell) for one in findings if _denies_a_figure(one)}
    doubtful = evaluation.excluded | doubtful_amounts(evaluation)
    contradicted = {one.field for one in findings if one.severity == "error" and _is_of_text(one)}

    against = _against(evaluation, findings) if contradicted else {}

    def told(field: str, entry: Entry) -> Entry:
        if field in contradicted and isinstance(entry.value, str):
            text = f"{without(entry.value, against.get(field, ()))}\n{CONTRADICTED}"
            return msgspec.structs.replace(entry, value=text, raw=text)
        if field in certain:
            return _stating(entry, certain[field])
        is_wrong = (entry.sheet, entry.cell) in wrong and isinstance(entry.value, Fraction)
        no_fact = is_wrong or entry.unusable or field in doubtful
        return _pending(entry) if no_fact else entry

    def listed(entry: Entry) -> Entry:
        shown = told("", entry)
        return shown if shown is entry else msgspec.structs.replace(shown, value=None)

    replaced = msgspec.structs.replace(
        submission,
        entries={field: told(field, entry) for field, entry in submission.entries.items()},
        tables={
            table: tuple(
                msgspec.structs.replace(
                    row, entries={column: listed(entry) for column, entry in row.entries.items()}
                )
                for row in rows
            )
            for table, rows in submission.tables.items()
        },
    )
    return msgspec.structs.replace(evaluation, submission=replaced, quantities=quantities(replaced))


def _issued(evaluation: Evaluation, findings: Sequence[Finding]) -> dict[str, str]:
    """The texts that the bureau issued and that were changed, as issued.

    Where both code and name of the unit were, the template may be another's: nobody knows.
    """
    known, issued = fields(evaluation.standard), evaluation.submission.issued
    changed = {
        one.field
        for one in findings
        if one.name == "differs-from-issued" and known[one.field].type in _TEXTS
    }
    passed_on = evaluation.submission.is_passed_on
    unknown = _IDENTITY if passed_on or changed >= _IDENTITY else frozenset()
    return {one: PENDING if one in unknown else issued[one].strip() for one in changed | unknown}


def _claims(evaluation: Evaluation) -> dict[str, Fraction | str]:
    """The claimed total and grade that the self scores contradict, as those give them.

    While one of these is missing the body gives no sum; then a grade that is not that of the
    claimed total is open.
    """
    submission, standard = evaluation.submission, evaluation.standard
    claimed, own = submission.number(CLAIMED_TOTAL), evaluation.self_total
    found: dict[str, Fraction | str] = {}
    said = submission.text(CLAIMED_GRADE)
    if own is None:
        if said and claimed is not None and said != grade(standard, claimed):
            found[CLAIMED_GRADE] = PENDING
        return found
    if claimed is not None and abs(claimed - own) >= standard.tolerances.score:
        found[CLAIMED_TOTAL] = own
    if said and evaluation.self_grade and said != evaluation.self_grade:
        found[CLAIMED_GRADE] = evaluation.self_grade
    return found


def _against(evaluation: Evaluation, findings: Sequence[Finding]) -> dict[str, list[Contradicted]]:
    """By field, what of a text the findings call wrong for certain."""
    wrong = {
        (one.field, one.actual, one.expected)
        for one in findings
        if one.severity == "error" and _is_of_text(one)
    }
    found: dict[str, list[Contradicted]] = {}
    for slot, text, one in Case(evaluation.submission, evaluation).disagreements:
        if (slot.field, one.said, one.right) in wrong:
            found.setdefault(slot.field, []).append(Contradicted(text, one))
    return found


def _denies_a_figure(one: Finding) -> bool:
    """Whether a finding says that what stands in its cell cannot be so, or is in 元."""
    return one.name == UNIT_LOOKS_WRONG or (
        one.severity == "error" and one.code.startswith(_ABOUT_FIGURES)
    )


def _is_of_text(one: Finding) -> bool:
    return one.code.startswith(_ABOUT_TEXT)


def _pending(entry: Entry) -> Entry:
    return _stating(entry, PENDING)


def _stating(entry: Entry, value: Fraction | str) -> Entry:
    return msgspec.structs.replace(entry, value=value, raw=str(value), problem=None)
