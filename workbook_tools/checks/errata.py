"""ST: where the official standard contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_tools.checks.case import Case
from workbook_tools.checks.finding import Finding
from workbook_tools.checks.registry import make, raises
from workbook_tools.checks.words import quoted

ERRATUM = "erratum"
"""The only kind of finding that says nothing about the workbook that it is found in."""


@raises(
    code="ST601",
    name=ERRATUM,
    severity="info",
    title="评分标准自相矛盾",
    why="官方评分表有前后不一致的地方，按哪一处计分会影响得分，应当让人知道。",
    fix="单位不需要处理；财政部门如有不同解释，请修改评分标准。",
    example="政府采购执行率分值 4 分，评分标准却写 100% 计 2 分，本工具按 4 分计。",
)
def erratum(case: Case) -> Iterator[Finding]:
    """The known contradictions of the standard, at the score that they touch."""
    for one in case.standard.errata:
        stored = case.submission.stored.get(f"score_{one.indicator}")
        yield make(
            ERRATUM,
            f"{quoted(case.titles[one.indicator])}：{one.contradiction}{one.ruling}单位不用修改。",
            sheet=stored.sheet if stored else "",
            cell=stored.cell if stored else "",
            field=one.indicator,
        )
