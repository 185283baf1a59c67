"""抽查名单, 风险排序, 复核偏离: whom to review on site, and what reviews took off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.round.sampling import HOW_NAMES, Candidate, Deviation, deviations
from workbook_tools.consolidation.tables.table import (
    SheetColumn,
    SummaryTable,
    TableCell,
    as_float,
    link,
)
from workbook_tools.presentation.points import UNDECIDED

_LIST = (
    SheetColumn("number", "序号", "count", 6),
    SheetColumn("how", "抽取方式", "center", 9),
    SheetColumn("unit_code", "单位编码", "text", 12),
    SheetColumn("unit_name", "单位名称", "text", 28),
    SheetColumn("group", "归口", "text", 16),
    SheetColumn("risk", "风险分", "points", 9),
    SheetColumn("reasons", "理由", "wrap", 44),
    SheetColumn("claimed", "自评总分", "points", 9),
    SheetColumn("points", "得分", "points", 9),
    SheetColumn("grade", "等次", "center", 7),
    SheetColumn("workbook", "工作簿", "text", 24),
)
_ORDER = (*_LIST[:8], SheetColumn("lot", "抽签号", "text", 22))
_DEVIATIONS = (
    SheetColumn("unit_code", "单位编码", "text", 12),
    SheetColumn("unit_name", "单位名称", "text", 28),
    SheetColumn("indicator", "指标", "text", 30),
    SheetColumn("self", "自评得分", "points", 10),
    SheetColumn("review", "复核得分", "points", 10),
    SheetColumn("deviation", "偏离度", "measure", 10),
    SheetColumn("remark", "说明", "center", 16),
)
_BY_INDICATOR = (
    SheetColumn("indicator", "指标", "text", 34),
    SheetColumn("reviewed", "复核的单位", "count", 11),
    SheetColumn("self", "自评合计", "points", 11),
    SheetColumn("review", "复核合计", "points", 11),
    SheetColumn("deviation", "偏离度", "measure", 10),
    SheetColumn("above", "超过限度的单位", "count", 14),
)
_LOT = 16  # characters of a lot that are shown; the rest is in the JSON
WHOLE = "总分"


def drawn(round_: Round, candidates: Sequence[Candidate]) -> SummaryTable:
    """A row per department that is to be reviewed on site."""
    chosen = [one for one in candidates if one.how != "no"]
    rows = (
        (
            *_lead(number, one),
            as_float(one.item.standing.points),
            one.item.standing.grade or UNDECIDED,
            link(round_, one.item.record.path),
        )
        for number, one in enumerate(chosen, start=1)
    )
    return SummaryTable(_LIST, rows)


def order(candidates: Sequence[Candidate]) -> SummaryTable:
    """A row per department, the riskiest first, with its lot."""
    ranked = sorted(candidates, key=lambda one: (-one.risk, one.lot))
    rows = ((*_lead(n, one), one.lot[:_LOT]) for n, one in enumerate(ranked, start=1))
    return SummaryTable(_ORDER, rows)


def deviating(round_: Round, limit: Fraction) -> SummaryTable:
    """A row per reviewed total and indicator."""
    titles = {one.id: one.title for one in round_.standard.indicators}
    rows = (
        (
            one.item.code,
            one.item.name,
            titles.get(one.indicator, WHOLE),
            as_float(one.own),
            as_float(one.review),
            as_float(one.share),
            "超过限度" if is_above(one, limit) else "",
        )
        for one in deviations(round_)
    )
    return SummaryTable(_DEVIATIONS, rows)


def by_indicator(round_: Round, limit: Fraction) -> SummaryTable:
    """A row per indicator, and the total: what reviews took off altogether."""
    return SummaryTable(_BY_INDICATOR, _by_indicator(round_, limit))


def is_above(one: Deviation, limit: Fraction) -> bool:
    """Whether a deviation, up or down, is beyond what the bureau allows."""
    return one.share is not None and abs(one.share) > limit


def _lead(number: int, one: Candidate) -> tuple[TableCell, ...]:
    return (
        number,
        HOW_NAMES[one.how],
        one.item.code,
        one.item.name,
        one.group,
        as_float(one.risk),
        "；".join(one.reasons) or "没有发现风险",
        as_float(one.item.claimed_total),
    )


def _by_indicator(round_: Round, limit: Fraction) -> Iterator[tuple[TableCell, ...]]:
    found: dict[str, list[Deviation]] = defaultdict(list)
    for one in deviations(round_):
        found[one.indicator].append(one)
    names = [("", WHOLE), *((one.id, one.title) for one in round_.standard.indicators)]
    for identity, name in names:
        reviewed = found.get(identity, [])
        if not reviewed:
            continue
        own = sum((one.own for one in reviewed), Fraction(0))
        review = sum((one.review for one in reviewed), Fraction(0))
        yield (
            name,
            len(reviewed),
            as_float(own),
            as_float(review),
            as_float((own - review) / own) if own else None,
            sum(is_above(one, limit) for one in reviewed),
        )
