"""The calculation of a department's own indicators in words: of one row, and of all that belong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from workbook_tools.figures import amount, bare_percent, percent, points
from workbook_tools.scoring.arithmetic import exact_sum, rounded
from workbook_tools.scoring.gaps import gaps_of_row
from workbook_tools.scoring.in_figures import in_figures
from workbook_tools.scoring.model import Evaluation, Result, RowResult
from workbook_tools.scoring.own_rows import row_score
from workbook_tools.standard.expression import parse
from workbook_tools.standard.model import Indicator, Standard
from workbook_tools.standard.naming import stated
from workbook_tools.standard.rules import MEASURE, WEIGHT, Rows
from workbook_tools.standard.tables import Achievement
from workbook_tools.submission.model import Row

_MOST_ROWS = 6
_LONGEST_NAME = 12
_MOST_DECIMALS = 10


def explain_row(evaluation: Evaluation, indicator_id: str, result: RowResult) -> str:
    """How one row came to its score, as a Chinese sentence without a final full stop.

    “实际完成值 45 ÷ 年度指标值 90 = 50.00%，8 × 50.00% = 4.00 分”.
    """
    standard = evaluation.standard
    indicator = next(one for one in standard.indicators if one.id == indicator_id)
    rule = indicator.rule
    assert isinstance(rule, Rows)
    table = next(one for one in standard.tables if one.id == rule.table)
    measure = next(one for one in table.row_measures if one.id == rule.of)
    assert isinstance(measure, Achievement)
    rows = evaluation.submission.counted_rows(rule.table)
    row = next(one for one in rows if one.number == result.number)
    labels = {column.id: column.label for column in table.columns}
    if result.points is None or result.measure is None or result.score is None:
        return f"{_lacked(row, gaps_of_row(table, row, rule), labels)}，无法计算"
    decimals = _decimals(rule, result.points, result.measure, standard.rounding.places)
    reached = _reached(measure, row, labels, percent(result.measure, places=decimals))
    score = f"{points(result.score, standard.rounding.places)} 分"
    return f"{reached}，{_scored(rule, result.points, result.measure, decimals, score)}"


def explain_rows(standard: Standard, indicator: Indicator, result: Result) -> str:
    """How the rows of an indicator add up to its score."""
    places = standard.rounding.places
    known = [row for row in result.rows if row.score is not None]
    listed = " ＋ ".join(
        f"{_short(row.name)} {points(row.score, places)}"
        for row in known[:_MOST_ROWS]
        if row.score is not None
    )
    more = f" 等 {len(known)} 项" if len(known) > _MOST_ROWS else ""
    total = exact_sum(row.score for row in known if row.score is not None)
    added = f"{listed}{more} = {points(total, places)} 分"
    if total > indicator.weight:
        return f"{added}，超过分值，按 {stated(indicator.weight)} 分计"
    return added


def _lacked(row: Row, columns: Sequence[str], labels: Mapping[str, str]) -> str:
    """What is blank in a row without a score, and what cannot be used."""
    blank = "、".join(f"“{labels[one]}”" for one in columns if row.entries[one].blank)
    wrong = "、".join(f"“{labels[one]}”" for one in columns if not row.entries[one].blank)
    parts = ((blank, f"该行没有填写{blank}"), (wrong, f"该行的{wrong}不能使用"))
    return "，".join(words for found, words in parts if found)


def _reached(measure: Achievement, row: Row, labels: dict[str, str], share: str) -> str:
    """What the row reached of its target, with the figures as they stand in the sheet."""
    if row.entries[measure.by].value == measure.qualitative:
        return f"{labels[measure.degree]} {share}"
    shown = bare_percent if _are_percentages(measure, row) else amount

    def said(column: str) -> str:
        entry = row.entries[column]
        return f"{labels[column]} {entry.raw if entry.number is None else shown(entry.number)}"

    target, actual = row.entries[measure.target].number, row.entries[measure.actual].number
    assert target is not None
    assert actual is not None
    lower = row.entries[measure.direction].value == measure.lower
    exactly = bool(measure.equal) and row.entries[measure.direction].value == measure.equal
    both = f"{said(measure.actual)}，{said(measure.target)}"
    if target == 0 or (lower and actual == 0):
        return f"{both}，完成程度 {share}"
    if target < 0 or exactly or (lower and actual < target and measure.signed):
        sign, apart = ("＋", target - actual) if lower else ("＋", actual - target)
        apart = -abs(apart) if exactly else apart
        sign = "－" if apart < 0 else sign
        gap = f"1 {sign} {shown(abs(apart))} ÷ {shown(abs(target))}"
        return f"{both}，{gap} = {share}"
    over, under = (measure.target, measure.actual) if lower else (measure.actual, measure.target)
    return f"{said(over)} ÷ {said(under)} = {share}"


def _are_percentages(measure: Achievement, row: Row) -> bool:
    """Whether the sheet shows target and actual with percent signs, as their unit has them."""
    unit = row.entries[measure.unit].value if measure.unit else None
    target = row.entries[measure.target].number
    return unit in measure.percents and target is not None and 0 < target <= 1


def _scored(rule: Rows, worth: Fraction, measure: Fraction, decimals: int, score: str) -> str:
    """From the share to the points."""
    share, over = percent(measure, places=decimals), rule.over
    taken = over.deduct if over is not None and measure > over.limit else Fraction(0)
    if over is not None and taken and not rule.bands:
        return f"超过 {bare_percent(over.limit)}，{amount(worth)} － {amount(taken)} = {score}"
    if rule.bands:
        band = next(one for one in rule.bands if one.holds(measure))
        upper = "以上" if band.upper is None else f"{bare_percent(band.upper)} 一档"
        if band.points is not None:
            return f"按“{upper}”得 {score}"
        figures = {MEASURE: share, WEIGHT: amount(worth)}
        minus = f" － {amount(taken)}" if taken else ""
        return f"{in_figures(parse(band.earns), figures)}{minus} = {score}"
    if measure >= 1:
        return f"达到年度指标值，得 {score}"
    if rule.below == "zero":
        return f"没有达到年度指标值，得 {score}"
    if rule.below == "proportion":
        return f"{amount(worth)} × {share} = {score}"
    return f"低于 100%，逐档扣分后得 {score}"


def _decimals(rule: Rows, worth: Fraction, measure: Fraction, places: int) -> int:
    """How many decimals of the percentage lead to the same score."""
    exact = rounded(row_score(rule, worth, measure), places)
    for decimals in range(2, _MOST_DECIMALS):
        shown = rounded(measure, decimals + 2)
        if rounded(row_score(rule, worth, shown), places) == exact:
            return decimals
    return _MOST_DECIMALS


def _short(name: str) -> str:
    line = " ".join(name.split())
    return line if len(line) <= _LONGEST_NAME else f"{line[:_LONGEST_NAME]}…"
