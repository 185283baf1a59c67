"""IN, third part: codes of units that are written otherwise than they are meant."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_tools.checks.case import Case
from workbook_tools.checks.finding import Finding
from workbook_tools.checks.registry import make_at, raises
from workbook_tools.standard.unit_codes import CODE_FIELDS, oddities, unit_code


@raises(
    code="IN213",
    name="unit-code-spelling",
    severity="warning",
    title="单位编码写法不规范",
    why="编码用来对照名册、查重和认定上下级。多了空格、看不见的字符或少了前面的 0，"
    "别的程序会把它当成另一个单位。复算时已按规范的写法认定。",
    fix="请改为规范的写法，按文本填写，前后不留空格。",
    example="下发的编码是“002”，保存后成了 2。",
)
def unit_code_spelling(case: Case) -> Iterator[Finding]:
    """A code that was read as another text than stands in the cell."""
    for field in CODE_FIELDS:
        entry = case.submission.entries.get(field)
        if entry is None or not isinstance(entry.value, str) or entry.raw == entry.value:
            continue
        odd = oddities(entry.raw)
        if unit_code(entry.raw) != entry.value:
            odd += (f"与下发的“{entry.value}”相比少了或多了前面的 0",)
        yield make_at(
            case.slot(field),
            "unit-code-spelling",
            f"写作“{entry.raw}”，{'、'.join(odd)}，已按“{entry.value}”认定。"
            f"请改为“{entry.value}”，按文本填写。",
            expected=entry.value,
        )
