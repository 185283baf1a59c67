"""A department's self-evaluation report, from its evaluation."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from workbook_tools.checks import Finding, check
from workbook_tools.report.annexes import write_annexes
from workbook_tools.report.body import write_body
from workbook_tools.report.files import check_writable, save
from workbook_tools.report.head import draft_mark, title, write_head
from workbook_tools.report.paper import Paper
from workbook_tools.scoring import Evaluation


def write_report(
    evaluation: Evaluation,
    target: str | Path,
    *,
    findings: Sequence[Finding] | None = None,
    at: datetime.datetime | None = None,
    overwrite: bool = False,
) -> Path:
    """Write the self-evaluation report (部门整体支出绩效自评报告) as a Word document.

    ``findings``: those that are open (by default all that the checks find); while one is an error
    the report is marked as a draft (草稿). ``at``: the time in the file's properties and below its
    head table (default: now); the same arguments give the same bytes. A report of ours at
    ``target`` is replaced; one that somebody has worked in since, or any other file, only with
    ``overwrite``.

    Raises :class:`~workbook_tools.consolidation.target.TargetRefused` where it cannot be written;
    then what stood there before still does.
    """
    target = Path(target)
    check_writable(target, overwrite=overwrite)
    if findings is None:
        findings = check(evaluation.submission, evaluation)
    time = (at or datetime.datetime.now()).replace(microsecond=0)
    mark = draft_mark(findings)
    paper = Paper("".join(title(evaluation)), time, draft=mark)
    write_head(paper, evaluation, mark)
    standard = evaluation.standard
    paper.write(
        f"评分标准：{standard.title}（{standard.version} 版）。"
        f"生成时间：{time:%Y年%m月%d日 %H:%M}。",
        "Note",
    )
    write_body(paper, evaluation)
    write_annexes(paper, evaluation, findings)
    save(paper.document, target)
    return target
