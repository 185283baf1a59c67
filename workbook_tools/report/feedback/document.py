"""The bureau's letter to a department: what to put right in its workbook, and until when."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from workbook_tools.assessment import Record
from workbook_tools.checks import Finding
from workbook_tools.figures import day
from workbook_tools.presentation.by_sheet import by_sheet
from workbook_tools.presentation.points import NONE, score_in_words
from workbook_tools.presentation.severities import severities, severities_in_words
from workbook_tools.report.paper.files import check_writable, save
from workbook_tools.report.paper.paper import Paper
from workbook_tools.report.paper.tables import PaperColumn, PaperRow
from workbook_tools.standard import Standard
from workbook_tools.standard.known_fields import FISCAL_YEAR, PROJECT_NAME
from workbook_tools.standard.naming import evaluated

DRAFT = "草稿　未经签发，不作为正式意见"
OPEN_DAY = "　　年　　月　　日"
_COLUMNS = (
    PaperColumn("序号", "center", 13),
    PaperColumn("单元格", "center", 20),
    PaperColumn("级别", "center", 14),
    PaperColumn("问题和改法"),
)


def write_feedback(
    record: Record,
    standard: Standard,
    target: str | Path,
    *,
    until: datetime.date | None = None,
    signer: str = "",
    remark: str = "",
    at: datetime.datetime | None = None,
) -> Path:
    """Write the letter (反馈意见) about a workbook that was scored, as a Word document.

    ``record``: what came of it by ``standard``; its errors and warnings are listed by sheet, the
    worst first, each above what follows from it. ``until``: the day by which to send it again,
    left open to be filled in where None. ``signer``: who signs for the bureau; without one the
    letter is marked as a draft (草稿). ``remark``: what the bureau says beside the findings.
    ``at``: the day of the letter (default: today). A letter of ours at ``target`` is replaced.

    Raises :class:`~workbook_tools.files.targets.TargetRefused` where it cannot be written.
    """
    target = Path(target)
    check_writable(target)
    time = (at or datetime.datetime.now()).replace(microsecond=0)
    unit = record.unit_name.strip() or "（未填写单位名称）"
    about = f"{_year(record)}{evaluated(standard)}绩效自评"
    mark = "" if signer else DRAFT
    paper = Paper(f"{unit}{about}反馈意见", time, draft=mark)
    if mark:
        paper.write(mark, "DraftLine")
    paper.write(f"关于{unit}", "Title")
    paper.write(f"{about}的反馈意见", "Title")
    paper.gap()
    paper.write(f"{unit}：", "SignatureLine")
    open_ = [one for one in record.findings if one.severity != "info"]
    _result(paper, record, standard, open_)
    if remark.strip():
        paper.section("财政部门的意见")
        paper.write(remark)
    if open_:
        paper.section("请改正、核实的问题")
        _problems(paper, open_)
    paper.section("请这样办理")
    _steps(paper, bool(open_ or remark.strip()), until)
    signed = [f"签发人：{signer}"] if signer else []
    paper.sign([*signed, "联系人：　　　　　　联系电话："], ("财政部门（公章）", day(time)))
    save(paper.document, target)
    return target


def _year(record: Record) -> str:
    year = record.facts.get(FISCAL_YEAR, "")
    return f"{year}年度" if year else ""


def _result(paper: Paper, record: Record, standard: Standard, open_: Sequence[Finding]) -> None:
    """What was received, what it comes to, how much is to be put right."""
    project = record.facts.get(PROJECT_NAME, "")
    what = f"“{project}”的自评表" if project else "自评表"
    paper.section("核对结果")
    received = f"你单位报送的{_year(record)}{what}收悉，已按填报数据逐项复算。"
    paper.write(f"{received}{_total(record, standard)}")
    if not open_:
        paper.write("没有发现需要改正、核实的问题。")
        return
    counted = severities_in_words(severities(open_), between="、")
    paper.write(f"核对发现{counted}。错误请改正；警告请核实，确属无误的不必改动，说明情况即可。")


def _total(record: Record, standard: Standard) -> str:
    """The recomputed total, beside what the department gave itself."""
    total, places = record.total, standard.rounding.places
    if total is None:
        return "自评表无法读取，没有复算结果。"
    if total.score is not None:
        said = f"复算得分 {score_in_words(total.score, places)} 分"
    else:
        low, high = (score_in_words(one, places) for one in (total.low, total.high))
        said = f"有的指标资料不足，复算得分在 {low} 至 {high} 分之间"
    said += f"，等次“{total.grade}”" if total.grade else "，等次待定"
    if total.self is None:
        return f"{said}。"
    own = f"自评得分合计 {score_in_words(total.self, places)} 分"
    return f"{said}；{own}{f'，对应等次“{total.grade_self}”' if total.grade_self else ''}。"


def _problems(paper: Paper, open_: Sequence[Finding]) -> None:
    """A table per sheet; the sheet with the worst finding first."""
    sheets, number = by_sheet(open_), count(1)
    for sheet in sheets:
        rows: list[PaperRow] = [
            [str(next(number)), one.finding.cell or NONE, one.severity, one.listed]
            for one in sheet.items
        ]
        paper.subsection(sheet.sheet)
        paper.listing(_COLUMNS, rows)
        paper.gap()
    if any(one.under for sheet in sheets for one in sheet.items):
        paper.write("└ 后面的问题由它上面的一条引起，那一条改好后随之消失或重新核对。", "Note")


def _steps(paper: Paper, again: bool, until: datetime.date | None) -> None:
    """What to do, until when; nothing but to keep it where all is well."""
    if not again:
        paper.write("请妥善保存自评表和佐证材料，以备复核。")
        return
    when = day(until) if until else OPEN_DAY
    steps = (
        "在报送的工作簿或带批注的副本中改正，不要另建表格，不要改动公式和锁定的单元格。",
        "先改引起其他问题的一条；改好后各表右侧的得分会重新计算。",
        "对警告逐条核实。确属无误的，请在相应的说明或备注中写明理由，并备好佐证材料。",
        f"请于{when}前重新报送。",
    )
    for place, text in enumerate(steps, start=1):
        paper.write(f"{place}. {text}")
