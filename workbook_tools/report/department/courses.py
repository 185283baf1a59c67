"""How indicators went period by period: what was planned and what was reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from workbook_tools.figures import Series
from workbook_tools.report.department.facts import (
    as_float,
    figure,
    is_absurd,
    missing,
    quantity,
)
from workbook_tools.report.paper.paper import Paper
from workbook_tools.scoring import Evaluation
from workbook_tools.scoring.arithmetic import ZeroDenominatorError, worth
from workbook_tools.standard import Standard
from workbook_tools.standard.expression import Binary, Expression, Name, names, parse
from workbook_tools.standard.inputs import InputType
from workbook_tools.standard.model import Indicator
from workbook_tools.standard.naming import name_of
from workbook_tools.standard.report_form import PENDING
from workbook_tools.standard.rules import Period, Periods
from workbook_tools.standard.sums import is_money


class Stage(NamedTuple):
    """A period: what was reached and planned, and both as people write them.

    ``part`` ÷ ``whole`` is what was reached where the standard divides, else both are "".
    """

    label: str
    done: Fraction | None
    planned: Fraction | None
    reached: str
    target: str
    part: str = ""
    whole: str = ""


class Course(NamedTuple):
    """The periods of an indicator, each once, with the names of what is divided ("" if nothing).

    ``kind``: what the figures planned and reached are.
    """

    indicator: Indicator
    stages: tuple[Stage, ...]
    part: str
    whole: str
    planned: str
    kind: InputType

    @property
    def divided(self) -> bool:
        """Whether what was reached is a share of something."""
        return self.kind == "share"

    @property
    def series(self) -> Series:
        """Planned and reached for a chart; shares as parts of 1."""
        rows = ((one.label, (as_float(one.planned), as_float(one.done))) for one in self.stages)
        return Series(("计划", "实际"), tuple(rows))


def courses(paper: Paper, evaluation: Evaluation) -> Iterator[Course]:
    """The course of every indicator that is scored by periods, as the paper tells of it."""
    for indicator in evaluation.standard.indicators:
        if isinstance(indicator.rule, Periods):
            yield _course(paper, evaluation, indicator, _distinct(indicator.rule.periods))


def _distinct(periods: Iterable[Period]) -> list[Period]:
    """The periods without those that a later one repeats under another name."""
    found: dict[tuple[str, str], Period] = {}
    for one in periods:
        found.pop((one.actual, one.planned), None)
        found[one.actual, one.planned] = one
    return list(found.values())


def _course(
    paper: Paper, evaluation: Evaluation, indicator: Indicator, periods: list[Period]
) -> Course:
    standard, said = evaluation.standard, partial(_said, paper, evaluation)
    reached = [parse(one.actual) for one in periods]
    quotients = [one for one in reached if isinstance(one, Binary) and one.operator == "/"]
    divided = len(quotients) == len(reached)
    parts, wholes = ([one.left for one in quotients], [one.right for one in quotients])
    kind: InputType = "number"
    if divided:
        kind = "share"
    elif all(is_money(standard, name) for one in reached for name in names(one)):
        kind = "money"

    def stage(place: int, one: Period) -> Stage:
        done, planned = _value(evaluation, reached[place]), parse(one.planned)
        absurd = divided and is_absurd(paper, done)
        return Stage(
            one.label,
            None if absurd else done,
            _value(evaluation, planned),
            PENDING if absurd else said(reached[place], kind),
            said(planned, kind),
            said(parts[place], "money") if divided else "",
            said(wholes[place], "money") if divided else "",
        )

    return Course(
        indicator,
        tuple(stage(place, one) for place, one in enumerate(periods)),
        _name(standard, parts) or "实际数",
        _name(standard, wholes) or "基数",
        _name(standard, [parse(one.planned) for one in periods]) or "计划",
        kind,
    )


def _name(standard: Standard, expressions: list[Expression]) -> str:
    """What people call all of these: a grid's row, or one quantity; "" where they share no name."""
    used = {name for one in expressions for name in names(one)}
    if any(not isinstance(one, Name) for one in expressions) or not used:
        return ""
    if len(used) == 1:
        return name_of(standard, used.pop())
    for grid in standard.grids:
        for row in grid.rows:
            if used <= {grid.field(row, column) for column in grid.columns}:
                return row.label
    return ""


def _said(paper: Paper, evaluation: Evaluation, expression: Expression, kind: InputType) -> str:
    """What it is worth; what stands in the cell where it is one and holds no figure."""
    if isinstance(expression, Name):
        return quantity(evaluation, expression.id, kind, missing(paper))
    return figure(_value(evaluation, expression), kind)


def _value(evaluation: Evaluation, expression: Expression) -> Fraction | None:
    """What it is worth; None while a figure is missing or the divisor is zero."""
    figures = evaluation.quantities
    if any(figures.get(name) is None for name in names(expression)):
        return None
    try:
        return worth(expression, figures)
    except ZeroDenominatorError:
        return None
