"""Expressions with their figures filled in, for calculations in words."""

from __future__ import annotations

from collections.abc import Mapping

from workbook_tools.figures import amount
from workbook_tools.standard.expression import Binary, Expression, Name, Negative, NumberLiteral

SIGNS = {"+": "＋", "-": "－", "*": "×", "/": "÷"}
BINDING = {"+": 1, "-": 1, "*": 2, "/": 2}


def in_figures(expression: Expression, figures: Mapping[str, str], binding: int = 0) -> str:
    """The expression with figures, which are written already, in the place of the names."""
    match expression:
        case Name(id=name):
            return figures[name]
        case NumberLiteral(value=value):
            return amount(value)
        case Negative(operand=operand):
            return f"－{in_figures(operand, figures, 3)}"
        case Binary(operator=operator, left=left, right=right):
            own = BINDING[operator]
            sides = in_figures(left, figures, own), in_figures(right, figures, own + 1)
            text = f" {SIGNS[operator]} ".join(sides)
            return f"（{text}）" if own < binding else text
