"""The sentence under a score, for what is filled in, also by a standard with another rule."""

from __future__ import annotations

from typing import Any

import msgspec

from tests.submissions import submission
from workbook_tools.scoring import evaluate, explain_result
from workbook_tools.standard import Standard, load_standard
from workbook_tools.standard.rules import Rule

STANDARD = load_standard()
QUARTERS = {
    "payment_planned_q1": 0.25,
    "payment_planned_q2": 0.5,
    "payment_planned_q3": 0.75,
    "payment_planned_q4": 1,
}


def sentence(
    indicator: str,
    values: dict[str, Any],
    tables: dict[str, Any] | None = None,
    standard: Standard = STANDARD,
) -> str:
    return explain_result(evaluate(submission(values, tables, standard)), indicator)


def with_rule(indicator: str, rule: Rule, **more: Any) -> Standard:
    """The standard with another rule for one indicator, and ``more`` of it changed."""
    changed = tuple(
        msgspec.structs.replace(one, rule=rule, **more) if one.id == indicator else one
        for one in STANDARD.indicators
    )
    return msgspec.structs.replace(STANDARD, indicators=changed)
