"""横向比较, 比率对照 and 同类组: what is worth a second look, and what it is held beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from workbook_tools.consolidation.round.hints import HINT_NAMES, value_in_words
from workbook_tools.consolidation.round.peers import Spread
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.tables.table import (
    ColumnKind,
    SheetColumn,
    SummaryTable,
    TableCell,
    as_float,
    link,
)

COLUMNS = (
    SheetColumn("unit_code", "单位编码", "text", 12),
    SheetColumn("unit_name", "单位名称", "text", 24),
    SheetColumn("kind", "情形", "center", 10),
    SheetColumn("message", "说明", "wrap", 66),
    SheetColumn("advice", "建议", "wrap", 30),
    SheetColumn("sheet", "工作表", "center", 10),
    SheetColumn("cell", "单元格", "center", 8),
    SheetColumn("workbook", "工作簿", "text", 24),
)
_GROUPS = (
    SheetColumn("group", "同类组", "text", 34),
    SheetColumn("label", "比较的内容", "text", 34),
    SheetColumn("members", "单位数", "count", 8),
    SheetColumn("count", "有数据的", "count", 9),
    SheetColumn("middle", "中位数", "text", 13),
    SheetColumn("deviation", "离散程度", "text", 13),
    SheetColumn("low", "最低", "text", 13),
    SheetColumn("high", "最高", "text", 13),
    SheetColumn("apart", "偏离的单位", "count", 10),
    SheetColumn("remark", "说明", "wrap", 34),
)

_FEW = "单位太少，没有比较"


def table(consolidation: Round) -> SummaryTable:
    """A row per hint."""
    return SummaryTable(COLUMNS, _hints(consolidation))


def groups(consolidation: Round) -> SummaryTable:
    """A row per group and quantity, with its middle and spread; one row where a group is small."""
    return SummaryTable(_GROUPS, _spreads(consolidation))


def ratios(consolidation: Round) -> SummaryTable:
    """A row per department: each ratio, and beside it the middle of its group."""
    comparison = consolidation.comparison
    compared = comparison.compared if comparison else ()
    columns = [
        SheetColumn("unit_code", "单位编码", "text", 12),
        SheetColumn("unit_name", "单位名称", "text", 24),
        SheetColumn("group", "同类组", "text", 24),
    ]
    for one in compared:
        if one.kind != "indicator":
            kind: ColumnKind = "money" if one.shown == "money" else "measure"
            unit = "（万元）" if one.shown == "money" else ""
            columns.append(SheetColumn(one.id, f"{one.label}{unit}", kind, 10.5))
            columns.append(SheetColumn(f"{one.id}_middle", "同类中位数", kind, 9))
    return SummaryTable(tuple(columns), _ratios(consolidation))


def in_words(consolidation: Round) -> str:
    """How many hints of each kind: ``偏离同类 3 条，文字雷同 2 条。``; "" without any."""
    counts = Counter(hint.kind for hint in consolidation.hints)
    kinds = [(name, counts[kind]) for kind, name in HINT_NAMES.items() if counts[kind]]
    listed = "，".join(f"{name} {count} 条" for name, count in kinds)
    return f"{listed}。" if listed else ""


def _hints(consolidation: Round) -> Iterator[tuple[TableCell, ...]]:
    for hint in consolidation.hints:
        yield (
            hint.unit_code,
            hint.unit_name,
            HINT_NAMES[hint.kind],
            hint.message,
            hint.advice,
            hint.sheet,
            hint.cell,
            link(consolidation, hint.path, sheet=hint.sheet, cell=hint.cell),
        )


def _spreads(consolidation: Round) -> Iterator[tuple[TableCell, ...]]:
    comparison, peers = consolidation.comparison, consolidation.standard.peers
    if comparison is None or peers is None:
        return
    for group, spreads in groupby(comparison.spreads, key=lambda one: one.group):
        first, *rest = spreads
        if first.members < peers.few:
            count = max(one.count for one in (first, *rest))
            yield (group, "全部内容", first.members, count, "", "", "", "", 0, _FEW)
        else:
            yield from map(_spread, (first, *rest))


def _spread(spread: Spread) -> tuple[TableCell, ...]:
    shown = spread.what.shown
    numbers = (spread.middle, spread.deviation, spread.low, spread.high)
    remark = ""
    if spread.middle is None:
        remark = _FEW
    elif spread.deviation is not None and spread.deviation < spread.what.least:
        remark = f"离散程度按至少 {value_in_words(spread.what.least, shown)} 计"
    return (
        spread.group,
        spread.what.label,
        spread.members,
        spread.count,
        *("" if one is None else value_in_words(one, shown) for one in numbers),
        spread.apart,
        remark,
    )


def _ratios(consolidation: Round) -> Iterator[tuple[TableCell, ...]]:
    comparison = consolidation.comparison
    if comparison is None:
        return
    middles = {(one.group, one.what.id): one.middle for one in comparison.spreads}
    shown = [one for one in comparison.compared if one.kind != "indicator"]
    for item, group, values in zip(
        consolidation.departments, comparison.groups, comparison.values, strict=True
    ):
        cells: list[TableCell] = [item.code, item.name, group]
        for one, value in zip(shown, values, strict=True):
            cells += [as_float(value), as_float(middles.get((group, one.id)))]
        yield tuple(cells)
