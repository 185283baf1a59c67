"""What the formulas of an empty template show, known without calculating anything.

Nothing is filled in but the presets, and no table has a row. A score that presets alone would
decide is left to the program that opens the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from workbook_tools.standard.contract import fields
from workbook_tools.standard.expression import (
    Binary,
    Expression,
    Name,
    Negative,
    NumberLiteral,
    names,
    parse,
)
from workbook_tools.standard.model import Indicator, Standard
from workbook_tools.standard.rules import Checklist, Periods, Rows, texts_of
from workbook_tools.standard.tables import ColumnSum, Count, Formula, Mean
from workbook_tools.template.labels import label_of
from workbook_tools.template.scores import LACKING, UNANSWERED, ZERO_DENOMINATOR

BlankFigures = Mapping[str, Fraction | None]


@lru_cache(maxsize=16)
def blank_numbers(standard: Standard) -> BlankFigures:
    """By id, the number that an input or a derived quantity of an empty template has."""
    known: dict[str, Fraction | None] = {
        field.id: field.preset if isinstance(field.preset, Fraction) else None
        for field in fields(standard).values()
    }
    waiting = {one.id: one for one in standard.derived}
    while waiting:
        for identity, one in list(waiting.items()):
            match one:
                case Count() | ColumnSum():
                    known[identity] = Fraction(0)
                case Mean():
                    known[identity] = None
                case Formula(formula=text):
                    tree = parse(text)
                    if any(name in waiting for name in names(tree)):
                        continue
                    known[identity] = _worth(tree, known)
            del waiting[identity]
    return known


def blank_status(standard: Standard, indicator: Indicator, known: BlankFigures) -> str:
    """The status in words that an indicator of an empty template shows."""
    tables = {table.id: f"【{table.label}】" for table in standard.tables}
    counted = {one.id: one.table for one in standard.derived if isinstance(one, Count)}
    rows = [tables[table] for table in indicator.needs_rows]
    match indicator.rule:
        case Checklist(items=items):
            return (
                LACKING
                + UNANSWERED
                + "".join(f"【第{number}项】" for number in range(1, len(items) + 1))
            )
        case Rows(table=table):
            return f"{LACKING}{tables[table]}没有这一类的行"
        case Periods() as rule:
            choices = [[parse(text) for text in texts_of(rule)]]
        case rule:
            limits = [parse(text) for text in texts_of(rule)]
            choices = [[parse(text), *limits] for text in indicator.measures]
    missing = []
    for trees in choices:
        identities = dict.fromkeys(name for tree in trees for name in names(tree))
        lacking = [one for one in identities if known[one] is None]
        labels = [*rows, *(f"【{label_of(standard, one)}】" for one in lacking)]
        if not labels:
            empty = [counted[one] for one in identities if one in counted]
            return LACKING + tables[empty[-1]] if empty else ZERO_DENOMINATOR
        missing.append("".join(labels))
    return LACKING + "或".join(missing)


def _worth(tree: Expression, known: BlankFigures) -> Fraction | None:
    match tree:
        case NumberLiteral(value=value):
            return value
        case Name(id=identity):
            return known[identity]
        case Negative(operand=operand):
            inner = _worth(operand, known)
            return None if inner is None else -inner
        case Binary(operator=operator, left=left, right=right):
            one, other = _worth(left, known), _worth(right, known)
            if one is None or other is None or (operator == "/" and other == 0):
                return None
            match operator:
                case "+":
                    return one + other
                case "-":
                    return one - other
                case "*":
                    return one * other
                case "/":
                    return one / other
