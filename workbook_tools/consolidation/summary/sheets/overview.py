"""总览: the key figures and charts on one page, with the charts' figures below it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.round.years import fiscal_year
from workbook_tools.consolidation.summary.page import (
    ALERT,
    HEAD_FILL,
    INK,
    MUTED,
    NAVY,
    SUM_FILL,
    TableBook,
    TablePage,
)
from workbook_tools.consolidation.summary.sheets.charts import add_chart, add_scatter
from workbook_tools.consolidation.summary.sheets.ranking import FIRST_ROW
from workbook_tools.consolidation.tables import statistics
from workbook_tools.consolidation.tables.ranking import COLUMNS
from workbook_tools.consolidation.tables.table import place_of
from workbook_tools.figures import Series
from workbook_tools.presentation.points import score_in_words
from workbook_tools.spreadsheet.bars import start
from workbook_tools.standard.naming import counted_in, evaluated

_COLUMNS, _WIDTH = 12, 11.0
_CARDS_AT, _VERDICT_AT, _CHARTS_AT, _DATA_AT = 3, 9, 11, 52
_CHART_ROWS = 13  # of 20 pixels each, that a chart covers


def write(
    book: TableBook, consolidation: Round, when: datetime.datetime, *, data_on: Sequence[str]
) -> None:
    """Write the sheet; ``when`` is the time that it shows, ``data_on`` the sheets of 数据."""
    page = TablePage(book, "总览")
    page.sheet.set_column(0, _COLUMNS - 1, _WIDTH)
    standard = consolidation.standard
    year = fiscal_year(consolidation.departments, consolidation.roster)
    page.heading(
        f"{f'{year}年度' if year else ''}{evaluated(standard)}绩效自评汇总",
        f"评分标准：{standard.title}（{standard.version} 版）    生成时间：{when:%Y-%m-%d %H:%M}",
    )
    _cards(page, _CARDS_AT, _reporting(consolidation))
    _cards(page, _CARDS_AT + 3, _outcome(consolidation))
    page.put(_VERDICT_AT, 0, statistics.verdict(consolidation), book.style(bold=True))
    if len(data_on) > 1:
        named = "、".join(f"“{title}”" for title in data_on)
        note = f"每单位每指标一行的数据超过一张工作表的行数，依次列在{named}中。"
        page.put(_VERDICT_AT + 1, 0, note, book.style(font_size=9, font_color=MUTED))
    _charts(page, consolidation)
    page.printed(head=0)
    page.sheet.set_portrait()
    page.sheet.print_area(0, 0, _CHARTS_AT + 3 * _CHART_ROWS, _COLUMNS - 1)
    page.sheet.fit_to_pages(1, 1)
    page.sheet.activate()


Card = tuple[str, str, bool]
"""A figure, what it is, and whether it calls for action."""


def _reporting(consolidation: Round) -> tuple[Card, ...]:
    departments = consolidation.departments
    complete = sum(item.standing.points is not None for item in departments)
    missing = sum(notice.kind == "missing" for notice in consolidation.notices)
    roster = consolidation.roster
    return (
        (str(len(roster.rows)) if roster else "—", "名册单位", False),
        (str(len(departments)), "已报送单位", False),
        (str(complete), "得分完整", False),
        (str(len(departments) - complete), "资料不足、得分不完整", complete < len(departments)),
        (str(len(consolidation.refused)), "无法读取的文件", bool(consolidation.refused)),
        (str(missing) if roster else "—", "未报送单位", missing > 0),
    )


def _outcome(consolidation: Round) -> tuple[Card, ...]:
    """Averages are of the same departments: those that claim a total and have a complete one."""
    departments = consolidation.departments
    places = consolidation.standard.rounding.places
    both = [
        item
        for item in departments
        if item.claimed_total is not None and item.standing.points is not None
    ]
    unit = counted_in(consolidation.standard)
    claimed = statistics.mean(item.claimed_total for item in both)
    standing = statistics.mean(item.standing.points for item in both)
    who = f"（{len(both)} {unit}）" if both else ""
    counts = statistics.all_severities(consolidation)
    return (
        (score_in_words(claimed, places), f"自评平均分{who}", False),
        (score_in_words(standing, places), f"复算平均分{who}", False),
        (str(sum(counts.values())), "问题合计", False),
        (str(counts["error"]), "其中：错误", counts["error"] > 0),
        (str(counts["warning"]), "其中：警告", False),
        (str(counts["info"]), "其中：提示", False),
    )


def _cards(page: TablePage, row: int, cards: tuple[Card, ...]) -> None:
    width = _COLUMNS // len(cards)
    page.set_row(row, 30)
    page.set_row(row + 1, 18)
    page.set_row(row + 2, 8)
    frame = {"bg_color": SUM_FILL, "left": 5, "left_color": "white"}
    for offset, key in enumerate(("figure", "label")):
        for number, (figure, label, alert) in enumerate(cards):
            looks = (
                {"font_size": 20, "bold": True, "font_color": ALERT if alert else NAVY}
                if key == "figure"
                else {"font_size": 9, "font_color": MUTED}
            )
            style = page.book.style("center", **frame, **looks)
            text = figure if key == "figure" else label
            page.across(row + offset, number * width, width, text, style)


def _charts(page: TablePage, consolidation: Round) -> None:
    right, second, third = _COLUMNS // 2, _CHARTS_AT + _CHART_ROWS, _CHARTS_AT + 2 * _CHART_ROWS
    charts = (
        (
            "自评等次与复算等次（单位数）",
            statistics.grades(consolidation),
            (_CHARTS_AT, 0),
            "0",
        ),
        (
            "各一级指标得分率",
            statistics.score_rates(consolidation),
            (_CHARTS_AT, right),
            "0.0%",
        ),
        ("总分分布（单位数）", statistics.distribution(consolidation), (second, 0), "0;;"),
        (
            "最常见的错误和警告（条数）",
            statistics.commonest_titles(consolidation),
            (third, 0),
            "0",
        ),
    )
    row = _DATA_AT
    page.put(row - 1, 0, "图表数据", page.book.style(bold=True, font_color=NAVY))
    for title, series, place, number_format in charts:
        is_rate = "%" in number_format
        first = _figures(page, row, title, series, number_format if is_rate else "0")
        known = [value for _, values in series.rows for value in values if value is not None]
        if series.rows:
            add_chart(
                page,
                place,
                title=title,
                series=series,
                data=(first, 0, 3),
                bars=place[0] == third,
                number_format=number_format,
                begins=start(known) if is_rate else 0.0,
            )
        row = first + len(series.rows) + 1
    _against(page, consolidation, (second, right), row)


def _against(page: TablePage, consolidation: Round, place: tuple[int, int], row: int) -> None:
    """The scatter of claims against points: from 排名, where those with points stand first."""
    unit = counted_in(consolidation.standard).removeprefix("个")
    title = f"自评总分与得分（每点一个{unit}，线以上为自评偏高）"
    ranked = sum(item.rank is not None for item in consolidation.departments)
    if not ranked:
        return
    low, high = statistics.scale(consolidation)
    line = Series(("得分", "自评总分"), (("两者相等处", (low, low)), ("", (high, high))))
    first = _figures(page, row, title, line, "0")
    add_scatter(
        page,
        place,
        title=title,
        columns=(place_of(COLUMNS, "points"), place_of(COLUMNS, "claimed")),
        rows=range(FIRST_ROW, FIRST_ROW + ranked),
        line=(first, 3),
        scale=(low, high),
    )


def _figures(page: TablePage, row: int, title: str, series: Series, number_format: str) -> int:
    """Write the figures of a chart; returns the first row of figures."""
    head = page.book.cell_style("center", bold=True, bg_color=HEAD_FILL, font_color=NAVY)
    page.across(row, 0, 3, title, head)
    for column, name in enumerate(series.columns, start=3):
        page.put(row, column, name, head)
    for offset, (label, values) in enumerate(series.rows, start=row + 1):
        page.across(offset, 0, 3, label, page.book.cell_style("text", font_color=INK))
        for column, value in enumerate(values, start=3):
            style = page.book.cell_style("center", num_format=number_format)
            page.put(offset, column, value, style)
    return row + 1
