"""Projects by unit: how many, for how much money, and how they came out."""

from __future__ import annotations

from fractions import Fraction

from workbook_tools.consolidation.round.projects import size, units, weighed_mean
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.tables import statistics
from workbook_tools.consolidation.tables.projects import amount_title
from workbook_tools.figures import money
from workbook_tools.report.overview.results import scored
from workbook_tools.report.paper.paper import Paper
from workbook_tools.report.paper.tables import PaperColumn, PaperRow
from workbook_tools.standard.naming import has_several


def write_projects(paper: Paper, consolidation: Round) -> None:
    """The means over all and per unit, weighed by amount; nothing where a unit sends one."""
    standard, departments = consolidation.standard, consolidation.departments
    if not has_several(standard) or not departments:
        return
    paper.section("按单位汇总")
    found = units(departments)
    plain = statistics.mean(item.standing.points for item in departments)
    paper.write(
        f"{len(found)} 个单位的 {len(departments)} 个项目，按金额加权平均 "
        f"{scored(consolidation, weighed_mean(departments, standard))} 分，"
        f"简单平均 {scored(consolidation, plain)} 分。"
        "得分不完整、没有金额或金额存疑的项目不计入加权平均。"
    )
    rows: list[PaperRow] = []
    for unit in found:
        amounts = (size(item, standard) for item in unit.items if item.adds_up)
        rows.append(
            [
                unit.name or unit.code,
                str(len(unit.items)),
                money(sum((one for one in amounts if one is not None), Fraction(0))),
                scored(consolidation, weighed_mean(unit.items, standard)),
            ]
        )
    columns = [
        PaperColumn("单位名称"),
        PaperColumn("项目数", "number", 18),
        PaperColumn(amount_title(standard), "number", 50),
        PaperColumn("按金额加权平均得分", "number", 42),
    ]
    paper.table("各单位项目得分", columns, rows)
