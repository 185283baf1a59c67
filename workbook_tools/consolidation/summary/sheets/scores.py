"""指标得分: departments × indicators, with weights, means and score rates."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from workbook_tools.assessment import Score
from workbook_tools.consolidation.round.departments import Department, counting
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.summary.page import (
    HEAD_FILL,
    MUTED,
    ROW_HEIGHT,
    SUM_FILL,
    TableBook,
    TablePage,
    address,
    column_range,
)
from workbook_tools.consolidation.tables.scores import LEAD, columns_of
from workbook_tools.consolidation.tables.statistics import full_points, mean
from workbook_tools.consolidation.tables.table import TableCell, as_float
from workbook_tools.standard import Standard
from workbook_tools.standard.outline import indicators_by_top_level

_NOTE = (
    "底色越深，失分越多（以数字为准）。“—”为资料不足、无法计算；"
    "“※”为不涉及、按满分计；“复”为财政部门复核得分。平均得分和得分率只统计能计算的单位。"
)
_DEEP, _WHITE = "#F4B183", "#FFFFFF"
_NOT_APPLICABLE, _REVIEWED = "※", "复"


def write(book: TableBook, consolidation: Round) -> None:
    """Write the sheet."""
    standard, departments = consolidation.standard, consolidation.departments
    page = TablePage(book, "指标得分")
    page.sheet.set_default_row(ROW_HEIGHT)
    head = page.heading("各单位指标得分", _NOTE)
    _top_levels(page, head, standard)
    page.header(head + 1, columns_of(standard), height=64)
    body = range(head + 5, head + 5 + len(departments))
    _summary_rows(page, head + 2, body, consolidation)
    for row, item in zip(body, departments, strict=True):
        _department(page, row, item, standard)
    for place, indicator in enumerate(standard.indicators, start=len(LEAD)):
        if departments:
            scale = {
                "type": "2_color_scale",
                "min_type": "num",
                "min_value": 0,
                "min_color": _DEEP,
                "max_type": "num",
                "max_value": float(indicator.weight),
                "max_color": _WHITE,
            }
            page.sheet.conditional_format(body.start, place, body.stop - 1, place, scale)
    page.sheet.freeze_panes(body.start, len(LEAD))
    page.printed(head=head + 1, wide=2, beside=len(LEAD))  # on one the figures could not be read


def _top_levels(page: TablePage, row: int, standard: Standard) -> None:
    column = len(LEAD)
    for level, indicators in indicators_by_top_level(standard):
        page.band(row, column, len(indicators), level.name)
        column += len(indicators)


def _summary_rows(page: TablePage, row: int, body: range, consolidation: Round) -> None:
    """分值, 平均得分 and 得分率, as formulas over the rows below with their results stored."""
    bold = {"bold": True, "bg_color": SUM_FILL}
    for offset, label in enumerate(("分值", "平均得分", "得分率")):
        for column in range(len(LEAD)):
            text = label if column == len(LEAD) - 1 else ""
            page.put(row + offset, column, text, page.book.cell_style("text", **bold))
        for column, (weight, average) in enumerate(_means(consolidation), start=len(LEAD)):
            place = (row + offset, column)
            looks = {**bold, "num_format": "0.0%" if offset == 2 else page.book.points}
            style = page.book.cell_style("points", **looks)
            if offset == 0:
                page.put(*place, float(weight), style)
            elif average is None:
                page.put(*place, "—", page.book.cell_style("center", **bold))
            elif offset == 1:
                page.formula(
                    *place, f"=AVERAGE({column_range(body, column)})", float(average), style
                )
            else:
                formula = f"={address(row + 1, column)}/{address(row, column)}"
                page.formula(*place, formula, float(average / weight), style)


def _means(consolidation: Round) -> Iterator[tuple[Fraction, Fraction | None]]:
    """Weight and mean of each indicator, then of the total."""
    for indicator in consolidation.standard.indicators:
        scores = (item.record.scores.get(indicator.id) for item in consolidation.departments)
        yield indicator.weight, mean(counting(score) for score in scores if score)
    points = mean(item.standing.points for item in consolidation.departments)
    yield full_points(consolidation), points


def _department(page: TablePage, row: int, item: Department, standard: Standard) -> None:
    values: list[TableCell] = [item.rank, item.code, item.name]
    looks = [page.book.cell_style(lead.kind) for lead in LEAD]
    for indicator in standard.indicators:
        score = item.record.scores.get(indicator.id)
        points = counting(score) if score else None
        if score is None or points is None:
            values.append("—")
            looks.append(page.book.cell_style("center", font_color=MUTED))
        else:
            values.append(float(points))
            looks.append(_marked(page.book, score))
    values.append(as_float(item.standing.points))
    looks.append(page.book.cell_style("points", bold=True, bg_color=HEAD_FILL))
    page.put_row(row, values, looks)


def _marked(book: TableBook, score: Score) -> Any:
    if score.review is not None:
        return book.cell_style("points", num_format=f'{book.points}"{_REVIEWED}"')
    if score.status == "not_applicable":
        return book.cell_style("points", num_format=f'{book.points}"{_NOT_APPLICABLE}"')
    return book.cell_style("points")
