"""How a total came about where more than the indicators' points had a say in it."""

from __future__ import annotations

from workbook_tools.figures import amount, percent, points
from workbook_tools.scoring.arithmetic import exact_sum
from workbook_tools.scoring.model import Evaluation
from workbook_tools.scoring.totals import spread_out
from workbook_tools.standard.naming import stated


def explain_total(evaluation: Evaluation) -> str:
    """What was added to the points or holds them down, in words; "" where nothing does.

    “各项指标得分 96.50 分，加减分 ＋2 分；执行率 76.00%，总分最高 89 分”.
    """
    standard, hold = evaluation.standard, evaluation.hold
    places = standard.rounding.places
    parts = []
    left = exact_sum(
        evaluation.results[one].weight for one in spread_out(standard, evaluation.results)
    )
    if left:
        whole = exact_sum(one.weight for one in standard.indicators)
        parts.append(
            f"不涉及的 {stated(left)} 分分摊到其他指标，其余得分 × {stated(whole)} ÷ "
            f"{stated(whole - left)}"
        )
    for one in standard.adjustments:
        given = evaluation.adjustments[one.id]
        if given is None:
            parts.append(f"{one.label}没有填写，无法计算")
        elif given:
            parts.append(f"{one.label} {'＋' if given > 0 else '－'}{amount(abs(given))} 分")
    if hold is not None:
        cap = next(one for one in standard.caps if one.id == hold.cap)
        parts.append(
            f"{cap.label} {percent(hold.measure)}，总分最高 {points(hold.at_most, places)} 分"
        )
    if not parts:
        return ""
    return "；".join([f"各项指标得分合计 {points(evaluation.points, places)} 分", *parts])
