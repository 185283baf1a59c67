"""The bureau's overview of all departments, as a Word document, from a consolidation."""

from __future__ import annotations

import datetime
from pathlib import Path

from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.round.years import fiscal_year
from workbook_tools.figures import day
from workbook_tools.report.overview import annexes, comparison, findings, money, projects, results
from workbook_tools.report.paper.files import check_writable, save
from workbook_tools.report.paper.paper import Paper
from workbook_tools.standard.naming import evaluated


def write_overview(
    consolidation: Round,
    target: str | Path,
    *,
    at: datetime.datetime | None = None,
    overwrite: bool = False,
) -> Path:
    """Write the bureau's overview (总报告): sentences, tables and charts over all departments.

    ``at``: the time shown (default: now); the same arguments give the same bytes. What stands at
    ``target`` is replaced as :func:`~workbook_tools.report.write_report` does it.

    Raises :class:`~workbook_tools.files.targets.TargetRefused` where it cannot be written;
    then what stood there before still does.
    """
    target = Path(target)
    check_writable(target, overwrite=overwrite)
    time = (at or datetime.datetime.now()).replace(microsecond=0)
    year = fiscal_year(consolidation.departments, consolidation.roster)
    title = f"{f'{year}年度' if year else ''}{evaluated(consolidation.standard)}绩效自评"
    paper = Paper(f"{title}情况总报告", time)
    paper.write(title, "Title")
    paper.write("情况总报告", "Title")
    standard = consolidation.standard
    paper.gap()
    paper.write(
        f"评分标准：{standard.title}。生成时间：{day(time)} {time:%H:%M}。金额单位：万元。",
        "Note",
    )
    results.write_reporting(paper, consolidation)
    results.write_results(paper, consolidation)
    projects.write_projects(paper, consolidation)
    results.write_indicators(paper, consolidation)
    findings.write_differences(paper, consolidation)
    findings.write_findings(paper, consolidation)
    money.write_budget(paper, consolidation)
    comparison.write_comparison(paper, consolidation)
    findings.write_readings(paper, consolidation)
    findings.write_changes(paper, consolidation)
    findings.write_next_steps(paper, consolidation)
    paper.sign((), ("财政部门（公章）", day(time)))
    annexes.write_annexes(paper, consolidation)
    save(paper.document, target)
    return target
