"""What expressions rest on: the tables behind their quantities."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from workbook_tools.standard.expression import (
    Binary,
    Expression,
    NumberLiteral,
    ids,
    names,
    parse,
    parts,
)
from workbook_tools.standard.model import Indicator, Standard
from workbook_tools.standard.tables import Formula


@lru_cache(maxsize=1024)
def tables_behind(standard: Standard, identity: str) -> frozenset[str]:
    """The tables that an input or a derived quantity is drawn from (none for an input)."""
    derived = next((one for one in standard.derived if one.id == identity), None)
    if derived is None:
        return frozenset()
    if isinstance(derived, Formula):
        return frozenset().union(*(tables_behind(standard, one) for one in ids(derived.formula)))
    return frozenset((derived.table,))


@lru_cache(maxsize=1024)
def zero_comes_first(standard: Standard, indicator: Indicator, measure: str) -> bool:
    """Whether a zero denominator of the measure is decided before any rows are asked for.

    Where nothing was assigned there is nothing to list; but a zero that comes from counting the
    very rows that are asked for says nothing.
    """
    needed = set(indicator.needs_rows)
    return indicator.zero != "insufficient" and not any(
        needed & tables_behind(standard, name)
        for under in _denominators(parse(measure))
        for name in names(under)
    )


def _denominators(expression: Expression) -> Iterator[Expression]:
    for part in parts(expression):
        if (
            isinstance(part, Binary)
            and part.operator == "/"
            and not isinstance(part.right, NumberLiteral)
        ):
            yield part.right
