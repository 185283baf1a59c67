"""The list of names in braces that the report's text may use, at the foot of the guide."""

from __future__ import annotations

from workbook_tools.standard.contract import SCORE_SHEET, fields
from workbook_tools.standard.placeholders import Placeholder, placeholders
from workbook_tools.template.book import TemplatePage

ABOUT = (
    "在“报告正文”里写花括号和名称，生成报告时自动换成表中的数，带单位和格式，表中改了数，报告随之改变。"
    "例如写“本年支出合计{本年支出合计}”，报告中为“本年支出合计3,975.53万元”。"
    "名称可整格复制粘贴；名称写错的，校验时会提示。"
)
_CALCULATED = "自动计算"
_HEIGHT = 18


def write_placeholders(page: TemplatePage, row: int) -> int:
    """Write a line per name from ``row`` on: where the figure stands, what it is, the name."""
    standard = page.book.standard
    titles = {sheet.id: sheet.title for sheet in standard.sheets}
    known = fields(standard)

    def sheet_of(placeholder: Placeholder) -> str:
        match placeholder.source:
            case "entry":
                return titles[known[placeholder.of].sheet]
            case "quantity":
                return _CALCULATED
            case _:
                return SCORE_SHEET

    for column, text in enumerate(("所在表", "引用名称", "单位")):
        page.text(row, column, text, "header")
    page.height(row, 22)
    names = placeholders(standard).values()
    for line, one in enumerate(names, start=row + 1):
        page.text(line, 0, sheet_of(one), "center")
        page.text(line, 1, f"{{{one.word}}}", "label")
        page.text(line, 2, "%" if one.kind == "share" else one.unit, "center")
        page.height(line, _HEIGHT)
    return row + 1 + len(names)
