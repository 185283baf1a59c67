"""The calculation of a score in words, with the figures filled in, for comments and reports.

Made only when somebody reads it. Nothing here decides a score: the sentence repeats what
:mod:`.evaluation` found, step by step, so that a person can follow it on paper. A rounded share
is shown with as many decimals as it takes to arrive at the same score from what is shown.
"""

from __future__ import annotations

from fractions import Fraction

from workbook_tools.figures import amount, bare_percent, percent, points
from workbook_tools.scoring.arithmetic import rounded
from workbook_tools.scoring.in_figures import BINDING, SIGNS, in_figures
from workbook_tools.scoring.means import row_shares, written_mean
from workbook_tools.scoring.model import Evaluation, Result
from workbook_tools.scoring.rules import (
    deduction,
    limit_of,
    period_points,
    reached,
    settled,
    steps_taken,
)
from workbook_tools.scoring.rules import points as earned
from workbook_tools.scoring.shortage import why_insufficient
from workbook_tools.scoring.wording_rows import explain_rows
from workbook_tools.standard.contract import NO, NOT_APPLICABLE, check_id, fields
from workbook_tools.standard.expression import (
    Binary,
    Expression,
    Name,
    Negative,
    NumberLiteral,
    names,
    parse,
)
from workbook_tools.standard.model import Indicator
from workbook_tools.standard.naming import name_of, stated
from workbook_tools.standard.rules import (
    MEASURE,
    WEIGHT,
    AtLeast,
    AtMost,
    Band,
    Bands,
    Checklist,
    OfMeasure,
    Periods,
    Proportion,
    Rows,
    Steps,
)
from workbook_tools.standard.tables import Mean

_MOST_DECIMALS = 10


def explain_result(evaluation: Evaluation, indicator_id: str) -> str:
    """The calculation of one indicator as a Chinese sentence, without a final full stop."""
    indicator = next(one for one in evaluation.standard.indicators if one.id == indicator_id)
    return _Sentence(evaluation, indicator, evaluation.results[indicator_id]).text()


class _Sentence:
    decimals: int
    """Of a percentage of the measure; set once it is known that there is a measure."""

    def __init__(self, evaluation: Evaluation, indicator: Indicator, result: Result) -> None:
        self.evaluation, self.indicator, self.result = evaluation, indicator, result
        self.standard = evaluation.standard
        self.figures = evaluation.quantities
        self.places = self.standard.rounding.places
        self.weight = stated(indicator.weight)
        self.worth = _worth(indicator.weight, self.places)
        self.full = f"得满分 {self.worth} 分"
        computed = result.measure is not None
        self.rule = settled(indicator.rule, self.figures) if computed else indicator.rule

    def text(self) -> str:
        rule, measure = self.rule, self.result.measure
        if self.result.claimed_na:
            counted = f"按满分 {self.worth} 分计"
            if self.standard.not_applicable == "spread":
                counted = f"{self.weight} 分按比例分摊到其他指标"
            return f"本单位申报不涉及该指标，{counted}（待财政部门复核）"
        if self.result.status == "insufficient":
            return why_insufficient(self.evaluation, self.indicator, self.result)
        if isinstance(rule, Checklist):
            return self._checklist(rule)
        if isinstance(rule, Rows):
            return explain_rows(self.standard, self.indicator, self.result)
        if measure is None:
            return self._without_denominator()
        if isinstance(rule, Periods):
            return self._periods(rule)
        self.decimals = self._decimals(rule, measure)
        measured = self._measured(measure)
        match rule:
            case Proportion():
                return measured + self._proportion(measure)
            case AtMost() | AtLeast():
                return measured + self._against_limit(rule, measure)
            case Bands():
                return measured + self._band(rule, measure)

    def _without_denominator(self) -> str:
        divided = f"{self._written(parse(self.result.measured_by))}，除数为 0"
        if self.result.score == 0:
            return f"{divided}，而被除数不为 0，得 {self._score()}"
        return f"{divided}，视为不涉及，按满分 {self.worth} 分计"

    def _checklist(self, rule: Checklist) -> str:
        submission = self.evaluation.submission
        words = []
        for number, item in enumerate(rule.items, start=1):
            answer = submission.text(check_id(self.indicator.id, number))
            own = Fraction(0) if answer == NO else item.points
            note = "（不涉及）" if answer == NOT_APPLICABLE else ""
            words.append(f"第{number}项 {stated(own)} 分{note}")
        return f"{' ＋ '.join(words)} = {self._score()}"

    def _proportion(self, measure: Fraction) -> str:
        if measure > 1:
            return f"，超过 {self._limit(Fraction(1))}，{self.full}"
        if measure < 0:
            return f"，小于 0，得 {self._score()}"
        return f"，{self.weight} × {self._shown(measure)} = {self._score()}"

    def _against_limit(self, rule: AtMost | AtLeast, measure: Fraction) -> str:
        limit, shown = limit_of(rule), self._shown(measure)
        beyond: str | Steps
        if isinstance(rule, AtMost):
            good, signs, beyond = measure <= limit, "≤＞", rule.beyond
        else:
            good, signs, beyond = measure >= limit, "≥＜", rule.below
        if good:
            return f" {signs[0]} {self._limit(limit)}，{self.full}"
        compared = f" {signs[1]} {self._limit(limit)}，"
        if isinstance(beyond, Steps):
            side = "高出" if isinstance(rule, AtMost) else "低了"
            return f"{compared}{side} {self._steps(beyond, abs(measure - limit))}"
        if beyond == "linear":
            apart = self._shown(measure - limit)
            if measure - limit > 1:
                return f"{compared}1 － {apart} 小于 0，扣完为止，得 {self._score()}"
            return f"{compared}{self.weight} ×（1 － {apart}）= {self._score()}"
        scale = "" if limit == 1 else self._limit(limit)
        if beyond == "inverse":
            above = f"{self.weight} × {scale}" if scale else self.weight
            return f"{compared}{above} ÷ {shown} = {self._score()}"
        below = f" ÷ {scale}" if scale else ""
        return f"{compared}{self.weight} × {shown}{below} = {self._score()}"

    def _steps(self, steps: Steps, distance: Fraction) -> str:
        if self._is_share():
            apart = f"{self._shown(distance).removesuffix('%')} 个百分点"
            size = f"{amount(steps.size * 100)} 个百分点"
        else:
            apart, size = amount(distance), f"{amount(steps.size)} "
        partial = {"floor": "不扣", "ceil": f"按 {size}扣", "proportional": "按比例扣"}[
            steps.partial
        ]
        rule = f"{apart}，每 {size}扣 {stated(steps.deduct)} 分（不足 {size}的{partial}）"
        taken, cost = steps_taken(steps, distance), deduction(steps, distance)
        if cost == 0:
            return f"{rule}，{self.full}"
        counted = f"{rule}，扣 {amount(taken)} × {stated(steps.deduct)} = {amount(cost)} 分"
        if cost > self.indicator.weight:
            return f"{counted}，扣完为止，得 {self._score()}"
        return f"{counted}，{self.weight} － {amount(cost)} = {self._score()}"

    def _band(self, rule: Bands, measure: Fraction) -> str:
        above = ""
        for band in rule.bands:
            if band.holds(measure):
                sign = "≤" if band.inclusive else "＜"
                below = "" if band.upper is None else f"{sign} {self._limit(band.upper)}"
                where = f"{above}{below}".removesuffix("，")
                return f"{f'（{where}）' if where else ''}，{self._earned(band, measure)}"
            assert band.upper is not None
            above = f"{'＞' if band.inclusive else '≥'} {self._limit(band.upper)}，"
        raise AssertionError("the last band holds whatever is left")

    def _earned(self, band: Band, measure: Fraction) -> str:
        if not band.earns:
            return f"得 {self._score()}"
        figures = {MEASURE: self._shown(measure), WEIGHT: self.weight}
        return f"{in_figures(parse(band.earns), figures)} = {self._score()}"

    def _periods(self, rule: Periods) -> str:
        pairs = reached(rule, self.figures)
        words = []
        used = [list(names(parse(one.actual))) for one in rule.periods]
        common = [name for name in used[0] if all(name in others for others in used[1:])]
        for one, (actual, planned), own in zip(
            rule.periods, pairs, period_points(rule, pairs), strict=True
        ):
            if rule.mode == "share":
                done = f"{amount(actual)} ÷ {amount(planned)}" if planned else "没有计划"
            else:
                sign = "≥" if actual >= planned else "＜"
                shown = percent(actual, apart_from=planned)
                figures = self._written(parse(one.actual), named=False)
                done = f"{figures} = {shown} {sign} {bare_percent(planned)}"
            words.append(f"{one.label} {done}，得 {amount(own)} 分")
        shared = "".join(f"{self._written(Name(name))}；" for name in common)
        return f"{shared}{'；'.join(words)}；合计 {self._score()}"

    def _score(self) -> str:
        assert self.result.score is not None
        return f"{points(self.result.score, self.places)} 分"

    def _measured(self, measure: Fraction) -> str:
        """The measure as it comes about: 在职人员数 54 ÷ 编制数 50 = 108.00%."""
        expression = parse(self.result.measured_by)
        if isinstance(expression, Name):
            rows = row_shares(self.evaluation, expression.id)
            mean = f"={written_mean(rows, measure, self.decimals)} = " if len(rows) > 1 else ""
            return f"{name_of(self.standard, expression.id)} {mean}{self._shown(measure)}"
        return f"{self._written(expression)} = {self._shown(measure)}".replace("） =", "）=")

    def _decimals(self, rule: OfMeasure, measure: Fraction) -> int:
        """How many decimals of the percentage lead to the same score and side of each limit."""
        for decimals in range(2, _MOST_DECIMALS):
            shown = rounded(measure, decimals + 2)
            again = rounded(earned(rule, self.indicator.weight, shown), self.places)
            same_side = all(
                (shown > limit, shown < limit) == (measure > limit, measure < limit)
                for limit in _limits(rule)
            )
            if again == self.result.score and same_side:
                return decimals
        return _MOST_DECIMALS

    def _is_share(self) -> bool:
        """Whether the measure is a part of a whole, to be shown as a percentage."""
        expression = parse(self.result.measured_by)
        if isinstance(expression, Binary):
            return expression.operator == "/"
        return isinstance(expression, Name) and self._kind(expression.id) == "share"

    def _shown(self, measure: Fraction) -> str:
        return percent(measure, places=self.decimals) if self._is_share() else amount(measure)

    def _limit(self, limit: Fraction) -> str:
        return bare_percent(limit) if self._is_share() else amount(limit)

    def _kind(self, identity: str) -> str:
        known = fields(self.standard).get(identity)
        if known is not None:
            return known.type
        mean = any(isinstance(one, Mean) and one.id == identity for one in self.standard.derived)
        return "share" if mean else "number"

    def _written(self, expression: Expression, binding: int = 0, *, named: bool = True) -> str:
        """The expression with figures and, unless bare, names: 在职人员数 54 ÷ 编制数 50."""
        match expression:
            case Name(id=name):
                figure = self.figures[name] or Fraction(0)
                shown = percent(figure) if self._kind(name) == "share" else amount(figure)
                return f"{name_of(self.standard, name)} {shown}" if named else shown
            case NumberLiteral(value=value):
                return amount(value)
            case Negative(operand=operand):
                return f"－{self._written(operand, 3, named=named)}"
            case Binary(operator=operator, left=left, right=right):
                own = BINDING[operator]
                a, b = (
                    self._written(left, own, named=named),
                    self._written(right, own + 1, named=named),
                )
                inner = f"{a} {SIGNS[operator]} {b}".replace("） ", "）").replace(" （", "（")
                return f"（{inner}）" if own < binding else inner


def _limits(rule: OfMeasure) -> list[Fraction]:
    """The measures at which the rule changes its mind."""
    match rule:
        case Proportion():
            return [Fraction(0), Fraction(1)]
        case AtMost() | AtLeast():
            return [limit_of(rule)]
        case Bands():
            return [band.upper for band in rule.bands if band.upper is not None]


def _worth(weight: Fraction, places: int) -> str:
    """A weight with what it is as a score where that differs: ``61/3 = 20.33``."""
    score = points(weight, places)
    return stated(weight) if Fraction(score) == weight else f"{stated(weight)} = {score}"
