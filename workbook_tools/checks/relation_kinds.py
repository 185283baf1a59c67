"""XC, as data: the kinds that a standard names as what the breach of a relation is.

One check serves them all (`relations`); what differs is only what people are told.
"""

from __future__ import annotations

from workbook_tools.checks.finding import Kind

RELATION_KINDS: tuple[Kind, ...] = (
    Kind(
        code="XC401",
        name="parts-do-not-add-up",
        severity="error",
        title="分项之和不等于合计",
        why="同一份资料中的分项与合计必须相等。四舍五入造成的尾差（每项 0.01 万元以内）只作提示。",
        fix="请对照原始资料核对各分项和合计。",
        example="基本支出 1,004.08 ＋ 项目支出 2,971.45 = 3,975.53，而支出合计填 3,975.35。",
    ),
    Kind(
        code="XC402",
        name="part-exceeds-whole",
        severity="error",
        title="部分超过整体",
        why="部分不可能大于包含它的整体，两个数至少有一个填错。",
        fix="请核对两个数的口径和单位。",
        example="在用固定资产 520 万元，固定资产总额 500 万元。",
    ),
    Kind(
        code="XC403",
        name="cumulative-decreases",
        severity="error",
        title="累计数减少",
        why="从年初起的累计数只会增加或不变；减少说明填的是当季数。",
        fix="请填写从年初到该季度末的累计数。",
        example="第一季度末 900 万元，第二季度末 850 万元。",
    ),
    Kind(
        code="XC404",
        name="done-before-planned",
        severity="info",
        title="早于计划完成",
        why="提前完成是好事，但也常是两个季度填反。",
        fix="请核对两个季度；确实提前完成的不用修改。",
        example="计划第四季度完成，实际第一季度完成。",
    ),
    Kind(
        code="XC405",
        name="quality-without-completion",
        severity="error",
        title="未完成却达标",
        why="没有完成的任务谈不上质量达标，填“是”会虚增质量达标率。",
        fix="任务已完成的请改正“实际完成季度”，没有完成的请把质量达标改为“否”。",
        example="实际完成季度为“未完成”，是否达到质量标准为“是”。",
    ),
    Kind(
        code="XC406",
        name="figures-differ",
        severity="warning",
        title="应当一致的数不一致",
        why="两个数来自不同资料，通常应当相等；口径不同时可以有差别，但需要说明。",
        fix="请核对两个数的来源和口径，确有差异的在报告正文中说明。",
        example="年末累计支付 3,900.00 万元，本年支出合计 3,975.53 万元。",
    ),
    Kind(
        code="XC407",
        name="plan-below-schedule",
        severity="warning",
        title="计划进度低于序时进度",
        why="既定进度定得越低越容易完成，低于序时进度须有依据。",
        fix="请核对绩效目标申报表；经批准的请写明依据。",
        example="第二季度末的既定支付进度填 40%，序时进度为 50%。",
    ),
    Kind(
        code="XC408",
        name="suspiciously-equal",
        severity="info",
        title="两个数完全相等",
        why="来源不同的两个数分毫不差很少见，多半是互相抄填。",
        fix="请确认两个数分别取自各自的原始资料。",
        example="年初批复预算数与本年支出合计都是 3,975.53 万元。",
    ),
    # What no other kind names; the relation's ``message`` says what.
    Kind(
        code="XC411",
        name="against-the-standard",
        severity="warning",
        title="不符合评分标准的要求",
        why="评分标准对填报另有要求，名称和说明写在批注里；不符合的须改正或者说明。",
        fix="请按批注中写明的要求改正。",
        example="某县的标准要求扣分的指标写明原因，批注为“偏差原因未填”。",
    ),
)
