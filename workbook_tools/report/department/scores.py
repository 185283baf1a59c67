"""Scores in the body of a report: the result, and where points were lost."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from workbook_tools.figures import Series, percent
from workbook_tools.presentation.indicator_rows import rows_of_evaluation
from workbook_tools.presentation.points import BLANK, INSUFFICIENT, NONE, score_in_words
from workbook_tools.presentation.score_row import IndicatorRow, ScoreRow
from workbook_tools.presentation.score_table import sections, sums
from workbook_tools.report.department.edition import Edition
from workbook_tools.report.department.facts import as_float, cell_text, missing
from workbook_tools.report.department.head import recomputed
from workbook_tools.report.paper.charts import Chart
from workbook_tools.report.paper.paper import Paper
from workbook_tools.report.paper.tables import PaperColumn, PaperRow
from workbook_tools.scoring import Evaluation, Status


class ScoreKind(NamedTuple):
    """A kind of score: the word before 得分, the points, and how those of an indicator are written.

    ``unknown``: what is written for a sum of which a part is missing.
    """

    name: str
    points: Callable[[ScoreRow], Fraction | None]
    written: Callable[[IndicatorRow], str]
    unknown: str


class Scores:
    """The scores of an evaluation as an edition shows them.

    ``rows``: the indicators in the order of the standard; ``total``: their sums. ``kinds``: the
    department's own scores, and in the working edition ours; ``columns``: these and, where there
    are any, the bureau's. Points are lost by the ``counting`` kind.
    """

    def __init__(self, evaluation: Evaluation, edition: Edition) -> None:
        self.evaluation = evaluation
        self.standard = evaluation.standard
        self.rows = rows_of_evaluation(evaluation)
        self.sections = sections(self.standard, self.rows)
        self.total = sums("合计", self.rows)
        claimed = ScoreKind(
            "自评",
            lambda row: row.claimed,
            lambda row: self._filled(row, "self_", row.claimed, _left_blank(edition)),
            NONE,
        )
        computed = ScoreKind(
            "复算", lambda row: row.computed, lambda row: row.computed_in_words, INSUFFICIENT
        )
        reviewed = ScoreKind(
            "复核",
            lambda row: row.reviewed,
            lambda row: self._filled(row, "review_", row.reviewed, NONE),
            NONE,
        )
        is_working = edition == "working"
        self.kinds = [claimed, computed] if is_working else [claimed]
        self.counting = self.kinds[-1]
        some = any(row.reviewed is not None for row in self.rows)
        self.columns = [*self.kinds, reviewed] if is_working and some else self.kinds

    def _filled(self, row: IndicatorRow, prefix: str, points: Fraction | None, missing: str) -> str:
        """A score that somebody fills in; what is no number is shown as it stands there."""
        entry = self.evaluation.submission.entries.get(prefix + row.indicator.id)
        if points is None and entry is not None and not entry.blank:
            return cell_text(entry, "score")
        return self.shown(points, missing)

    def shown(self, value: Fraction | None, missing: str = NONE) -> str:
        """A score with its decimals, or what to say where there is none."""
        return score_in_words(value, self.standard.rounding.places, missing)

    def reason(self, row: IndicatorRow) -> str:
        """Why points were lost, in the department's words."""
        return self.evaluation.submission.text(f"reason_{row.indicator.id}").strip()

    def count(self, status: Status) -> int:
        """How many indicators ended so."""
        return sum(row.status == status for row in self.rows)


def _left_blank(edition: Edition) -> str:
    """What stands for a self score that was left blank: nothing is asked for in what is signed."""
    return NONE if edition == "formal" else BLANK


def write_result(paper: Paper, evaluation: Evaluation, edition: Edition) -> None:
    """The result in words, per 一级 in a table, and as a chart."""
    scores = Scores(evaluation, edition)
    paper.write(_in_words(scores, edition))
    every = [*(section.sums for section in scores.sections), scores.total]
    rows: list[PaperRow] = [_row(scores, row) for row in every]
    titles = [title for one in scores.kinds for title in (f"{one.name}得分", f"{one.name}得分率")]
    note = f"“{INSUFFICIENT}”表示该级有指标缺少数据、不能复算。" if edition == "working" else ""
    paper.table(
        "各级指标得分情况",
        [
            PaperColumn("一级指标"),
            *(PaperColumn(title, "number", 22) for title in ("分值", *titles)),
        ],
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


def _row(scores: Scores, row: ScoreRow) -> PaperRow:
    cells = [row.title, row.weight_in_words]
    for kind in scores.kinds:
        value = kind.points(row)
        rate = NONE if value is None else percent(value / row.weight)
        cells += [scores.shown(value, kind.unknown), rate]
    return cells


def _rates(scores: Scores) -> Series:
    rows = []
    for section in scores.sections:
        points = (kind.points(section.sums) for kind in scores.kinds)
        rates = (None if one is None else as_float(one / section.sums.weight) for one in points)
        rows.append((section.sums.title, tuple(rates)))
    return Series(tuple(f"{kind.name}得分率" for kind in scores.kinds), tuple(rows))


def write_losses(paper: Paper, evaluation: Evaluation, edition: Edition) -> None:
    """The indicators that lost points, with the reason that the department gives."""
    scores = Scores(evaluation, edition)
    counting = scores.counting
    rows: list[PaperRow] = []
    for row in scores.rows:
        points = counting.points(row)
        if points is not None and points < row.weight:
            figures = (scores.shown(points), scores.shown(row.weight - points))
            reason = scores.reason(row) or missing(paper)
            rows.append([row.title, row.weight_in_words, *figures, reason])
    if rows:
        titles = ("分值", f"{counting.name}得分", "失分")
        paper.table(
            "失分指标",
            [
                PaperColumn("三级指标", width=40),
                *(PaperColumn(title, "number", 19) for title in titles),
                PaperColumn("扣分原因"),
            ],
            rows,
        )
