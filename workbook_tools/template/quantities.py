"""The derived quantities of a standard as formulas, one named cell each."""

from __future__ import annotations

from collections.abc import Iterable

from workbook_tools.standard.contract import column_name, fields, input_name
from workbook_tools.standard.expression import parse
from workbook_tools.standard.model import Standard
from workbook_tools.standard.tables import Condition, Count, Derived, Formula, Mean, Sum
from workbook_tools.template.expressions import (
    NameOf,
    all_of,
    divisions,
    excel,
    guarded,
    is_sum_of_amounts,
    numbers_given,
    rounded,
)
from workbook_tools.template.rows import criteria, validity


def calculated_name(derived_id: str) -> str:
    """The defined name of the cell that holds a derived quantity."""
    return f"calc_{derived_id}"


class Names:
    """The defined names of all that an expression of a standard may use."""

    def __init__(self, standard: Standard) -> None:
        self.inputs = fields(standard)
        self.derived = {one.id: one for one in standard.derived}

    def __call__(self, identity: str, /) -> str:
        """The name of an input's or a derived quantity's cell."""
        return input_name(identity) if identity in self.inputs else calculated_name(identity)

    def is_amount(self, identity: str, /) -> bool:
        """Whether the quantity has few decimals: it is typed, counted, or a sum of such."""
        match self.derived.get(identity):
            case Mean():
                return False
            case Formula(formula=text):
                return is_sum_of_amounts(parse(text), self)
            case _:
                return True


def quantity_formula(derived: Derived, name_of: NameOf) -> str:
    """The formula text (without "=") of a derived quantity; "" while it cannot be had."""
    match derived:
        case Formula(formula=text):
            tree = parse(text)
            worth = excel(tree, name_of)
            worth = rounded(worth) if is_sum_of_amounts(tree, name_of) else worth
            value = guarded(divisions(tree, name_of), worth)
            return f'IF({all_of(numbers_given([tree], name_of))},{value},"")'
        case Count():
            counts = [f"COUNTIFS({each})" for each in criteria(derived.table, derived.where)]
            return _unless_unusable(derived.table, _columns(derived.where), "+".join(counts))
        case Sum(column=column):
            summed = column_name(derived.table, column)
            sums = [f"SUMIFS({summed},{each})" for each in criteria(derived.table, derived.where)]
            used = [*_columns(derived.where), column]
            return _unless_unusable(derived.table, used, "+".join(sums))
        case Mean():
            return _mean(derived)


def _mean(derived: Mean) -> str:
    """The mean over the matching rows; each of them must have a measure, which is at most 1."""
    measured = column_name(derived.table, derived.of)
    found = list(criteria(derived.table, derived.where))
    rows = "+".join(f"COUNTIFS({each})" for each in found)
    with_measure = "+".join(f'COUNTIFS({each},{measured},"<="&1)' for each in found)
    if len(found) == 1:
        mean = f"AVERAGEIFS({measured},{found[0]})"
    else:
        total = "+".join(f"SUMIFS({measured},{each})" for each in found)
        mean = f"({total})/({rows})"
    complete = f'IF({rows}=0,"",IF({with_measure}<{rows},"",{mean}))'
    return _unless_unusable(derived.table, [*_columns(derived.where), derived.of], complete)


def _columns(where: Iterable[Condition]) -> list[str]:
    return [condition.column for condition in where]


def _unless_unusable(table: str, columns: Iterable[str], value: str) -> str:
    """The value, unless some counted row lacks a usable value in one of the columns."""
    flaws = [
        f"COUNTIF({column_name(table, validity(column))},0)" for column in dict.fromkeys(columns)
    ]
    return f'IF({"+".join(flaws)}=0,{value},"")' if flaws else value
