"""Scores: the result in the body, and the score table with every calculation as an annex."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from workbook_tools.consolidation.sheets.statistics import Series
from workbook_tools.consolidation.standards import indicators_by_top_level
from workbook_tools.figures import amount, percent, points
from workbook_tools.report.charts import Chart
from workbook_tools.report.facts import BLANK, as_float
from workbook_tools.report.head import recomputed
from workbook_tools.report.paper import Paper
from workbook_tools.report.tables import Band, Column, Row
from workbook_tools.scoring import Evaluation, Status, explain_result
from workbook_tools.standard.model import Indicator, Level

_OPEN = "资料不足"


class Scores:
    """The scores of an evaluation, as a report writes them."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self.standard = evaluation.standard
        self.places = self.standard.rounding.places

    def claimed(self, indicator: Indicator) -> Fraction | None:
        """The department's own score."""
        return self.evaluation.own[indicator.id]

    def computed(self, indicator: Indicator) -> Fraction | None:
        """Ours."""
        return self.evaluation.results[indicator.id].score

    def reviewed(self, indicator: Indicator) -> Fraction | None:
        """The bureau's."""
        return self.evaluation.submission.number(f"review_{indicator.id}")

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

    def count(self, status: Status) -> int:
        """How many indicators ended so."""
        return sum(one.status == status for one in self.evaluation.results.values())


def write_result(paper: Paper, evaluation: Evaluation) -> None:
    """The result in words, per 一级 in a table, and as a chart."""
    scores = Scores(evaluation)
    paper.write(_in_words(scores))
    rows: list[Row] = [_level_row(scores, level) for level in scores.standard.levels]
    everything = scores.standard.indicators
    claimed, computed = (
        scores.added(everything, scores.claimed),
        scores.added(everything, scores.computed),
    )
    full = sum((one.weight for one in everything), Fraction(0))
    rows.append(_row(scores, "合计", full, claimed, computed))
    paper.table(
        "各级指标得分情况",
        [
            Column("一级指标"),
            *(
                Column(title, "number", 22)
                for title in ("分值", "自评得分", "自评得分率", "复算得分", "复算得分率")
            ),
        ],
        rows,
        f"“{_OPEN}”表示该级有指标缺少数据、不能复算。得分率 = 得分 ÷ 分值。",
    )
    paper.chart(Chart("各一级指标得分率", _rates(scores), number_format="0.0%"))


def _in_words(scores: Scores) -> str:
    evaluation = scores.evaluation
    total = len(evaluation.results)
    parts = []
    if evaluation.self_total is not None:
        grade = f"，对应等次“{evaluation.self_grade}”" if evaluation.self_grade else ""
        parts.append(f"本单位各项自评得分合计 {scores.shown(evaluation.self_total)} 分{grade}。")
    parts.append(f"按填报数据逐项复算，{recomputed(evaluation)}。")
    listed = [f"能够计算的 {scores.count('computed')} 项"]
    if scores.count("not_applicable"):
        listed.append(f"不涉及、按满分计的 {scores.count('not_applicable')} 项")
    if scores.count("insufficient"):
        listed.append(f"资料不足、不能计算的 {scores.count('insufficient')} 项")
    parts.append(f"{total} 项指标中，{'，'.join(listed)}，逐项计算过程见计分表。")
    return "".join(parts)


def _level_row(scores: Scores, level: Level) -> Row:
    inside = scores.below(level)
    return _row(
        scores,
        level.name,
        level.weight,
        scores.added(inside, scores.claimed),
        scores.added(inside, scores.computed),
    )


def _row(
    scores: Scores,
    name: str,
    weight: Fraction,
    claimed: Fraction | None,
    computed: Fraction | None,
) -> Row:
    def rate(value: Fraction | None) -> str:
        return "—" if value is None or not weight else percent(value / weight)

    return [
        name,
        amount(weight),
        scores.shown(claimed),
        rate(claimed),
        scores.shown(computed, _OPEN),
        rate(computed),
    ]


def _rates(scores: Scores) -> Series:
    rows = []
    for level, inside in indicators_by_top_level(scores.standard):
        sums = (scores.added(inside, scores.claimed), scores.added(inside, scores.computed))
        rates = (None if one is None else as_float(one / level.weight) for one in sums)
        rows.append((level.name, tuple(rates)))
    return Series(("自评得分率", "复算得分率"), tuple(rows))


def write_losses(paper: Paper, evaluation: Evaluation) -> None:
    """The indicators that lost points, with the reason that the department gives."""
    scores = Scores(evaluation)
    rows: list[Row] = []
    for one in scores.standard.indicators:
        computed = scores.computed(one)
        if computed is not None and computed < one.weight:
            reason = evaluation.submission.text(f"reason_{one.id}").strip()
            lost = scores.shown(one.weight - computed)
            row = [one.title, amount(one.weight), scores.shown(computed), lost, reason or BLANK]
            rows.append(row)
    if rows:
        paper.table(
            "失分指标",
            [
                Column("三级指标", width=40),
                *(Column(title, "number", 19) for title in ("分值", "复算得分", "失分")),
                Column("扣分原因"),
            ],
            rows,
        )
    elif not scores.count("insufficient"):
        paper.write("各项指标复算均为满分，没有失分。")


def write_score_table(paper: Paper, evaluation: Evaluation) -> None:
    """The annex: every indicator with its rule, its scores and the calculation in words."""
    scores = Scores(evaluation)
    reviewed = any(scores.reviewed(one) is not None for one in scores.standard.indicators)
    paper.listing(_columns(reviewed), list(_score_rows(scores, reviewed)))
    note = "“复算得分”由程序按填报数据计算，不采用工作簿中的公式结果。"
    if scores.standard.errata:
        ruled = (f"{one.contradiction}{one.ruling}" for one in scores.standard.errata)
        note += "评分标准原文自相矛盾之处：" + "".join(ruled)
    paper.write(note, "Note")


def _columns(reviewed: bool) -> list[Column]:
    numbers = ["分值", "自评得分", "复算得分", *(["复核得分"] if reviewed else [])]
    return [
        Column("三级指标", width=36),
        Column("指标解释和评分标准", width=62),
        Column("计算过程"),
        Column("扣分原因", width=36),
        *(Column(title, "number", 16.5) for title in numbers),
    ]


def _score_rows(scores: Scores, reviewed: bool) -> Iterator[Row]:
    for level in scores.standard.levels:
        yield _band(scores, level, reviewed, "■ ")
        for child in level.children:
            yield _band(scores, child, reviewed, "")
            yield from _indicators(scores, child, reviewed)
        if not level.children:
            yield from _indicators(scores, level, reviewed)
    everything = scores.standard.indicators
    full = sum((one.weight for one in everything), Fraction(0))
    yield ["合计", "", "", "", *_figures(scores, everything, full, reviewed)]


def _band(scores: Scores, level: Level, reviewed: bool, mark: str) -> Band:
    figures = _figures(scores, scores.below(level), level.weight, reviewed)
    return Band(f"{mark}{level.name}（{amount(level.weight)}分）", tuple(figures))


def _figures(
    scores: Scores, indicators: tuple[Indicator, ...], weight: Fraction, reviewed: bool
) -> list[str]:
    figures = [
        amount(weight),
        scores.shown(scores.added(indicators, scores.claimed)),
        scores.shown(scores.added(indicators, scores.computed), "—"),
    ]
    if reviewed:
        counting = scores.added(indicators, lambda one: _counting(scores, one))
        figures.append(scores.shown(counting, "—"))
    return figures


def _counting(scores: Scores, indicator: Indicator) -> Fraction | None:
    own = scores.reviewed(indicator)
    return scores.computed(indicator) if own is None else own


def _indicators(scores: Scores, level: Level, reviewed: bool) -> Iterator[Row]:
    evaluation = scores.evaluation
    for one in scores.standard.indicators:
        if one.level != level.id:
            continue
        reason = evaluation.submission.text(f"reason_{one.id}").strip()
        na = evaluation.submission.text(f"na_reason_{one.id}").strip()
        reasons = [reason] + ([f"不涉及的理由：{na}"] if na else [])
        figures = [
            amount(one.weight),
            scores.shown(scores.claimed(one)),
            scores.shown(scores.computed(one), _OPEN),
        ]
        if reviewed:
            figures.append(scores.shown(scores.reviewed(one), "—"))
        yield [
            one.title,
            f"{one.meaning}\n{one.criteria}",
            explain_result(evaluation, one.id) + "。",
            "\n".join(filter(None, reasons)) or "—",
            *figures,
        ]
