"""解读敏感性: what ruling for a reading would do, and whose grade hangs on readings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.round.rulings import Regrade, Ruling, undecided
from workbook_tools.consolidation.tables.table import SheetColumn, SummaryTable, TableCell, as_float

COLUMNS = (
    SheetColumn("indicator", "三级指标", "text", 22),
    SheetColumn("criteria", "现行计分口径", "wrap", 46),
    SheetColumn("reading", "另一种解读", "wrap", 24),
    SheetColumn("moved", "得分变动\n单位数", "count", 9),
    SheetColumn("lowest", "最多降低", "difference", 9),
    SheetColumn("highest", "最多提高", "difference", 9),
    SheetColumn("unknown", "资料不足\n单位数", "count", 9),
    SheetColumn("regraded", "等次变动\n单位数", "count", 9),
    SheetColumn("departments", "等次变动的单位", "wrap", 42),
    SheetColumn("basis", "依据", "wrap", 46),
)
UNDECIDED_COLUMNS = (  # below the readings, in columns of the same widths
    SheetColumn("unit_code", "单位编码", "text", 22),
    SheetColumn("unit_name", "单位名称", "text", 46),
    SheetColumn("supervisor", "主管部门", "text", 24),
    SheetColumn("points", "得分", "points", 9),
    SheetColumn("low", "最低", "points", 9),
    SheetColumn("high", "最高", "points", 9),
    SheetColumn("grade", "等次", "center", 9),
    SheetColumn("possible", "可能等次", "center", 9),
    SheetColumn("alone", "单独采用就改变等次的解读", "wrap", 42),
)
_MOST_NAMES = 10


def table(consolidation: Round) -> SummaryTable:
    """A row per reading, those that change grades first."""
    return SummaryTable(COLUMNS, map(_reading, consolidation.rulings))


def undecided_table(consolidation: Round) -> SummaryTable:
    """A row per department whose grade hangs on readings."""
    return SummaryTable(UNDECIDED_COLUMNS, _departments(consolidation))


def _reading(ruling: Ruling) -> tuple[TableCell, ...]:
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


def _departments(consolidation: Round) -> Iterator[tuple[TableCell, ...]]:
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
