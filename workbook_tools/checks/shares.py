"""IN, third part: shares of a whole, such as 合格率, that are said to exceed it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from workbook_tools.checks.achievements import achievements, far_apart, targets_and_actuals
from workbook_tools.checks.case import Case
from workbook_tools.checks.finding import Finding
from workbook_tools.checks.registry import make_at, raises
from workbook_tools.figures import amount, percent
from workbook_tools.scoring.rows import is_spoilt
from workbook_tools.standard.tables import Achievement, Table
from workbook_tools.submission.model import Row

_SHARE = re.compile(
    r"(合格率|达标率|优良率|合规率|准确率|及时率|办结率|覆盖率|普及率|知晓率|知晓度|满意率|满意度)"
    r"(（[^）]*）|\([^)]*\))?$"
)
"""Ends the names of what can be 100 % at most. 完成率, 增长率 and the like can be more."""


def share_and_whole(table: Table, measure: Achievement, row: Row) -> tuple[str, Fraction] | None:
    """The word for the share that a row says to exceed its whole, and that: 1, or 100 per cent.

    None where it does not, or by so much that it is told as a number in another unit.
    """
    named = _SHARE.search("".join(row.entries[table.named_by.id].raw.split()))
    target, actual = (row.entries[one].number for one in (measure.target, measure.actual))
    if named is None or target is None or actual is None or far_apart(target, actual):
        return None
    whole = Fraction(1 if target <= 1 else 100)
    return (named[1], whole) if 0 < target <= whole < actual else None


@raises(
    code="IN219",
    name="share-above-whole",
    severity="warning",
    title="比率超过 100%",
    why="合格率、知晓率、及时率一类是一部分占全部的比率，最多 100%；更大的数多半是填错、错位。",
    fix="请核对统计结果后改正；指标名称不确切的，请改为“完成率”等能超过 100% 的名称。",
    example="“培训合格率”实际完成值填 105%。",
)
def share_above_whole(case: Case) -> Iterator[Finding]:
    """An actual share above all that there is, beside a target within it."""
    for table, measure in achievements(case):
        for there, slot, target, actual in targets_and_actuals(case, table, measure):
            assert slot.row is not None
            found = share_and_whole(table, measure, slot.row)
            if found is None or is_spoilt(table, slot.spec.id, slot.row):
                continue
            assert target is not None
            assert actual is not None
            name, whole = found
            write = percent if whole == 1 else amount
            yield make_at(
                slot,
                "share-above-whole",
                f"为 {write(actual)}，{there.entry.cell}（{there.spec.label}）为 {write(target)}："
                f"{name}不会超过 100%。请核对后改正。",
                expected=f"不大于 {write(whole)}",
            )
