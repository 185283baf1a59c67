"""WB, third part: a template that nobody has filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workbook_tools.checks.case import Case
from workbook_tools.checks.finding import Finding
from workbook_tools.checks.registry import make, raises

BLANK_TEMPLATE = "blank-template"


def is_blank(findings: Iterable[Finding]) -> bool:
    """Whether these are the findings of a template that nobody filled in."""
    return any(finding.name == BLANK_TEMPLATE for finding in findings)


@raises(
    code="WB118",
    name=BLANK_TEMPLATE,
    severity="error",
    title="空白模板",
    why="交来的是没有填写的模板，里面只有下发的内容，等于没有报送：不计得分，不参加排名和汇总。",
    fix="请填好后重新提交；交错了文件的，请改交填好的那一份。",
    example="把收到的模板原样发回。",
)
def blank_template(case: Case) -> Iterator[Finding]:
    """Nothing stands in the workbook but what it was issued with."""
    if case.untouched:
        prefilled = "，只有下发时预填的内容" if case.submission.issued else ""
        yield make(
            BLANK_TEMPLATE,
            f"交来的是空白模板，没有填写任何一项{prefilled}，按未报送处理。"
            "请填好后重新提交；交错了文件的，请改交填好的那一份。",
        )
