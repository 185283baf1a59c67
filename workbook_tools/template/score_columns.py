"""The columns of the score table."""

from __future__ import annotations

from enum import IntEnum


class Col(IntEnum):
    """Where each column of the score table stands, from 0."""

    TOP = 0
    SECOND = 1
    NAME = 2
    WEIGHT = 3
    MEANING = 4
    CRITERIA = 5
    VALUE = 6
    SCORE = 7
    SELF = 8
    DIFFERENCE = 9
    REASON = 10
    EVIDENCE = 11
    NA = 12
    NA_REASON = 13
    STATUS = 14
    REVIEW = 15
    REVIEW_REASON = 16
    HIGHEST = 18
    REVIEWED = 19
    REVIEWED_HIGHEST = 20
    OWN = 21
    RULED = 22


COLUMNS: dict[Col, tuple[str, float]] = {
    Col.TOP: ("一级\n指标", 7),
    Col.SECOND: ("二级\n指标", 9),
    Col.NAME: ("三级指标", 13),
    Col.WEIGHT: ("分值", 6),
    Col.MEANING: ("指标解释", 24),
    Col.CRITERIA: ("评分标准", 30),
    Col.VALUE: ("计算值\n（自动）", 10),
    Col.SCORE: ("系统得分\n（自动）", 9),
    Col.SELF: ("自评得分\n●必填", 9),
    Col.DIFFERENCE: ("自评与系\n统差异", 9),
    Col.REASON: ("扣分原因\n（有扣分必填）", 15),
    Col.EVIDENCE: ("佐证材料\n○选填", 15),
    Col.NA: ("不涉及\n选“是”", 7),
    Col.NA_REASON: ("不涉及理由", 12),
    Col.STATUS: ("计算状态（自动）", 19),
    Col.REVIEW: ("复核得分\n（财政填）", 9),
    Col.REVIEW_REASON: ("复核意见\n（财政填）", 13),
}
"""Header and width in characters of the printed columns."""

HIDDEN: dict[Col, str] = {
    Col.HIGHEST: "最高可得",
    Col.REVIEWED: "复核后",
    Col.REVIEWED_HIGHEST: "复核后最高",
    Col.OWN: "可用的自评",
    Col.RULED: "可用的复核",
}
"""Headers of the technical columns."""
