"""A department's self-evaluation report, from its evaluation."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from workbook_tools.checks import Finding, check
from workbook_tools.figures import day
from workbook_tools.report.department.annexes import write_annexes
from workbook_tools.report.department.body import write_body
from workbook_tools.report.department.edition import Edition
from workbook_tools.report.department.formal import sayable
from workbook_tools.report.department.head import draft_mark, title, write_head
from workbook_tools.report.paper.files import check_writable, save
from workbook_tools.report.paper.paper import Paper
from workbook_tools.scoring import Evaluation
from workbook_tools.standard.report_form import STANDARD_LINE


def write_report(
    evaluation: Evaluation,
    target: str | Path,
    *,
    edition: Edition = "formal",
    findings: Sequence[Finding] | None = None,
    at: datetime.datetime | None = None,
    overwrite: bool = False,
) -> Path:
    """Write the self-evaluation report (部门整体支出绩效自评报告) as a Word document.

    ``edition``: ``"formal"`` (正式稿) is what the department signs and sends: its own words,
    figures and scores, nothing of what it left out, and 资料待更正 where what it filled in is none;
    ``"working"`` (工作稿) has beside that the recomputed scores with every calculation, what is
    missing and the findings. ``findings``: those that are open (by default all that the checks
    find); while one is an error either edition is marked as a draft (草稿). ``at``: the time in the
    file's properties and, in the working edition,
    below its head table (default: now); the same arguments give the same bytes. A report of ours at
    ``target`` is replaced; one that somebody has worked in since, or any other file, only with
    ``overwrite``.

    Raises :class:`~workbook_tools.files.targets.TargetRefused` where it cannot be written;
    then what stood there before still does.
    """
    target = Path(target)
    check_writable(target, overwrite=overwrite)
    if findings is None:
        findings = check(evaluation.submission, evaluation)
    time = (at or datetime.datetime.now()).replace(microsecond=0)
    mark = draft_mark(findings)
    working = edition == "working"
    if not working:
        evaluation = sayable(evaluation, findings)
    paper = Paper("".join(title(evaluation)), time, draft=mark, gaps=working)
    write_head(paper, evaluation, mark, edition)
    made = f"生成时间：{day(time)} {time:%H:%M}。" if working else ""
    paper.write(f"{STANDARD_LINE}{evaluation.standard.title}。{made}", "Note")
    write_body(paper, evaluation, edition)
    write_annexes(paper, evaluation, edition, findings)
    save(paper.document, target)
    return target
