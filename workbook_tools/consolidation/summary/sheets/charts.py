"""The native charts of the overview, in one restrained look."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from workbook_tools.consolidation.summary.page import (
    ACCENT,
    INK,
    LINE,
    MUTED,
    NAVY,
    PALE,
    TablePage,
)
from workbook_tools.consolidation.tables import ranking
from workbook_tools.figures import Series, bare_percent

_FONT = {"name": "微软雅黑", "size": 9, "color": INK}
_FILLS = ({"color": PALE}, {"color": ACCENT})  # light and dark: told apart in grey as well
WIDTH, HEIGHT = 488, 250
"""Size of a chart in pixels; lying bars, with their long labels, are twice as wide."""


def add_chart(
    page: TablePage,
    place: tuple[int, int],
    *,
    title: str,
    series: Series,
    data: tuple[int, int, int],
    bars: bool = False,
    number_format: str = "0",
    begins: float = 0.0,
) -> None:
    """Put a column chart (``bars``: lying) at a cell.

    ``data``: first row of the figures on the same sheet, column of the labels, column of the
    first figures. Values are written at the bars, so nothing has to be read off an axis, which is
    why the title says where it ``begins`` if not at 0.
    """
    first, labels, figures = data
    last = first + len(series.rows) - 1
    chart = page.book.workbook.add_chart({"type": "bar" if bars else "column"})
    for number, name in enumerate(series.columns):
        lone = len(series.columns) == 1
        chart.add_series(
            {
                "name": name,
                "categories": [page.title, first, labels, last, labels],
                "values": [page.title, first, figures + number, last, figures + number],
                "fill": _FILLS[1 if lone else number],
                "border": {"none": True},
                "gap": 45 if bars else 70,
                "overlap": 0,
                "data_labels": {"value": True, "num_format": number_format, "font": _FONT},
            }
        )
    _axes(chart, bars=bars, number_format=number_format, begins=begins)
    if begins:
        title += f"（纵轴从 {bare_percent(Fraction(str(begins)))} 起）"
    if len(series.columns) == 1:
        chart.set_legend({"none": True})
    else:
        chart.set_legend({"position": "top", "font": _FONT})
    _insert(page, place, chart, title, 2 * WIDTH if bars else WIDTH)


def add_scatter(
    page: TablePage,
    place: tuple[int, int],
    *,
    title: str,
    columns: tuple[int, int],
    rows: range,
    line: tuple[int, int],
    scale: tuple[float, float],
) -> None:
    """Put a scatter of two columns of 排名 at a cell, with the line on which both are equal.

    ``line``: first row and column of its two points on the same sheet; ``scale``: both axes' ends.
    """
    chart = page.book.workbook.add_chart({"type": "scatter"})
    (across, up), (first, column) = columns, line
    chart.add_series(
        {
            "name": "单位",
            "categories": [ranking.TITLE, rows.start, across, rows.stop - 1, across],
            "values": [ranking.TITLE, rows.start, up, rows.stop - 1, up],
            "marker": {
                "type": "circle",
                "size": 5,
                "fill": {"color": ACCENT, "transparency": 40},
                "border": {"none": True},
            },
        }
    )
    chart.add_series(
        {
            "name": "两者相等",
            "categories": [page.title, first, column, first + 1, column],
            "values": [page.title, first, column + 1, first + 1, column + 1],
            "marker": {"type": "none"},
            "line": {"color": MUTED, "width": 1, "dash_type": "dash"},
        }
    )
    low, high = scale
    for set_axis, name in ((chart.set_x_axis, "得分"), (chart.set_y_axis, "自评总分")):
        set_axis(
            {
                "name": name,
                "name_font": {**_FONT, "bold": False},
                "num_font": {**_FONT, "color": MUTED},
                "num_format": "0",
                "line": {"color": LINE},
                "min": low,
                "max": high,
                "major_unit": 5 if high - low <= 20 else 10,
                "major_gridlines": {"visible": True, "line": {"color": LINE, "width": 0.5}},
            }
        )
    chart.set_legend({"none": True})
    _insert(page, place, chart, title, WIDTH)


def _insert(page: TablePage, place: tuple[int, int], chart: Any, title: str, width: int) -> None:
    chart.set_title(
        {"name": title, "overlay": False, "name_font": {**_FONT, "size": 11, "color": NAVY}}
    )
    chart.set_chartarea({"border": {"color": LINE}})
    chart.set_size({"width": width, "height": HEIGHT})
    page.sheet.insert_chart(
        *place, chart, {"x_offset": 3, "y_offset": 3, "object_position": 2, "description": title}
    )


def _axes(chart: Any, *, bars: bool, number_format: str, begins: float) -> None:
    labels = {
        "num_font": _FONT,
        "line": {"color": LINE},
        "major_tick_mark": "none",
        "reverse": bars,  # the first label of lying bars stands at the top
    }
    figures = {
        "num_font": {**_FONT, "color": MUTED},
        "num_format": number_format,
        "min": begins,
        "visible": False,
        "major_gridlines": {"visible": False},
    }
    # XlsxWriter calls the lower axis x, also where bars lie and it carries the figures.
    chart.set_x_axis(figures if bars else labels)
    chart.set_y_axis(labels if bars else figures)
