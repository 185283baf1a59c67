"""What the engine expects each result cell of the workbook to show, and whether it does."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from workbook_tools.proof.workbook import WitnessResult, row_output
from workbook_tools.scoring import Evaluation, Status, Total
from workbook_tools.standard.contract import own_from_rows, own_rows
from workbook_tools.standard.model import Standard
from workbook_tools.template.scores import (
    CLAIMED,
    COMPUTED,
    FULL_BY_RULE,
    LACKING,
    NOTHING_BY_RULE,
    ZERO_DENOMINATOR,
)

Expected = Fraction | str | None
"""A number, a text, or nothing."""

TOTALS = "totals"
"""The part of a workbook that belongs to no single indicator: subtotals, totals, grades."""

_NOISE = 1e-9
"""By how much a number may differ, in parts of itself (or of 1): binary arithmetic, no more."""
_STATUS: dict[str, Status] = {
    COMPUTED: "computed",
    NOTHING_BY_RULE: "computed",
    FULL_BY_RULE: "not_applicable",
    CLAIMED: "not_applicable",
    ZERO_DENOMINATOR: "insufficient",
}


def expected_results(evaluation: Evaluation) -> dict[str, Expected]:
    """By defined name, what the engine finds for every result cell.

    Of a status only its kind is expected: ``computed``, ``not_applicable`` or ``insufficient``.
    """
    found: dict[str, Expected] = {}
    indicators = {one.id: one for one in evaluation.standard.indicators}
    for one, result in evaluation.results.items():
        found[f"value_{one}"] = result.measure
        found[f"score_{one}"] = result.score
        found[f"status_{one}"] = result.status
        if own_from_rows(indicators[one]):
            found[f"self_{one}"] = evaluation.own[one]
    found |= _row_scores(evaluation)
    found |= {f"subtotal_{level}": score for level, score in evaluation.subtotals.items()}
    total, review = evaluation.total, evaluation.review or _NO_TOTAL
    return found | {
        "total_score": total.score,
        "total_low": total.low,
        "total_high": total.high,
        "total_self": evaluation.self_total,
        "total_review": review.score,
        "grade_score": total.grade,
        "grade_self": evaluation.self_grade,
        "grade_review": review.grade,
    }


def _row_scores(evaluation: Evaluation) -> dict[str, Expected]:
    """What each row of a table that own indicators are scored from is worth, if it is anything."""
    found: dict[str, Expected] = {}
    for table in evaluation.standard.tables:
        own = own_rows(evaluation.standard, table.id)
        if own:
            found |= {row_output(table.id, number): None for number in range(1, table.rows + 1)}
        for indicator, _ in own:
            for row in evaluation.results[indicator.id].rows:
                found[row_output(table.id, row.number)] = row.score
    return found


_NO_TOTAL = Total(score=None, low=Fraction(0), high=Fraction(0), grade=None)


def differing(expected: Mapping[str, Expected], shown: Mapping[str, WitnessResult]) -> list[str]:
    """The names of the cells that do not show what is expected of them."""
    return [name for name, value in expected.items() if not agrees(name, value, shown[name])]


def agrees(name: str, expected: Expected, shown: WitnessResult) -> bool:
    """Whether a cell shows what is expected of it; an empty text is nothing."""
    if name.startswith("status_") and isinstance(shown, str):
        lacking: Status | None = "insufficient" if shown.startswith(LACKING) else None
        return expected == _STATUS.get(shown, lacking)
    match expected:
        case None:
            return shown is None or shown == ""
        case str():
            return shown == expected
        case Fraction():
            if isinstance(shown, bool | str) or shown is None:
                return False
            exact = float(expected)
            return abs(shown - exact) <= _NOISE * max(1.0, abs(exact))


def part_of(standard: Standard, name: str) -> str:
    """The id of the indicator that a result cell belongs to, or TOTALS."""
    kind, _, identity = name.partition("_")
    known = {one.id for one in standard.indicators}
    return identity if kind in ("value", "score", "status") and identity in known else TOTALS
