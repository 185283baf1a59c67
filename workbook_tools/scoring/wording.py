"""The calculation of a score in words, with the figures filled in, for comments and reports.

Made only when somebody reads it. Nothing here decides a score: the sentence repeats what
:mod:`.evaluation` found, step by step, so that a person can follow it on paper.
"""

from __future__ import annotations

from fractions import Fraction

from workbook_tools.figures import amount, bare_percent, percent, points
from workbook_tools.scoring.arithmetic import worth
from workbook_tools.scoring.model import Evaluation, Result
from workbook_tools.scoring.rules import deduction, period_points, steps_taken
from workbook_tools.standard.contract import NO, NOT_APPLICABLE, check_id, fields
from workbook_tools.standard.expression import Binary, Expression, Name, Negative, Number, parse
from workbook_tools.standard.model import Indicator, Standard
from workbook_tools.standard.rules import (
    AtLeast,
    AtMost,
    Bands,
    Checklist,
    Periods,
    Proportion,
    Steps,
)
from workbook_tools.standard.tables import Mean

_SIGNS = {"+": "＋", "-": "－", "*": "×", "/": "÷"}
_BINDING = {"+": 1, "-": 1, "*": 2, "/": 2}
_PARTIAL = {"floor": "不足一步不扣", "ceil": "不足一步按一步扣", "proportional": "不足一步按比例扣"}


def explain_result(evaluation: Evaluation, indicator_id: str) -> str:
    """The calculation of one indicator as a Chinese sentence, without a final full stop."""
    standard = evaluation.standard
    indicator = next(one for one in standard.indicators if one.id == indicator_id)
    return _Sentence(evaluation, indicator, evaluation.results[indicator_id]).text()


def name_of(standard: Standard, identity: str) -> str:
    """The Chinese name of a field, a derived quantity or a table."""
    known = fields(standard).get(identity)
    if known is not None:
        return known.name_in_words
    labelled = (*standard.derived, *standard.tables)
    return next((one.label for one in labelled if one.id == identity), identity)


class _Sentence:
    def __init__(self, evaluation: Evaluation, indicator: Indicator, result: Result) -> None:
        self.evaluation, self.indicator, self.result = evaluation, indicator, result
        self.standard = evaluation.standard
        self.weight = amount(indicator.weight)
        self.figures = evaluation.quantities

    def text(self) -> str:
        rule = self.indicator.rule
        if self.result.claimed_na:
            return f"本单位申报不涉及该指标，按满分 {self.weight} 分计（待财政部门复核）"
        if self.result.status == "insufficient":
            return self._insufficient()
        if isinstance(rule, Checklist):
            return self._checklist(rule)
        if self.result.measure is None:
            return self._without_denominator()
        measured = f"{self._written(parse(self.result.measured_by))} = "
        match rule:
            case Periods():
                return self._periods(rule)
            case Proportion():
                return measured + self._proportion(self.result.measure)
            case AtMost() | AtLeast():
                return measured + self._against_limit(rule, self.result.measure)
            case Bands():
                return measured + self._band(rule, self.result.measure)

    def _insufficient(self) -> str:
        zero = [name for name in self.result.missing if self.figures.get(name) == 0]
        lacking = [name for name in self.result.missing if name not in zero]
        parts = []
        if lacking:
            parts.append(f"缺少{'、'.join(self._named(name) for name in lacking)}")
        if zero:
            parts.append(f"{'、'.join(self._named(name) for name in zero)}为 0，不能作除数")
        return f"{'；'.join(parts)}，无法计算"

    def _without_denominator(self) -> str:
        expression = parse(self.result.measured_by)
        divided = f"{self._written(expression)}，除数为 0"
        if self.result.score == 0:
            return f"{divided}而被除数不为 0，得 {self._score()} 分"
        return f"{divided}，视为不涉及，按满分 {self.weight} 分计"

    def _checklist(self, rule: Checklist) -> str:
        submission = self.evaluation.submission
        words = []
        for number, item in enumerate(rule.items, start=1):
            answer = submission.text(check_id(self.indicator.id, number))
            earned = Fraction(0) if answer == NO else item.points
            note = "（不涉及）" if answer == NOT_APPLICABLE else ""
            words.append(f"第{number}项{amount(earned)}{note}")
        return f"{' ＋ '.join(words)} = {self._score()}"

    def _proportion(self, measure: Fraction) -> str:
        shown = self._measure(measure)
        held = "，最多得满分" if measure > 1 else ""
        return f"{shown}，{self.weight} × {shown} = {self._score()}{held}"

    def _against_limit(self, rule: AtMost | AtLeast, measure: Fraction) -> str:
        limit, distance = rule.limit, abs(measure - rule.limit)
        beyond = rule.beyond if isinstance(rule, AtMost) else rule.below
        good, bad = ("≤", "＞") if isinstance(rule, AtMost) else ("≥", "＜")
        shown, bound = self._measure(measure, limit), self._limit(limit)
        if measure <= limit if isinstance(rule, AtMost) else measure >= limit:
            return f"{shown} {good} {bound}，得满分 {self.weight}"
        compared = f"{shown} {bad} {bound}，"
        if isinstance(beyond, Steps):
            return compared + self._steps(beyond, distance)
        match beyond:
            case "inverse":
                return f"{compared}{self.weight} × {bound} ÷ {shown} = {self._score()}"
            case "linear":
                apart = self._measure(distance)
                return f"{compared}{self.weight} ×（1 － {apart}）= {self._score()}"
            case "proportion":
                return f"{compared}{self.weight} × {shown} ÷ {bound} = {self._score()}"

    def _steps(self, steps: Steps, distance: Fraction) -> str:
        in_points = self._is_share()
        size = f"{amount(steps.size * 100)} 个百分点" if in_points else amount(steps.size)
        apart = percent(distance).rstrip("%") + " 个百分点" if in_points else amount(distance)
        taken = amount(steps_taken(steps, distance))
        cost = amount(deduction(steps, distance))
        emptied = "" if self.result.score else "（扣完为止）"
        return (
            f"相差 {apart}，每 {size}扣 {amount(steps.deduct)} 分"
            f"（{_PARTIAL[steps.partial]}），计 {taken} 步扣 {cost} 分，"
            f"{self.weight} － {cost} = {self._score()}{emptied}"
        )

    def _band(self, rule: Bands, measure: Fraction) -> str:
        lower = ""
        for band in rule.bands:
            sign = "≤" if band.inclusive else "＜"
            if band.upper is None:
                return f"{self._measure(measure)}{lower}，得 {self._score()}"
            if measure < band.upper or (measure == band.upper and band.inclusive):
                return (
                    f"{self._measure(measure)} {sign} {self._limit(band.upper)}，得 {self._score()}"
                )
            lower = f" {'＞' if band.inclusive else '≥'} {self._limit(band.upper)}"
        return f"{self._measure(measure)}{lower}，得 {self._score()}"

    def _periods(self, rule: Periods) -> str:
        words = []
        for one in rule.periods:
            actual = worth(parse(one.actual), self.figures)
            planned = worth(parse(one.planned), self.figures)
            earned = amount(period_points(rule, one, actual, planned))
            if rule.mode == "share":
                done = f"{amount(actual)} ÷ {amount(planned)}" if planned else "无应完成工作"
                words.append(f"{one.label}{done}，得 {earned}")
            else:
                sign = "≥" if actual >= planned else "＜"
                reached = percent(actual, apart_from=planned)
                words.append(f"{one.label} {reached} {sign} {bare_percent(planned)}，得 {earned}")
        return f"{'；'.join(words)}；合计 {self._score()}"

    def _score(self) -> str:
        assert self.result.score is not None
        return points(self.result.score, self.standard.rounding.places)

    def _is_share(self) -> bool:
        """Whether the measure is a part of a whole, to be shown as a percentage."""
        expression = parse(self.result.measured_by)
        if isinstance(expression, Binary):
            return expression.operator == "/"
        return isinstance(expression, Name) and self._kind(expression.id) == "share"

    def _measure(self, measure: Fraction, apart_from: Fraction | None = None) -> str:
        return percent(measure, apart_from) if self._is_share() else amount(measure)

    def _limit(self, limit: Fraction) -> str:
        return bare_percent(limit) if self._is_share() else amount(limit)

    def _kind(self, identity: str) -> str:
        known = fields(self.standard).get(identity)
        if known is not None:
            return known.type
        mean = any(isinstance(one, Mean) and one.id == identity for one in self.standard.derived)
        return "share" if mean else "number"

    def _named(self, identity: str) -> str:
        return f"“{name_of(self.standard, identity)}”"

    def _written(self, expression: Expression, binding: int = 0) -> str:
        """The expression with names and figures: 在职人员数 54 ÷ 编制数 50."""
        match expression:
            case Name(id=name):
                figure = self.figures[name] or Fraction(0)
                shown = percent(figure) if self._kind(name) == "share" else amount(figure)
                return f"{name_of(self.standard, name)} {shown}"
            case Number(value=value):
                return amount(value)
            case Negative(operand=operand):
                return f"－{self._written(operand, 3)}"
            case Binary(operator=operator, left=left, right=right):
                own = _BINDING[operator]
                inner = (
                    f"{self._written(left, own)} {_SIGNS[operator]} {self._written(right, own + 1)}"
                )
                return f"（{inner}）" if own < binding else inner
