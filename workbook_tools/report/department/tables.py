"""Tables and charts of a department's report, made from what the standard says of its figures."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import msgspec

from workbook_tools.figures import percent
from workbook_tools.presentation.points import BLANK, NONE
from workbook_tools.report.department.courses import Course, courses
from workbook_tools.report.department.facts import (
    MONEY_UNIT,
    cell_text,
    figure,
    grid_series,
    missing,
    quantity,
    rate,
    ratios,
    sentence,
)
from workbook_tools.report.paper.charts import Chart
from workbook_tools.report.paper.elements import Align
from workbook_tools.report.paper.paper import Paper
from workbook_tools.report.paper.tables import PaperColumn, PaperRow
from workbook_tools.scoring import Evaluation
from workbook_tools.scoring.rows import column_values, usable
from workbook_tools.standard.inputs import NUMBER_TYPES, Grid, InputType
from workbook_tools.standard.naming import name_of, part_named
from workbook_tools.standard.report_form import GRID_COLUMN, PENDING, column_title
from workbook_tools.standard.sums import adds_up, compositions, money_grids
from workbook_tools.standard.tables import Achievement, Classify, Column, Table
from workbook_tools.submission import Entry, Row

AMOUNT = f"金额（{MONEY_UNIT}）"


def align(kind: InputType) -> Align:
    """How a column of such values stands."""
    return "number" if kind in NUMBER_TYPES else "center" if kind == "choice" else "text"


def write_budget(paper: Paper, evaluation: Evaluation) -> None:
    """The amounts that the standard adds up, with the share of each part; else every amount."""
    standard, figures, blank = evaluation.standard, evaluation.quantities, missing(paper)
    rows: list[PaperRow] = []
    for one in compositions(standard):
        whole = figures.get(one.whole)
        for place, part in enumerate((one.whole, *one.parts)):
            name = name_of(standard, part)
            label = f"　其中：{part_named(name)}" if place else name
            share = rate(paper, figures.get(part), whole)
            rows.append([label, quantity(evaluation, part, "money", blank), share])
    if not rows:
        amounts = (one for one in standard.inputs if one.type == "money")
        rows = [[one.label, quantity(evaluation, one.id, "money", blank), NONE] for one in amounts]
    if not paper.gaps:
        rows = [row for row in rows if row[1] != NONE]
    if rows:
        columns = [
            PaperColumn("项目"),
            PaperColumn(AMOUNT, "number", 40),
            PaperColumn("占比", "number", 30),
        ]
        paper.table("预算和支出情况", columns, rows)


def write_sentences(paper: Paper, evaluation: Evaluation) -> None:
    """The same sums in words, for a department that wrote none itself."""
    for one in compositions(evaluation.standard):
        paper.write(sentence(evaluation, one))


def write_ratios(paper: Paper, evaluation: Evaluation) -> None:
    """The indicators that measure one amount by another."""
    standard, figures = evaluation.standard, evaluation.quantities
    rows: list[PaperRow] = []
    for one in ratios(standard):
        part, whole = figures.get(one.part), figures.get(one.whole)
        if part is None and whole is None and not paper.gaps:
            continue
        rows.append(
            [
                one.indicator.title,
                f"{name_of(standard, one.part)} ÷ {name_of(standard, one.whole)}",
                quantity(evaluation, one.part, "money", missing(paper)),
                quantity(evaluation, one.whole, "money", missing(paper)),
                rate(paper, part, whole),
            ]
        )
    if rows:
        columns = [
            PaperColumn("指标", width=34),
            PaperColumn("计算口径"),
            *(PaperColumn(title, "number") for title in ("被除数", "除数", "比率")),
        ]
        paper.table(f"主要收支指标（{MONEY_UNIT}）", columns, rows)


def write_courses(paper: Paper, evaluation: Evaluation) -> None:
    """Amounts and shares planned and reached, period by period."""
    for course in courses(paper, evaluation):
        if course.kind != "number":
            _course(paper, course)


def _course(paper: Paper, course: Course) -> None:
    columns = [PaperColumn("时点", "center", 26)]
    if course.divided:
        columns += [
            PaperColumn(f"{name}（{MONEY_UNIT}）", "number") for name in (course.part, course.whole)
        ]
    columns += [PaperColumn(title, "number") for title in (course.planned, "实际完成")]
    rows: list[PaperRow] = []
    for one in course.stages:
        divided = [one.part, one.whole] if course.divided else []
        rows.append([one.label, *divided, one.target, one.reached])
    title = f"{course.indicator.title}：各期计划与实际"
    if not paper.gaps and all(stage.done is None for stage in course.stages):
        return
    paper.table(title, columns, rows)
    number_format = "0.0%" if course.divided else "General"
    if any(stage.done is not None for stage in course.stages):
        paper.chart(Chart(title, course.series, number_format=number_format))


def write_grids(paper: Paper, evaluation: Evaluation) -> None:
    """The grids of amounts, with sums and a chart."""
    for grid in money_grids(evaluation.standard):
        grid = told(paper, evaluation, grid)
        title = f"{grid.label}预算和支出情况" if "预算" not in grid.label else grid.label
        paper.table(
            f"{title}（{MONEY_UNIT}）", grid_columns(grid), grid_rows(paper, evaluation, grid)
        )
        paper.chart(Chart(title, grid_series(evaluation, grid), number_format="General"))


def told(paper: Paper, evaluation: Evaluation, grid: Grid) -> Grid:
    """The grid as the paper tells of it: without gaps only the columns in which anything stands."""
    if paper.gaps:
        return grid
    entries = evaluation.submission.entries
    columns = tuple(
        column
        for column in grid.columns
        if not all(entries[grid.field(row, column)].blank for row in grid.rows)
    )
    return msgspec.structs.replace(grid, columns=columns, rows=grid.rows if columns else ())


def grid_columns(grid: Grid) -> list[PaperColumn]:
    """The columns of a grid as a table."""
    return [PaperColumn(GRID_COLUMN), *(PaperColumn(one.label, "number") for one in grid.columns)]


def grid_rows(paper: Paper, evaluation: Evaluation, grid: Grid) -> list[PaperRow]:
    """The cells of a grid as they were filled, and sums below amounts that may be added up."""
    entries = evaluation.submission.entries
    rows: list[PaperRow] = []
    for row in grid.rows:
        cells = [row.label]
        for column in grid.columns:
            kind = row.type or column.type or grid.type
            entry = entries[grid.field(row, column)]
            cells.append(cell_text(entry, kind, missing(paper)))
        rows.append(cells)
    standard = evaluation.standard
    whole = next(one for one in standard.grids if one.id == grid.id)
    if rows and whole in money_grids(standard) and adds_up(standard, whole):
        number = evaluation.submission.number
        sums = ["合计"]
        for column in grid.columns:
            known = [number(grid.field(row, column)) for row in grid.rows]
            there = [value for value in known if value is not None]
            complete = len(there) == len(known)
            sums.append(figure(sum(there, Fraction(0)), "money") if complete else "—")
        rows.append(sums)
    return rows


def write_lists(paper: Paper, evaluation: Evaluation) -> None:
    """The lists that hold amounts, such as the projects."""
    for table in evaluation.standard.tables:
        if _has_money(table):
            write_list(paper, evaluation, table)


def _has_money(table: Table) -> bool:
    return any(column.type == "money" for column in table.columns)


def write_list(paper: Paper, evaluation: Evaluation, table: Table) -> None:
    """A list with its caption, or that nothing is listed."""
    rows = list_rows(paper, evaluation, table)
    if rows:
        paper.table(table.label, list_columns(table), rows)
    elif paper.gaps:
        paper.write(f"{table.label}：{BLANK}。")


def list_columns(table: Table) -> list[PaperColumn]:
    """The columns of a list: as filled in, then what follows from a row."""
    filled = [
        PaperColumn(column_title(one.label, one.unit), align(one.type)) for one in table.columns
    ]
    return [*filled, *(PaperColumn(one.label, "center") for one in table.row_measures)]


def list_rows(paper: Paper, evaluation: Evaluation, table: Table) -> list[PaperRow]:
    """The rows that count, and sums below the amounts."""
    rows = evaluation.submission.counted_rows(table.id)
    worth = [column_values(table, rows, one.id) for one in table.row_measures]
    found: list[PaperRow] = []
    for place, row in enumerate(rows):
        cells = [_listed(table, one, row, missing(paper)) for one in table.columns]
        found.append([*cells, *(_worth(values[place]) for values in worth)])
    if found and _has_money(table):
        sums = ["合计"]
        for one in table.columns[1:]:
            sums.append(_sum([row.entries[one.id] for row in rows]) if one.type == "money" else "")
        found.append([*sums, *("" for _ in worth)])
    return found


def _sum(entries: list[Entry]) -> str:
    """The sum of the amounts that are there; — while one cannot be used."""
    if any(one.number is None and not one.blank for one in entries):
        return NONE
    there = [one.number for one in entries if one.number is not None]
    return figure(sum(there, Fraction(0)), "money") if there else ""


def _listed(table: Table, column: Column, row: Row, blank: str) -> str:
    """A cell of a list; one that its row does not need is no gap."""
    entry = row.entries[column.id]
    is_needed = column.required and usable(table, column, row) is None
    return cell_text(entry, column.type, blank if is_needed else NONE)


def _worth(value: object) -> str:
    if isinstance(value, Fraction):
        return percent(value)
    return str(value) if value else "—"


def write_achievements(paper: Paper, evaluation: Evaluation) -> None:
    """How work went: counts of what rows are classified by, targets reached, periods in counts."""
    for table in evaluation.standard.tables:
        paper.write(_counted(paper, evaluation, table))
    for table in evaluation.standard.tables:
        for measure in table.row_measures:
            if isinstance(measure, Achievement):
                _targets(paper, evaluation, table, measure)
        if not table.row_measures and not _has_money(table):
            write_list(paper, evaluation, table)
    for course in courses(paper, evaluation):
        if course.kind == "number" and any(stage.planned for stage in course.stages):
            _course(paper, course)


def _counted(paper: Paper, evaluation: Evaluation, table: Table) -> str:
    """Sentences such as 年度工作任务共 16 项：按时 13 项，逾期 1 项，未完成 2 项.

    What cannot be said of a row is an open question to who checks; who signs has to put it right.
    """
    rows = evaluation.submission.counted_rows(table.id)
    if not rows:
        return f"{table.label}：{BLANK}。" if table.row_measures and paper.gaps else ""
    sentences = []
    for measure in table.row_measures:
        if isinstance(measure, Classify):
            words = Counter(str(one or "") for one in column_values(table, rows, measure.id))
            unsaid = words.pop("", 0)
            listed = [f"{word} {number} 项" for word, number in words.most_common()]
            if unsaid and paper.gaps:
                listed.append(f"无法判断 {unsaid} 项")
            elif unsaid:
                listed.append(f"{'另有 ' if listed else ''}{unsaid} 项{PENDING}")
            told = "，".join(listed)
            sentences.append(f"{table.label}共 {len(rows)} 项：{told}。逐项情况见基础数据表。")
    return "\n".join(sentences)


def _targets(paper: Paper, evaluation: Evaluation, table: Table, measure: Achievement) -> None:
    """The targets of a list, without the columns that only explain."""
    shown = {table.named_by.id, measure.by, measure.target, measure.actual, measure.degree}
    shown |= {
        one.id
        for one in table.columns
        if one.type == "choice" and one.required and not one.needed_when
    }
    places = [place for place, one in enumerate(table.columns) if one.id in shown]
    first = len(table.columns)
    places += [first + n for n, one in enumerate(table.row_measures) if one is measure]
    columns, rows = list_columns(table), list_rows(paper, evaluation, table)
    if rows:
        chosen: list[PaperRow] = [[str(row[place]) for place in places] for row in rows]
        paper.table(table.label, [columns[place] for place in places], chosen)
