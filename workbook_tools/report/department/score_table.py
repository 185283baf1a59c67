"""The annex with the score table: every indicator with its rule, its scores and the reasons."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_tools.presentation.points import NONE
from workbook_tools.presentation.score_row import IndicatorRow, ScoreRow
from workbook_tools.report.department.edition import Edition
from workbook_tools.report.department.scores import Scores
from workbook_tools.report.paper.paper import Paper
from workbook_tools.report.paper.tables import PaperColumn, PaperRow, ShadedRow
from workbook_tools.scoring import Evaluation, explain_result
from workbook_tools.standard.contract import NOT_APPLICABLE, YES
from workbook_tools.standard.report_form import NA_REASON


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


def _columns(scores: Scores, edition: Edition) -> list[PaperColumn]:
    working = edition == "working"
    figures = ("分值", *(f"{one.name}得分" for one in scores.columns))
    return [
        PaperColumn("三级指标", width=36 if working else 44),
        PaperColumn("指标解释和评分标准", width=62 if working else 0),
        *([PaperColumn("计算过程")] if working else []),
        PaperColumn("扣分原因", width=36 if working else 64),
        *(PaperColumn(title, "number", 16.5) for title in figures),
    ]


def _rows(scores: Scores, edition: Edition) -> Iterator[PaperRow]:
    for section in scores.sections:
        yield _band(scores, section.sums, "■ ")
        for group in section.groups:
            if group.sums is not None:
                yield _band(scores, group.sums, "")
            for row in group.rows:
                yield _indicator(scores, row, edition)
    blank = [""] * (3 if edition == "working" else 2)
    yield [scores.total.title, *blank, *_sums(scores, scores.total)]


def _band(scores: Scores, row: ScoreRow, mark: str) -> ShadedRow:
    return ShadedRow(f"{mark}{row.title}（{row.weight_in_words}分）", tuple(_sums(scores, row)))


def _sums(scores: Scores, row: ScoreRow) -> list[str]:
    """The points and the sum of each kind; a reviewed score stands in place of ours."""
    return [row.weight_in_words, *(scores.shown(one.points(row)) for one in scores.columns)]


def _indicator(scores: Scores, row: IndicatorRow, edition: Edition) -> PaperRow:
    one = row.indicator
    submission = scores.evaluation.submission
    na = submission.text(f"na_reason_{one.id}").strip()
    claimed = NOT_APPLICABLE if submission.text(f"na_{one.id}") == YES else ""
    reasons = [scores.reason(row), f"{NA_REASON}{na}" if na else claimed]
    return [
        row.title,
        f"{one.meaning}\n{one.criteria}",
        *([explain_result(scores.evaluation, one.id) + "。"] if edition == "working" else []),
        "\n".join(filter(None, reasons)) or NONE,
        row.weight_in_words,
        *(kind.written(row) for kind in scores.columns),
    ]
