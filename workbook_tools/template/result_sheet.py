"""The sheet that the checking program fills: prepared head, and one styled row to copy."""

from __future__ import annotations

from workbook_tools.standard.contract import (
    RESULT_COLUMNS,
    RESULT_COUNTS,
    RESULT_ROW,
    RESULT_SHEET,
    RESULT_TIME,
    RESULT_VERSIONS,
)
from workbook_tools.standard.severity import SEVERITY_NAMES
from workbook_tools.template.book import TemplateBook, TemplatePage
from workbook_tools.template.styles import BAD, MUTED

_COLUMNS = {
    "number": ("序号", 6.0, "center"),
    "severity": ("级别", 8.0, "center"),
    "code": ("编号", 9.0, "center"),
    "sheet": ("工作表", 12.0, "center"),
    "cell": ("单元格", 9.0, "link"),
    "message": ("问题和处理办法", 74.0, "label"),
    "expected": ("应为", 16.0, "label"),
    "actual": ("现为", 16.0, "label"),
}
"""Title, width in characters and style of each."""
_HEAD = (
    ("校验时间", RESULT_TIME),
    ("校验结果", RESULT_COUNTS),
    ("程序和标准", RESULT_VERSIONS),
)
_HEADER = 2 + len(_HEAD)
_LAST_ROW = 10_000  # beyond which severities have no colour


def write_result_sheet(book: TemplateBook) -> None:
    """Write the empty sheet of findings."""
    page = TemplatePage(book, RESULT_SHEET)
    columns = [_COLUMNS[identity] for identity in RESULT_COLUMNS]
    last = len(columns) - 1
    for column, (_, width, _) in enumerate(columns):
        page.sheet.set_column(column, column, width)
    page.text(0, 0, RESULT_SHEET, "title", last)
    page.height(0, 30)
    about = "本表由校验程序填写，请勿手工填写。点击“单元格”一栏可跳到相应的格子。"
    page.text(1, 0, about, "about_center", last)
    for row, (label, name) in enumerate(_HEAD, start=2):
        page.text(row, 0, label, "label_strong", 1)
        page.text(row, 2, "", "label", last)  # blank: what stands here is cut out again by clean
        page.name(name, row, 2)
        page.height(row, 21)
    for column, (label, _, style) in enumerate(columns):
        page.text(_HEADER, column, label, "header")
        page.text(_HEADER + 1, column, "", style)
    page.height(_HEADER, 22)
    page.name(RESULT_ROW, _HEADER + 1, 0, _HEADER + 1, last)
    severity = RESULT_COLUMNS.index("severity")
    cell = page.in_column(_HEADER + 1, severity)
    page.words_highlighted(
        (_HEADER + 1, severity, _LAST_ROW, severity),
        {
            f'{cell}="{SEVERITY_NAMES["error"]}"': BAD,
            f'{cell}="{SEVERITY_NAMES["info"]}"': MUTED,
        },
    )
    page.sheet.freeze_panes(_HEADER + 1, 0)
    page.print_setup(landscape=True, repeat=(_HEADER, _HEADER))
    page.protect()
