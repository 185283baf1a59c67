"""The columns of the score table: what is printed and signed first, then what explains it."""

from __future__ import annotations

from enum import IntEnum


class Col(IntEnum):
    """Where each column of the score table stands, from 0."""

    TOP = 0
    SECOND = 1
    NAME = 2
    WEIGHT = 3
    SELF = 4
    SCORE = 5
    DIFFERENCE = 6
    REASON = 7
    VALUE = 8
    STATUS = 9
    CRITERIA = 10
    MEANING = 11
    NA = 12
    NA_REASON = 13
    EVIDENCE = 14
    REVIEW = 15
    REVIEW_REASON = 16
    STRUT = 17
    HIGHEST = 18
    REVIEWED = 19
    REVIEWED_HIGHEST = 20
    OWN = 21
    RULED = 22


PRINTED = Col.REASON
"""The last column on paper: upright A4 shows the columns up to it in 9 points."""

COLUMNS: dict[Col, tuple[str, float]] = {
    Col.TOP: ("一级\n指标", 6.5),
    Col.SECOND: ("二级\n指标", 8),
    Col.NAME: ("三级指标", 16),
    Col.WEIGHT: ("分值", 5.5),
    Col.SELF: ("自评得分\n●必填", 9),
    Col.SCORE: ("系统得分\n（自动）", 9),
    Col.DIFFERENCE: ("自评与系\n统差异", 9),
    Col.REASON: ("扣分原因\n（有扣分必填）", 38),
    Col.VALUE: ("计算值\n（自动）", 10),
    Col.STATUS: ("计算状态\n（自动）", 24),
    Col.CRITERIA: ("评分标准", 56),
    Col.MEANING: ("指标解释", 48),
    Col.NA: ("不涉及\n选“是”", 9),
    Col.NA_REASON: ("不涉及理由", 18),
    Col.EVIDENCE: ("佐证材料\n○选填", 20),
    Col.REVIEW: ("复核得分\n（财政填）", 11),
    Col.REVIEW_REASON: ("复核意见\n（财政填）", 20),
}
"""Header and width in characters of the columns that people see."""

HIDDEN: dict[Col, str] = {
    Col.HIGHEST: "最高可得",
    Col.REVIEWED: "复核后",
    Col.REVIEWED_HIGHEST: "复核后最高",
    Col.OWN: "可用的自评",
    Col.RULED: "可用的复核",
}
"""Headers of the technical columns."""


def width(first: Col, last: Col) -> float:
    """The width in characters of neighbouring columns."""
    return sum(wide for column, (_, wide) in COLUMNS.items() if first <= column <= last)
