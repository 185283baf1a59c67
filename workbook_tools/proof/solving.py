"""Solve an expression of the standard for one of its quantities, so that it has a wanted value."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from workbook_tools.standard.expression import (
    Binary,
    Expression,
    Name,
    Negative,
    NumberLiteral,
    parse,
)
from workbook_tools.standard.model import Standard
from workbook_tools.standard.tables import Formula

Polynomial = tuple[Fraction, ...]
"""Coefficients, the constant first, the last one not zero; () is zero."""


def expanded(expression: Expression, standard: Standard) -> Expression:
    """The expression with the formulas of derived quantities in the place of their ids."""
    formulas = {one.id: one.formula for one in standard.derived if isinstance(one, Formula)}

    def expand(tree: Expression) -> Expression:
        match tree:
            case Name(id=name) if name in formulas:
                return expand(parse(formulas[name]))
            case Negative(operand=operand):
                return Negative(expand(operand))
            case Binary(operator=operator, left=left, right=right):
                return Binary(operator, expand(left), expand(right))
            case _:
                return tree

    return expand(expression)


def solve(
    expression: Expression, unknown: str, figures: Mapping[str, Fraction], target: Fraction
) -> Fraction | None:
    """The value of ``unknown`` with which the expression is worth ``target``.

    Every other id needs a figure. None where there is no single such value, or where the unknown
    stands in a way that is not solved here (squared, say).
    """
    over, under = _ratio(expression, unknown, figures)
    difference = _plus(over, _times((-target,) if target else (), under))
    if len(difference) != 2:
        return None
    found = -difference[0] / difference[1]
    return found if _at(under, found) != 0 else None


def _ratio(
    tree: Expression, unknown: str, figures: Mapping[str, Fraction]
) -> tuple[Polynomial, Polynomial]:
    one: Polynomial = (Fraction(1),)
    match tree:
        case NumberLiteral(value=value):
            return _trimmed([value]), one
        case Name(id=name):
            if name == unknown:
                return (Fraction(0), Fraction(1)), one
            return _trimmed([figures[name]]), one
        case Negative(operand=operand):
            over, under = _ratio(operand, unknown, figures)
            return tuple(-each for each in over), under
        case Binary(operator=operator, left=left, right=right):
            (a, b), (c, d) = (_ratio(side, unknown, figures) for side in (left, right))
    match operator:
        case "*":
            return _times(a, c), _times(b, d)
        case "/":
            return _times(a, d), _times(b, c)
        case "+" | "-":
            sign = Fraction(1 if operator == "+" else -1)
            if b == d:
                return _plus(a, _times((sign,), c)), b
            return _plus(_times(a, d), _times((sign,), _times(c, b))), _times(b, d)


def _trimmed(coefficients: list[Fraction]) -> Polynomial:
    while coefficients and coefficients[-1] == 0:
        coefficients.pop()
    return tuple(coefficients)


def _plus(one: Polynomial, other: Polynomial) -> Polynomial:
    longest = max(len(one), len(other))
    padded = ((*each, *[Fraction(0)] * (longest - len(each))) for each in (one, other))
    return _trimmed([a + b for a, b in zip(*padded, strict=True)])


def _times(one: Polynomial, other: Polynomial) -> Polynomial:
    if not one or not other:
        return ()
    product = [Fraction(0)] * (len(one) + len(other) - 1)
    for place, a in enumerate(one):
        for step, b in enumerate(other):
            product[place + step] += a * b
    return _trimmed(product)


def _at(polynomial: Polynomial, value: Fraction) -> Fraction:
    return sum((each * value**power for power, each in enumerate(polynomial)), Fraction(0))
