"""年度对比: this year beside last year: totals, indicators, amounts, and what does not go on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from workbook_tools.consolidation.round.last_year import HOW_NAMES, Break, Move, apart
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.round.standards import title_of
from workbook_tools.consolidation.tables.table import (
    SheetColumn,
    SummaryTable,
    TableCell,
    as_float,
    link,
)
from workbook_tools.figures import amount
from workbook_tools.presentation.points import UNDECIDED
from workbook_tools.standard.naming import name_of

_WHO = (
    SheetColumn("unit_code", "单位编码", "text", 12),
    SheetColumn("unit_name", "单位名称", "text", 26),
)
COLUMNS = (
    *_WHO,
    SheetColumn("how", "情形", "center", 13),
    SheetColumn("then", "去年的单位", "wrap", 30),
    SheetColumn("points_then", "去年得分", "points", 10),
    SheetColumn("points", "今年得分", "points", 10),
    SheetColumn("points_moved", "得分变动", "difference", 10),
    SheetColumn("grade_then", "去年等次", "center", 9),
    SheetColumn("grade", "今年等次", "center", 9),
    SheetColumn("rank_then", "去年名次", "count", 9),
    SheetColumn("rank", "今年名次", "count", 9),
    SheetColumn("breaks", "不衔接处", "count", 9),
)
_INDICATORS = (
    *_WHO,
    SheetColumn("indicator_id", "指标编号", "text", 24),
    SheetColumn("indicator", "三级指标", "text", 26),
    SheetColumn("points_then", "去年得分", "points", 10),
    SheetColumn("points", "今年得分", "points", 10),
    SheetColumn("points_moved", "得分变动", "difference", 10),
)
_AMOUNTS = (
    *_WHO,
    SheetColumn("amount", "金额", "text", 28),
    SheetColumn("then", "去年（万元）", "money", 15),
    SheetColumn("now", "今年（万元）", "money", 15),
    SheetColumn("moved", "增减（万元）", "money", 15),
    SheetColumn("rate", "增减比例", "measure", 11),
)
_BREAKS = (
    *_WHO,
    SheetColumn("what", "今年填的", "text", 26),
    SheetColumn("sheet", "工作表", "center", 10),
    SheetColumn("cell", "单元格", "center", 8),
    SheetColumn("now", "今年的数", "text", 14),
    SheetColumn("was", "去年的数", "text", 14),
    SheetColumn("message", "说明", "wrap", 56),
    SheetColumn("workbook", "工作簿", "text", 24),
)


def table(consolidation: Round) -> SummaryTable:
    """A row per department of either year."""
    return SummaryTable(COLUMNS, map(_move, consolidation.moves))


def indicators(consolidation: Round) -> SummaryTable:
    """A row per department and indicator whose points moved."""
    return SummaryTable(_INDICATORS, _scores(consolidation))


def money(consolidation: Round) -> SummaryTable:
    """A row per department and amount that is known in both years."""
    return SummaryTable(_AMOUNTS, _amounts(consolidation))


def breaks(consolidation: Round) -> SummaryTable:
    """A row per figure that should have gone on and is another."""
    return SummaryTable(_BREAKS, _breaks(consolidation))


def in_words(consolidation: Round) -> str:
    """How many departments of each sort, how many rose and fell, and how much does not go on."""
    moves = consolidation.moves
    counts = Counter(one.how for one in moves)
    listed = "，".join(f"{name} {counts[how]} 个" for how, name in HOW_NAMES.items() if counts[how])
    moved = [by for one in moves if (by := one.points_moved) is not None]
    count = sum(len(one.breaks) for one in moves)
    return (
        f"{listed}；可比的 {len(moved)} 个中，得分上升 {sum(by > 0 for by in moved)} 个，"
        f"下降 {sum(by < 0 for by in moved)} 个；与去年不衔接的数字 {count} 处。"
    )


def standards_in_words(consolidation: Round) -> str:
    """Which indicators cannot be compared, because only one of two standards has them."""
    last = consolidation.last_year
    if last is None:
        return ""
    then, now = apart(last, consolidation.standard)
    told = ""
    if last.standard != consolidation.standard.id:
        told = (
            f"去年采用的评分标准是“{title_of(last.standard, consolidation.standard)}”，"
            f"今年是“{consolidation.standard.title}”。"
        )
    if then or now:
        only = [("去年", then), ("今年", now)]
        listed = "；".join(f"只有{when}有的指标：{'、'.join(one)}" for when, one in only if one)
        told += f"{listed}，没有比较。"
    if not last.complete:
        told += (
            "去年的汇总是旧版本生成的，没有保存金额，只比较了得分；请用本版本重新汇总去年的工作簿。"
        )
    return told


def message(consolidation: Round, one: Break) -> str:
    """What does not go on, with both figures and what to do."""
    standard, said = consolidation.standard, one.continuity
    now, was = (name_of(standard, field) for field in (said.now, said.was))
    difference = one.now - one.was
    by = f"{'多' if difference > 0 else '少'} {amount(abs(difference))}"
    told = f"今年“{now}”填 {amount(one.now)}，去年“{was}”是 {amount(one.was)}，{by}。"
    return told + (
        "请核对变动的批准文件。" if said.may_change else "两者应当一致，请核对两年的决算报表。"
    )


def _move(one: Move) -> tuple[TableCell, ...]:
    before, now = one.before, one.now
    if before is None and one.how == "gone":
        before = one.then[0]
    names = "" if one.how == "same" else "\n".join(f"{each.code} {each.name}" for each in one.then)
    return (
        one.code,
        one.name,
        HOW_NAMES[one.how],
        names,
        as_float(before.points) if before else None,
        as_float(now.standing.points) if now else None,
        as_float(one.points_moved),
        before.grade if before else "",
        (now.standing.grade or UNDECIDED) if now else "",
        before.rank if before else None,
        now.rank if now else None,
        len(one.breaks),
    )


def _scores(consolidation: Round) -> Iterator[tuple[TableCell, ...]]:
    standard = consolidation.standard
    for one in consolidation.moves:
        for indicator in standard.indicators:
            then, now = one.scores.get(indicator.id, (None, None))
            if then is None or now is None or abs(now - then) < standard.tolerances.score:
                continue
            yield (
                one.code,
                one.name,
                indicator.id,
                indicator.title,
                as_float(then),
                as_float(now),
                as_float(now - then),
            )


def _amounts(consolidation: Round) -> Iterator[tuple[TableCell, ...]]:
    for one in consolidation.moves:
        for what, then, now in one.amounts:
            rate = as_float((now - then) / then) if then else None
            yield (
                one.code,
                one.name,
                what.name,
                as_float(then),
                as_float(now),
                as_float(now - then),
                rate,
            )


def _breaks(consolidation: Round) -> Iterator[tuple[TableCell, ...]]:
    for one in consolidation.moves:
        for each in one.breaks:
            assert one.now is not None
            sheet, cell = one.now.cells.get(each.continuity.now, ("", ""))
            yield (
                one.code,
                one.name,
                name_of(consolidation.standard, each.continuity.now),
                sheet,
                cell,
                amount(each.now),
                amount(each.was),
                message(consolidation, each),
                link(consolidation, one.now.record.path, sheet=sheet, cell=cell),
            )
