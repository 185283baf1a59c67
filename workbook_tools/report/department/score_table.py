"""The annex with the score table: every indicator with its rule, its scores and the reasons."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from workbook_tools.report.department.edition import Edition
from workbook_tools.report.department.facts import NONE
from workbook_tools.report.department.scores import Scores
from workbook_tools.report.paper.paper import Paper
from workbook_tools.report.paper.tables import Band, Column, Row
from workbook_tools.scoring import explain_result
from workbook_tools.scoring.model import Evaluation
from workbook_tools.standard.model import Indicator, Level
from workbook_tools.standard.naming import stated


def write_score_table(paper: Paper, evaluation: Evaluation, edition: Edition) -> None:
    """Every indicator; in the working edition with our score and its calculation in words."""
    scores = Scores(evaluation, edition)
    paper.listing(_columns(scores, edition), list(_rows(scores, edition)))
    if edition == "working":
        note = "“复算得分”由本工具按填报数据计算，不采用工作簿中的公式结果。"
        if scores.standard.errata:
            ruled = (
                one.contradiction + one.ruling + one.other_reading for one in scores.standard.errata
            )
            note += "评分标准原文自相矛盾之处：" + "".join(ruled)
        paper.write(note, "Note")


def _columns(scores: Scores, edition: Edition) -> list[Column]:
    kinds = [*scores.kinds, *([scores.reviewed] if scores.reviewed else [])]
    working = edition == "working"
    figures = ("分值", *(f"{one.name}得分" for one in kinds))
    return [
        Column("三级指标", width=36 if working else 44),
        Column("指标解释和评分标准", width=62 if working else 0),
        *([Column("计算过程")] if working else []),
        Column("扣分原因", width=36 if working else 64),
        *(Column(title, "number", 16.5) for title in figures),
    ]


def _rows(scores: Scores, edition: Edition) -> Iterator[Row]:
    for level in scores.standard.levels:
        yield _band(scores, level, "■ ")
        for child in level.children:
            yield _band(scores, child, "")
            yield from _indicators(scores, child, edition)
        if not level.children:
            yield from _indicators(scores, level, edition)
    everything = scores.standard.indicators
    full = sum((one.weight for one in everything), Fraction(0))
    blank = [""] * (3 if edition == "working" else 2)
    yield ["合计", *blank, *_sums(scores, everything, full)]


def _band(scores: Scores, level: Level, mark: str) -> Band:
    figures = _sums(scores, scores.below(level), level.weight)
    return Band(f"{mark}{level.name}（{stated(level.weight)}分）", tuple(figures))


def _sums(scores: Scores, indicators: tuple[Indicator, ...], weight: Fraction) -> list[str]:
    """The points and the sum of each kind; a reviewed score stands in place of ours."""
    sums = [scores.added(indicators, kind.score) for kind in scores.kinds]
    if scores.reviewed:
        sums.append(scores.added(indicators, lambda one: _settled(scores, one)))
    return [stated(weight), *(scores.shown(one, NONE) for one in sums)]


def _settled(scores: Scores, indicator: Indicator) -> Fraction | None:
    own = scores.reviewed.score(indicator) if scores.reviewed else None
    return scores.computed(indicator) if own is None else own


def _indicators(scores: Scores, level: Level, edition: Edition) -> Iterator[Row]:
    evaluation = scores.evaluation
    kinds = [*scores.kinds, *([scores.reviewed] if scores.reviewed else [])]
    for one in scores.standard.indicators:
        if one.level != level.id:
            continue
        na = evaluation.submission.text(f"na_reason_{one.id}").strip()
        reasons = [scores.reason(one), f"不涉及的理由：{na}" if na else ""]
        yield [
            one.title,
            f"{one.meaning}\n{one.criteria}",
            *([explain_result(evaluation, one.id) + "。"] if edition == "working" else []),
            "\n".join(filter(None, reasons)) or NONE,
            stated(one.weight),
            *(kind.written(one) for kind in kinds),
        ]
