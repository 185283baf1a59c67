"""Where claims and recomputation part, what was found, what changed, what is to be done."""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction

from workbook_tools.checks import kinds
from workbook_tools.consolidation.round.changes import tally
from workbook_tools.consolidation.round.departments import counting, number
from workbook_tools.consolidation.round.round import Round
from workbook_tools.consolidation.tables import statistics
from workbook_tools.consolidation.tables.changes import findings_in_words, in_words
from workbook_tools.presentation.severities import severities_in_words
from workbook_tools.report.overview.results import TOP, called, named, scored
from workbook_tools.report.paper.charts import Chart
from workbook_tools.report.paper.paper import Paper
from workbook_tools.report.paper.tables import PaperColumn, PaperRow
from workbook_tools.standard.naming import counted_in


def _above_range(consolidation: Round, tolerance: Fraction) -> str:
    """How many incomplete totals lie below the claimed one, whatever is still missing."""
    unit = counted_in(consolidation.standard)
    surely = [
        called(item)
        for item in consolidation.departments
        if item.standing.points is None
        and item.claimed_total is not None
        and item.claimed_total - item.standing.high >= tolerance
    ]
    if not surely:
        return ""
    return f"另有 {len(surely)} {unit}得分不完整，但自评总分已超过可能的最高得分：{named(surely)}。"


def write_differences(paper: Paper, consolidation: Round) -> None:
    """The departments and the indicators where claims are farthest from what counts."""
    paper.section("自评与复算的差异")
    tolerance = consolidation.standard.tolerances.score
    unit = counted_in(consolidation.standard)
    apart = [
        (above, item)
        for item in consolidation.departments
        if (above := item.claimed_above) is not None
    ]
    high = sum(above >= tolerance for above, _ in apart)
    low = sum(above <= -tolerance for above, _ in apart)
    paper.write(
        f"能够比较的 {len(apart)} {unit}中，自评总分高于复算（复核）的 {high} 个，低于的 {low} 个，"
        f"一致的 {len(apart) - high - low} 个。{_above_range(consolidation, tolerance)}"
    )
    apart.sort(key=lambda pair: -abs(pair[0]))
    rows: list[PaperRow] = [
        [
            called(item),
            scored(consolidation, item.claimed_total),
            scored(consolidation, item.standing.points),
            scored(consolidation, above),
        ]
        for above, item in apart[:TOP]
        if abs(above) >= tolerance
    ]
    if rows:
        titles = ("自评总分", "得分", "自评高出")
        columns = [PaperColumn("单位名称"), *(PaperColumn(one, "number", 26) for one in titles)]
        paper.table("自评总分与得分相差最大的单位", columns, rows)
    _indicators(paper, consolidation)


def _indicators(paper: Paper, consolidation: Round) -> None:
    tolerance = consolidation.standard.tolerances.score
    above: dict[str, list[Fraction]] = defaultdict(list)
    unsupported = 0
    for item in consolidation.departments:
        for identity, score in item.record.scores.items():
            claimed, counts = number(score.self), counting(score)
            unsupported += claimed is not None and counts is None
            if claimed is not None and counts is not None and claimed - counts >= tolerance:
                above[identity].append(claimed - counts)
    titles = {one.id: one.title for one in consolidation.standard.indicators}
    most = sorted(above.items(), key=lambda pair: (-len(pair[1]), -sum(pair[1])))[:TOP]
    if most:
        rows: list[PaperRow] = [
            [titles[one], str(len(values)), scored(consolidation, sum(values, Fraction(0)))]
            for one, values in most
        ]
        columns = [
            PaperColumn("三级指标"),
            PaperColumn("自评偏高的单位数", "number", 40),
            PaperColumn("合计高出（分）", "number", 40),
        ]
        paper.table("自评偏高最多的指标", columns, rows)
    if unsupported:
        paper.write(f"另有 {unsupported} 项指标自评了得分，但所填资料不足以复算。")


def write_findings(paper: Paper, consolidation: Round) -> None:
    """How many findings, and the commonest with what to do about them."""
    paper.section("发现的主要问题")
    number = statistics.all_severities(consolidation)
    listed = severities_in_words(number, every=True)
    wrong = sum(
        any(finding.severity == "error" for finding in item.findings)
        for item in consolidation.departments
    )
    paper.write(f"校验共发现问题 {number.total()} 条：{listed}。有错误需要改正的单位 {wrong} 个。")
    units: Counter[str] = Counter()
    for item in consolidation.departments:
        units.update({finding.code for finding in item.findings})
    fixes = {kind.code: kind.fix for kind in kinds()}
    rows: list[PaperRow] = [
        [title, str(times), str(units[code]), fixes.get(code, "—")]
        for code, title, times in statistics.commonest_findings(consolidation)
    ]
    if rows:
        columns = [
            PaperColumn("问题", width=50),
            PaperColumn("条数", "number", 15),
            PaperColumn("单位数", "number", 17),
            PaperColumn("怎样改正"),
        ]
        paper.table("最常见的问题", columns, rows, "只列错误和警告，不含提示。")
        bars = statistics.commonest_titles(consolidation)
        paper.chart(Chart("最常见的问题（条数）", bars, "bar", "0"))


def write_readings(paper: Paper, consolidation: Round) -> None:
    """The readings of the standard that would change a grade; no section where there is none."""
    ruled = [one for one in consolidation.rulings if one.regraded]
    if not ruled:
        return
    paper.section("评分标准的不同解读")
    paper.write(
        "评分标准的个别条文可以有不同理解，本次按默认解读计分。"
        "若改按下列解读，一些单位的等次会改变，建议统一明确。"
    )
    rows: list[PaperRow] = [
        [
            one.indicator.title,
            one.reading.label,
            str(len(one.moved)),
            str(len(one.regraded)),
        ]
        for one in ruled[:TOP]
    ]
    columns = [
        PaperColumn("三级指标", width=40),
        PaperColumn("另一种解读"),
        PaperColumn("得分变动单位", "number", 28),
        PaperColumn("等次变动单位", "number", 28),
    ]
    paper.table("会改变等次的解读", columns, rows)


def write_changes(paper: Paper, consolidation: Round) -> None:
    """What moved since the round before; no section where there is none to compare with."""
    if consolidation.previous is None:
        return
    total = tally(consolidation.changes())
    paper.section("与上次汇总相比")
    paper.write(f"{in_words(total)}。{findings_in_words(total)}。")


def write_next_steps(paper: Paper, consolidation: Round) -> None:
    """What follows for the bureau, each step with its figure."""
    paper.section("下一步工作")
    departments = consolidation.departments
    missing = sum(notice.kind == "missing" for notice in consolidation.notices)
    refused = len(consolidation.refused)
    other_year = [one.unit_name for one in consolidation.notices if one.kind == "other-year"]
    in_yuan = [called(item) for item in departments if item.doubtful]
    open_ = [called(item) for item in departments if item.standing.points is None]
    wrong = sum(any(one.severity == "error" for one in item.findings) for item in departments)
    unit = counted_in(consolidation.standard)
    over = sum(
        (item.claimed_above or 0) >= consolidation.standard.tolerances.score for item in departments
    )
    steps = [
        (missing, f"催报 {missing} 个未报送的单位。"),
        (refused, f"请报送单位重新报送 {refused} 个无法读取的文件。"),
        (len(other_year), f"核对评价年度，交错文件的请改交本年度的自评表：{named(other_year)}。"),
        (len(in_yuan), f"请疑似误按“元”填写金额的单位核实改正：{named(in_yuan)}。"),
        (len(open_), f"请资料不全的单位补齐或改正所缺的数据：{named(open_)}。"),
        (wrong, f"把带批注的工作簿退回 {wrong} 个有错误的单位，逐条改正后重新报送。"),
        (over, f"对自评总分高于复算的 {over} {unit}进行复核，核实后确定最终得分。"),
    ]
    needed = [text for number_, text in steps if number_]
    for place, text in enumerate(needed, start=1):
        paper.write(f"{place}. {text}")
    if not needed:
        paper.write("各单位均已报送，没有发现需要退回改正的问题，可以确定评价结果。")
