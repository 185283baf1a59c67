"""Findings written by hand, each with the figures with which it is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from tests.checks.builder import Change, cell_of, evaluated
from workbook_tools.checks.case import Case
from workbook_tools.checks.finding import Finding
from workbook_tools.checks.healing import Healing
from workbook_tools.standard.severity import Severity

Holds = Callable[[Case], bool]


class Fact(NamedTuple):
    """A finding, and of which cases it is told."""

    finding: Finding
    told: Holds


def told_at(name: str, sheet: str, cell: str, **more: Any) -> Finding:
    """A finding in a cell, of which the code is its name and the message the cell."""
    usual: dict[str, Any] = {
        "code": name,
        "severity": "error",
        "field": "some",
        "expected": "",
        "actual": "",
        "message": f"{cell}。",
    }
    return Finding(name=name, sheet=sheet, cell=cell, **{**usual, **more})


def finding(
    name: str, field: str, expected: str = "", severity: Severity = "error", cell: str | None = None
) -> Finding:
    """A finding at the cell of a field."""
    sheet, place = cell_of(field)
    return told_at(
        name,
        sheet,
        place if cell is None else cell,
        severity=severity,
        field=field.partition("[")[0],
        expected=expected,
        message=f"{place}。",
    )


def unless(**numbers: float) -> Holds:
    """Told unless one of these fields has the number."""
    return lambda case: not any(case.submission.number(one) == n for one, n in numbers.items())


def only(**numbers: float) -> Holds:
    return lambda case: not unless(**numbers)(case)


def always(_: Case) -> bool:
    return True


def case_of(change: Change) -> Case:
    return Case(*evaluated(change))


def healing(case: Case, facts: Sequence[Fact]) -> Healing:
    return Healing(case, lambda one: [fact.finding for fact in facts if fact.told(one)])


# ------------------------------------------------------------------- where a sum is told

SUM, ISSUED = "parts-do-not-add-up", "differs-from-issued"
X, Y, Z = (finding(name, "staff_actual") for name in "xyz")
WHOLE, BASIC, PROJECTS = "budget_approved", "budget_basic", "project_budget_total"


def healed(facts: Sequence[Fact], change: Change | None = None) -> dict[str, str]:
    """Which of the findings goes with which."""
    case = case_of(change or Change())
    findings = [one.finding for one in facts if one.told(case)]
    found = healing(case, facts).healed(findings)
    return {findings[place].name: cause.name for place, cause in found.items()}
