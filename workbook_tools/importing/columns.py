"""The columns of a score table, known by the words of its header."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from workbook_tools.importing.wording import plain

ColumnRole = Literal[
    "top",
    "second",
    "name",
    "weight",
    "text",
    "self",
    "deducted",
    "review",
    "reason",
    "evidence",
    "other",
]
NUMBERS: frozenset[ColumnRole] = frozenset({"weight", "self", "deducted", "review"})

_WORDS: dict[str, ColumnRole] = {
    "一级": "top",
    "一级指标": "top",
    "二级": "second",
    "二级指标": "second",
    "三级": "name",
    "三级指标": "name",
    "三级指标名称": "name",
    "指标名称": "name",
    "指标": "other",
    "分值": "weight",
    "指标分值": "weight",
    "标准分": "weight",
    "标准分值": "weight",
    "权重": "weight",
    "满分": "weight",
    "指标解释": "text",
    "指标说明": "text",
    "指标含义": "text",
    "评价标准": "text",
    "评分标准": "text",
    "计分标准": "text",
    "评分办法": "text",
    "自评得分": "self",
    "自评分": "self",
    "自评分数": "self",
    "单位自评得分": "self",
    "单位自评分": "self",
    "得分": "self",
    "扣分": "deducted",
    "扣分值": "deducted",
    "扣分数": "deducted",
    "扣分情况": "deducted",
    "失分": "deducted",
    "复核得分": "review",
    "财政复核得分": "review",
    "财政评分": "review",
    "评审得分": "review",
    "扣分原因": "reason",
    "扣分原因及说明": "reason",
    "扣分说明": "reason",
    "扣分理由": "reason",
    "佐证材料": "evidence",
    "备注": "other",
}
_LONGEST = 8  # characters of a column's title
_TOTALS = {"合计", "总计", "总分", "合计得分", "自评总分", "得分合计"}


def role(text: str) -> ColumnRole | None:
    """The column that a header's word stands for; None for any other word."""
    name = plain(text)
    known = _WORDS.get(name.partition("(")[0] or name)
    of_the_bureau = name.startswith(("复核", "财政")) and name.endswith("分")
    return known or ("review" if of_the_bureau and len(name) <= _LONGEST else None)


def is_total(text: str) -> bool:
    """Whether a word begins the row of totals."""
    return plain(text).partition("(")[0] in _TOTALS


def scores_are_told(roles: Iterable[ColumnRole]) -> bool:
    """Whether a header names the indicators and exactly one column of self-scores."""
    known = list(roles)
    return "name" in known and known.count("self") == 1
