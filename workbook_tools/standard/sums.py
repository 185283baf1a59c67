"""Which amounts make up which, by what a standard checks; and which may therefore be added up."""

from __future__ import annotations

from typing import NamedTuple

from workbook_tools.standard.contract import fields
from workbook_tools.standard.expression import Binary, Expression, Name, parse
from workbook_tools.standard.inputs import Grid
from workbook_tools.standard.model import Standard


class Composition(NamedTuple):
    """A whole and the parts that should add up to it, by ids."""

    whole: str
    parts: tuple[str, ...]


def is_money(standard: Standard, identity: str) -> bool:
    """Whether an input or a derived quantity is an amount in 万元."""
    field = fields(standard).get(identity)
    if field is not None:
        return field.type == "money"
    return any(one.id == identity and one.type == "money" for one in standard.derived)


def compositions(standard: Standard) -> tuple[Composition, ...]:
    """The sums of amounts that the standard checks."""
    found = []
    for check in standard.cross_checks:
        if check.relation != "equals":
            continue
        left, right = parse(check.left), parse(check.right)
        for whole, sum_ in ((right, left), (left, right)):
            parts = _terms(sum_)
            if isinstance(whole, Name) and len(parts) > 1 and is_money(standard, whole.id):
                found.append(Composition(whole.id, parts))
    return tuple(found)


def money_grids(standard: Standard) -> tuple[Grid, ...]:
    """The grids that hold nothing but amounts."""
    return tuple(
        grid
        for grid in standard.grids
        if {axis.type for axis in (*grid.rows, *grid.columns)} | {grid.type} == {None, "money"}
    )


def adds_up(standard: Standard, grid: Grid) -> bool:
    """Whether a grid of amounts may be added up over its rows: none of them holds others."""
    wholes = {one.whole for one in compositions(standard)}
    cells = {grid.field(row, column) for row in grid.rows for column in grid.columns}
    return wholes.isdisjoint(cells)


def _terms(expression: Expression) -> tuple[str, ...]:
    """The ids of a sum of ids; none where it is anything else."""
    match expression:
        case Name(id=identity):
            return (identity,)
        case Binary(operator="+", left=left, right=right):
            first, second = _terms(left), _terms(right)
            return (*first, *second) if first and second else ()
        case _:
            return ()
