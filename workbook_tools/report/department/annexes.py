"""The annexes of a department's report: basic data, score table, findings that are still open."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from workbook_tools.checks import Finding
from workbook_tools.presentation.by_sheet import WHOLE_FILE
from workbook_tools.presentation.points import NONE
from workbook_tools.presentation.severities import severities, severities_in_words
from workbook_tools.presentation.telling import told as told_of
from workbook_tools.report.department.edition import Edition
from workbook_tools.report.department.facts import cell_text, figure, missing
from workbook_tools.report.department.score_table import write_score_table
from workbook_tools.report.department.tables import (
    grid_columns,
    grid_rows,
    list_columns,
    list_rows,
    told,
)
from workbook_tools.report.paper.paper import Paper
from workbook_tools.report.paper.tables import PaperColumn, PaperRow, ShadedRow
from workbook_tools.scoring import Evaluation
from workbook_tools.standard.contract import check_id
from workbook_tools.standard.inputs import Sheet
from workbook_tools.standard.report_form import (
    BASIC_DATA,
    CHECKLIST_COLUMNS,
    CHECKLISTS,
    ENTRY_COLUMNS,
    sheet_title,
)
from workbook_tools.standard.rules import Checklist
from workbook_tools.standard.severity import SEVERITY_NAMES


def write_annexes(
    paper: Paper, evaluation: Evaluation, edition: Edition, findings: Sequence[Finding]
) -> None:
    """Each from a new page; derived quantities and findings only in the working edition."""
    paper.annex(BASIC_DATA)
    for sheet in evaluation.standard.sheets:
        _sheet(paper, evaluation, sheet)
    if edition == "working":
        _derived(paper, evaluation)
    paper.annex("计分表")
    write_score_table(paper, evaluation, edition)
    if edition == "working":
        paper.annex("尚未解决的问题")
        _findings(paper, findings)


def _sheet(paper: Paper, evaluation: Evaluation, sheet: Sheet) -> None:
    """What was filled in on a sheet; long texts stand in the body."""
    standard, entries = evaluation.standard, evaluation.submission.entries
    single = [one for one in standard.inputs if one.sheet == sheet.id and one.type != "long_text"]
    rows: list[PaperRow] = []
    listed = [one for one in single if paper.gaps or not entries[one.id].blank]
    for section, members in groupby(listed, key=lambda one: one.section):
        rows.append(ShadedRow(section))
        for one in members:
            text = cell_text(entries[one.id], one.type)
            unit = one.unit if entries[one.id].number is not None else ""
            rows.append([one.label, text, unit, one.source or "—"])
    item, content, unit_of_it, origin = ENTRY_COLUMNS
    if single and (listed or paper.gaps):
        paper.titled_listing(
            sheet.title,
            [
                PaperColumn(item),
                PaperColumn(content),
                PaperColumn(unit_of_it, "center", 20),
                PaperColumn(origin),
            ],
            rows,
        )
    for grid in standard.grids:
        if grid.sheet == sheet.id:
            grid = told(paper, evaluation, grid)
            title = sheet_title(sheet.title, grid.label, grid.unit)
            paper.titled_listing(title, grid_columns(grid), grid_rows(paper, evaluation, grid))
    for table in standard.tables:
        if table.sheet == sheet.id:
            title = sheet_title(sheet.title, table.label)
            paper.titled_listing(title, list_columns(table), list_rows(paper, evaluation, table))
    if sheet.checklists:
        _checklists(paper, evaluation, sheet)


def _checklists(paper: Paper, evaluation: Evaluation, sheet: Sheet) -> None:
    entries = evaluation.submission.entries
    rows: list[PaperRow] = []
    for indicator in evaluation.standard.indicators:
        if not isinstance(indicator.rule, Checklist):
            continue
        rows.append(ShadedRow(indicator.title))
        for number, item in enumerate(indicator.rule.items, start=1):
            identity = check_id(indicator.id, number)
            answer = cell_text(entries[identity], "choice", missing(paper))
            basis = evaluation.submission.text(f"basis_{indicator.id}_{number}").strip()
            rows.append([f"{number}. {item.text}", answer, basis or missing(paper)])
    asked, answered, basis_of_it = CHECKLIST_COLUMNS
    if rows:
        paper.titled_listing(
            sheet_title(sheet.title, CHECKLISTS),
            [PaperColumn(asked), PaperColumn(answered, "center", 34), PaperColumn(basis_of_it)],
            rows,
        )


def _derived(paper: Paper, evaluation: Evaluation) -> None:
    """What follows from the entries and goes into measures."""
    rows: list[PaperRow] = []
    for one in evaluation.standard.derived:
        value = evaluation.quantities.get(one.id)
        rows.append([one.label, figure(value, one.type), one.unit or NONE])
    if rows:
        paper.titled_listing(
            "由填报数据得出的数",
            [
                PaperColumn("项目"),
                PaperColumn("数值", "number", 50),
                PaperColumn("单位", "center", 30),
            ],
            rows,
        )


def _findings(paper: Paper, findings: Sequence[Finding]) -> None:
    if not findings:
        paper.write("没有发现问题。")
        return
    counted = severities_in_words(severities(findings), every=True)
    paper.write(f"{counted}。由一个问题引起的其他问题列在它的下面（└）。", "Note")
    rows: list[PaperRow] = []
    for place, row in enumerate(told_of(findings), start=1):
        one, severity = row.finding, SEVERITY_NAMES[row.finding.severity]
        rows.append([str(place), severity, one.code, _place(one), *one.compared, row.listed])
    paper.listing(
        [
            PaperColumn("序号", "center", 13),
            PaperColumn("级别", "center", 13),
            PaperColumn("编号", "center", 18),
            PaperColumn("位置", width=34),
            PaperColumn("应为", width=30),
            PaperColumn("实为", width=30),
            PaperColumn("说明"),
        ],
        rows,
    )


def _place(finding: Finding) -> str:
    return f"{finding.sheet} {finding.cell}".strip() or WHOLE_FILE
