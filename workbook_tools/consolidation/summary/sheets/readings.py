"""解读敏感性: which readings would change whose grade, so that exactly those can be ruled on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from workbook_tools.consolidation.result import Consolidation
from workbook_tools.consolidation.round.rulings import Regrade, Ruling, undecided
from workbook_tools.consolidation.summary.page import ALERT, MUTED, NAVY, Book, Page
from workbook_tools.consolidation.tables.table import Cell, Column, Table, as_float

_READINGS = (
    Column("indicator", "三级指标", "text", 22),
    Column("criteria", "现行计分口径", "wrap", 46),
    Column("reading", "另一种解读", "wrap", 24),
    Column("moved", "得分变动\n单位数", "count", 9),
    Column("lowest", "最多降低", "difference", 9),
    Column("highest", "最多提高", "difference", 9),
    Column("unknown", "资料不足\n单位数", "count", 9),
    Column("regraded", "等次变动\n单位数", "count", 9),
    Column("departments", "等次变动的单位", "wrap", 42),
    Column("basis", "依据", "wrap", 46),
)
_UNDECIDED = (  # below the readings, in columns of the same widths
    Column("unit_code", "单位编码", "text", 22),
    Column("unit_name", "单位名称", "text", 46),
    Column("supervisor", "主管部门", "text", 24),
    Column("points", "得分", "points", 9),
    Column("low", "最低", "points", 9),
    Column("high", "最高", "points", 9),
    Column("grade", "等次", "center", 9),
    Column("possible", "可能等次", "center", 9),
    Column("alone", "单独采用就改变等次的解读", "wrap", 42),
)
_REGRADED = 7
_MOST_NAMES = 10


def table(consolidation: Consolidation) -> Table:
    """A row per reading, those that change grades first."""
    return Table(_READINGS, map(_reading, consolidation.rulings))


def undecided_table(consolidation: Consolidation) -> Table:
    """A row per department whose grade hangs on readings."""
    return Table(_UNDECIDED, _departments(consolidation))


def write(book: Book, consolidation: Consolidation) -> None:
    """Write the sheet: the readings, and below them the departments whose grade hangs on them."""
    page = Page(book, "解读敏感性")
    rows = page.listing(
        table(consolidation),
        "评分标准解读的敏感性",
        "评分标准原文有不止一种合理解读的指标：每行为一种解读单独采用时的变动，影响等次的排在最前，宜先裁定。"
        "已复核的得分不受解读影响；“资料不足”为无法按该解读计算的单位；资料不足、等次待定的单位不计入等次变动。",
        frozen=1,
        empty="本评分标准没有列出其他解读。",
    )
    if rows:
        style = {"bold": True, "font_color": ALERT}
        page.sheet.conditional_format(
            rows.start,
            _REGRADED,
            rows.stop - 1,
            _REGRADED,
            {
                "type": "cell",
                "criteria": ">",
                "value": 0,
                "format": book.workbook.add_format(style),
            },
        )
    row = max(rows.stop, rows.start + 1) + 1
    page.put(row, 0, "等次取决于解读的单位", book.style(bold=True, font_color=NAVY))
    note = "“最低”“最高”为各指标都取最低、最高的解读时的总分；资料不足的指标按 0 分、满分计。"
    page.put(row, 1, note, book.style(font_size=9, font_color=MUTED))
    page.header(row + 1, _UNDECIDED)
    end = page.body(row + 2, undecided_table(consolidation))
    page.sheet.repeat_rows(row + 1)  # shows on the pages after it, where this table goes on
    if end == row + 2:
        page.put(
            end, 0, "没有：无论采用哪种解读，各单位的等次都不变。", book.style(font_color=MUTED)
        )


def _reading(ruling: Ruling) -> tuple[Cell, ...]:
    down = min((move for move in ruling.moved if move < 0), default=None)
    up = max((move for move in ruling.moved if move > 0), default=None)
    return (
        ruling.indicator.title,
        ruling.indicator.criteria,
        ruling.reading.label,
        len(ruling.moved),
        as_float(down),
        as_float(up),
        ruling.unknown,
        len(ruling.regraded),
        _named(ruling.regraded),
        ruling.reading.basis,
    )


def _named(regraded: tuple[Regrade, ...]) -> str:
    """Who, by the change of grade: a line such as ``优→良：甲局、乙局``."""
    names: dict[str, list[str]] = defaultdict(list)
    for item, after in regraded:
        names[f"{item.standing.grade}→{after}"].append(item.name or item.code)
    return "\n".join(
        f"{change}：{'、'.join(who[:_MOST_NAMES])}"
        + (f" 等 {len(who)} 个，见下表" if len(who) > _MOST_NAMES else "")
        for change, who in names.items()
    )


def _departments(consolidation: Consolidation) -> Iterator[tuple[Cell, ...]]:
    for one in undecided(consolidation.standard, consolidation.departments, consolidation.rulings):
        item = one.department
        alone = [f"{ruling.indicator.title}：{ruling.reading.label}" for ruling in one.alone]
        yield (
            item.code,
            item.name,
            item.supervisor,
            as_float(item.standing.points),
            float(one.low),
            float(one.high),
            item.standing.grade,
            one.possible,
            "\n".join(alone) or "没有哪一种单独改变等次，几种合在一起才会。",
        )
