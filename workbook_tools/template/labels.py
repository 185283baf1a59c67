"""What people call an input or a derived quantity, and a quantity's formula in words."""

from __future__ import annotations

from workbook_tools.standard.contract import fields
from workbook_tools.standard.expression import (
    Binary,
    Expression,
    Name,
    Negative,
    NumberLiteral,
    parse,
)
from workbook_tools.standard.model import Standard
from workbook_tools.standard.scale import Against
from workbook_tools.standard.tables import (
    ColumnSum,
    Condition,
    Count,
    Derived,
    Formula,
    Mean,
    Table,
)

_SIGNS = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ "}


def label_of(standard: Standard, identity: str) -> str:
    """The short name of an input or a derived quantity."""
    field = fields(standard).get(identity)
    if field is not None:
        return field.name_in_words
    return next(one.label for one in standard.derived if one.id == identity)


def in_words(standard: Standard, derived: Derived) -> str:
    """How a derived quantity comes about."""
    match derived:
        case Formula(formula=text):
            return _spoken(standard, parse(text))
        case Count() | ColumnSum() | Mean():
            table = next(one for one in standard.tables if one.id == derived.table)
            rows = f"“{table.label}”中{_which(table, derived.where)}"
            match derived:
                case Count():
                    return f"{rows}行数"
                case ColumnSum(column=column):
                    return f"{rows}“{_column(table, column)}”之和"
                case Mean(of=measure):
                    return f"{rows}“{_column(table, measure)}”的平均数"


def held_against_in_words(standard: Standard, known: Against) -> str:
    """Which amounts one is held against, and by which of them."""
    names = "、".join(label_of(standard, one) for one in known.others)
    if len(known.others) == 1:
        return f"与“{names}”相比"
    return f"与{names}中最{'小' if known.least else '大'}的一个相比"


def _which(table: Table, where: tuple[Condition, ...]) -> str:
    if not where:
        return "各行"
    tests = [
        f"“{_column(table, one.column)}”为{'、'.join(str(value) for value in one.values)}"
        for one in where
    ]
    return "且".join(tests) + "的"


def _column(table: Table, identity: str) -> str:
    parts = (*table.columns, *table.row_measures)
    return next(part.label for part in parts if part.id == identity)


def _spoken(standard: Standard, expression: Expression, binding: int = 0) -> str:
    match expression:
        case NumberLiteral(value=value):
            return str(value)
        case Name(id=identity):
            return label_of(standard, identity)
        case Negative(operand=operand):
            return f"−{_spoken(standard, operand, 3)}"
        case Binary(operator=operator, left=left, right=right):
            own = 1 if operator in "+-" else 2
            sides = _spoken(standard, left, own), _spoken(standard, right, own + 1)
            text = _SIGNS[operator].join(sides)
            return f"（{text}）" if own < binding else text
