"""Which findings would be gone if one figure were what the figures beside it make it.

A sum that its parts do not give, or an amount in 元, contradicts much else: what was spent against
the plan, the words of the report, the score. What agrees once the figure is right is the same slip.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import msgspec

from workbook_tools.checks.case import Case
from workbook_tools.checks.finding import Finding
from workbook_tools.checks.relations import elsewhere
from workbook_tools.scoring.evaluation import evaluate
from workbook_tools.standard.severity import SEVERITY_ORDER

_SUM = "parts-do-not-add-up"
_SAY_WHAT_IS_RIGHT = frozenset({_SUM, "unit-looks-wrong", "figures-differ"})
_MANY = 300
"""Findings; of a workbook with more, nobody asks which of them follow from a sum."""
_MOST = 5  # figures that are tried; a workbook with more of them is wrong in other ways


Raised = Callable[[Case], Sequence[Finding]]


def well_placed(case: Case, findings: Sequence[Finding], raised: Raised) -> list[Finding]:
    """The findings, each sum that does not agree told at the figure that explains most of them.

    Whether the whole or a part is wrong, the sum does not say; what else they contradict may. Where
    nothing tells them apart it stays where the standard wants it told.
    """
    told = list(findings)
    if len(findings) > _MANY:
        return told
    sums = [place for place, one in enumerate(findings) if _is_broken_sum(one)]
    for place in sums[:_MOST]:
        candidates = [findings[place], *elsewhere(case, findings[place])]
        gone = [len(_gone(case, findings, one, raised)) for one in candidates]
        if gone.count(max(gone)) == 1:
            told[place] = candidates[gone.index(max(gone))]
    return told


def healed(case: Case, findings: Sequence[Finding], raised: Raised) -> Mapping[int, Finding]:
    """The findings (by place in the list) that go with a figure when it is put right, and its own.

    ``raised`` gives all findings of a case. A finding that goes with one figure explains no other.
    """
    found: dict[int, Finding] = {}
    if len(findings) > _MANY:
        return found
    known = [(place, one) for place, one in enumerate(findings) if _says_what_is_right(case, one)]
    known.sort(key=lambda pair: SEVERITY_ORDER[pair[1].severity])
    for at, cause in known[:_MOST]:
        if at in found:
            continue
        for place in _gone(case, findings, cause, raised):
            if place != at and place not in found:
                found[place] = cause
    roots = {id(cause) for cause in found.values()}
    return {place: cause for place, cause in found.items() if id(findings[place]) not in roots}


def _is_broken_sum(one: Finding) -> bool:
    return one.name == _SUM and one.severity != "info"


def _gone(case: Case, findings: Sequence[Finding], cause: Finding, raised: Raised) -> list[int]:
    """The places of the findings that are gone with the figure that a finding asks for."""
    if not _says_what_is_right(case, cause):
        return []
    mended = _with(case, cause)
    if not mended.suspects.keys() <= case.suspects.keys():
        return []  # what rests on an amount that is suspected only now is passed over, not right
    left = {_told(one) for one in raised(mended)}
    return [place for place, one in enumerate(findings) if _told(one) not in left]


def _says_what_is_right(case: Case, one: Finding) -> bool:
    entry = case.submission.entries.get(one.field)
    known = one.name in _SAY_WHAT_IS_RIGHT and one.severity != "info" and entry is not None
    return known and _number(one.expected) is not None


def _with(case: Case, cause: Finding) -> Case:
    """The case with the figure that was expected."""
    value = _number(cause.expected)
    entries = dict(case.submission.entries)
    entries[cause.field] = msgspec.structs.replace(
        entries[cause.field], value=value, raw=str(value)
    )
    submission = msgspec.structs.replace(case.submission, entries=entries)
    return Case(submission, evaluate(submission))


def _number(text: str) -> Fraction | None:
    try:
        return Fraction(text.replace(",", ""))
    except ValueError:
        return None


def _told(one: Finding) -> tuple[str, str, str, str]:
    return one.name, one.sheet, one.cell, one.field
