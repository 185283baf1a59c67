"""What an expression of the standard is worth, exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from workbook_tools.standard.expression import (
    Binary,
    Expression,
    Name,
    Negative,
    NumberLiteral,
    ids,
)


class ZeroDenominatorError(ArithmeticError):
    """A division by zero: ``numerator`` should have been divided by ``denominator``."""

    def __init__(self, numerator: Fraction, denominator: Expression) -> None:
        super().__init__("division by zero in a measure")
        self.numerator = numerator
        self.denominator = denominator


def missing(text: str, figures: Mapping[str, Fraction | None]) -> tuple[str, ...]:
    """The ids in an expression that have no figure, each once, in their order."""
    return tuple(name for name in ids(text) if figures.get(name) is None)


def worth(expression: Expression, figures: Mapping[str, Fraction | None]) -> Fraction:
    """The exact value; every id must have a figure (see :func:`missing`).

    Raises :class:`ZeroDenominatorError` at the first division by zero.
    """
    match expression:
        case Name(id=name):
            figure = figures[name]
            assert figure is not None, f"{name} has no figure"
            return figure
        case NumberLiteral(value=value):
            return value
        case Negative(operand=operand):
            return -worth(operand, figures)
        case Binary(operator=operator, left=left, right=right):
            a, b = worth(left, figures), worth(right, figures)
    match operator:
        case "+":
            return a + b
        case "-":
            return a - b
        case "*":
            return a * b
        case "/":
            if b == 0:
                raise ZeroDenominatorError(a, right)
            return a / b


def exact_sum(terms: Iterable[Fraction]) -> Fraction:
    """The exact sum; those of one denominator first, since adding fractions is slow."""
    parts: dict[int, int] = {}
    for term in terms:
        parts[term.denominator] = parts.get(term.denominator, 0) + term.numerator
    return sum((Fraction(part, of) for of, part in parts.items()), Fraction(0))


def is_below(value: Fraction, limit: Fraction) -> bool:
    """Whether ``value < limit``, three times as fast: tables ask it of every number."""
    return value.numerator * limit.denominator < limit.numerator * value.denominator


def rounded(value: Fraction, places: int) -> Fraction:
    """Round to decimal places, halves away from zero, as the standard's ``rounding`` asks."""
    scale, part = 10**places, value.denominator
    whole = (abs(value.numerator) * scale * 2 + part) // (part * 2)
    return Fraction(whole if value >= 0 else -whole, scale)
