"""What Excel can hold of a formula: a file with more is one that Excel repairs, or refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from workbook_tools.standard.model import Standard
from workbook_tools.standard.problems import Problem, StandardFile
from workbook_tools.template.quantities import Names, quantity_formula
from workbook_tools.template.scores import score_formulas

LONGEST_FORMULA = 8192
"""Characters, with the "="."""
LONGEST_TEXT = 255
"""Characters of a text inside a formula, without its quotes."""

_TEXTS = re.compile('"(?:[^"]|"")*"')


@lru_cache(maxsize=8192)  # a standard has some thousand formulas, the same in each template
def excess(formula: str) -> str:
    """What a formula (without "=") has too much of, in Chinese; "" where Excel can hold it."""
    if len(formula) + 1 > LONGEST_FORMULA:
        return f"公式有 {len(formula) + 1} 个字符，Excel 最多 {LONGEST_FORMULA} 个"
    longest = max((len(text) for text in _TEXTS.findall(formula)), default=2) - 2
    if longest > LONGEST_TEXT:
        return f"公式里有一段 {longest} 个字符的文字，Excel 最多 {LONGEST_TEXT} 个"
    return ""


def formulas(standard: Standard, source: StandardFile) -> Iterator[Problem]:
    """A lint: the formulas of each indicator and derived quantity are short enough."""
    for number, indicator in enumerate(standard.indicators):
        made = score_formulas(indicator, standard)
        wrong = next(filter(None, map(excess, (made.value, made.score, made.status))), "")
        if wrong:
            yield source.problem(
                ("indicators", number, "rule"),
                f"“{indicator.title}”的{wrong}；请拆成几项指标，或减少清单的条目",
            )
    names = Names(standard)
    for number, derived in enumerate(standard.derived):
        wrong = excess(quantity_formula(derived, names))
        if wrong:
            yield source.problem(
                ("derived", number), f"“{derived.label}”的{wrong}；请拆成几个派生量"
            )
