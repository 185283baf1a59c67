"""The bureau's letter to a department that has not reported (催报单), as a Word document."""

from __future__ import annotations

import datetime
from pathlib import Path

from workbook_tools.consolidation.round.notices import Notice
from workbook_tools.figures import day
from workbook_tools.report.feedback.document import DRAFT, OPEN_DAY
from workbook_tools.report.paper.files import check_writable, save
from workbook_tools.report.paper.paper import Paper
from workbook_tools.standard import Standard
from workbook_tools.standard.naming import evaluated


def write_reminder(
    notice: Notice,
    standard: Standard,
    target: str | Path,
    *,
    year: str = "",
    until: datetime.date | None = None,
    signer: str = "",
    at: datetime.datetime | None = None,
) -> Path:
    """Write the letter to the unit that a notice says is missing.

    ``year``: the fiscal year of the round, "" where nobody says it. ``until``, ``signer`` and
    ``at`` are as for :func:`.document.write_feedback`. Raises TargetRefused where it cannot be
    written.
    """
    target = Path(target)
    check_writable(target)
    time = (at or datetime.datetime.now()).replace(microsecond=0)
    unit = notice.unit_name.strip() or notice.unit_code
    about = f"{f'{year}年度' if year else ''}{evaluated(standard)}绩效自评"
    paper = Paper(f"{unit}{about}催报单", time, draft="" if signer else DRAFT)
    if not signer:
        paper.write(DRAFT, "DraftLine")
    paper.write(f"{about}催报单", "Title")
    paper.gap()
    paper.write(f"{unit}：", "SignatureLine")
    came = "，送来的材料不能使用" if notice.path else ""
    paper.write(f"截至{day(time)}，没有收到你单位可用的{about}表{came}。")
    if notice.path:
        paper.write(notice.reason)
    paper.write(
        f"请于{day(until) if until else OPEN_DAY}前用下发的模板填好，报送 .xlsx 文件。"
        "不要另建表格，不要改动公式和锁定的单元格。已经报送的，请与财政部门联系核对。"
    )
    signed = [f"签发人：{signer}"] if signer else []
    paper.sign([*signed, "联系人：　　　　　　联系电话："], ("财政部门（公章）", day(time)))
    save(paper.document, target)
    return target
