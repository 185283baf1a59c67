"""What the workbook's result cells should show, and whether they do."""

from __future__ import annotations

from fractions import Fraction

from workbook_tools.checks.case import Case
from workbook_tools.scoring.model import Evaluation
from workbook_tools.submission.model import Submission

ShownResult = Fraction | str | None
"""A number, a text, or None for an empty cell; an empty text is as good as none."""


def doubtful(submission: Submission, evaluation: Evaluation) -> bool:
    """Whether recalculating the workbook would tell something.

    It has formulas, and a stored result is missing or is not ours.
    """
    if not any(one.formula is not None for one in submission.stored.values()):
        return False
    case = Case(submission, evaluation)
    return any(
        name in submission.stored and not agrees(case, submission.stored[name].value, ours)
        for name, ours in expected_results(evaluation).items()
    )


def expected_results(evaluation: Evaluation) -> dict[str, ShownResult]:
    """By defined name, what the cells of scores, subtotals, totals and the grade should show."""
    total = evaluation.total
    found: dict[str, ShownResult] = {
        f"score_{one.indicator}": one.score for one in evaluation.results.values()
    }
    found |= {f"subtotal_{level}": value for level, value in evaluation.subtotals.items()}
    found |= {"total_score": total.score, "total_low": total.low, "total_high": total.high}
    found["grade_score"] = total.grade
    return found


def agrees(case: Case, shown: ShownResult, ours: ShownResult) -> bool:
    """Whether a result is ours, within the standard's tolerance.

    An error that comes from an unusable input is no disagreement: the input has a finding.
    """
    value = None if shown == "" else shown
    if value == ours:
        return True
    if isinstance(value, Fraction) and isinstance(ours, Fraction):
        return abs(value - ours) < case.standard.tolerances.score
    return isinstance(value, str) and value.startswith("#") and bool(case.unusable)


def recalculated(case: Case, name: str) -> ShownResult:
    """What the workbook's own formula gives today; None when it was not worked out."""
    found = case.submission.recalculated
    return found.values.get(name) if found else None


def was_recalculated(case: Case, name: str) -> bool:
    """Whether it is known what the workbook's own formula gives today."""
    found = case.submission.recalculated
    return found is not None and name in found.values


def shown(case: Case, name: str) -> ShownResult:
    """What a result cell shows; a formula in a workbook without results: what it would show."""
    stored = case.submission.stored[name]
    return stored.value if case.calculated or stored.formula is None else recalculated(case, name)
