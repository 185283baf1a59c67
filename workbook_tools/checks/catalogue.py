"""docs/findings.md: every kind of finding, generated from the register."""

from __future__ import annotations

from itertools import groupby

from workbook_tools.checks.finding import Kind
from workbook_tools.checks.registry import kinds
from workbook_tools.standard.severity import SEVERITY_NAMES

FAMILIES = {
    "WB": "工作簿",
    "IN": "填报数据",
    "SC": "得分与公式",
    "XC": "数据之间的关系",
    "NA": "报告文字",
    "ST": "评分标准",
}
"""The families of codes, in the order in which they are listed."""

_HEAD = """\
# 问题一览

`validate` 会报告下列问题。每个问题有固定的编号和名称，程序可据此处理；
`workbook-tools explain 编号` 显示其中一条。级别为“错误”的须改正，“警告”须核对，“提示”供了解；
个别情形的级别与通常的不同，以报告为准。

<!-- 本文由 workbook_tools/checks/catalogue.py 生成，请勿手工修改。 -->
"""


def findings_markdown() -> str:
    """The text of docs/findings.md; a test holds the file equal to it."""
    families = [
        (code, list(members)) for code, members in groupby(kinds(), lambda one: one.code[:2])
    ]
    index = ["| 编号 | 名称 | 级别 | 说明 |", "|---|---|---|---|"]
    index += [
        f"| [{one.code}](#{one.code.lower()}) | `{one.name}` | {SEVERITY_NAMES[one.severity]} "
        f"| {one.title} |"
        for _, members in families
        for one in members
    ]
    parts = [_HEAD, "\n".join(index) + "\n"]
    for code, members in families:
        parts.append(f"## {code} {FAMILIES[code]}\n")
        parts += [_section(one) for one in members]
    return "\n".join(parts)


def _section(kind: Kind) -> str:
    return (
        f'### <a id="{kind.code.lower()}"></a>{kind.code} {kind.title}\n\n'
        f"`{kind.name}`，{SEVERITY_NAMES[kind.severity]}\n\n"
        f"- 为什么：{kind.why}\n"
        f"- 怎样改：{kind.fix}\n"
        f"- 举例：{kind.example}\n"
    )
