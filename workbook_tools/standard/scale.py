"""Amounts that stand together: one many times as large as all the others is in 元, not in 万元.

A budget and its execution may differ tenfold, hardly ever a hundredfold; an amount in 元 is ten
thousand times too big. How many times is too many, the standard says (``tolerances.scale``).
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from functools import lru_cache
from itertools import permutations

from workbook_tools.standard.contract import fields, grid_inputs
from workbook_tools.standard.expression import names, parse
from workbook_tools.standard.model import Standard


@lru_cache(maxsize=16)
def counterparts(standard: Standard) -> Mapping[str, tuple[str, ...]]:
    """The amounts that each amount is held against, by its id, in the order of the sheets.

    Those that stand with it in a measure, in a cross-check, or in the same row of a grid. An amount
    that stands alone is not in it; nothing is, where the standard does not say how many times is
    too many.
    """
    if standard.tolerances.scale is None:
        return {}
    amounts = [field.id for field in fields(standard).values() if field.type == "money"]
    pairs = {
        pair
        for group in _groups(standard)
        for pair in permutations([one for one in amounts if one in group], 2)
    }
    found = {one: tuple(other for other in amounts if (one, other) in pairs) for one in amounts}
    return {one: others for one, others in found.items() if others}


def held_against(standard: Standard, amount: str, issued: Container[str]) -> tuple[str, ...]:
    """The amounts that one is held against where the bureau filled in the fields ``issued``.

    Those are in 万元, in whatever unit the department typed all others; where none of its
    counterparts is issued, it is held against all of them.
    """
    others = counterparts(standard).get(amount, ())
    return tuple(one for one in others if one in issued) or others


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
