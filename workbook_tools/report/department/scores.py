"""Scores in the body of a report: the result, and where points were lost."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from workbook_tools.figures import Series, percent, points
from workbook_tools.report.department.edition import Edition
from workbook_tools.report.department.facts import BLANK, NONE, as_float, cell_text, missing
from workbook_tools.report.department.head import recomputed
from workbook_tools.report.paper.charts import Chart
from workbook_tools.report.paper.paper import Paper
from workbook_tools.report.paper.tables import Column, Row
from workbook_tools.scoring import Evaluation, Status
from workbook_tools.standard.model import Indicator, Level
from workbook_tools.standard.naming import stated
from workbook_tools.standard.outline import indicators_by_top_level

OPEN = "资料不足"


class Kind(NamedTuple):
    """A kind of score: the word before 得分, the score of an indicator, and how that is written.

    ``unknown``: what is written for a sum of which a part is missing.
    """

    name: str
    score: Callable[[Indicator], Fraction | None]
    written: Callable[[Indicator], str]
    unknown: str


class Scores:
    """The scores of an evaluation as an edition shows them.

    ``kinds``: the department's own, and in the working edition ours and, where there are any, the
    bureau's. Points are lost by the ``counting`` one.
    """

    def __init__(self, evaluation: Evaluation, edition: Edition) -> None:
        self.evaluation = evaluation
        self.standard = evaluation.standard
        self.places = self.standard.rounding.places
        claimed = self._filled("自评", "self_", NONE if edition == "formal" else BLANK)
        computed = Kind("复算", self.computed, self._recomputed, OPEN)
        reviewed = self._filled("复核", "review_", NONE)
        self.kinds = [claimed] if edition == "formal" else [claimed, computed]
        self.counting = self.kinds[-1]
        self.reviewed = reviewed if edition == "working" and self._any(reviewed) else None

    def computed(self, indicator: Indicator) -> Fraction | None:
        """Ours."""
        return self.evaluation.results[indicator.id].score

    def _recomputed(self, indicator: Indicator) -> str:
        return self.shown(self.computed(indicator), OPEN)

    def _filled(self, name: str, prefix: str, missing: str) -> Kind:
        """A score that somebody fills in; what is no number is shown as it stands there."""
        evaluation, submission = self.evaluation, self.evaluation.submission

        def score(indicator: Indicator) -> Fraction | None:
            if prefix == "self_":
                return evaluation.own[indicator.id]
            return submission.number(prefix + indicator.id)

        def written(indicator: Indicator) -> str:
            value, entry = score(indicator), submission.entries.get(prefix + indicator.id)
            if value is None and entry is not None and not entry.blank:
                return cell_text(entry, "score")
            return self.shown(value, missing)

        return Kind(name, score, written, NONE)

    def _any(self, kind: Kind) -> bool:
        return any(kind.score(one) is not None for one in self.standard.indicators)

    def below(self, level: Level) -> tuple[Indicator, ...]:
        """The indicators of a level and of those under it."""
        inside = {level.id, *(child.id for child in level.children)}
        return tuple(one for one in self.standard.indicators if one.level in inside)

    def added(
        self, indicators: tuple[Indicator, ...], score: Callable[[Indicator], Fraction | None]
    ) -> Fraction | None:
        """The sum of scores; None while one is missing."""
        known = [value for one in indicators if (value := score(one)) is not None]
        return sum(known, Fraction(0)) if len(known) == len(indicators) else None

    def shown(self, value: Fraction | None, missing: str = BLANK) -> str:
        """A score with its decimals, or what to say where there is none."""
        return missing if value is None else points(value, self.places)

    def reason(self, indicator: Indicator) -> str:
        """Why points were lost, in the department's words."""
        return self.evaluation.submission.text(f"reason_{indicator.id}").strip()

    def count(self, status: Status) -> int:
        """How many indicators ended so."""
        return sum(one.status == status for one in self.evaluation.results.values())


def write_result(paper: Paper, evaluation: Evaluation, edition: Edition) -> None:
    """The result in words, per 一级 in a table, and as a chart."""
    scores = Scores(evaluation, edition)
    paper.write(_in_words(scores, edition))
    everything = scores.standard.indicators
    rows: list[Row] = [
        _row(scores, level.name, level.weight, scores.below(level))
        for level in scores.standard.levels
    ]
    full = sum((one.weight for one in everything), Fraction(0))
    rows.append(_row(scores, "合计", full, everything))
    titles = [title for one in scores.kinds for title in (f"{one.name}得分", f"{one.name}得分率")]
    note = f"“{OPEN}”表示该级有指标缺少数据、不能复算。" if edition == "working" else ""
    paper.table(
        "各级指标得分情况",
        [Column("一级指标"), *(Column(title, "number", 22) for title in ("分值", *titles))],
        rows,
        f"{note}得分率 = 得分 ÷ 分值。",
    )
    paper.chart(Chart("各一级指标得分率", _rates(scores), number_format="0.0%"))


def _in_words(scores: Scores, edition: Edition) -> str:
    evaluation = scores.evaluation
    total = len(evaluation.results)
    parts = []
    if evaluation.self_total is not None:
        grade = f"，对应等次“{evaluation.self_grade}”" if evaluation.self_grade else ""
        parts.append(f"本单位各项自评得分合计 {scores.shown(evaluation.self_total)} 分{grade}。")
    if edition == "formal":
        return "".join([*parts, f"评价指标共 {total} 项，逐项得分见计分表。"])
    parts.append(f"按填报数据逐项复算，{recomputed(evaluation)}。")
    listed = [f"能够计算的 {scores.count('computed')} 项"]
    if scores.count("not_applicable"):
        listed.append(f"不涉及、按满分计的 {scores.count('not_applicable')} 项")
    if scores.count("insufficient"):
        listed.append(f"资料不足、不能计算的 {scores.count('insufficient')} 项")
    parts.append(f"{total} 项指标中，{'，'.join(listed)}，逐项计算过程见计分表。")
    return "".join(parts)


def _row(scores: Scores, name: str, weight: Fraction, inside: tuple[Indicator, ...]) -> Row:
    cells = [name, stated(weight)]
    for kind in scores.kinds:
        value = scores.added(inside, kind.score)
        rate = NONE if value is None or not weight else percent(value / weight)
        cells += [scores.shown(value, kind.unknown), rate]
    return cells


def _rates(scores: Scores) -> Series:
    rows = []
    for level, inside in indicators_by_top_level(scores.standard):
        sums = (scores.added(inside, kind.score) for kind in scores.kinds)
        rates = (None if one is None else as_float(one / level.weight) for one in sums)
        rows.append((level.name, tuple(rates)))
    return Series(tuple(f"{kind.name}得分率" for kind in scores.kinds), tuple(rows))


def write_losses(paper: Paper, evaluation: Evaluation, edition: Edition) -> None:
    """The indicators that lost points, with the reason that the department gives."""
    scores = Scores(evaluation, edition)
    counting = scores.counting
    rows: list[Row] = []
    for one in scores.standard.indicators:
        score = counting.score(one)
        if score is not None and score < one.weight:
            lost = scores.shown(one.weight - score)
            reason = scores.reason(one) or missing(paper)
            rows.append([one.title, stated(one.weight), scores.shown(score), lost, reason])
    if rows:
        titles = ("分值", f"{counting.name}得分", "失分")
        paper.table(
            "失分指标",
            [
                Column("三级指标", width=40),
                *(Column(title, "number", 19) for title in titles),
                Column("扣分原因"),
            ],
            rows,
        )
