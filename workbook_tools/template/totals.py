"""Subtotals, totals and grades as formulas over the columns of the score table.

Each column is a named range over the rows of all indicators; each level has one over its own rows.
"""

from __future__ import annotations

from workbook_tools.standard.model import Grade, Standard
from workbook_tools.template.expressions import final, literal, quoted, rounded

SCORES, HIGHEST = "list_score", "list_highest"
SELF, REVIEW = "list_self", "list_review"
REVIEWED, REVIEWED_HIGHEST = "list_reviewed", "list_reviewed_highest"


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

    def total(name: str) -> str:
        return final(f"SUM({name})", places)

    low, high = _graded("total_low", standard.grades), _graded("total_high", standard.grades)
    reviewed_low, reviewed_high = (
        _graded(total(name), standard.grades) for name in (REVIEWED, REVIEWED_HIGHEST)
    )
    return {
        "total_score": subtotal(SCORES, count, places),
        "total_low": total(SCORES),
        "total_high": total(HIGHEST),
        "total_self": subtotal(SELF, count, places),
        "total_review": f'IF(COUNT({REVIEW})=0,"",{subtotal(REVIEWED, count, places)})',
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
