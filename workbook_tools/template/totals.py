"""Subtotals, totals and grades as formulas over the columns of the score table.

Each column is a named range over the rows of all indicators; each level has one over its own rows.
"""

from __future__ import annotations

from workbook_tools.standard.model import Grade, Standard
from workbook_tools.template.bounds import HIGH, LOW, CapCells, Counted
from workbook_tools.template.expressions import final, literal, quoted, rounded

SCORES, HIGHEST = "list_score", "list_highest"
SELF, REVIEW = "list_self", "list_review"
REVIEWED, REVIEWED_HIGHEST = "list_reviewed", "list_reviewed_highest"


_COUNTED: dict[str, Counted] = {
    SELF: "own",
    REVIEWED: "reviewed",
    REVIEWED_HIGHEST: "reviewed",
}


def level_range(level: str, kind: str = "score") -> str:
    """The defined name of a level's part of a column of the score table."""
    return f"part_{kind}_{level}"


def subtotal(name: str, count: int, places: int) -> str:
    """The sum of a range once every one of its ``count`` cells holds a number."""
    if count == 1:  # SUM over a single cell that may hold "" is not the same everywhere
        return f'IF(ISNUMBER({name}),{name},"")'
    return f'IF(COUNT({name})={count},{final(f"SUM({name})", places)},"")'


def total_formulas(standard: Standard) -> dict[str, str]:
    """The formula text (without "=") of every total and grade, by defined name."""
    count, places = len(standard.indicators), standard.rounding.places
    bounds = CapCells(standard)

    def total(name: str, end: str = "") -> str:
        return final(bounds.held(f"SUM({name})", end, _COUNTED.get(name, "ours")), places)

    def complete(name: str) -> str:
        if not bounds.any:
            return subtotal(name, count, places)
        return bounds.known(f'IF(COUNT({name})={count},{total(name)},"")')

    low, high = _graded("total_low", standard.grades), _graded("total_high", standard.grades)
    reviewed_low, reviewed_high = (
        _graded(total(name, end), standard.grades)
        for name, end in ((REVIEWED, LOW), (REVIEWED_HIGHEST, HIGH))
    )
    return {
        "total_score": complete(SCORES),
        "total_low": total(SCORES, LOW),
        "total_high": total(HIGHEST, HIGH),
        "total_self": complete(SELF),
        "total_review": f'IF(COUNT({REVIEW})=0,"",{complete(REVIEWED)})',
        "grade_low": low,
        "grade_high": high,
        "grade_score": 'IF(grade_low=grade_high,grade_low,"")',
        "grade_self": f'IF(ISNUMBER(total_self),{_graded("total_self", standard.grades)},"")',
        "grade_review": (
            f'IF(COUNT({REVIEW})=0,"",IF({reviewed_low}={reviewed_high},{reviewed_low},""))'
        ),
    }


def _graded(total: str, grades: tuple[Grade, ...]) -> str:
    """The grade of a total: the first whose threshold it reaches."""
    *upper, last = grades
    text = quoted(last.name)
    for grade in reversed(upper):
        text = f"IF({rounded(total)}>={literal(grade.at_least)},{quoted(grade.name)},{text})"
    return text
