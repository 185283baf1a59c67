"""项目汇总: projects by unit, each unit's mean weighed by amount, and that of all."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from workbook_tools.consolidation.round.departments import Department
from workbook_tools.consolidation.round.projects import (
    UnitWorkbooks,
    size,
    units,
    weighed_mean,
    weight,
)
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.summary.page import (
    SUM_FILL,
    TableBook,
    TablePage,
    address,
    column_range,
)
from workbook_tools.consolidation.tables.projects import cells, columns
from workbook_tools.consolidation.tables.table import SheetColumn, as_float, place_of
from workbook_tools.standard.naming import has_several

_HELPERS = (
    SheetColumn("weight", "计入加权的金额", "money", 14),
    SheetColumn("product", "金额×得分", "money", 14),
)


def write(book: TableBook, consolidation: Round) -> None:
    """Write the sheet; there is none where a unit sends one workbook."""
    standard = consolidation.standard
    if not has_several(standard):
        return
    page = TablePage(book, "项目汇总")
    listed = units(consolidation.departments)
    head = page.heading(
        "项目支出绩效自评汇总",
        "平均得分按金额加权：∑（金额×得分）÷∑金额，为公式（SUBTOTAL），筛选后随之变化。"
        "得分不完整、没有金额、金额存疑的项目不计入平均。",
    )
    every = (*columns(standard), *_HELPERS)
    page.header(head, every)
    row = total = head + 1
    row += 1
    for unit in listed:
        body = range(row, row + len(unit.items))
        for at, item in zip(body, unit.items, strict=True):
            _project(page, at, item, consolidation, every)
        row = body.stop
        _sums(
            page, row, f"小计：{unit.name}（{len(body)} 个项目）", unit.items, consolidation, body
        )
        row += 1
    label = f"合计（{len(listed)} 个单位，{len(consolidation.departments)} 个项目）"
    _sums(page, total, label, _all(listed), consolidation, range(total + 1, max(row, total + 2)))
    page.sheet.freeze_panes(total + 1, 2)
    page.printed(head=head)


def _all(listed: Sequence[UnitWorkbooks]) -> list[Department]:
    return [item for unit in listed for item in unit.items]


def _project(
    page: TablePage, row: int, item: Department, consolidation: Round, every: Sequence[SheetColumn]
) -> None:
    standard = consolidation.standard
    counted = weight(item, standard)
    for place, value in enumerate((*cells(item, standard), as_float(counted))):
        page.put(row, place, value, page.book.cell_style(every[place].kind))
    style = page.book.cell_style("money")
    if counted is None or item.standing.points is None:
        page.put(row, len(every) - 1, None, style)
        return
    heavy, points = address(row, len(every) - 2), address(row, place_of(every, "points"))
    product = float(counted * item.standing.points)
    page.formula(row, len(every) - 1, f"={heavy}*{points}", product, style)


def _sums(
    page: TablePage,
    row: int,
    label: str,
    items: Sequence[Department],
    consolidation: Round,
    body: range,
) -> None:
    """A row of SUBTOTAL formulas, which pass over the subtotals within them, and the mean."""
    standard = consolidation.standard
    every = (*columns(standard), *_HELPERS)
    looks = {"bold": True, "bg_color": SUM_FILL}
    for place, column in enumerate(every):
        text = label if column.id == "unit_name" else ""
        page.put(row, place, text, page.book.cell_style("text", **looks))
    weights = [(item, heavy) for item in items if (heavy := weight(item, standard)) is not None]
    sums: dict[str, Fraction] = {
        "amount": sum((size(item, standard) or Fraction(0) for item in items), Fraction(0)),
        "weight": sum((heavy for _, heavy in weights), Fraction(0)),
        "product": sum(
            (heavy * (item.standing.points or Fraction(0)) for item, heavy in weights), Fraction(0)
        ),
    }
    money = page.book.cell_style("money", **looks)
    for name, whole in sums.items():
        place = place_of(every, name)
        page.formula(row, place, f"=SUBTOTAL(9,{column_range(body, place)})", float(whole), money)
    heavy_at, product_at = (address(row, place_of(every, one.id)) for one in _HELPERS)
    page.formula(
        row,
        place_of(every, "points"),
        f'=IF({heavy_at}=0,"",{product_at}/{heavy_at})',
        as_float(weighed_mean(items, standard)),
        page.book.cell_style("points", **looks),
    )
