"""Budgets and expenditure of all departments; what a parent's figures hold is not added again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from workbook_tools.consolidation.round.amounts import amounts
from workbook_tools.consolidation.round.departments import Department
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.tables.budget import amount_of, has_changed_an_amount
from workbook_tools.figures import money, percent
from workbook_tools.presentation.points import BLANK
from workbook_tools.report.paper.paper import Paper
from workbook_tools.report.paper.tables import PaperColumn, PaperRow, ShadedRow
from workbook_tools.standard.naming import counted_in, part_named
from workbook_tools.standard.sums import compositions


def write_budget(paper: Paper, consolidation: Round) -> None:
    """Totals in words and by section, and the main ones by 归口."""
    columns = amounts(consolidation.standard)
    if not columns:
        return
    paper.section("预算收支情况")
    counted = [item for item in consolidation.departments if item.adds_up]
    left = sum(bool(item.included_in) for item in consolidation.departments)
    unit = counted_in(consolidation.standard)
    twice = f"（上级单位已汇总的 {left} 个所属单位不重复计算）" if left else ""
    paper.write(
        f"下列金额为 {len(counted)} {unit}填报数的合计{twice}，"
        "没有填报和不能使用的金额不计；"
        f"每项合计是几{unit}的，见“填报单位数”一栏。"
    )
    if doubtful := [
        item.name for item in consolidation.departments if item.doubtful and not item.included_in
    ]:
        paper.write(
            f"{'、'.join(doubtful)}的金额疑似误按“元”填写，核实改正前不计入以上和以下合计。"
        )
    if changed := [item.name for item in counted if has_changed_an_amount(item, columns)]:
        paper.write(f"{'、'.join(changed)}改动了财政部门下发的金额，以上和以下合计按下发数计。")
    for said in _in_words(consolidation, counted):
        paper.write(said)
    rows: list[PaperRow] = []
    section = ""
    for column in columns:
        if column.section != section:
            section = column.section
            rows.append(ShadedRow(section))
        values = [value for item in counted if (value := amount_of(item, column)) is not None]
        total = money(sum(values, Fraction(0))) if values else BLANK
        rows.append([column.label, total, str(len(values))])
    titles = [
        PaperColumn("项目"),
        PaperColumn("合计（万元）", "number", 46),
        PaperColumn("填报单位数", "number", 30),
    ]
    paper.table("预算和支出合计", titles, rows)
    _by_group(paper, consolidation, counted)


def _in_words(consolidation: Round, counted: Sequence[Department]) -> Iterable[str]:
    """Each sum that the standard checks, over those who gave the whole and every part."""
    unit = counted_in(consolidation.standard)
    names = {column.id: column.name for column in amounts(consolidation.standard)}
    for one in compositions(consolidation.standard):
        entries = (one.whole, *one.parts)
        if not names.keys() >= set(entries):
            continue
        given = [
            item for item in counted if all(item.amount(entry) is not None for entry in entries)
        ]
        whole = _sum(given, one.whole)
        if not whole:
            continue
        parts = [(names[part], _sum(given, part)) for part in one.parts]
        listed = "，".join(
            f"{part_named(name)} {money(value)} 万元（占 {percent(value / whole)}）"
            for name, value in parts
        )
        name = names[one.whole].removesuffix("合计")
        of = f"各项都填报的 {len(given)} {unit}，" if len(given) < len(counted) else ""
        yield f"{of}{name}合计 {money(whole)} 万元。其中，{listed}。"


def _by_group(paper: Paper, consolidation: Round, counted: Sequence[Department]) -> None:
    """The sums of the wholes per 归口; no table where all belong to one."""
    wholes = dict.fromkeys(one.whole for one in compositions(consolidation.standard))
    names = {column.id: column.name for column in amounts(consolidation.standard)}
    shown = [one for one in wholes if one in names] or list(names)[:2]
    groups: dict[str, list[Department]] = {}
    for item in counted:
        groups.setdefault(item.group, []).append(item)
    if len(groups) < 2:
        return
    rows: list[PaperRow] = [
        [name, str(len(items)), *(money(_sum(items, one)) for one in shown)]
        for name, items in groups.items()
    ]
    rows.append(["合计", str(len(counted)), *(money(_sum(counted, one)) for one in shown)])
    columns = [
        PaperColumn("归口"),
        PaperColumn("单位数", "number", 22),
        *(PaperColumn(f"{names[one]}（万元）", "number") for one in shown),
    ]
    paper.table("按归口汇总", columns, rows)


def _sum(items: Iterable[Department], field: str) -> Fraction:
    return sum((item.amount(field) or Fraction(0) for item in items), Fraction(0))
