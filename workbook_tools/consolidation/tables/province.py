"""Counties beside each other: reporting, points, indicators, amounts, and every department."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_tools.consolidation.round.amounts import amounts
from workbook_tools.consolidation.round.province import County, Province, Sum
from workbook_tools.consolidation.round.standards import titled
from workbook_tools.consolidation.tables.table import SheetColumn, SummaryTable, TableCell, as_float
from workbook_tools.presentation.points import UNDECIDED
from workbook_tools.standard.severity import SEVERITY_NAMES

_COUNTY = SheetColumn("county", "县（市、区）", "text", 26)
_RANKING = (
    SheetColumn("overall", "总名次", "count", 8),
    _COUNTY,
    SheetColumn("rank", "县内名次", "count", 9),
    SheetColumn("unit_code", "单位编码", "text", 13),
    SheetColumn("unit_name", "单位名称", "text", 32),
    SheetColumn("points", "得分", "points", 10),
    SheetColumn("grade", "等次", "center", 8),
)
_EXCEPTIONS = (
    SheetColumn("kind", "情形", "center", 14),
    _COUNTY,
    SheetColumn("file", "汇总表", "text", 40),
    SheetColumn("reason", "说明", "wrap", 70),
)


def counties(province: Province) -> SummaryTable:
    """A row per county, then all of them together."""
    grades = [one.name for one in province.standard.grades]
    columns = (
        _COUNTY,
        SheetColumn("departments", "单位数", "count", 8),
        SheetColumn("complete", "得分完整", "count", 9),
        SheetColumn("mean", "平均得分", "points", 10),
        SheetColumn("claimed", "自评平均", "points", 10),
        SheetColumn("difference", "自评高出", "difference", 10),
        *(SheetColumn(f"grade_{one}", one, "count", 7) for one in grades),
        SheetColumn("undecided", UNDECIDED, "count", 7),
        SheetColumn("best_share", f"{grades[0]}占比", "measure", 9),
        *(SheetColumn(key, name, "count", 8) for key, name in SEVERITY_NAMES.items()),
    )
    return SummaryTable(columns, (_county(one, grades) for one in _with_whole(province)))


def indicators(province: Province) -> SummaryTable:
    """A row per county: the share of its points that each indicator earned, where it is known."""
    columns = (
        _COUNTY,
        *(SheetColumn(i.id, i.title, "measure", 9) for i in province.standard.indicators),
    )
    return SummaryTable(columns, (_rates(one, province) for one in _with_whole(province)))


def money(province: Province) -> SummaryTable:
    """A row per county: the sum of each amount over departments that count, in 万元."""
    kinds = amounts(province.standard)
    columns = (_COUNTY, *(SheetColumn(one.id, one.name, "money", 15) for one in kinds))
    rows = (
        (one.name, *(_total(one.money.get(kind.id)) for kind in kinds))
        for one in _with_whole(province)
    )
    return SummaryTable(columns, rows)


def ranking(province: Province) -> SummaryTable:
    """A row per department of all counties, by points."""
    return SummaryTable(_RANKING, _members(province))


def exceptions(province: Province) -> SummaryTable:
    """Who is missing, came twice, or was scored by another standard."""
    return SummaryTable(_EXCEPTIONS, _exceptions(province))


def _with_whole(province: Province) -> Iterator[County]:
    yield from province.counties
    yield province.whole


def _county(one: County, grades: list[str]) -> tuple[TableCell, ...]:
    mean, own, theirs = one.points.mean, one.claimed.mean, one.of_claiming.mean
    known = sum(one.grades.get(grade, 0) for grade in grades)
    return (
        one.name,
        len(one.members),
        one.points.count,
        as_float(mean),
        as_float(own),
        None if own is None or theirs is None else as_float(own - theirs),
        *(one.grades.get(grade, 0) for grade in grades),
        len(one.members) - known,
        one.grades.get(grades[0], 0) / len(one.members) if one.members else None,
        *(one.findings.get(severity, 0) for severity in SEVERITY_NAMES),
    )


def _rates(one: County, province: Province) -> tuple[TableCell, ...]:
    means = ((i, one.scores.get(i.id, Sum()).mean) for i in province.standard.indicators)
    return (
        one.name,
        *(None if mean is None else as_float(mean / indicator.weight) for indicator, mean in means),
    )


def _total(of: Sum | None) -> float | None:
    return as_float(of.total) if of is not None and of.count else None


def _members(province: Province) -> Iterator[tuple[TableCell, ...]]:
    everyone = [(member, one) for one in province.counties for member in one.members]
    everyone.sort(key=lambda pair: (pair[0].overall is None, pair[0].overall or 0))
    for member, one in everyone:
        yield (
            member.overall,
            one.name,
            member.rank,
            member.code,
            member.name,
            as_float(member.points),
            member.grade or UNDECIDED,
        )


def _exceptions(province: Province) -> Iterator[tuple[TableCell, ...]]:
    standard = province.standard
    for name in province.missing:
        yield ("未报送", name, "", "名册里有，没有收到它的汇总表。")
    for one in province.twice:
        yield ("重复报送", one.name, one.path.name, "同一个县有几份汇总表，这一份没有采用。")
    for one in province.others:
        yield (
            "评分标准不同",
            one.name,
            one.path.name,
            f"采用的是“{titled(one.standard, one.version, standard)}”，本次汇总的是"
            f"“{titled(standard.id, standard.version, standard)}”，"
            f"{len(one.members)} 个单位没有合在一起。",
        )
