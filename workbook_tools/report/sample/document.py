"""抽查名单 as a Word document, to be signed and put into the file."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.round.sampling import HOW_NAMES, Candidate
from workbook_tools.consolidation.round.years import fiscal_year
from workbook_tools.consolidation.summary.sampling import in_words
from workbook_tools.figures import day, points
from workbook_tools.report.paper.files import check_writable, save
from workbook_tools.report.paper.paper import Paper
from workbook_tools.report.paper.tables import PaperColumn, PaperRow
from workbook_tools.standard.naming import evaluated

_COLUMNS = (
    PaperColumn("序号", "center", 13),
    PaperColumn("单位", "text", 46),
    PaperColumn("抽取方式", "center", 20),
    PaperColumn("风险分", "number", 18),
    PaperColumn("理由"),
)


def write_sample_list(
    round_: Round,
    candidates: Sequence[Candidate],
    target: str | Path,
    *,
    seed: str,
    at: datetime.datetime | None = None,
) -> Path:
    """Write the list of those drawn, with the reasons of each and how to draw them again.

    ``at``: the day shown (default: today). A document of ours at ``target`` is replaced. Raises
    TargetRefused where it cannot be written.
    """
    target = Path(target)
    check_writable(target)
    time = (at or datetime.datetime.now()).replace(microsecond=0)
    year = fiscal_year(round_.departments, round_.roster)
    title = f"{f'{year}年度' if year else ''}{evaluated(round_.standard)}绩效自评抽查名单"
    paper = Paper(title, time)
    paper.write(title, "Title")
    paper.gap()
    paper.write(
        f"{in_words(round_, candidates, seed)}。风险分由问题、自评与复算的差异、"
        "没有数据支撑的得分、横向比较的提示和预算规模相加；随机的按归口分组，"
        "抽签号是种子与单位编码的 SHA-256，"
        "用同样的材料和种子可以重新抽取核对。"
    )
    rows: list[PaperRow] = [
        [
            str(number),
            one.item.name or one.item.code,
            HOW_NAMES[one.how],
            points(one.risk),
            "；".join(one.reasons) or "没有发现风险",
        ]
        for number, one in enumerate((one for one in candidates if one.how != "no"), start=1)
    ]
    paper.gap()
    paper.listing(_COLUMNS, rows)
    paper.sign(("经办人：", "审核人："), ("财政部门（公章）", day(time)))
    save(paper.document, target)
    return target
