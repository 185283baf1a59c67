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
from workbook_tools.scoring.evaluation import evaluate
from workbook_tools.standard.severity import SEVERITY_ORDER

_SAY_WHAT_IS_RIGHT = frozenset({"parts-do-not-add-up", "unit-looks-wrong", "figures-differ"})
_MOST = 5  # figures that are tried; a workbook with more of them is wrong in other ways


def healed(
    case: Case, findings: Sequence[Finding], raised: Callable[[Case], Sequence[Finding]]
) -> Mapping[int, Finding]:
    """The findings (by place in the list) that go with a figure when it is put right, and its own.

    ``raised`` gives all findings of a case. A finding that goes with one figure explains no other.
    """
    found: dict[int, Finding] = {}
    known = [(place, one) for place, one in enumerate(findings) if _says_what_is_right(case, one)]
    known.sort(key=lambda pair: SEVERITY_ORDER[pair[1].severity])
    for at, cause in known[:_MOST]:
        if at in found:
            continue
        left = {_told(one) for one in raised(_with(case, cause))}
        for place, one in enumerate(findings):
            if place != at and place not in found and _told(one) not in left:
                found[place] = cause
    roots = {id(cause) for cause in found.values()}
    return {place: cause for place, cause in found.items() if id(findings[place]) not in roots}


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
