"""Invented reports in the form that counties publish, written in several layouts.

The words are ours. One report says the same in every layout, so that every layout must give the
same entries.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.table import Table, _Cell, _Row

from workbook_tools.standard import Standard, load_standard
from workbook_tools.standard.model import Indicator, Level

HEADER = (
    "一级\n指标",
    "二级指标",
    "三级指标",
    "分值",
    "指标解释",
    "评价标准",
    "自评得分",
    "扣分原因",
)
LAYOUTS = ("lines.txt", "gb18030.txt", "tabs.txt", "lines.docx", "table.docx", "merged.docx")

SECTIONS: Mapping[str, Sequence[str]] = {
    "1、整体支出管理情况": (
        "本年度先定预算后开支，采购一律走公开程序，全年没有发现挪用。",
        "（1）强化预算约束。新增开支先报局务会研究。",
        "（2）强化资产管理。年中、年末各盘点一次。",
    ),
    "2、整体支出使用情况": (
        "（1）本年支出合计1,250.40万元，其中：基本支出830.15万元，占66.39%；"
        "项目支出420.25万元，占33.61%。",
        "（2）“三公经费”支出情况：公务接待费2.15万元，公务用车运维费３.４０万元，"
        "公务用车购置费0万元，因公出国费0万元。",
    ),
    "部门整体支出绩效": (
        "全年整修山塘126口，新增灌溉面积2.3万亩。",
        "一、防汛有力。堤防巡查全覆盖。",
        "二、供水有方。农村自来水普及率提高到93%。",
    ),
    "存在的问题": ("部分项目年初论证不细，年中调整较多。",),
    "改进措施": ("编制预算前先做项目评审，建立项目库。",),
    "其他需要说明问题": ("本年度机构没有变动。",),
}
NARRATIVE = {
    "narrative_management": "1、整体支出管理情况",
    "narrative_usage": "2、整体支出使用情况",
    "narrative_performance": "部门整体支出绩效",
    "narrative_problems": "存在的问题",
    "narrative_improvements": "改进措施",
    "narrative_other": "其他需要说明问题",
}
AMOUNTS = {
    "budget_approved": "1200.5",
    "budget_basic": "800.25",
    "project_budget_total": "400.25",
    "expenditure_total": "1250.4",
    "expenditure_basic": "830.15",
    "expenditure_project": "420.25",
    "three_public_reception_current_actual": "2.15",
    "three_public_vehicle_operation_current_actual": "3.4",
    "three_public_vehicle_purchase_current_actual": "0",
    "three_public_overseas_current_actual": "0",
}
"""What the text of the report names, by input."""


@dataclass(frozen=True)
class Report:
    """An invented report; ``scores`` and ``reasons`` by indicator id."""

    standard: Standard
    scores: Mapping[str, Fraction]
    reasons: Mapping[str, str] = field(default_factory=dict)
    head: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, Sequence[str]] = field(default_factory=dict)
    year: int = 2020

    @property
    def title(self) -> str:
        return f"{self.year}年度部门整体支出绩效评价报告"

    @property
    def total(self) -> Fraction:
        return sum(self.scores.values(), Fraction(0))


def water_bureau() -> Report:
    """A report on the shipped standard, with deductions and their reasons."""
    standard = load_standard()
    scores = {one.id: one.weight for one in standard.indicators}
    scores |= {
        "budget_rules": Fraction(3, 2),
        "asset_rules": Fraction(1),
        "budget_adjustment": Fraction(17, 20),
        "quality_rate": Fraction(37, 5),
    }
    return Report(
        standard,
        scores,
        {
            "budget_rules": "内部审计办法未修订，扣0.5分",
            "asset_rules": "资产制度没有装订成册",
            "budget_adjustment": "年中追加防汛资金",
            "quality_rate": "两项任务返工",
        },
        {
            "单位名称": "示例县水利局（虚构）",
            "年度预算金额": "2020年度，我单位部门预算收入为1200.50万元；其中基本支出800.25万元、"
            "项目支出400.25万元。",
            "主管部门": "示例县人民政府",
            "单位基本职能": "负责全县水资源管理、防汛抗旱和农村供水。",
            "评价结果": "优",
        },
        SECTIONS,
    )


def lakeside() -> Report:
    """A report on the other county's standard: other levels, no grade, no sections."""
    path = Path(__file__).parents[2] / "docs" / "examples" / "lakeside-2023.yaml"
    standard = load_standard(path)
    scores = {one.id: one.weight - Fraction(1, 2) for one in standard.indicators}
    head = {"单位名称": "湖滨县图书馆（虚构）", "预算单位编码": "004012"}
    return Report(standard, scores, {"carryover": "工程款跨年支付"}, head, {}, 2023)


def shown(number: Fraction) -> str:
    return f"{float(number):g}"


def rows(report: Report) -> Iterator[tuple[Level, Level, Indicator, list[str]]]:
    """The score table: the levels of each indicator, and its cells from the name on."""
    levels = {
        level.id: (top, level) for top in report.standard.levels for level in (top, *top.children)
    }
    for indicator in report.standard.indicators:
        top, level = levels[indicator.level]
        score = report.scores.get(indicator.id)
        yield (
            top,
            level,
            indicator,
            [
                f"{indicator.name}（{shown(indicator.weight)}分）",
                shown(indicator.weight),
                "说明这项指标考察什么。",
                f"达到要求的计{shown(indicator.weight)}分，否则按比例扣减；得分（按实计算）",
                "" if score is None else shown(score),
                report.reasons.get(indicator.id, ""),
            ],
        )


def named(level: Level) -> str:
    return f"{level.name}（{shown(level.weight)}分）"


def head_and_sections(report: Report) -> list[str]:
    """The lines before the score table, "" for a blank one, as text copied out of Word has them."""
    lines = ["", report.head.get("单位名称", ""), report.title]
    for label, value in report.head.items():
        lines += [f"\t{label}", f"\t{value}", ""]
    if report.sections:
        lines += ["\t部门整体支出管理和使用基本情况"]
    for heading, paragraphs in report.sections.items():
        lines += [f"\t{heading}"]
        lines += [line for one in paragraphs for line in (one, "")]
    return lines


def score_lines(report: Report, *, columns: Sequence[str] = HEADER) -> list[str]:
    """The score table with each cell on a line of its own."""
    lines = [f"{report.year}年度部门整体支出绩效计分表", ""]
    lines += [part for title in columns for part in title.split("\n")]
    above = ""
    for top, level, _, cells in rows(report):
        lines.append("")
        lines += [named(top)] * (named(top) not in above)
        lines += [named(level)] * (named(level) not in above and level is not top)
        above = named(top) + named(level)
        lines += [f"\t{cell}" for cell in cells[: len(columns) - 2]]
    whole = sum(one.weight for one in report.standard.indicators)
    return [
        *lines,
        "",
        "\t合   计",
        f"\t{shown(Fraction(whole))}",
        "\t",
        f"\t{shown(report.total)}",
        "",
    ]


def tab_lines(report: Report) -> list[str]:
    """The score table with a row on each line and tabs between the cells."""
    lines = ["\t".join(title.replace("\n", "") for title in HEADER)]
    above = ""
    for top, level, _, cells in rows(report):
        levels = [named(top), named(level) if level is not top else ""]
        lines.append("\t".join([*(one if one not in above else "" for one in levels), *cells]))
        above = "".join(levels)
    whole = Fraction(sum(one.weight for one in report.standard.indicators))
    return [*lines, f"合计\t\t\t{shown(whole)}\t\t\t{shown(report.total)}\t"]


def write(report: Report, path: Path, layout: str) -> Path:
    """Write a report in one of the layouts."""
    match layout:
        case "lines.txt":
            return write_text(path, [*head_and_sections(report), *score_lines(report)])
        case "gb18030.txt":
            lines = [*head_and_sections(report), *score_lines(report)]
            return write_text(path, lines, "gb18030", "\r\n")
        case "tabs.txt":
            return write_text(path, [*head_and_sections(report), *tab_lines(report)])
        case "lines.docx":
            return write_paragraphs(path, [*head_and_sections(report), *score_lines(report)])
        case "table.docx":
            document = docx.Document()
            _add(document, head_and_sections(report))
            _score_table(document, report, merged=False)
        case "merged.docx":
            document = docx.Document()
            _add(document, [report.head["单位名称"], report.title])
            _head_table(document, report)
            _add(document, [f"{report.year}年度部门整体支出绩效计分表"])
            _score_table(document, report, merged=True)
        case _:
            raise ValueError(layout)
    document.add_paragraph()  # as every document of Word ends; LibreOffice's .doc needs it
    document.save(str(path))
    return path


def write_text(path: Path, lines: Sequence[str], encoding: str = "utf-8", end: str = "\n") -> Path:
    path.write_bytes(end.join(lines).encode(encoding))
    return path


def write_paragraphs(path: Path, lines: Sequence[str]) -> Path:
    document = docx.Document()
    _add(document, lines)
    document.save(str(path))
    return path


def _add(document: WordDocument, lines: Sequence[str]) -> None:
    for line in lines:
        document.add_paragraph(line)


def _head_table(document: WordDocument, report: Report) -> None:
    """Labels left, texts right; the first two entries share a row, sections fill their cell."""
    entries = list(report.head.items())
    table = document.add_table(rows=0, cols=4, style="Table Grid")
    short = {"单位名称", "主管部门", "预算单位编码"}
    pairs = [one for one in entries if one[0] in short]
    cells = _row_below(table)
    for place, text in enumerate(text for pair in pairs for text in pair):
        cells[place].text = text
    for label, value in entries:
        if label not in short:
            _wide_row(table, label, [value])
    used: list[str] = []
    for heading in ("1、整体支出管理情况", "2、整体支出使用情况"):
        if heading in report.sections:
            used += [heading, *report.sections[heading]]
    if used:
        _wide_row(table, "部门整体支出\n管理和使用基本情况", used)
    for heading, paragraphs in report.sections.items():
        if heading not in used:
            _wide_row(table, heading, paragraphs)


def _wide_row(table: Table, label: str, paragraphs: Sequence[str]) -> None:
    cells = _row_below(table)
    cells[0].text = label
    content = cells[1].merge(cells[3])
    content.text = paragraphs[0]
    for paragraph in paragraphs[1:]:
        content.add_paragraph(paragraph)


def _row_below(table: Table) -> tuple[_Cell, ...]:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx leaves it untyped
    return row.cells


def _score_table(document: WordDocument, report: Report, *, merged: bool) -> None:
    table = document.add_table(rows=1, cols=len(HEADER), style="Table Grid")
    for cell, title in zip(table.rows[0].cells, HEADER, strict=True):
        cell.text = title
    above: dict[int, tuple[str, _Cell]] = {}
    for top, level, _, texts in rows(report):
        cells = _row_below(table)
        names = [named(top), named(level) if level is not top else ""]
        for place, name in enumerate(names):
            before = above.get(place)
            if merged and before is not None and before[0] == name and name:
                above[place] = name, before[1].merge(cells[place])
            else:
                cells[place].text = name
                above[place] = name, cells[place]
        for cell, text in zip(cells[2:], texts, strict=True):
            cell.text = text
    cells = _row_below(table)
    whole = Fraction(sum(one.weight for one in report.standard.indicators))
    first = cells[0].merge(cells[2]) if merged else cells[0]
    first.text = "合  计"
    cells[3].text, cells[6].text = shown(whole), shown(report.total)
