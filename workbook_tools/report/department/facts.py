"""What a report shows of an evaluation, found by what the standard says of its figures.

Nothing here knows an id: sums are those that the standard checks, ratios those that it measures.
"""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import NamedTuple

from workbook_tools.figures import Series, day, money, percent, shown
from workbook_tools.presentation.points import BLANK, NONE
from workbook_tools.report.paper.paper import Paper
from workbook_tools.scoring import Evaluation
from workbook_tools.standard import Standard
from workbook_tools.standard.expression import Binary, Name, parse
from workbook_tools.standard.inputs import Grid, InputType
from workbook_tools.standard.model import Indicator
from workbook_tools.standard.naming import name_of, part_named
from workbook_tools.standard.report_form import PENDING
from workbook_tools.standard.rules import Periods
from workbook_tools.standard.sums import Composition, is_money
from workbook_tools.submission import Entry

_ABSURD = 100
"""Times that a budget and its execution hardly ever differ (see ``standard/scale.py``)."""
MONEY_UNIT = "万元"
_WHY: dict[str, str] = {
    "moved": "单元格被剪切或拖动过，不能使用",
    "name-missing": "单元格的名称丢失，读不到",
    "number-as-text": "填成了文字，不是数字",
    "not-a-number": "不是数字",
    "not-a-date": "不是日期",
    "not-in-list": "不在可选范围内",
    "error-value": "公式出错，没有结果",
    "formula-lost": "公式已丢失",
    "not-calculated": "公式没有计算，没有结果",
}
"""Why what stands in a cell is no value, by problem."""


class Ratio(NamedTuple):
    """An indicator that measures one amount by another, by ids."""

    indicator: Indicator
    part: str
    whole: str


def missing(paper: Paper) -> str:
    """What stands on the paper for what was left blank."""
    return BLANK if paper.gaps else NONE


def cell_text(entry: Entry, kind: InputType, blank: str = BLANK) -> str:
    """What stands in a cell, as people write it; what cannot be used says so."""
    if entry.blank:
        return blank
    match entry.value:
        case Fraction() as number:
            return shown(number, kind)
        case datetime.date() as date:
            return day(date)
        case str() as text if text.strip():
            return text
        case _:
            return _unusable(entry)


def _unusable(entry: Entry) -> str:
    """What stands in a cell that holds no value, and why it is none."""
    if entry.raw == PENDING:
        return PENDING
    return f"{entry.raw.strip()}（{_WHY.get(entry.problem or '', '不能使用')}）"


def is_absurd(paper: Paper, share: Fraction | None) -> bool:
    """Whether a share is none that a report to be signed may state: one of its figures is wrong."""
    return share is not None and not paper.gaps and abs(share) >= _ABSURD


def rate(paper: Paper, part: Fraction | None, whole: Fraction | None) -> str:
    """A part of a whole in percent; — where there is none to be had."""
    if part is None or not whole:
        return NONE
    return PENDING if is_absurd(paper, part / whole) else percent(part / whole)


def figure(value: Fraction | None, kind: InputType) -> str:
    """A figure, or that there is none to show."""
    return NONE if value is None else shown(value, kind)


def quantity(evaluation: Evaluation, identity: str, kind: InputType, blank: str = BLANK) -> str:
    """An input as it was filled, or a derived quantity."""
    entry = evaluation.submission.entries.get(identity)
    if entry is not None:
        return cell_text(entry, kind, blank)
    return figure(evaluation.quantities.get(identity), kind)


def ratios(standard: Standard) -> tuple[Ratio, ...]:
    """The indicators whose measure is one amount ÷ another."""
    found = []
    for indicator in standard.indicators:
        if not indicator.measures or isinstance(indicator.rule, Periods):
            continue
        match parse(indicator.measures[0]):
            case Binary(operator="/", left=Name(id=part), right=Name(id=whole)):
                if is_money(standard, part) and is_money(standard, whole):
                    found.append(Ratio(indicator, part, whole))
            case _:
                pass
    return tuple(found)


def grid_series(evaluation: Evaluation, grid: Grid) -> Series:
    """The amounts of a grid for a chart: a group of bars per row."""
    number = evaluation.submission.number
    rows = tuple(
        (
            row.label,
            tuple(as_float(number(grid.field(row, column))) for column in grid.columns),
        )
        for row in grid.rows
    )
    return Series(tuple(column.label for column in grid.columns), rows)


def sentence(evaluation: Evaluation, composition: Composition) -> str:
    """The composition in words; "" while a figure is missing."""
    figures, standard = evaluation.quantities, evaluation.standard
    whole = figures.get(composition.whole)
    if whole is None or any(figures.get(part) is None for part in composition.parts):
        return ""
    listed = []
    for part in composition.parts:
        value = figures[part] or Fraction(0)
        share = f"（占 {shown(value / whole, 'share')}）" if whole else ""
        listed.append(f"{part_named(name_of(standard, part))} {money(value)} {MONEY_UNIT}{share}")
    name = name_of(standard, composition.whole)
    return f"{name} {money(whole)} {MONEY_UNIT}。其中，{'，'.join(listed)}。"


def as_float(value: Fraction | None) -> float | None:
    """A figure for a chart."""
    return None if value is None else float(value)
