"""The score of each row of a department's own indicators, live beside its own score."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from workbook_tools.standard.contract import (
    ROW_DIFFERENCE,
    ROW_SCORE,
    ROW_STATUS,
    column_name,
    full_score,
    own_rows,
)
from workbook_tools.standard.model import Indicator, Standard
from workbook_tools.standard.naming import stated
from workbook_tools.standard.rules import Rows
from workbook_tools.standard.tables import Classify, Column, Table
from workbook_tools.template.expressions import all_of, final, literal, quoted, rounded
from workbook_tools.template.rates import from_measure
from workbook_tools.template.rows import (
    COUNTED,
    RowFormula,
    criteria,
    holds,
    row_formulas,
    validity,
)
from workbook_tools.template.wrap import width_in_two_lines

_PLACES = 12  # of a quotient; beyond is noise
_ALL = 10**9  # no score is as large
_GAP = "　　"


def result_formulas(table: Table, standard: Standard) -> tuple[RowFormula, ...]:
    """Score, difference and status of a row; none for a table that nothing is scored from."""
    own = own_rows(standard, table.id)
    if not own:
        return ()
    text, places = '""', standard.rounding.places
    for _, rule in reversed(own):
        scored = final(_score(rule), places)
        text = f"IF({all_of(map(holds, rule.where))},{scored},{text})" if rule.where else scored
    rule = own[0][1]
    usable = [
        f"[{validity(rule.points)}]=1",
        *(f"[{validity(one.column)}]=1" for one in rule.where),
    ]
    score = RowFormula(
        id=ROW_SCORE,
        label="系统得分\n（自动）",
        text=f'IF(AND({",".join(usable)},ISNUMBER([{rule.of}])),{text},"")',
        printed=True,
        style="score",
        width=width_in_two_lines(4),
    )
    both = f"AND(ISNUMBER([{ROW_SCORE}]),ISNUMBER([{rule.own}]))"
    difference = RowFormula(
        id=ROW_DIFFERENCE,
        label="自评与系\n统差异",
        text=f'IF({both},ROUND([{rule.own}]-[{ROW_SCORE}],{places}),"")',
        feeds=False,
        printed=True,
        style="difference",
        width=width_in_two_lines(5),
    )
    status = RowFormula(
        id=ROW_STATUS,
        label="提示（自动）",
        text=_status(rule),
        feeds=False,
        printed=True,
        style="row_status",
        width=width_in_two_lines(8),
    )
    return (score, difference, status) if rule.own else (score,)


def printed_columns(table: Table, standard: Standard) -> list[Column | RowFormula]:
    """The columns of the table as they are printed: what is filled in, and results beside it."""
    results = result_formulas(table, standard)
    own = own_rows(standard, table.id)
    after = (own[0][1].own or own[0][1].points) if own else ""
    found: list[Column | RowFormula] = [one for one in row_formulas(table) if one.printed]
    for column in table.columns:
        found += [column, *(results if column.id == after else ())]
    return found


def of_indicator(indicator: Indicator, rule: Rows, places: int) -> str:
    """The score of an indicator: that of its rows, once every one of them has one."""
    scores = column_name(rule.table, ROW_SCORE)
    every = list(criteria(rule.table, rule.where))
    rows = "+".join(f"COUNTIFS({one})" for one in every)
    scored = "+".join(f'COUNTIFS({one},{scores},"<="&{_ALL})' for one in every)
    total = "+".join(f"SUMIFS({scores},{one})" for one in every)
    held = final(f"MIN({literal(indicator.weight)},{total})", places)
    text = f'IF({rows}=0,"",IF({scored}<{rows},"",{held}))'
    return unless_unplaced(rule, text, '""')


def own_score(rule: Rows, places: int) -> str:
    """The department's own scores of the rows added up, once there is one in every row."""
    own = column_name(rule.table, rule.own)
    usable = column_name(rule.table, validity(rule.own))
    every = list(criteria(rule.table, rule.where))
    rows = "+".join(f"COUNTIFS({one})" for one in every)
    given = "+".join(f"COUNTIFS({one},{usable},1)" for one in every)
    total = final("+".join(f"SUMIFS({own},{one})" for one in every), places)
    return f'IF({rows}=0,"",IF({given}<{rows},"",{total}))'


def unless_unplaced(rule: Rows, text: str, otherwise: str) -> str:
    """The text, unless some row does not say which indicator it belongs to."""
    if not rule.where:
        return text
    flaws = "+".join(
        f"COUNTIF({column_name(rule.table, validity(one.column))},0)" for one in rule.where
    )
    return f"IF({flaws}=0,{text},{otherwise})"


def points_left(table: Table, standard: Standard) -> str:
    """How many points each indicator has left to give to its rows, in words; "" without any."""
    parts = []
    for indicator, rule in own_rows(standard, table.id):
        points = column_name(rule.table, rule.points)
        given = "+".join(f"SUMIFS({points},{one})" for one in criteria(rule.table, rule.where))
        left = f"ROUND({literal(indicator.weight)}-({given}),{standard.rounding.places})"
        more = f'"还可分配 "&{left}&" 分"'
        said = f'IF({left}=0,"已分配完",IF({left}>0,{more},"多分配了 "&-{left}&" 分"))'
        parts.append(f"{quoted(_head(indicator))}&{said}")
    return f"&{quoted(_GAP)}&".join(parts)


def blank_points_left(table: Table, standard: Standard) -> str:
    """What :func:`points_left` shows above an empty table."""
    places = standard.rounding.places
    return _GAP.join(
        f"{_head(one)}还可分配 {stated(full_score(one, places))} 分"
        for one, _ in own_rows(standard, table.id)
    )


def _head(indicator: Indicator) -> str:
    return f"{indicator.title}（{stated(indicator.weight)}分）："


class ChoiceRows(msgspec.Struct, frozen=True):
    """The rows of an indicator that name one choice, as formula texts; "" while there are none.

    Nor is there a ``score`` while one of the rows has none.
    """

    choice: str
    points: str
    score: str
    own: str


def groups(standard: Standard, rule: Rows) -> list[ChoiceRows]:
    """The parts of an indicator by which subtotals are shown."""
    table = next(one for one in standard.tables if one.id == rule.table)
    places = standard.rounding.places
    found = []
    for choice in choices_of(table, rule):
        which = f"{column_name(table.id, COUNTED)},1,{column_name(table.id, rule.group)},"
        which += quoted(choice)

        def added(column: str, which: str = which) -> str:
            total = final(f"SUMIFS({column_name(table.id, column)},{which})", places)
            return f'IF(COUNTIFS({which})=0,"",{total})'

        own = added(rule.own) if rule.own else quoted("")
        scores = column_name(table.id, ROW_SCORE)
        scored = f'COUNTIFS({which},{scores},"<="&{_ALL})<COUNTIFS({which})'
        score = f'IF({scored},"",{added(ROW_SCORE)})'
        found.append(ChoiceRows(choice, added(rule.points), score, own))
    return found


def choices_of(table: Table, rule: Rows) -> list[str]:
    """The choices of the group column whose rows belong to the indicator."""
    column = next((one for one in table.columns if one.id == rule.group), None)
    choices = [one for one in column.choices if isinstance(one, str)] if column else []
    wanted = next(iter(rule.where), None)
    if wanted is None or not choices:
        return choices
    if wanted.column == rule.group:
        return [one for one in choices if one in wanted.values]
    measure = next((one for one in table.row_measures if one.id == wanted.column), None)
    if not isinstance(measure, Classify):
        return choices
    return [one for one in choices if _word(measure, rule.group, one) in wanted.values]


def _word(measure: Classify, column: str, choice: str) -> str:
    """The word for a row with this choice, as far as the choice alone decides it."""
    for case in measure.cases:
        if all(one.column == column and choice in one.values for one in case.when):
            return case.then
    return ""


def _score(rule: Rows) -> str:
    worth = f"[{rule.points}]"
    earned = from_measure(rule.each, worth, f"[{rule.of}]", _PLACES)
    earned = f"MAX(0,MIN({worth},{earned}))"
    over = rule.over
    if over is not None and over.deduct:
        beaten = f"{rounded(f'[{rule.of}]', _PLACES)}>{literal(over.limit)}"
        earned = f"MAX(0,{earned}-IF({beaten},{literal(over.deduct)},0))"
    return earned


def _status(rule: Rows) -> str:
    """The first thing to be done about the row, or √."""
    return f'IF([{COUNTED}]=1,{"".join(_cases(rule))}"√"{")" * len(list(_cases(rule)))},"")'


def _cases(rule: Rows) -> Iterator[str]:
    yield f"IF(NOT(ISNUMBER([{ROW_SCORE}])),{quoted('资料不全，见右侧')},"
    yield f"IF(NOT(ISNUMBER([{rule.own}])),{quoted('请填自评得分')},"
    yield f"IF([{ROW_DIFFERENCE}]>0,{quoted('自评高于系统得分')},"
    yield f"IF([{ROW_DIFFERENCE}]<0,{quoted('自评低于系统得分')},"
    if rule.reason:
        lost = f'AND([{ROW_SCORE}]<[{rule.points}],[{rule.reason}]="")'
        yield f"IF({lost},{quoted('请写偏差原因')},"
    if rule.over is not None:
        beaten = f"{rounded(f'[{rule.of}]', _PLACES)}>{literal(rule.over.limit)}"
        yield f"IF({beaten},{quoted('超出较多，请说明')},"
