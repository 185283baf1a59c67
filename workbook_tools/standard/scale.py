"""Amounts that stand together: one many times as large as the others is in 元, not in 万元.

A budget and its execution may differ tenfold, hardly ever a hundredfold; an amount in 元 is ten
thousand times too big. How many times is too many, the standard says (``tolerances.scale``).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import permutations
from typing import NamedTuple

from workbook_tools.standard.contract import fields, grid_inputs
from workbook_tools.standard.expression import names, parse
from workbook_tools.standard.model import Standard
from workbook_tools.standard.rules import texts_of
from workbook_tools.standard.sums import money_grids
from workbook_tools.standard.tables import Formula

_Pairs = Mapping[str, tuple[str, ...]]


class Against(NamedTuple):
    """What an amount is held against: the largest of ``others``, or where ``least`` the smallest.

    Only what is above zero counts. ``first``: those of the others that are themselves held against
    what the bureau issued; one of them that is out of scale is no measure for the rest.
    """

    others: tuple[str, ...]
    least: bool = False
    first: tuple[str, ...] = ()


def held_against(standard: Standard, amount: str, issued: Container[str]) -> Against:
    """What an amount is held against where the bureau filled in the fields ``issued``.

    Those are in 万元, in whatever unit the department typed all others: the issued ones among all
    amounts that it comes together with. Where there is none, the smallest in its row of a grid
    whose rows are ``alike``; the largest in the other columns of a grid ``by_column``; else the
    largest of those that stand with it in a measure, a cross-check or a grid's row.
    """
    if known := _issued_near(standard, amount, issued):
        return Against(known)
    row = _rows(standard).get(amount, ())
    others = row or _other_columns(standard).get(amount, ()) or _beside(standard).get(amount, ())
    if amount in issued:  # all that is near it is held against it, not it against them
        return Against(others, bool(row))
    first = tuple(one for one in others if _issued_near(standard, one, issued))
    return Against(others, bool(row), first)


@lru_cache(maxsize=16)
def within_year(standard: Standard) -> frozenset[str]:
    """The amounts none of which is larger than what the department has in a whole year."""
    named = standard.tolerances.within_year
    return frozenset(named).union(*_grid_rows(standard, named))


def _issued_near(standard: Standard, amount: str, issued: Container[str]) -> tuple[str, ...]:
    return tuple(one for one in _near(standard).get(amount, ()) if one in issued)


@lru_cache(maxsize=16)
def _beside(standard: Standard) -> _Pairs:
    """The amounts that stand with each amount in a measure, a cross-check or a grid's row, by id.

    They are in the order of the sheets. An amount that stands alone is not in it; nothing is, where
    the standard does not say how many times is too many.
    """
    return _pairs(standard, (*_groups(standard, through=False), *_grid_rows(standard)))


@lru_cache(maxsize=16)
def _near(standard: Standard) -> _Pairs:
    """The same, through derived quantities and the limits and periods of rules as well."""
    return _pairs(standard, (*_groups(standard, through=True), *_grid_rows(standard)))


@lru_cache(maxsize=16)
def _rows(standard: Standard) -> _Pairs:
    scale = standard.tolerances.scale
    return _pairs(standard, _grid_rows(standard, scale.alike)) if scale else {}


@lru_cache(maxsize=16)
def _other_columns(standard: Standard) -> _Pairs:
    """The amounts of the other columns, for each in a grid to be looked at column by column."""
    scale = standard.tolerances.scale
    found: dict[str, tuple[str, ...]] = {}
    for grid in money_grids(standard):
        if scale is None or grid.id not in scale.by_column:
            continue
        for column in grid.columns:
            others = [other for other in grid.columns if other is not column]
            known = tuple(grid.field(row, other) for row in grid.rows for other in others)
            found |= {grid.field(row, column): known for row in grid.rows}
    return found


def _pairs(standard: Standard, groups: Iterable[frozenset[str]]) -> _Pairs:
    if standard.tolerances.scale is None:
        return {}
    amounts = [field.id for field in fields(standard).values() if field.type == "money"]
    pairs = {
        pair
        for group in groups
        for pair in permutations([one for one in amounts if one in group], 2)
    }
    found = {one: tuple(other for other in amounts if (one, other) in pairs) for one in amounts}
    return {one: others for one, others in found.items() if others}


def _groups(standard: Standard, *, through: bool) -> Iterator[frozenset[str]]:
    for indicator in standard.indicators:
        for text in (*indicator.measures, *(texts_of(indicator.rule) if through else ())):
            yield _named(standard, (text,), through)
    for check in standard.cross_checks:
        texts = [text for text in (check.left, check.right) if text]
        yield _named(standard, texts, through).union(check.series)


def _named(standard: Standard, texts: Iterable[str], through: bool) -> frozenset[str]:
    """The ids in expressions; ``through`` a derived quantity, what it is reckoned from."""
    formulas = {one.id: one.formula for one in standard.derived if isinstance(one, Formula)}
    found: set[str] = set()
    left = [name for text in texts for name in names(parse(text))]
    while left:
        name = left.pop()
        if through and name in formulas:
            left += names(parse(formulas[name]))
        else:
            found.add(name)
    return frozenset(found)


def _grid_rows(standard: Standard, only: Container[str] | None = None) -> Iterator[frozenset[str]]:
    for grid in standard.grids:
        if only is not None and grid.id not in only:
            continue
        ids = [one.id for one in grid_inputs(grid)]
        width = len(grid.columns)
        for start in range(0, len(ids), width):
            yield frozenset(ids[start : start + width])
