"""Who reported, how the departments came out, and where points were lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from workbook_tools.consolidation.round.departments import Department, counting
from workbook_tools.consolidation.round.notices import NOTICE_NAMES
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.tables import statistics
from workbook_tools.figures import Series, percent
from workbook_tools.presentation.points import UNDECIDED, score_in_words
from workbook_tools.report.paper.charts import Chart
from workbook_tools.report.paper.paper import Paper
from workbook_tools.report.paper.tables import PaperColumn, PaperRow
from workbook_tools.standard.model import Indicator
from workbook_tools.standard.naming import counted_in, stated

COUNTS = "0;;"
"""How numbers of departments stand at bars: nothing where there is no bar."""
TOP = 10
"""Rows of a list in the body; whole lists stand in the annexes."""
_NAMED = 15  # departments named in a sentence


class Mark(NamedTuple):
    """How an indicator came out: over the departments whose score is known."""

    indicator: Indicator
    mean: Fraction | None
    known: int
    unknown: int

    @property
    def rate(self) -> Fraction | None:
        """The mean as a share of the weight."""
        return None if self.mean is None else self.mean / self.indicator.weight


def marks(consolidation: Round) -> tuple[Mark, ...]:
    """Every indicator, in the order of the standard."""
    found = []
    for one in consolidation.standard.indicators:
        scores = [item.record.scores.get(one.id) for item in consolidation.departments]
        known = [value for score in scores if score and (value := counting(score)) is not None]
        unknown = len(scores) - len(known)
        found.append(Mark(one, statistics.mean(known), len(known), unknown))
    return tuple(found)


def scored(consolidation: Round, value: Fraction | None) -> str:
    """Points with the standard's decimals, — where there are none."""
    return score_in_words(value, consolidation.standard.rounding.places)


def named(names: Sequence[str]) -> str:
    """The first few names, and how many there are in all."""
    listed = "、".join(names[:_NAMED])
    return f"{listed}等 {len(names)} 个单位" if len(names) > _NAMED else listed


def called(item: Department) -> str:
    """The department's name, or its code where it gave none."""
    return item.name or item.code or "（未填写单位名称）"


def write_reporting(paper: Paper, consolidation: Round) -> None:
    """Who reported and who did not."""
    paper.section("报送情况")
    departments, roster = consolidation.departments, consolidation.roster
    kinds = Counter(notice.kind for notice in consolidation.notices)
    unit = counted_in(consolidation.standard)
    reported = f"收到可用的自评表 {len(departments)} {unit}"
    if roster:
        there = len(roster.rows) - kinds["missing"]
        rate = percent(Fraction(there, len(roster.rows))) if roster.rows else "—"
        paper.write(
            f"名册列明预算单位 {len(roster.rows)} 个，其中已报送 {there} 个，未报送 "
            f"{kinds['missing']} 个，报送率 {rate}。本次{reported}。"
        )
    else:
        paper.write(f"本次{reported}。没有提供单位名册，无法统计未报送的单位。")
    missing = [
        notice.unit_name or notice.unit_code
        for notice in consolidation.notices
        if notice.kind == "missing"
    ]
    if missing:
        paper.write(f"未报送的单位：{named(missing)}。")
    rows: list[PaperRow] = [
        [name, str(kinds[kind])] for kind, name in NOTICE_NAMES.items() if kinds[kind]
    ]
    if rows:
        columns = [PaperColumn("情形"), PaperColumn("数量", "number", 40)]
        paper.table("缺报与异常", columns, rows, "逐条原因和处理建议见附件。")
    else:
        paper.write("没有缺报，也没有异常文件。")


def write_results(paper: Paper, consolidation: Round) -> None:
    """Totals, grades, and who stands at the ends of the ranking."""
    paper.section("评价结果")
    ranked = [item for item in consolidation.departments if item.rank is not None]
    paper.write(_totals(consolidation, ranked))
    paper.write(statistics.verdict(consolidation))
    grades = statistics.grades(consolidation)
    _grades(paper, grades)
    paper.chart(Chart("自评等次与复算等次（单位数）", grades, number_format=COUNTS))
    spread = statistics.distribution(consolidation)
    paper.chart(Chart("得分分布（单位数）", spread, number_format=COUNTS))
    if len(ranked) <= 2 * TOP:
        _ranking(paper, consolidation, "得分排名", ranked)
    else:
        many = f"{TOP} {counted_in(consolidation.standard)}"
        _ranking(paper, consolidation, f"得分最高的 {many}", ranked[:TOP])
        _ranking(paper, consolidation, f"得分最低的 {many}", ranked[-TOP:])


def _totals(consolidation: Round, ranked: Sequence[Department]) -> str:
    open_ = len(consolidation.departments) - len(ranked)
    left = (
        f"另有 {open_} {counted_in(consolidation.standard)}资料不全、不能得出总分，没有参加排名。"
        if open_
        else ""
    )
    if not ranked:
        return left or "没有可以评价的单位。"
    best, worst = ranked[0], ranked[-1]
    average = statistics.mean(item.standing.points for item in ranked)
    said = f"参加排名的单位 {len(ranked)} 个，平均得分 {scored(consolidation, average)} 分"
    if len(ranked) > 1:
        said += (
            f"，最高 {scored(consolidation, best.standing.points)} 分（{called(best)}），"
            f"最低 {scored(consolidation, worst.standing.points)} 分（{called(worst)}）"
        )
    return f"{said}。{left}"


def _grades(paper: Paper, series: Series) -> None:
    """The grades that were given; that others were not, the chart shows."""
    rows: list[PaperRow] = [
        [name, *(f"{value or 0:.0f}" for value in values)]
        for name, values in series.rows
        if any(values)
    ]
    columns = [
        PaperColumn("等次"),
        *(PaperColumn(f"{one}（单位数）", "number", 45) for one in series.columns),
    ]
    if rows:
        paper.table("评价等次", columns, rows)


def _ranking(
    paper: Paper, consolidation: Round, caption: str, departments: Sequence[Department]
) -> None:
    rows: list[PaperRow] = [
        [
            str(item.rank),
            called(item),
            scored(consolidation, item.standing.points),
            item.standing.grade or UNDECIDED,
            scored(consolidation, item.claimed_total),
            scored(consolidation, item.claimed_above),
        ]
        for item in departments
    ]
    columns = [
        PaperColumn("名次", "center", 14),
        PaperColumn("单位名称"),
        PaperColumn("得分", "number", 20),
        PaperColumn("等次", "center", 16),
        PaperColumn("自评总分", "number", 22),
        PaperColumn("自评高出", "number", 22),
    ]
    paper.table(caption, columns, rows)


def write_indicators(paper: Paper, consolidation: Round) -> None:
    """Score rates per 一级, and the weakest indicators."""
    paper.section("指标得分情况")
    series = statistics.score_rates(consolidation)
    known = [(name, rates[1]) for name, rates in series.rows if rates[1] is not None]
    if known:
        best = max(known, key=lambda pair: pair[1])
        worst = min(known, key=lambda pair: pair[1])
        paper.write(
            f"各一级指标中，“{best[0]}”得分率最高，为 {best[1]:.2%}；"
            f"“{worst[0]}”得分率最低，为 {worst[1]:.2%}。只统计自评和复算都有得分的指标。"
        )
    rows: list[PaperRow] = [
        [name, *("—" if rate is None else f"{rate:.2%}" for rate in rates)]
        for name, rates in series.rows
    ]
    columns = [PaperColumn("一级指标"), *(PaperColumn(one, "number", 45) for one in series.columns)]
    paper.table("各一级指标得分率", columns, rows)
    paper.chart(Chart("各一级指标得分率", series, number_format="0.0%"))
    every = marks(consolidation)
    rated = [one for one in every if one.rate is not None and one.rate < 1]
    weak = sorted(rated, key=lambda one: one.rate or Fraction(0))[:TOP]
    if weak:
        first = "、".join(f"“{one.indicator.title}”" for one in weak[:3])
        paper.write(f"得分率较低的指标依次是{first}{'等' if len(weak) > 3 else ''}，见下表。")
        paper.table("得分率最低的指标", _MARK_COLUMNS, [_mark(consolidation, one) for one in weak])
    unknown = sorted((one for one in every if one.unknown), key=lambda one: -one.unknown)[:3]
    if unknown:
        unit = counted_in(consolidation.standard)
        listed = "，".join(f"“{one.indicator.title}”{one.unknown} {unit}" for one in unknown)
        paper.write(f"因资料不足不能计算的，以下列指标为多：{listed}。")


_MARK_COLUMNS = [
    PaperColumn("三级指标"),
    PaperColumn("分值", "number", 16),
    PaperColumn("平均得分", "number", 22),
    PaperColumn("得分率", "number", 24),
    PaperColumn("能计算的单位", "number", 28),
]


def _mark(consolidation: Round, one: Mark) -> PaperRow:
    return [
        one.indicator.title,
        stated(one.indicator.weight),
        scored(consolidation, one.mean),
        "—" if one.rate is None else percent(one.rate),
        str(one.known),
    ]
