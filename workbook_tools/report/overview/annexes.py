"""The annexes of the overview: the whole ranking, every indicator, all that is amiss."""

from __future__ import annotations

from workbook_tools.consolidation.round.departments import BASIS_NAMES, Department
from workbook_tools.consolidation.round.notices import NOTICE_NAMES
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.tables.changes import points_in_words
from workbook_tools.figures import percent
from workbook_tools.presentation.points import UNDECIDED
from workbook_tools.presentation.severities import severities
from workbook_tools.report.overview.results import called, marks, scored
from workbook_tools.report.paper.paper import Paper
from workbook_tools.report.paper.tables import PaperColumn, PaperRow
from workbook_tools.standard.naming import stated
from workbook_tools.standard.outline import level_names
from workbook_tools.standard.severity import SEVERITY_NAMES


def write_annexes(paper: Paper, consolidation: Round) -> None:
    """Each from a new page; none of what is amiss where nothing is."""
    paper.annex("单位排名")
    paper.listing(
        [
            PaperColumn("名次", "center", 12),
            PaperColumn("单位编码", "center"),
            PaperColumn("单位名称"),
            PaperColumn("主管部门"),
            PaperColumn("得分或区间", "number", 30),
            PaperColumn("等次", "center", 18),
            PaperColumn("依据", "center", 15),
            *(PaperColumn(title, "number", 17) for title in ("自评总分", "自评高出")),
            PaperColumn("自评等次", "center", 17),
            *(
                PaperColumn(title, "number", 12)
                for title in (SEVERITY_NAMES["error"], SEVERITY_NAMES["warning"])
            ),
        ],
        [_ranked(consolidation, item) for item in consolidation.departments],
    )
    paper.write("资料不足、总分不完整的单位不排名，列出可能的得分区间。", "Note")
    paper.annex("指标得分")
    _indicators(paper, consolidation)
    if not consolidation.notices:
        return
    paper.annex("缺报与异常清单")
    paper.listing(
        [
            PaperColumn("情形", "center", 26),
            PaperColumn("单位编码", "center"),
            PaperColumn("单位名称"),
            PaperColumn("文件"),
            PaperColumn("原因"),
            PaperColumn("建议"),
        ],
        [
            [
                NOTICE_NAMES[notice.kind],
                notice.unit_code or "—",
                notice.unit_name or "—",
                consolidation.shown(notice.path) or "—",
                notice.reason,
                notice.advice,
            ]
            for notice in consolidation.notices
        ],
    )


def _ranked(consolidation: Round, item: Department) -> PaperRow:
    standing = item.standing
    number = severities(item.findings)
    return [
        "—" if item.rank is None else str(item.rank),
        item.code or "—",
        called(item),
        item.supervisor or "—",
        points_in_words(standing, consolidation.standard.rounding.places),
        standing.grade or UNDECIDED,
        BASIS_NAMES[standing.basis],
        scored(consolidation, item.claimed_total),
        scored(consolidation, item.claimed_above),
        item.claimed_grade or "—",
        str(number["error"]),
        str(number["warning"]),
    ]


def _indicators(paper: Paper, consolidation: Round) -> None:
    levels = level_names(consolidation.standard)
    rows: list[PaperRow] = []
    for one in marks(consolidation):
        top, below = levels[one.indicator.level]
        rows.append(
            [
                top,
                below or "—",
                one.indicator.title,
                stated(one.indicator.weight),
                scored(consolidation, one.mean),
                "—" if one.rate is None else percent(one.rate),
                str(one.known),
                str(one.unknown),
            ]
        )
    paper.listing(
        [
            *(PaperColumn(title, "center", 30) for title in ("一级指标", "二级指标")),
            PaperColumn("三级指标"),
            *(
                PaperColumn(title, "number", 26)
                for title in ("分值", "平均得分", "得分率", "能计算的单位", "资料不足的单位")
            ),
        ],
        rows,
    )
