"""SC, second part: the indicators that a department brings itself, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import msgspec

from workbook_tools.checks.case import Case, Slot, cell_of
from workbook_tools.checks.finding import Finding
from workbook_tools.checks.registry import make, make_at, raises
from workbook_tools.checks.words import quoted
from workbook_tools.figures import amount, bare_percent, percent
from workbook_tools.ooxml.address import from_a1
from workbook_tools.scoring import RowResult
from workbook_tools.scoring.quantities import columns_of
from workbook_tools.scoring.rows import lacks_percent_sign
from workbook_tools.standard.model import Indicator
from workbook_tools.standard.rules import Rows
from workbook_tools.standard.tables import Achievement, Table
from workbook_tools.submission.model import Row

_FAR = 20
"""So many times its target nobody reaches, and hardly anybody so small a part of it; a target of
100 % written as 1 against 60 % written as 60 is 60 times."""


class OwnRowResult(msgspec.Struct, frozen=True):
    """A row that belongs to an indicator, with our result and the cells that checks speak of."""

    indicator: Indicator
    rule: Rows
    table: Table
    measure: Achievement
    row: Row
    result: RowResult

    def slot(self, column: str) -> Slot:
        """The cell of the row in a column."""
        return cell_of(self.table, self.row, column)

    @property
    def own(self) -> Slot | None:
        """The department's own score, where there is a usable one."""
        slot = self.slot(self.rule.own) if self.rule.own else None
        return slot if slot is not None and slot.entry.number is not None else None

    @property
    def reason(self) -> Slot | None:
        """Why points were lost."""
        return self.slot(self.rule.reason) if self.rule.reason else None

    @property
    def quantitative(self) -> bool:
        """Whether the row is measured against a number."""
        return self.row.entries[self.measure.by].value != self.measure.qualitative

    @property
    def percent_slip(self) -> Slot | None:
        """The cell that lacks its percent sign: 85 beside a target of 90 %."""
        column = lacks_percent_sign(self.measure, self.row)
        return self.slot(column) if column else None

    @property
    def is_far_apart(self) -> bool:
        """Whether target and actual seem to be in different units (:func:`far_apart`)."""
        cells = (self.row.entries[one] for one in (self.measure.target, self.measure.actual))
        target, actual = (one.number for one in cells)
        if target is None or actual is None:
            return False
        return self.quantitative and far_apart(target, actual)


def far_apart(target: Fraction, actual: Fraction) -> bool:
    """Whether one of two numbers above zero is so many times the other that nobody gets there."""
    return target > 0 < actual and max(target, actual) >= _FAR * min(target, actual)


def own_rows(case: Case, indicator_id: str) -> Iterator[OwnRowResult]:
    """The rows that belong to an indicator; none where it is scored otherwise."""
    indicator = next(one for one in case.standard.indicators if one.id == indicator_id)
    rule = indicator.rule
    if not isinstance(rule, Rows):
        return
    table = next(one for one in case.standard.tables if one.id == rule.table)
    measure = next(one for one in table.row_measures if one.id == rule.of)
    assert isinstance(measure, Achievement)
    rows = {row.number: row for row in case.submission.counted_rows(table.id)}
    for result in case.evaluation.results[indicator_id].rows:
        yield OwnRowResult(indicator, rule, table, measure, rows[result.number], result)


def _by_indicator(case: Case) -> list[list[OwnRowResult]]:
    """The rows of each indicator that has any."""
    every = (list(own_rows(case, one.id)) for one in case.standard.indicators)
    return [rows for rows in every if rows]


def _every(case: Case) -> Iterator[OwnRowResult]:
    for rows in _by_indicator(case):
        yield from rows


@raises(
    code="SC314",
    name="row-points-differ",
    severity="error",
    title="各项分值之和不等于规定的分值",
    why="每个一级指标的分值是规定的，各三级指标的分值相加必须正好等于它，多了不计，少了拿不满。",
    fix="请调整各项的分值，使它们相加等于规定的分值。",
    example="产出指标应为 50 分，各项分值相加为 48 分。",
)
def row_points_differ(case: Case) -> Iterator[Finding]:
    """The points of an indicator's rows against its weight; an indicator that no row belongs to."""
    every = _by_indicator(case)
    if (told := _as_fractions(every)) is not None:
        yield told
        return
    tolerance, rows_of = case.standard.tolerances.score, {one[0].indicator.id: one for one in every}
    for indicator in case.standard.indicators:
        rule, rows = indicator.rule, rows_of.get(indicator.id, [])
        if not isinstance(rule, Rows) or not case.submission.counted_rows(rule.table):
            continue  # an empty table is told as such
        if any(row.result.points is None for row in rows):
            continue  # told at the cell
        weight = case.score(indicator.weight)
        if not rows:
            if not any(
                columns_of(case.submission, rule.table).lacking(one.column) for one in rule.where
            ):
                yield _no_rows(case, indicator, rule, weight)
            continue
        total = _points(rows)
        if abs(total - indicator.weight) >= tolerance:
            yield make_at(
                rows[0].slot(rule.points),
                "row-points-differ",
                f"起：{_added(case, rows)}。请调整各项的分值。",
                expected=weight,
                actual=amount(total),
            )


def _as_fractions(every: Sequence[Sequence[OwnRowResult]]) -> Finding | None:
    """The points of all rows typed as parts of the whole, 0.2 for 20; None where they are not."""
    if not every or any(100 * _points(rows) != rows[0].indicator.weight for rows in every):
        return None
    first = every[0][0]
    points = first.result.points or Fraction(0)
    return make_at(
        first.slot(first.rule.points),
        "row-points-differ",
        f"起：各项分值相加正好是规定分值的百分之一，像是按比率填写的。请把各项都乘以 100，"
        f"如 {amount(points)} 改为 {amount(100 * points)}。",
        expected=amount(100 * points),
        actual=amount(points),
    )


def rows_of_points(case: Case, finding: Finding) -> frozenset[int]:
    """The rows of the sheet that have too few points for what they add up to, by a finding of it.

    Own scores above their points are then no fault of theirs.
    """
    every = _by_indicator(case)
    here = [rows for rows in every if _points(rows) < rows[0].indicator.weight]
    numbers = [frozenset(one.row.number for one in rows) for rows in here]
    if _as_fractions(every) is not None:
        return frozenset().union(*numbers)
    at = from_a1(finding.cell)[0]
    return next((rows for rows in numbers if at in rows), frozenset())


def points_elsewhere(case: Case, finding: Finding) -> Iterator[Finding]:
    """Points that do not add up, told at each row with which alone they would.

    Of the rows whose own score is not ours: to them the points may be what is wrong.
    """
    every = _by_indicator(case)
    if _as_fractions(every) is not None:
        return
    for rows in every:
        indicator = rows[0].indicator
        if rows[0].slot(rows[0].rule.points).entry.cell != finding.cell:
            continue
        lacking = indicator.weight - _points(rows)
        for row in rows:
            slot, points = row.slot(row.rule.points), row.result.points or Fraction(0)
            meant = points + lacking
            possible = 0 <= meant <= (indicator.weight if slot.spec.max is None else slot.spec.max)
            own, ours = row.own, row.result.score
            if possible and own is not None and ours is not None and own.entry.number != ours:
                yield make_at(
                    slot,
                    "row-points-differ",
                    f"为 {amount(points)} 分：{_added(case, rows)}。"
                    f"这一项改为 {amount(meant)} 分就对得上；不是的，请调整各项的分值。",
                    expected=amount(meant),
                    actual=amount(points),
                )


def _points(rows: Sequence[OwnRowResult]) -> Fraction:
    return sum((row.result.points or Fraction(0) for row in rows), Fraction(0))


def _added(case: Case, rows: Sequence[OwnRowResult]) -> str:
    """The points of an indicator's rows beside its weight, in words."""
    indicator, total = rows[0].indicator, _points(rows)
    listed = " ＋ ".join(amount(row.result.points or Fraction(0)) for row in rows[:8])
    listed += " ＋ …" if len(rows) > 8 else ""
    return (
        f"{quoted(indicator.title)}共 {len(rows)} 项，分值 {listed} = {amount(total)} 分，"
        f"应为 {case.score(indicator.weight)} 分，{'多' if total > indicator.weight else '少'}了 "
        f"{amount(abs(total - indicator.weight))} 分"
    )


def _no_rows(case: Case, indicator: Indicator, rule: Rows, weight: str) -> Finding:
    table = next(one for one in case.standard.tables if one.id == rule.table)
    return make(
        "row-points-differ",
        f"“{table.label}”中没有{quoted(indicator.title)}的行，这 {weight} 分无法计算。"
        "请按绩效目标申报表补填。",
        sheet=case.sheet(table.sheet),
        field=f"{table.id}.{rule.points}",
        expected=weight,
        actual="0",
    )


@raises(
    code="SC315",
    name="target-of-nothing",
    severity="warning",
    title="年度指标值为 0",
    why="越多越好的指标，指标值为 0 时做多做少都算完成，这样的指标不能说明绩效。",
    fix="请按绩效目标申报表填写指标值；确实没有指标值的，请换用别的指标。",
    example="“培训人次”的年度指标值填 0。",
)
def target_of_nothing(case: Case) -> Iterator[Finding]:
    """A target of zero where more is better."""
    for row in _every(case):
        target = row.row.entries[row.measure.target]
        more = row.row.entries[row.measure.direction].value == row.measure.higher
        if row.quantitative and more and target.number == 0:
            yield make_at(
                row.slot(row.measure.target),
                "target-of-nothing",
                "为 0，越多越好的指标怎样都算完成。请核对绩效目标申报表。",
            )


@raises(
    code="SC316",
    name="target-beaten",
    severity="info",
    title="大幅超过年度指标值",
    why="超出指标值较多，常常是年初指标值设得偏低；原规定要求分析原因，偏低的适度调减分值。",
    fix="请在“偏差原因”一栏说明原因；指标值确实偏低的，下年度应当提高。",
    example="指标值 100 户，实际完成 180 户，完成程度 180%。",
)
def target_beaten(case: Case) -> Iterator[Finding]:
    """A target beaten by more than the rule's bound: a warning where nobody says why."""
    for row in _every(case):
        over, measure = row.rule.over, row.result.measure
        if over is None or measure is None or measure <= over.limit or row.is_far_apart:
            continue
        silent = row.reason is not None and not row.reason.entry.raw.strip()
        asked = "，又没有写明原因" if silent else ""
        yield make_at(
            row.slot(row.measure.actual),
            "target-beaten",
            f"完成程度 {percent(measure)}，超过 {bare_percent(over.limit)}{asked}，"
            "年初指标值可能设得偏低。请核对指标值和实际完成值，并说明原因。",
            severity="warning" if silent else "info",
        )


@raises(
    code="SC317",
    name="degree-outside-tier",
    severity="error",
    title="达成程度与完成档次不符",
    why="定性指标先定档次，再在该档次的范围内确定程度，两者必须一致。",
    fix="请核对完成档次和达成程度，改正其中一个。",
    example="完成档次为“部分达成”（60%～80%），达成程度填 95%。",
)
def degree_outside_tier(case: Case) -> Iterator[Finding]:
    """A degree that does not belong to the tier that the row names."""
    for row in _every(case):
        if row.quantitative or not row.measure.tier:
            continue
        named = row.row.entries[row.measure.tier].value
        tier = next((one for one in row.measure.tiers if one.name == named), None)
        degree = row.slot(row.measure.degree)
        number = degree.entry.number
        if tier is not None and number is not None and not tier.low <= number <= tier.high:
            fitting = [one.name for one in row.measure.tiers if one.low <= number <= one.high]
            bounds = f"{bare_percent(tier.low)}～{bare_percent(tier.high)}"
            yield make_at(
                degree,
                "degree-outside-tier",
                f"为 {percent(number)}，完成档次“{tier.name}”应在 {bounds} 之间"
                f"{f'，{percent(number)} 属于“{fitting[0]}”' if fitting else ''}。请改正其中一个。",
                expected=bounds,
            )


def percent_slips(case: Case) -> Iterator[Finding]:
    """Numbers that lack their percent sign and cannot be used, for IN209."""
    for row in _every(case):
        slot = row.percent_slip
        if slot is not None and slot.entry.number is not None:
            number = slot.entry.number
            other = row.measure.target if slot.spec.id == row.measure.actual else row.measure.actual
            beside = row.slot(other)
            yield make_at(
                slot,
                "unit-looks-wrong",
                f"为 {amount(number)}，而{beside.spec.label}（{beside.entry.cell}）为 "
                f"{percent(beside.entry.number or Fraction(0))}，像是少了百分号，不能使用"
                f"{case.uncomputed((row.indicator.id,))}。如是，请改为 {amount(number)}%"
                f"{_otherwise(row)}。",
                severity="error",
                expected=f"{amount(number)}%",
            )


def _otherwise(row: OwnRowResult) -> str:
    """What is to be done where the number is no percentage, in a row without a unit."""
    unit = row.slot(row.measure.unit)
    if unit.entry.raw.strip():
        return ""
    return f"；不是百分数的，请在 {unit.entry.cell} 填写{unit.spec.label}"
