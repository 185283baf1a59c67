"""The formulas beside the rows of a table.

A row formula is written with the ids of the row's columns in brackets, ``IF([counted]=1,...)``;
each becomes the cell of that column in the same row. Beside what the standard measures per row
stand technical columns that say whether the row counts and whether a cell holds a usable value, so
that totals over the rows need nothing but exact criteria.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import product

import msgspec

from workbook_tools.standard.contract import column_name
from workbook_tools.standard.inputs import DATES, NUMBER_TYPES
from workbook_tools.standard.tables import (
    SLIP,
    Achievement,
    Classify,
    Column,
    Condition,
    Inequality,
    RowMeasure,
    Table,
)
from workbook_tools.template.expressions import (
    all_of,
    any_of,
    certain,
    is_empty,
    literal,
    quoted,
    rounded,
    whole,
    within,
)

COUNTED, HINT = "counted", "hint"
_OPERATORS: dict[Inequality, str] = {
    "at_most": "<=",
    "below": "<",
    "at_least": ">=",
    "above": ">",
}
_REFERENCE = re.compile(r"\[(\w+)\]")
_DAY_ZERO = datetime.date(1899, 12, 30)  # of serial numbers after February 1900


class RowFormula(msgspec.Struct, frozen=True, kw_only=True):
    """A formula repeated in each row of a table; ``text`` without "=", columns in brackets.

    ``hidden``: a technical column that nobody needs to see. ``feeds``: scores depend on it.
    ``printed``: it stands among the columns that people fill in, and is printed with them.
    ``style`` and ``width`` (in characters) are its looks.
    """

    id: str
    label: str
    text: str
    hidden: bool = False
    feeds: bool = True
    printed: bool = False
    style: str = "check"
    width: float = 16.0


def in_row(text: str, cell_of: Callable[[str], str]) -> str:
    """The formula of one row: each bracketed column replaced by what ``cell_of`` gives."""
    return _REFERENCE.sub(lambda match: cell_of(match[1]), text)


def in_names(text: str, table: Table) -> str:
    """The formula as the meta sheet keeps it: a cell of the same row as its column's name."""
    return in_row(text, lambda column: column_name(table.id, column))


def validity(identity: str) -> str:
    """The id of the technical column that says whether a column, or what it measures, is usable."""
    return f"valid_{identity}"


def row_formulas(table: Table) -> tuple[RowFormula, ...]:
    """All formulas beside a row of the table, the visible ones first."""
    measures = [
        RowFormula(
            id=measure.id,
            label=measure.label,
            text=_measure(measure, table),
            style=_style(measure),
            width=8.5 if leads(measure) else 16.0,
            printed=leads(measure),
        )
        for measure in table.row_measures
    ]
    hint = RowFormula(id=HINT, label="填写提示", text=_hint(table), feeds=False, width=44.0)
    counted = RowFormula(
        id=COUNTED,
        label="计数",
        text=f'IFERROR(IF({is_empty(f"[{table.named_by.id}]")},"",1),1)',
        hidden=True,
    )
    usable = [
        RowFormula(id=validity(column.id), label=f"{column.label}可用", text=text, hidden=True)
        for column, text in (
            (column, _column_usable(table, column))
            for column in table.columns
            if column.id != table.named_by.id
        )
    ]
    measured = [
        RowFormula(
            id=validity(measure.id),
            label=f"{measure.label}可算",
            text=_measure_usable(measure),
            hidden=True,
        )
        for measure in table.row_measures
    ]
    return (*measures, hint, counted, *usable, *measured)


def leads(measure: RowMeasure) -> bool:
    """Whether a measure stands left of the columns that people fill in."""
    return isinstance(measure, Classify) and measure.leads


def _style(measure: RowMeasure) -> str:
    if leads(measure):
        return "word"
    return "check_rate" if isinstance(measure, Achievement) else "check"


def holds(condition: Condition) -> str:
    """The condition on one row as a formula; an error in the cell makes the formula an error."""
    cell = f"[{condition.column}]"
    if condition.filled is not None:
        return f"NOT({is_empty(cell)})" if condition.filled else is_empty(cell)
    if condition.comparison is not None:
        test, other = condition.comparison
        operator = _OPERATORS[test]
        if isinstance(other, Fraction):
            return f"AND(ISNUMBER({cell}),{cell}{operator}{literal(other)})"
        return f"AND(ISNUMBER({cell}),ISNUMBER([{other}]),{cell}{operator}[{other}])"
    return _is_one_of(cell, condition.values)


def criteria(table: str, where: Sequence[Condition]) -> Iterable[str]:
    """The criteria arguments that pick the matching counted rows, one text per combination."""
    for met in product(*(met_by(table, condition) for condition in where)):
        yield ",".join((f"{column_name(table, COUNTED)},1", *met))


def met_by(table: str, condition: Condition) -> list[str]:
    """The criterion for each value with which a row meets a condition."""
    name = column_name(table, condition.column)
    return [
        f"{name},{quoted(value) if isinstance(value, str) else literal(value)}"
        for value in condition.values
    ]


def _is_one_of(cell: str, values: Iterable[int | str]) -> str:
    """Exactly one of the values: a number is no text that looks like it."""
    values = list(values)
    numbers = [f"{cell}={literal(value)}" for value in values if isinstance(value, int)]
    texts = [f"{cell}={quoted(value)}" for value in values if isinstance(value, str)]
    tests = [f"AND(ISNUMBER({cell}),{any_of(numbers)})"] if numbers else []
    return any_of(tests + texts)


def _usable_value(column: Column) -> str:
    cell = f"[{column.id}]"
    if column.type == "choice":
        return _is_one_of(cell, column.choices)
    if column.type == "date":
        low, high = (Fraction((day - _DAY_ZERO).days) for day in DATES)
        return all_of(within(cell, low, high))
    if column.type in NUMBER_TYPES:
        return all_of([*within(cell, column.min, column.max), *whole(cell, column.type)])
    return f"NOT({is_empty(cell)})"


def _column_usable(table: Table, column: Column) -> str:
    """1: the cell can be used, or the row does not need it; 0: it cannot; "": no counted row."""
    usable = f"IFERROR(IF({_usable_value(column)},1,0),0)"
    checks, achievements = table.spoilt_by(column.id)
    spoilers = [all_of(holds(one) for one in check.when) for check in checks]
    spoilers += [_lacks_percent_sign(one, column.id) for one in achievements]
    for spoiler in spoilers:
        usable = f"IF({certain(spoiler)},0,{usable})"
    if column.needed_when:
        needed = certain(all_of(holds(condition) for condition in column.needed_when))
        usable = f"IF({needed},{usable},1)"
    return f'IF([{COUNTED}]=1,{usable},"")'


def _lacks_percent_sign(one: Achievement, column: str) -> str:
    """That a number, target or actual, lacks its percent sign (see :class:`Achievement`)."""
    other = one.target if column == one.actual else one.actual
    number, beside = f"[{column}]", f"[{other}]"
    low, high = (rounded(f"{literal(100 * bound)}*{beside}") for bound in SLIP)
    tests = [
        f"[{one.by}]<>{quoted(one.qualitative)}",
        *within(number, None, None),
        *within(beside, None, Fraction(1)),
        f"{beside}>0",
        f"{number}>1",
        f"{rounded(number)}>={low}",
        f"{rounded(number)}<={high}",
    ]
    unit = f"[{one.unit}]"
    return all_of([*tests, any_of([is_empty(unit), _is_one_of(unit, one.percents)])])


def _measure_usable(measure: RowMeasure) -> str:
    """As :func:`_column_usable`, over the columns behind a row measure that apply to the row."""
    match measure:
        case Classify():
            usable = _all_usable(measure.asked)
        case Achievement() as one:
            by_number = _all_usable((one.direction, one.target, one.actual))
            by_degree = f"[{validity(one.degree)}]"
            usable = f"IF([{validity(one.by)}]=1,{_by_kind(one, by_number, by_degree)},0)"
    return f'IF([{COUNTED}]=1,{usable},"")'


def _all_usable(columns: Iterable[str]) -> str:
    return f"MIN({','.join(f'[{validity(column)}]' for column in columns)})"


def _measure(measure: RowMeasure, table: Table) -> str:
    match measure:
        case Classify(cases=cases):
            text = '""'
            for case in reversed(cases):
                word = quoted(case.then)
                if case.when:
                    condition = all_of(holds(condition) for condition in case.when)
                    text = f"IF({condition},{word},{text})"
                else:
                    text = word
        case Achievement():
            text = _achievement(measure)
    return f'IF([{validity(measure.id)}]=1,{text},"")'


def _achievement(one: Achievement) -> str:
    target, actual = f"[{one.target}]", f"[{one.actual}]"
    is_lower = f"[{one.direction}]={quoted(one.lower)}"
    if one.signed:
        quantitative = _fulfilled(one, target, actual, is_lower)
    else:
        # IF looks at one branch only, so the divisions never meet a zero
        higher = f'IF({target}=0,"",{_share(f"{actual}/{target}")})'
        lower = f"IF({actual}=0,1,IF({target}=0,0,{_share(f'{target}/{actual}')}))"
        quantitative = f'IF({target}<0,"",IF({is_lower},{lower},{higher}))'
    return _by_kind(one, quantitative, _share(f"[{one.degree}]"))


def _by_kind(one: Achievement, quantitative: str, qualitative: str) -> str:
    """What holds of a row with a target, or of one that only has a degree."""
    if one.quantitative:
        return f"IF([{one.by}]={quoted(one.quantitative)},{quantitative},{qualitative})"
    return f"IF([{one.by}]={quoted(one.qualitative)},{qualitative},{quantitative})"


def _fulfilled(one: Achievement, target: str, actual: str, is_lower: str) -> str:
    """1 and more for a target reached, less for one missed, whatever sign the target has."""
    gap = f"ROUND({actual}-{target},9)"
    margin = f"IF({is_lower},-{gap},{gap})"
    if one.equal:
        is_equal = f"[{one.direction}]={quoted(one.equal)}"
        margin = f"IF({is_equal},MIN({gap},-{gap}),{margin})"
    at_zero = f"IF({margin}>=0,1,0)"
    missed_lower = f"AND({is_lower},{target}>0,{gap}>0)"
    size = f"MAX({target},-{target})"
    apart = f"MAX(0,1+{margin}/{size})"
    return f"IF({target}=0,{at_zero},IF({missed_lower},{target}/{actual},{apart}))"


def _share(text: str) -> str:
    return f"MAX(0,MIN(1,{text}))"


def _hint(table: Table) -> str:
    """What the row lacks, in words; √ when it is complete, nothing for an unused row."""
    name = table.named_by
    others = [column for column in table.columns if column.id != name.id]
    needed = [column for column in others if column.required or column.needed_when]
    rest = f"COUNTA({','.join(_runs(table))})" if others else "0"
    lacking = "&".join(
        f'IF([{validity(column.id)}]=0,"【{column.label}】","")' for column in needed
    )
    complete = f'IF({_all_usable(column.id for column in needed)}=1,"√","请补正："&{lacking})'
    return (
        f"IF([{COUNTED}]=1,{complete if needed else quoted('√')},"
        f'IF({rest}>0,{quoted(f"请填写{name.label}")},""))'
    )


def _runs(table: Table) -> list[str]:
    """The input columns but the name, as ranges of columns that stand side by side."""
    runs: list[list[str]] = [[]]
    for column in table.columns:
        if column.id == table.named_by.id:
            runs.append([])
            continue
        runs[-1].append(column.id)
    return [f"[{run[0]}]:[{run[-1]}]" for run in runs if run]
