"""The sheet that the checking program fills: prepared head, and one styled row to copy."""

from __future__ import annotations

from workbook_tools.standard.contract import (
    RESULT_COUNTS,
    RESULT_ROW,
    RESULT_SHEET,
    RESULT_TIME,
    RESULT_VERSIONS,
)
from workbook_tools.template.book import Book, Page
from workbook_tools.template.styles import BAD, MUTED

_COLUMNS = (
    ("序号", 6.0, "center"),
    ("级别", 8.0, "center"),
    ("编号", 9.0, "center"),
    ("工作表", 12.0, "center"),
    ("单元格", 9.0, "link"),
    ("问题和处理办法", 74.0, "label"),
    ("应为", 16.0, "label"),
    ("现为", 16.0, "label"),
)
_HEAD = (
    ("校验时间", RESULT_TIME),
    ("校验结果", RESULT_COUNTS),
    ("程序和标准", RESULT_VERSIONS),
)
_HEADER = 2 + len(_HEAD)


def write_result_sheet(book: Book) -> None:
    """Write the empty sheet of findings."""
    page = Page(book, RESULT_SHEET)
    last = len(_COLUMNS) - 1
    for column, (_, width, _) in enumerate(_COLUMNS):
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
    for column, (label, _, style) in enumerate(_COLUMNS):
        page.text(_HEADER, column, label, "header")
        page.text(_HEADER + 1, column, "", style)
    page.height(_HEADER, 22)
    page.name(RESULT_ROW, _HEADER + 1, 0, _HEADER + 1, last)
    page.words_highlighted(
        (_HEADER + 1, 1, 10_000, 1),
        {f'$B{_HEADER + 2}="错误"': BAD, f'$B{_HEADER + 2}="提示"': MUTED},
    )
    page.sheet.freeze_panes(_HEADER + 1, 0)
    page.print_setup(landscape=True, repeat=(_HEADER, _HEADER))
    page.protect()
