"""From where on an amount is asked about is said by the standard."""

from __future__ import annotations

from fractions import Fraction

import msgspec
import pytest

from tests.checks.builder import Change, evaluated
from workbook_tools.checks.units import suspects


@pytest.mark.parametrize(
    ("most", "amount", "said"),
    [
        ("50000", "60000", "超过 5 亿元"),
        ("50000", "50000", "超过 5 亿元"),
        ("50000", "49999", ""),
        ("1000000", "60000", ""),
        (None, "9000000", ""),
    ],
)
def test_an_amount_beyond_the_standard_is_suspect(most: str | None, amount: str, said: str) -> None:
    submission, evaluation = evaluated(
        Change(untouched=True, fields={"budget_approved": float(amount)})
    )
    tolerances = msgspec.structs.replace(
        submission.standard.tolerances,
        implausible_amount=None if most is None else Fraction(most),
    )
    standard = msgspec.structs.replace(submission.standard, tolerances=tolerances)

    submission = msgspec.structs.replace(submission, standard=standard)
    found = suspects(msgspec.structs.replace(evaluation, submission=submission))

    assert list(found) == (["budget_approved"] if said else [])
    assert said in found.get("budget_approved", "")
