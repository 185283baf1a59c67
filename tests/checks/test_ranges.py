"""What is said of a number out of its range, in shapes that the shipped standard has none of."""

from __future__ import annotations

import msgspec
import pytest

from tests.checks.builder import STANDARD, Change, evaluated
from workbook_tools.checks import Finding, check
from workbook_tools.standard import Standard

RATE = {"survey_responses": None, "survey_satisfied": None, "satisfaction_rate": 95}
RANGE = "在 0.00% 到 100.00% 之间"


def told(standard: Standard) -> Finding:
    """The finding about a share of 95, by a changed standard."""
    submission, evaluation = evaluated(Change(fields=RATE))
    submission = msgspec.structs.replace(submission, standard=standard)
    (found,) = [one for one in check(submission, evaluation) if one.name == "out-of-range"]
    return found


@pytest.mark.parametrize(
    ("left", "relation", "right", "expected"),
    [
        ("satisfaction_rate", "at_most", "0.95", "95%"),
        ("satisfaction_rate", "at_most", "0.9", RANGE),
        ("satisfaction_rate", "at_least", "0.95", "95%"),
        ("satisfaction_rate", "at_least", "0.99", RANGE),
        ("satisfaction_rate", "differs", "0.95", "95%"),
        ("payment_planned_q1", "at_most", "0.1", "95%"),
    ],
)
def test_what_is_likely_meant_keeps_the_bounds_of_the_standard(
    left: str, relation: str, right: str, expected: str
) -> None:
    first = next(one for one in STANDARD.cross_checks if one.finding == "part-exceeds-whole")
    shape = {"left": left, "relation": relation, "right": right, "at": left}
    bound = msgspec.structs.replace(first, **shape)
    assert told(msgspec.structs.replace(STANDARD, cross_checks=(bound,))).expected == expected


@pytest.mark.parametrize(
    ("range_", "said"),
    [({"min": None}, "应不大于 100.00%，现为"), ({"max": None}, "应不小于 0.00%，现为")],
)
def test_a_range_may_have_one_end(range_: dict[str, None], said: str) -> None:
    inputs = tuple(
        msgspec.structs.replace(one, **range_) if one.id == "satisfaction_rate" else one
        for one in STANDARD.inputs
    )
    assert said in told(msgspec.structs.replace(STANDARD, inputs=inputs)).message
