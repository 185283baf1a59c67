"""The yes-or-no questions of the checklist indicators."""

from __future__ import annotations

from workbook_tools.standard.contract import check_id, fields
from workbook_tools.standard.naming import stated
from workbook_tools.standard.rules import Checklist
from workbook_tools.template.book import TemplatePage
from workbook_tools.template.expressions import any_of, quoted
from workbook_tools.template.plan import (
    HELP,
    INPUT,
    LABEL,
    MARK,
    REQUIRED,
    UNIT,
    Plan,
    Tally,
)
from workbook_tools.template.wrap import Wrapped, row_height

_BASIS = "依据（制度名称、文号、网址或凭证号）"


def write_checklists(page: TemplatePage, plan: Plan, row: int, tally: Tally) -> int:
    """Write the items of all checklist indicators from ``row`` on; gives the row after them."""
    known = fields(page.book.standard)
    for column, text in (
        (LABEL, "评价内容"),
        (INPUT, "是否符合"),
        (UNIT, "分值"),
        (MARK, "要求"),
    ):
        page.text(row, column, text, "header")
    page.text(row, HELP, _BASIS, "header", plan.last)
    page.height(row, row_height(Wrapped(_BASIS, plan.width(HELP, plan.last)), least=22.0))
    row += 1
    for indicator in page.book.standard.indicators:
        rule = indicator.rule
        if not isinstance(rule, Checklist):
            continue
        title = f"{indicator.title}（{stated(indicator.weight)}分）　{indicator.criteria}"
        page.text(row, 0, title, "section", plan.last)
        page.height(row, row_height(Wrapped(title, plan.width(0, plan.last), 11)))
        row += 1
        first = row
        for number, item in enumerate(rule.items, start=1):
            answer = known[check_id(indicator.id, number)]
            text = f"{number}. {item.text}"
            page.text(row, LABEL, text, "label")
            page.field(row, INPUT, answer)
            page.number(row, UNIT, item.points, "points")
            page.text(row, MARK, REQUIRED, "center")
            basis = known[f"basis_{indicator.id}_{number}"]
            page.field(row, HELP, basis)
            allowed = any_of(f"{answer.name}={quoted(str(one))}" for one in answer.choices)
            check = (
                f'IFERROR(IF({answer.name}="","待填",IF({allowed},"√","请从列表选")),'
                '"单元格有错误")'
            )
            page.formula(row, plan.check, check, "check", blank="待填")
            least = row_height(Wrapped(text, plan.widths[LABEL]), least=23.0)
            typed = page.book.typed(basis, plan.width(HELP, plan.last))
            page.growing(row, row_height(typed, least=least))
            page.strut(row, plan.strut, least)
            row += 1
        checks = page.reference(first, plan.check, row - 1, plan.check)
        one = len(rule.items) == 1  # COUNTIF wants a range of several cells
        count = f'IF({checks}="√",1,0)' if one else f'COUNTIF({checks},"√")'
        tally.add(len(rule.items), count)
    return row
