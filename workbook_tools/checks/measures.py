"""SC, fourth part: scores measured another way than the figures given were meant for."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_tools.checks.case import Case
from workbook_tools.checks.finding import Finding
from workbook_tools.checks.needs import sources
from workbook_tools.checks.registry import make_at, raises
from workbook_tools.checks.words import quoted
from workbook_tools.scoring import Result, explain_result
from workbook_tools.standard.model import Indicator
from workbook_tools.standard.naming import name_of


@raises(
    code="SC318",
    name="measured-otherwise",
    severity="warning",
    title="改用了另一项数据计分",
    why="评分标准先看的数据填了却不能用，复算只好用后备的数据，得分不一定是真实的水平。",
    fix="请先改正不能用的数据，得分随之重新计算。",
    example="满意答卷 850 份多于有效答卷 10 份，不能使用，暂按公布的满意率计分。",
)
def measured_otherwise(case: Case) -> Iterator[Finding]:
    """An indicator measured by a later measure, because what was given for another is unusable."""
    for indicator in case.standard.indicators:
        result = case.evaluation.results[indicator.id]
        if passed_over := _passed_over(case, indicator, result):
            named = "、".join(quoted(name_of(case.standard, one)) for one in passed_over)
            yield make_at(
                case.slot(f"self_{indicator.id}"),
                "measured-otherwise",
                f"：填报的{named}不能使用，暂按另一项数据计分："
                f"{explain_result(case.evaluation, indicator.id)}。请先改正不能用的数据。",
            )


def _passed_over(case: Case, indicator: Indicator, result: Result) -> list[str]:
    """The entries of earlier measures that hold something which cannot be used."""
    if result.measured_by not in indicator.measures:
        return []
    earlier = indicator.measures[: indicator.measures.index(result.measured_by)]
    asked = {source for text in earlier for source in sources(case.standard, text)}
    entries, excluded = case.submission.entries, case.evaluation.excluded
    return [
        field
        for field in case.fields
        if field in asked and (entries[field].unusable or field in excluded)
    ]
