"""The sheet of the report's text: one wide, high cell per section."""

from __future__ import annotations

from workbook_tools.template.book import TemplatePage
from workbook_tools.template.expressions import is_empty, quoted
from workbook_tools.template.plan import OPTIONAL, REQUIRED, Plan, Tally
from workbook_tools.template.wrap import row_height

_HEIGHT = 132.0  # points, about nine lines; it grows with the text


def write_narrative(page: TemplatePage, plan: Plan, row: int, tally: Tally) -> int:
    """Write the sections from ``row`` on; gives the row after them."""
    page.text(row, 0, "栏目和写作要求", "header")
    page.text(row, 1, "正文（可从 Word 粘贴；写不下时可调高行高）", "header")
    page.height(row, 22)
    first = row + 1
    for row, field in enumerate(plan.fields, start=first):
        mark = REQUIRED if field.required else OPTIONAL
        page.text(row, 0, f"{field.label}\n{mark}\n\n{field.help}", "label")
        page.field(row, 1, field)
        blank = "待填" if field.required else ""
        text = f'IFERROR(IF({is_empty(field.name)},{quoted(blank)},"√"),"单元格有错误")'
        page.formula(row, plan.check, text, "check", blank=blank)
        page.growing(row, row_height(page.book.typed(field, plan.widths[1]), least=_HEIGHT))
        page.strut(row, plan.strut, _HEIGHT)
    required = sum(field.required for field in plan.fields)
    places = ",".join(
        page.reference(first + index, 1)
        for index, field in enumerate(plan.fields)
        if field.required
    )
    if required:
        tally.add(required, f"COUNTA({places})")
    return row + 1
