"""The native charts of the overview, in one restrained look."""

from __future__ import annotations

from typing import Any

from workbook_tools.consolidation.sheets.page import ACCENT, INK, LINE, MUTED, NAVY, PALE, Page
from workbook_tools.consolidation.sheets.statistics import Series

_FONT = {"name": "微软雅黑", "size": 9, "color": INK}
_FILLS = ({"color": PALE}, {"color": ACCENT})  # light and dark: told apart in grey as well
WIDTH, HEIGHT = 488, 250
"""Size of a chart in pixels."""


def add_chart(
    page: Page,
    place: tuple[int, int],
    *,
    title: str,
    series: Series,
    data: tuple[int, int, int],
    bars: bool = False,
    number_format: str = "0",
) -> None:
    """Put a column chart (``bars``: lying) at a cell.

    ``data``: first row of the figures on the same sheet, column of the labels, column of the
    first figures. Values are written at the bars, so nothing has to be read off an axis.
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
    chart.set_title(
        {"name": title, "overlay": False, "name_font": {**_FONT, "size": 11, "color": NAVY}}
    )
    _axes(chart, bars=bars, number_format=number_format)
    if len(series.columns) == 1:
        chart.set_legend({"none": True})
    else:
        chart.set_legend({"position": "top", "font": _FONT})
    chart.set_chartarea({"border": {"color": LINE}})
    chart.set_size({"width": WIDTH, "height": HEIGHT})
    page.sheet.insert_chart(
        *place, chart, {"x_offset": 3, "y_offset": 3, "object_position": 2, "description": title}
    )


def _axes(chart: Any, *, bars: bool, number_format: str) -> None:
    labels = {
        "num_font": _FONT,
        "line": {"color": LINE},
        "major_tick_mark": "none",
        "reverse": bars,  # the first label of lying bars stands at the top
    }
    figures = {
        "num_font": {**_FONT, "color": MUTED},
        "num_format": number_format,
        "min": 0,
        "visible": False,
        "major_gridlines": {"visible": False},
    }
    # XlsxWriter calls the lower axis x, also where bars lie and it carries the figures.
    chart.set_x_axis(figures if bars else labels)
    chart.set_y_axis(labels if bars else figures)
