"""Amounts that seem to be written in 元 where 万元 is asked for.

An amount in 元 is ten thousand times too big. Nobody can be sure of that from one figure, so it is
compared with its counterparts: the figures that stand with it in a measure, in a cross-check, or
in the same row of a grid. A budget and its execution may differ tenfold, hardly ever a hundredfold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import permutations

from workbook_tools.checks.finding import Finding
from workbook_tools.checks.words import quoted
from workbook_tools.figures import amount
from workbook_tools.standard.contract import fields, grid_inputs
from workbook_tools.standard.expression import names, parse
from workbook_tools.standard.model import Standard
from workbook_tools.standard.naming import name_of
from workbook_tools.submission.model import Submission

UNIT_LOOKS_WRONG = "unit-looks-wrong"
_YUAN = 10_000  # 元 in a 万元
_AT_LEAST_A_COUNTERPART = 3_000  # where the true figure is 30 % of the other
_AT_MOST_A_COUNTERPART = 30_000
_FAR_FROM_ALL = 100
_HUNDRED_MILLION = 10_000  # 万元 in a 亿元


def has_doubtful_amounts(findings: Iterable[Finding], standard: Standard) -> bool:
    """Whether these findings suspect an amount to be in 元: no sum should count it."""
    known = fields(standard)
    found = (known.get(one.field) for one in findings if one.name == UNIT_LOOKS_WRONG)
    return any(field is not None and field.type == "money" for field in found)


def suspects(submission: Submission) -> dict[str, str]:
    """The fields whose amount seems to be in 元, each with the reason in words.

    An amount is suspect when one counterpart is about ten thousand times smaller and every other
    one at least a hundred times; or, if none is, the first amount that the standard calls
    implausible (then the whole sheet is probably in 元).
    """
    standard = submission.standard
    counterparts = _counterparts(standard)
    numbers = {field: submission.number(field) for field in counterparts}
    figures = {field: float(number) for field, number in numbers.items() if number and number > 0}
    found: dict[str, str] = {}
    for field, figure in figures.items():
        if figure < _AT_LEAST_A_COUNTERPART / 10:
            continue  # 300 元 and less would be meant: too small to tell
        ratios = [(figure / figures[one], one) for one in counterparts[field] if one in figures]
        if not ratios or min(ratios)[0] < _FAR_FROM_ALL:
            continue
        ratio, other = min(ratios, key=lambda pair: abs(pair[0] - _YUAN))
        if _AT_LEAST_A_COUNTERPART <= ratio <= _AT_MOST_A_COUNTERPART:
            found[field] = (
                f"约为{quoted(name_of(standard, other))}（{figures[other]:,.2f} 万元）"
                f"的 {ratio:,.0f} 倍"
            )
    most = standard.tolerances.implausible_amount
    if not found and most is not None:
        for field, figure in figures.items():
            if figure >= most:
                reason = f"超过 {amount(most / _HUNDRED_MILLION)} 亿元，超出一个县级部门的规模"
                return {field: f"{reason}，同表的其他金额也请一并核对"}
    return found


@lru_cache(maxsize=16)
def _counterparts(standard: Standard) -> Mapping[str, tuple[str, ...]]:
    """The amounts that stand together with each amount, in the order of the sheets."""
    amounts = [field.id for field in fields(standard).values() if field.type == "money"]
    pairs = {
        pair
        for group in _groups(standard)
        for pair in permutations([one for one in amounts if one in group], 2)
    }
    return {one: tuple(other for other in amounts if (one, other) in pairs) for one in amounts}


def _groups(standard: Standard) -> Iterator[frozenset[str]]:
    for indicator in standard.indicators:
        for measure in indicator.measures:
            yield frozenset(names(parse(measure)))
    for check in standard.cross_checks:
        texts = [text for text in (check.left, check.right) if text]
        yield frozenset((*check.series, *(name for text in texts for name in names(parse(text)))))
    for grid in standard.grids:
        ids = [one.id for one in grid_inputs(grid)]
        width = len(grid.columns)
        for start in range(0, len(ids), width):
            yield frozenset(ids[start : start + width])
