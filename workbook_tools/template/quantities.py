"""The derived quantities of a standard as formulas, one named cell each."""

from __future__ import annotations

from collections.abc import Container
from itertools import product

from workbook_tools.standard.contract import column_name, fields, input_name
from workbook_tools.standard.expression import names, parse
from workbook_tools.standard.impossible import impossibilities, tolerance
from workbook_tools.standard.model import Standard
from workbook_tools.standard.scale import held_against
from workbook_tools.standard.tables import ColumnSum, Count, Derived, Drawn, Formula, Mean
from workbook_tools.template.expressions import (
    NameOf,
    all_of,
    divisions,
    excel,
    given,
    guarded,
    is_sum_of_amounts,
    literal,
    quoted,
    rounded,
    whole,
    within,
)
from workbook_tools.template.rows import criteria, met_by, validity

IN_ORDER, IN_YUAN = "√", "疑似按元"
"""What is said of an input that can be used, and of an amount that cannot, since it is in 元."""
_ABOVE_ALL = "10000000000"
"""万元; no amount is as large."""


def calculated_name(derived_id: str) -> str:
    """The defined name of the cell that holds a derived quantity."""
    return f"calc_{derived_id}"


def scale_name(amount: str) -> str:
    """The defined name of the cell that says whether an amount is in 元."""
    return f"scale_{amount}"


class Names:
    """The defined names of all that an expression of a standard may use.

    ``issued``: the fields that the bureau fills in before the template is handed out.
    """

    def __init__(self, standard: Standard, issued: Container[str] = ()) -> None:
        self._standard, self._issued = standard, issued
        self.inputs = fields(standard)
        self.derived = {one.id: one for one in standard.derived}
        self._impossible = impossibilities(standard)
        self._tolerances = {
            identity: tolerance(standard, check) for identity, check in self._impossible.items()
        }

    def __call__(self, identity: str, /) -> str:
        """The name of an input's or a derived quantity's cell."""
        return input_name(identity) if identity in self.inputs else calculated_name(identity)

    def usable(self, identity: str, /) -> list[str]:
        """The conditions under which a number that can be used stands there."""
        excluding = [one for one in (self.beyond(identity), self.in_yuan(identity)) if one]
        return [*self._in_range(identity), *(f"NOT({one})" for one in excluding)]

    def beyond(self, identity: str, /) -> str:
        """The condition under which the others make a number impossible; "" where none does."""
        check = self._impossible.get(identity)
        if check is None:
            return ""
        part, whole = parse(check.left), parse(check.right)
        if check.relation == "at_least":
            part, whole = whole, part
        apart = rounded(f"{excel(part, self)}-({excel(whole, self)})")
        known = [one for name in names(parse(check.right)) for one in self._in_range(name)]
        return f"IF({all_of(known)},{apart}>{literal(self._tolerances[identity])},FALSE)"

    def in_yuan(self, identity: str, /) -> str:
        """The condition under which an amount is out of scale; "" where nothing can be told."""
        known = held_against(self._standard, identity, self._issued).others
        return f"{scale_name(identity)}={quoted(IN_YUAN)}" if known else ""

    def scale(self, identity: str, /) -> str:
        """The formula of the cell that says whether an amount is in 元, √ where it is in 万元."""
        scale = self._standard.tolerances.scale
        assert scale is not None
        others, least, first = held_against(self._standard, identity, self._issued)
        none = _ABOVE_ALL if least else "0"
        numbers = []
        for other in others:
            # 1* since `formulas` takes "86.35" for a number and then finds a text in MAX, and in
            # "0">0 as well
            number = plain = f"1*{self(other)}"
            if other in first:
                number = f"IF({self.in_yuan(other)},{none},{number})"
            if least:
                number = f"IF({plain}>0,{number},{none})"
            numbers.append(f"IF(ISNUMBER({self(other)}),{number},{none})")
        bound = f"{'MIN' if least else 'MAX'}({','.join(numbers)})"
        cell, times = self(identity), literal(scale.times)
        above = f"{cell}>={literal(scale.least)},{rounded(f'{cell}-{times}*{bound}')}>=0"
        there = f"{bound}<{_ABOVE_ALL}" if least else f"{bound}>0"
        suspect = f"IF({there},AND({above}),FALSE)"
        told = f"IF({suspect},{quoted(IN_YUAN)},{quoted(IN_ORDER)})"
        return f'IF(ISNUMBER({cell}),{told},"")'

    def _in_range(self, identity: str) -> list[str]:
        field = self.inputs.get(identity)
        low, high = (field.min, field.max) if field is not None else (None, None)
        cell = self(identity)
        return [*within(cell, low, high), *(whole(cell, field.type) if field else ())]

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
            return f'IF({given([tree], name_of)},{value},"")'
        case Count():
            counts = [f"COUNTIFS({each})" for each in criteria(derived.table, derived.where)]
            return _unless_flawed(derived, "+".join(counts))
        case ColumnSum(column=column):
            summed = column_name(derived.table, column)
            sums = [f"SUMIFS({summed},{each})" for each in criteria(derived.table, derived.where)]
            return _unless_flawed(derived, "+".join(sums), column)
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
    return _unless_flawed(derived, complete, derived.of)


def _unless_flawed(derived: Drawn, value: str, column: str = "") -> str:
    """The value, unless a row that belongs to it, or may, lacks what it takes.

    A row may belong to it that meets every condition but for cells that cannot be used. Such rows
    are counted by every combination of conditions met and conditions unknown, of which one at least
    is unknown; and of the rows that do belong to it, those without a usable value in ``column``.
    """
    table, where = derived.table, derived.where

    def unknown(identity: str) -> str:
        return f"{column_name(table, validity(identity))},0"

    met = [met_by(table, condition) for condition in where]
    either = [[unknown(one.column), *own] for one, own in zip(where, met, strict=True)]
    certain = list(product(*met))
    flaws = [each for each in product(*either) if each not in certain]
    if column:
        flaws += [(*each, unknown(column)) for each in certain]
    counts = [f"COUNTIFS({','.join(each)})" for each in flaws]
    return f'IF({"+".join(counts)}=0,{value},"")' if counts else value
