"""The README of the samples, made from the data that the tests hold the samples to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from samples.data import Expected, Sample
from samples.places import Places, place_of
from workbook_tools.checks import kind
from workbook_tools.standard import Standard
from workbook_tools.standard.severity import SEVERITY_NAMES

_HEAD = """# 样例

这里的工作簿都是用本工具的模板填成的，`workbook-tools demo` 用它们走一遍校验和汇总。
数据在 `departments/` 里，改了数据以后运行 `python -m samples.build` 重新生成（需要 LibreOffice）。
本文件也由它生成；测试保证每份样例恰好报出这里列的问题，一个不多，一个不少。

- **两份真实公开数据**（湘潭县、邵东市）：只填已公布的数字，没有公布的一律留空。
- **{invented} 份虚构数据**：“示例县”各单位，单位名称都注明“（虚构）”，人名、文号、电话也是虚构的。
- `roster.csv`：示例县的单位名册，含下发的预算数和编制数；其中商务局没有报送。
- `second-county/`：邻县（虚构）五个单位的报送、名册和去年的汇总表，用来试下面几条命令。
  放了哪些偏离和断档、应当报出什么，在 `second-county/departments.yaml` 里逐条手算写明。

```
cd samples
workbook-tools consolidate second-county/报送.zip --roster second-county/名册.csv \\
    --last-year second-county/2019年汇总.xlsx -o 邻县汇总.xlsx
workbook-tools consolidate *.xlsx --roster roster.csv -o 示例县汇总.xlsx
workbook-tools consolidate 邻县汇总.xlsx 示例县汇总.xlsx -o 全市.xlsx
```

公式旁的结果都由 LibreOffice 算出：{saved} 是它保存的原样文件，其余由 XlsxWriter 写入它算出的结果。
LibreOffice 保存的文件中，“深度隐藏”的 `_meta` 表会变成普通隐藏，不算改动。

除所列问题外，每份都有两条提示（ST601，说明评分表原文自相矛盾、本工具怎样处理）。
"""
_TABLE = "| 问题 | 位置 | 应为 | 实为 |\n|---|---|---|---|"


def describe(samples: Mapping[str, Sample], standard: Standard, places: Places) -> str:
    """The text of README.md, in Chinese; ``places`` are those of the template's names."""
    invented = sum(sample.invented for sample in samples.values())
    saved = [f"`{stem}`" for stem, one in samples.items() if one.saved_by == "libreoffice"]
    lines = [_HEAD.format(invented=invented, saved="、".join(saved))]
    for stem, sample in samples.items():
        lines += [f"## {stem}.xlsx　{sample.inputs['unit_name']}", "", sample.character, ""]
        lines += _findings(sample, standard, places)
    return "\n".join(lines)


def _findings(sample: Sample, standard: Standard, places: Places) -> Iterator[str]:
    for number, mistake in enumerate(sample.mistakes, start=1):
        yield from (f"**失误 {number}**：{mistake.slip}", "", _TABLE)
        yield from (_row(one, standard, places) for one in mistake.findings)
        yield ""
    if sample.blank:
        yield f"应报“应填未填”（IN201）{sample.blank} 处。"
    if sample.unsupported:
        yield f"应报“自评得分没有数据支撑”（SC304）{sample.unsupported} 项。"
    if sample.blank:
        yield ""
    if sample.also:
        yield from ("另有提示：", "", _TABLE)
        yield from (_row(one, standard, places) for one in sample.also)
        yield ""
    if not (sample.mistakes or sample.also or sample.blank):
        yield from ("不应报出任何问题。", "")


def _row(one: Expected, standard: Standard, places: Places) -> str:
    code = one.finding.partition(" ")[0]
    sheet, cell = place_of(one.at, places, standard)
    title = f"{SEVERITY_NAMES[one.severity]} {code} {kind(code).title}"
    place = f"{sheet} {cell}"
    return f"| {title} | {place} | {_shown(one.expected)} | {_shown(one.actual)} |"


def _shown(text: str | None) -> str:
    """A text as it can be read in a table; a stray space shows between quotation marks."""
    if text is None:
        return "（公式）"
    return f"“{text}”" if text != text.strip() else text
