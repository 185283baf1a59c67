"""The arithmetic language of a standard: ids, numbers, ``+ - * /``, parentheses.

A text such as ``(carryover_current - carryover_previous) / carryover_previous`` is parsed once,
through :mod:`ast` and a whitelist, into a small tree. What the tree is worth, and how it looks as
an Excel formula, others say.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Literal

import msgspec

Operator = Literal["+", "-", "*", "/"]

_OPERATORS: dict[type[ast.operator], Operator] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}
_LONGEST = 1000  # characters; measures are short, and the parser must not be asked for more
_DEEPEST = 200  # operations within each other; a sum of 200 terms is that deep
_ALPHABET = re.compile(r"[A-Za-z0-9_.()+*/\s-]*")
_NUMBER = re.compile(r"\d{1,15}(\.\d{1,15})?")
_REFUSED = "算式中只能有 id、数字、+ - * / 和括号：{!r}"


class ExpressionError(ValueError):
    """The text is not in the language; the message (Chinese) says what is wrong with it."""


class NumberLiteral(msgspec.Struct, frozen=True):
    """A number written in the expression, exact."""

    value: Fraction


class Name(msgspec.Struct, frozen=True):
    """The id of an input or of a derived quantity."""

    id: str


class Binary(msgspec.Struct, frozen=True):
    """``left operator right``."""

    operator: Operator
    left: Expression
    right: Expression


class Negative(msgspec.Struct, frozen=True):
    """``-operand``."""

    operand: Expression


Expression = NumberLiteral | Name | Binary | Negative


@cache
def parse(text: str) -> Expression:
    """Parse a text of the language; raises :class:`ExpressionError` for anything else."""
    if len(text) > _LONGEST:
        raise ExpressionError(f"算式超过 {_LONGEST} 个字符")
    if not _ALPHABET.fullmatch(text):
        raise ExpressionError(_REFUSED.format(text))
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(f"算式写法有误：{text!r}") from error
    return _convert(tree.body, text.strip(), _DEEPEST)


def _convert(node: ast.expr, text: str, depth: int) -> Expression:
    if depth == 0:
        raise ExpressionError(f"算式嵌套超过 {_DEEPEST} 层")
    match node:
        case ast.Name(id=name):
            return Name(name)
        case ast.Constant():
            # the digits as written, so that 0.1 means one tenth
            digits = ast.get_source_segment(text, node) or ""
            if _NUMBER.fullmatch(digits):
                return NumberLiteral(Fraction(digits))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Negative(_convert(operand, text, depth - 1))
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _OPERATORS:
            first, second = (_convert(side, text, depth - 1) for side in (left, right))
            return Binary(_OPERATORS[type(operator)], first, second)
        case _:
            pass
    raise ExpressionError(_REFUSED.format(text))


@cache
def ids(text: str) -> tuple[str, ...]:
    """The ids in a text of the language, each once, in their order."""
    return tuple(dict.fromkeys(names(parse(text))))


def names(expression: Expression) -> Iterator[str]:
    """Yield the ids in the order in which they stand in the text, repeated ones too."""
    match expression:
        case Name(id=name):
            yield name
        case Binary(left=left, right=right):
            yield from names(left)
            yield from names(right)
        case Negative(operand=operand):
            yield from names(operand)
        case NumberLiteral():
            pass


def parts(expression: Expression) -> Iterator[Expression]:
    """Yield the expression and everything that it is made of."""
    yield expression
    match expression:
        case Binary(left=left, right=right):
            yield from parts(left)
            yield from parts(right)
        case Negative(operand=operand):
            yield from parts(operand)
        case _:
            pass
