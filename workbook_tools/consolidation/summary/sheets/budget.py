"""预算汇总: the departments' amounts, with subtotals per 业务股室 or 主管部门 and a grand total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from workbook_tools.checks.words import quoted
from workbook_tools.consolidation.round.amounts import Amount, amounts
from workbook_tools.consolidation.round.departments import Department
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.summary.page import (
    NAVY,
    ROW_HEIGHT,
    SUM_FILL,
    TableBook,
    TablePage,
    column_range,
)
from workbook_tools.consolidation.tables.budget import (
    amount_of,
    counted_and_left_out,
    department_cells,
    has_changed_an_amount,
    lead_columns,
    money_columns,
)
from workbook_tools.consolidation.tables.table import SheetColumn
from workbook_tools.scoring.arithmetic import exact_sum
from workbook_tools.standard.naming import counted_in, with_subordinates


class _Line(NamedTuple):
    """A row of the sheet: one department, or with a label the sums over the rows ``sums``."""

    row: int
    departments: Sequence[Department]
    label: str = ""
    sums: range | None = None


def write(book: TableBook, consolidation: Round) -> None:
    """Write the sheet: grand total first, then each group with its subtotal below it."""
    standard = consolidation.standard
    unit = counted_in(standard)
    lead, columns = lead_columns(consolidation), amounts(standard)
    page = TablePage(book, "预算汇总")
    page.sheet.set_default_row(ROW_HEIGHT)
    head = page.heading(
        "预算与支出汇总",
        f"金额单位：万元。合计和小计为公式（SUBTOTAL），只加总各单位的行{_sums(columns)}。"
        f"空白为没有填报或不能使用，不是零。{_changed(consolidation, columns)}",
    )
    _sections(page, head, len(lead), columns)
    page.header(head + 1, (*lead, *money_columns(columns)), height=46)
    counted, left_out = counted_and_left_out(consolidation)
    total, count = head + 2, head + 3
    lines = list(_lines(counted, count + 1, unit))
    body = range(count + 1, count + 1 + len(lines))
    doubtful = [item for item in left_out if not item.included_in]
    without = f"，不含金额存疑的 {len(doubtful)} 个" if doubtful else ""
    whole = _Line(total, counted, f"合计（{len(counted)} {unit}{without}）", body)
    _sum_row(page, whole, body, len(lead), columns)
    kind = unit.removeprefix("个")
    units = _Line(count, counted, f"各项有金额的{kind}数", body)
    _count_row(page, units, body, len(lead), columns)
    for line in lines:
        if line.sums is None:
            _department(page, line.row, line.departments[0], lead, columns)
        else:
            _sum_row(page, line, line.sums, len(lead), columns)
    included = [item for item in left_out if item.included_in]
    note = (
        f"以下单位的数字已包含在上级单位的“{with_subordinates(standard)}”中，"
        "单列备查，不计入以上合计："
    )
    below = _listed(page, body.stop + 1, note, included, lead, columns)
    note = "以下单位的金额疑似误按“元”填写（见问题清单 IN209），核实改正前单列，不计入以上合计："
    _listed(page, below + 1, note, doubtful, lead, columns)
    page.sheet.freeze_panes(count + 1, 2)
    page.printed(head=head + 1, wide=2 if len(columns) > 12 else 1, beside=2)


def _sums(columns: Sequence[Amount]) -> str:
    """Which columns are themselves sums, and of how many entries."""
    summed = {column.section: len(column.fields) for column in columns if len(column.fields) > 1}
    return "".join(f"；{quoted(section)}为 {count} 项之和" for section, count in summed.items())


def _changed(consolidation: Round, columns: Sequence[Amount]) -> str:
    """Who changed amounts that were issued to it: another figure stands in its workbook."""
    names = [one.name for one in consolidation.departments if has_changed_an_amount(one, columns)]
    return f"{'、'.join(names)}改动了财政部门下发的金额，按下发数列示和合计。" if names else ""


def _sections(page: TablePage, row: int, place: int, columns: Sequence[Amount]) -> None:
    for section, members in groupby(columns, key=lambda column: column.section):
        width = len(list(members))
        page.band(row, place, width, section)
        place += width


def _lines(departments: Sequence[Department], row: int, unit: str) -> Iterator[_Line]:
    """The lines below the grand total, the first in ``row``: each group with its subtotal below."""
    groups = [
        (name, list(items)) for name, items in groupby(departments, key=lambda item: item.group)
    ]
    for name, items in groups:
        body = range(row, row + len(items))
        yield from (_Line(at, [item]) for at, item in zip(body, items, strict=True))
        row = body.stop
        if len(groups) > 1 and len(items) > 1:
            label = f"小计：{name}（{len(items)} {unit}）"
            yield _Line(row, items, label, body)
            row += 1


def _department(
    page: TablePage,
    row: int,
    item: Department,
    lead: Sequence[SheetColumn],
    columns: Sequence[Amount],
    **looks: bool,
) -> None:
    every = (*lead, *money_columns(columns))
    styles = [page.book.cell_style(column.kind, **looks) for column in every]
    page.put_row(row, department_cells(item, lead, columns), styles)


def _sum_row(
    page: TablePage, line: _Line, body: range, first: int, columns: Sequence[Amount]
) -> None:
    """A row of SUBTOTAL formulas, which pass over the subtotals within them."""
    looks = {"bold": True, "bg_color": SUM_FILL}
    for place in range(first):  # not merged: the frozen columns end among them
        text = line.label if place == 1 else ""
        page.put(line.row, place, text, page.book.cell_style("text", **looks))
    for place, column in enumerate(columns, start=first):
        known = (amount_of(item, column) for item in line.departments)
        total = float(exact_sum(value for value in known if value is not None))
        formula = f"=SUBTOTAL(9,{column_range(body, place)})" if body else "=0"
        page.formula(line.row, place, formula, total, page.book.cell_style("money", **looks))


def _count_row(
    page: TablePage, line: _Line, body: range, first: int, columns: Sequence[Amount]
) -> None:
    """Of how many departments each total is: not every one gave every amount."""
    looks = {"italic": True, "font_color": NAVY}
    page.put(line.row, 1, line.label, page.book.cell_style("text", **looks))
    for place, column in enumerate(columns, start=first):
        known = sum(amount_of(item, column) is not None for item in line.departments)
        formula = f"=SUBTOTAL(2,{column_range(body, place)})" if body else "=0"
        page.formula(line.row, place, formula, known, page.book.cell_style("count", **looks))


def _listed(
    page: TablePage,
    row: int,
    note: str,
    departments: Sequence[Department],
    lead: Sequence[SheetColumn],
    columns: Sequence[Amount],
) -> int:
    """List departments below a note; gives the row below."""
    if not departments:
        return row
    page.put(row, 0, note, page.book.style(bold=True, font_color=NAVY))
    for offset, item in enumerate(departments, start=row + 1):
        _department(page, offset, item, lead, columns, italic=True)
    return row + 1 + len(departments)
