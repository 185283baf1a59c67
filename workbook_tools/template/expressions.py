"""Expressions of the standard as Excel formula text.

The vocabulary is the one on which Excel, WPS, LibreOffice, IronCalc and ``formulas`` agree. Binary
arithmetic is kept from deciding anything: whatever meets a threshold goes through ROUND(x,9), and
a quotient through ROUND(x,12).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Protocol

import msgspec

from workbook_tools.standard.contract import BLANKS
from workbook_tools.standard.expression import (
    Binary,
    Expression,
    Name,
    Negative,
    NumberLiteral,
    names,
)
from workbook_tools.standard.inputs import WHOLE_TYPES
from workbook_tools.standard.naming import stated


class NameOf(Protocol):
    """Gives the defined name of the cell that holds an input or a derived quantity."""

    def __call__(self, identity: str, /) -> str:
        """The name of the cell."""

    def usable(self, identity: str, /) -> list[str]:
        """The conditions under which a number that can be used stands there."""

    def is_amount(self, identity: str, /) -> bool:
        """Whether the quantity has few decimals: it is typed, counted, or a sum of such."""


_PRECEDENCE = {"+": 1, "-": 1, "*": 2, "/": 2}


class Division(msgspec.Struct, frozen=True):
    """A division inside an expression, both sides as formula text."""

    numerator: str
    denominator: str


def literal(value: Fraction | int) -> str:
    """An exact number as formula text: a decimal where it has one, else a quotient."""
    text = stated(Fraction(value))
    return f"({text})" if "/" in text else text


def quoted(text: str) -> str:
    """A text as a formula constant."""
    return '"' + text.replace('"', '""') + '"'


def excel(expression: Expression, name_of: NameOf) -> str:
    """The expression as formula text."""
    return _write(expression, name_of, 0)


def _write(expression: Expression, name_of: NameOf, binding: int) -> str:
    match expression:
        case NumberLiteral(value=value):
            return literal(value)
        case Name(id=identity):
            return name_of(identity)
        case Negative(operand=operand):
            return f"(-{_write(operand, name_of, 3)})"
        case Binary(operator=operator, left=left, right=right):
            own = _PRECEDENCE[operator]
            # the right side binds one tighter: a-(b-c) and a/(b*c) keep their parentheses
            write = _side if operator == "/" else _write
            text = f"{write(left, name_of, own)}{operator}{write(right, name_of, own + 1)}"
            return f"({text})" if own < binding else text


def _side(expression: Expression, name_of: NameOf, binding: int) -> str:
    """A side of a division, where the noise of a sum of large amounts would be blown up."""
    if is_sum_of_amounts(expression, name_of):
        return rounded(_write(expression, name_of, 0))
    return _write(expression, name_of, binding)


def is_sum_of_amounts(expression: Expression, name_of: NameOf) -> bool:
    """Whether amounts are added or taken away: then ROUND(x,9) takes away noise and nothing else.

    Of 288477.04-288476.5 binary arithmetic leaves 0.53999999998.
    """

    def is_term(side: Expression) -> bool:
        match side:
            case Name(id=identity):
                return name_of.is_amount(identity)
            case _:
                return isinstance(side, NumberLiteral) or is_sum_of_amounts(side, name_of)

    match expression:
        case Binary(operator="+" | "-", left=left, right=right):
            return is_term(left) and is_term(right)
        case _:
            return False


def divisions(expression: Expression, name_of: NameOf) -> Iterator[Division]:
    """The divisions that can meet a zero, inner ones first."""
    match expression:
        case Negative(operand=operand):
            yield from divisions(operand, name_of)
        case Binary(operator=operator, left=left, right=right):
            yield from divisions(left, name_of)
            yield from divisions(right, name_of)
            if operator == "/" and not isinstance(right, NumberLiteral):
                yield Division(excel(left, name_of), excel(right, name_of))
        case _:
            return


def rounded(text: str, places: int = 9) -> str:
    """The value as a threshold may see it, without the noise of binary arithmetic."""
    return f"ROUND({text},{places})"


def places_of(expression: Expression) -> int:
    """The decimals that are no noise: of amounts, which may be large, fewer than of a quotient.

    50/50000.01 must not pass for 0.001, from which it differs in the tenth decimal.
    """
    is_quotient = isinstance(expression, Binary) and expression.operator == "/"
    return 12 if is_quotient else 9


def is_zero(text: str) -> str:
    """Whether a quantity is zero."""
    return f"{rounded(text)}=0"


def final(text: str, places: int) -> str:
    """The result rounded to the places of the standard, halves away from zero."""
    scale = 10**places
    return f"ROUND(ROUND(({text})*{scale},9),0)/{scale}"


def full_points(weight: Fraction, places: int) -> str:
    """The points of one that loses none: its weight, as a score is written."""
    exact = (weight * 10**places).denominator == 1
    return literal(weight) if exact else final(literal(weight), places)


def all_of(conditions: Iterable[str]) -> str:
    """AND of the conditions; a single one as it is."""
    found = list(dict.fromkeys(conditions))
    return found[0] if len(found) == 1 else f"AND({','.join(found)})"


def any_of(conditions: Iterable[str]) -> str:
    """OR of the conditions; a single one as it is."""
    found = list(dict.fromkeys(conditions))
    return found[0] if len(found) == 1 else f"OR({','.join(found)})"


def certain(condition: str) -> str:
    """The condition, false where a cell that it looks at holds an error."""
    return f"IFERROR(IF({condition},1,0),0)=1"


def within(cell: str, low: Fraction | None, high: Fraction | None) -> list[str]:
    """The conditions under which a number stands in a cell and is in the range that it allows."""
    above = [] if low is None else [f"{cell}>={literal(low)}"]
    below = [] if high is None else [f"{cell}<={literal(high)}"]
    return [f"ISNUMBER({cell})", *above, *below]


def whole(cell: str, kind: str) -> list[str]:
    """The condition that a number of this type is a whole one; none where it need not be."""
    return [f"ROUND({cell},0)={cell}"] if kind in WHOLE_TYPES else []


def is_empty(cell: str) -> str:
    """Whether nothing stands in a cell, or nothing but blanks."""
    for blank in BLANKS:
        cell = f'SUBSTITUTE({cell},"{blank}","")'
    return f'{cell}=""'


def given(expressions: Iterable[Expression], name_of: NameOf, *also: str) -> str:
    """The condition that each quantity which the expressions need can be used, and ``also``."""
    needed = dict.fromkeys(identity for each in expressions for identity in names(each))
    return _together([*also, *(one for identity in needed for one in name_of.usable(identity))])


def _together(conditions: list[str]) -> str:
    """AND of the conditions; to compare an error makes an error, to ask for a number does not."""
    asked = all_of(conditions)
    harmless = all(one.startswith(("ISNUMBER(", "COUNT(")) for one in conditions)
    return asked if harmless else certain(asked)


def guarded(
    zeros: Iterable[Division], then: str, on_zero: Callable[[Division], str] = lambda _: '""'
) -> str:
    """``then``, unless a denominator is zero: then what ``on_zero`` says."""
    text = then
    for division in reversed(list(zeros)):
        text = f"IF({is_zero(division.denominator)},{on_zero(division)},{text})"
    return text
