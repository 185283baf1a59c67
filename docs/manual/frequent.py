"""The chapter of the most frequent findings, from the catalogue.

``python -m docs.manual.frequent > docs/manual/5-findings.md``; a test holds it current.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from workbook_tools.checks import kind
from workbook_tools.standard.severity import SEVERITY_NAMES

_HEAD = """\
<!-- 由 python -m docs.manual.frequent 生成，文字取自问题目录，请勿手工修改。 -->

# 最常见的二十个问题

每条问题都有编号。批注、**校验结果** 表和网页上写的是具体的格子和数字，\
下面说的是这一类问题是怎么回事。**错误** 要改正，**警告** 要核对，**提示** 只供了解。

写着 **改好后自动消失或重新核对** 的，是前面那一条引起的：\
改好前面那一条，它就一并消失，不用单独改。
"""
_GROUPS = {
    "没有填，或者填的不是数": ("IN201", "IN202", "IN206", "IN207", "IN208", "IN212"),
    "数与数对不上": ("IN209", "IN210", "XC401", "XC402", "XC403", "XC405"),
    "得分和等次": ("SC301", "SC302", "SC304", "SC305", "SC309"),
    "报告里的文字": ("NA501",),
    "文件": ("WB111", "WB104"),
}
"""The kinds by what they are about: those that the samples and seeds show most, and those that keep
a file from being counted at all."""
_TAIL = """\
没有列在这里的问题，完整的一览见 [问题一览](../findings.md)。
"""


def chapter() -> str:
    """The chapter's Markdown."""
    return "\n".join(_parts())


def _parts() -> Iterator[str]:
    yield _HEAD
    for title, codes in _GROUPS.items():
        yield f"## {title}\n"
        yield "| 问题 | 为什么 | 怎样改 |\n|---|---|---|"
        for code in codes:
            one = kind(code)
            name = f"{one.code} {one.title}（{SEVERITY_NAMES[one.severity]}）"
            yield f"| {name} | {one.why} | {one.fix} |"
        yield ""
    yield _TAIL


if __name__ == "__main__":
    sys.stdout.buffer.write(chapter().encode())
