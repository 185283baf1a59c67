"""XC: relations between figures, as the standard states them, and conditions on table rows.

The standard says which relation should hold and which kind of finding its breach is; here it is
only worked out. A relation whose figures are not all there is passed over, and so is one that a
finding elsewhere already explains: an amount in the wrong unit, a table left empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import pairwise

from workbook_tools.checks.case import Case, Slot
from workbook_tools.checks.finding import Finding
from workbook_tools.checks.needs import sources
from workbook_tools.checks.registry import declare, make_at, raises
from workbook_tools.figures import plain, shown
from workbook_tools.scoring.arithmetic import ZeroDenominatorError, missing, worth
from workbook_tools.scoring.rows import meets
from workbook_tools.standard.expression import names, parse
from workbook_tools.standard.impossible import tolerance
from workbook_tools.standard.inputs import InputType
from workbook_tools.standard.known_fields import FISCAL_YEAR, PREPARED_ON
from workbook_tools.standard.model import CrossCheck
from workbook_tools.standard.naming import name_of
from workbook_tools.standard.tables import Column, RowCheck, Severity, Table

_SIGNS = {"+": "＋", "-": "－", "*": "×", "/": "÷"}
_WORD_OR_SIGN = re.compile(r"[A-Za-z_]\w*|[-+*/]", re.ASCII)


@raises(
    code="XC401",
    name="parts-do-not-add-up",
    severity="error",
    title="分项之和不等于合计",
    why="同一份资料中的分项与合计必须相等。四舍五入造成的尾差（每项 0.01 万元以内）只作提示。",
    fix="请对照原始资料核对各分项和合计。",
    example="基本支出 1,004.08 ＋ 项目支出 2,971.45 = 3,975.53，而支出合计填 3,975.35。",
)
def parts_do_not_add_up(case: Case) -> Iterator[Finding]:
    """Parts against their sum."""
    return _broken(case, "parts-do-not-add-up")


@raises(
    code="XC402",
    name="part-exceeds-whole",
    severity="error",
    title="部分超过整体",
    why="部分不可能大于包含它的整体，两个数至少有一个填错。",
    fix="请核对两个数的口径和单位。",
    example="在用固定资产 520 万元，固定资产总额 500 万元。",
)
def part_exceeds_whole(case: Case) -> Iterator[Finding]:
    """A part against what contains it."""
    return _broken(case, "part-exceeds-whole")


@raises(
    code="XC403",
    name="cumulative-decreases",
    severity="error",
    title="累计数减少",
    why="从年初起的累计数只会增加或不变；减少说明填的是当季数。",
    fix="请填写从年初到该季度末的累计数。",
    example="第一季度末 900 万元，第二季度末 850 万元。",
)
def cumulative_decreases(case: Case) -> Iterator[Finding]:
    """A cumulative figure against the one before."""
    return _broken(case, "cumulative-decreases")


@raises(
    code="XC404",
    name="done-before-planned",
    severity="info",
    title="早于计划完成",
    why="提前完成是好事，但也常是两个季度填反。",
    fix="请核对两个季度；确实提前完成的不用修改。",
    example="计划第四季度完成，实际第一季度完成。",
)
def done_before_planned(case: Case) -> Iterator[Finding]:
    """A task done in an earlier quarter than planned."""
    return _broken(case, "done-before-planned")


@raises(
    code="XC405",
    name="quality-without-completion",
    severity="error",
    title="未完成却达标",
    why="没有完成的任务谈不上质量达标，填“是”会虚增质量达标率。",
    fix="任务已完成的请改正“实际完成季度”，没有完成的请把质量达标改为“否”。",
    example="实际完成季度为“未完成”，是否达到质量标准为“是”。",
)
def quality_without_completion(case: Case) -> Iterator[Finding]:
    """A task that was not done and yet met its quality standard."""
    return _broken(case, "quality-without-completion")


@raises(
    code="XC406",
    name="figures-differ",
    severity="warning",
    title="应当一致的数不一致",
    why="两个数来自不同资料，通常应当相等；口径不同时可以有差别，但需要说明。",
    fix="请核对两个数的来源和口径，确有差异的在报告正文中说明。",
    example="年末累计支付 3,900.00 万元，本年支出合计 3,975.53 万元。",
)
def figures_differ(case: Case) -> Iterator[Finding]:
    """Figures from different papers that should agree."""
    return _broken(case, "figures-differ")


@raises(
    code="XC407",
    name="plan-below-schedule",
    severity="warning",
    title="计划进度低于序时进度",
    why="既定进度定得越低越容易完成，低于序时进度须有依据。",
    fix="请核对绩效目标申报表；经批准的请写明依据。",
    example="第二季度末的既定支付进度填 40%，序时进度为 50%。",
)
def plan_below_schedule(case: Case) -> Iterator[Finding]:
    """A planned progress below that of the calendar."""
    return _broken(case, "plan-below-schedule")


@raises(
    code="XC408",
    name="suspiciously-equal",
    severity="info",
    title="两个数完全相等",
    why="来源不同的两个数分毫不差很少见，多半是互相抄填。",
    fix="请确认两个数分别取自各自的原始资料。",
    example="年初批复预算数与本年支出合计都是 3,975.53 万元。",
)
def suspiciously_equal(case: Case) -> Iterator[Finding]:
    """Figures from different papers that agree to the cent."""
    return _broken(case, "suspiciously-equal")


declare(
    code="XC409",
    name="counted-twice",
    severity="warning",
    title="可能重复汇总",
    why="上级单位的数字已包含所属单位，所属单位又单独提交，相加就会重复。",
    fix="请确认上级单位的数字是否包含所属单位，汇总时只取其一。",
    example="某局的数字已包含所属的中心，这个中心又单独提交了一份。",
)


@raises(
    code="XC410",
    name="other-fiscal-year",
    severity="warning",
    title="评价年度可能不对",
    why="别的年度的数字混进汇总，合计、平均和排名都会错。自评一般在次年进行，所以评价年度应比填报日期早一年；"
    "汇总时另以名册的年度为准，名册没有写的以多数工作簿为准。",
    fix="填错年度或日期的请改正；交错文件的请改交本年度的自评表。",
    example="汇总 2020 年度时，某局交来的是 2019 年度的自评表。",
)
def other_fiscal_year(case: Case) -> Iterator[Finding]:
    """A year that is not the one before the day on which the department filled the table in."""
    year, day = case.submission.number(FISCAL_YEAR), case.submission.entries.get(PREPARED_ON)
    if year is None or day is None or not isinstance(day.value, date):
        return
    usual = day.value.year - 1
    if year != usual:
        yield make_at(
            case.slot(FISCAL_YEAR),
            "other-fiscal-year",
            f"为 {plain(year)} 年，但填报日期（{day.cell}）在 {day.value.year} 年；"
            f"自评一般在次年进行，评价年度应为 {usual} 年。"
            "填错年度或日期的请改正，交错文件的请改交本年度的自评表。",
            expected=str(usual),
        )


@raises(
    code="XC411",
    name="against-the-standard",
    severity="warning",
    title="不符合评分标准的要求",
    why="评分标准对填报另有要求，名称和说明写在批注里；不符合的须改正或者说明。",
    fix="请按批注中写明的要求改正。",
    example="某县的标准要求扣分的指标写明原因，批注为“偏差原因未填”。",
)
def against_the_standard(case: Case) -> Iterator[Finding]:
    """What a standard asks for that no other kind names; its ``message`` says what."""
    return _broken(case, "against-the-standard")


def _broken(case: Case, name: str) -> Iterator[Finding]:
    """The relations and row conditions of the standard whose breach is a finding of this name."""
    for check in case.standard.cross_checks:
        if check.finding == name and not _explained_elsewhere(case, check):
            if check.relation == "non_decreasing":
                yield from _falls(case, check)
            else:
                yield from _unequal(case, check)
    for table in case.standard.tables:
        for rule in table.row_checks:
            if rule.finding == name:
                yield from _rows(case, table, rule)


def _rows(case: Case, table: Table, rule: RowCheck) -> Iterator[Finding]:
    """The counted rows in which all conditions of the rule hold."""
    columns = {column.id: column for column in table.columns}
    for row in case.submission.counted_rows(table.id):
        if not meets(rule.when, row):
            continue
        asked = (column for one in rule.when for column in one.columns)
        facts = "，".join(
            f"“{columns[one].label}”为“{row.entries[one].raw}”" for one in dict.fromkeys(asked)
        )
        slot = Slot(row.entries[rule.at], columns[rule.at], f"{table.id}.{rule.at}", table, row)
        yield make_at(
            slot,
            rule.finding,
            f"：{rule.message.rstrip('。')}：{facts}。{rule.fix}",
            severity=rule.severity,
            expected="/".join(_instead(rule, columns[rule.at])),
        )


def _instead(rule: RowCheck, column: Column) -> Iterator[str]:
    """The choices of the blamed cell with which the rule would not be broken."""
    blamed = [value for one in rule.when if one.column == column.id for value in one.values]
    return (str(choice) for choice in column.choices if blamed and choice not in blamed)


def _explained_elsewhere(case: Case, check: CrossCheck) -> bool:
    """Whether the figures rest on an amount in a doubtful unit or on a table left empty."""
    rests_on = set(check.series)
    for text in (check.left, check.right):
        rests_on |= sources(case.standard, text) if text else set()
    if not rests_on.isdisjoint(case.suspects):
        return True
    return any(
        table.required and table.id in rests_on and not case.submission.counted_rows(table.id)
        for table in case.standard.tables
    )


def _falls(case: Case, check: CrossCheck) -> Iterator[Finding]:
    allowed = tolerance(case.standard, check)
    slots = [case.slot(field) for field in check.series]
    filled = [(slot, number) for slot in slots if (number := slot.entry.number) is not None]
    for (before, a), (here, b) in pairwise(filled):
        if b < a:
            kind = here.spec.type
            yield make_at(
                here,
                check.finding,
                f"为 {_quantity(b, kind)}，比 {before.where}的 {_quantity(a, kind)}"
                f"少 {shown(a - b, kind)}。{check.message}{check.fix}",
                severity=_severity(check, a - b, allowed),
                expected=f"不小于 {shown(a, kind)}",
                actual=shown(b, kind),
            )


def _unequal(case: Case, check: CrossCheck) -> Iterator[Finding]:
    left, right = parse(check.left), parse(check.right)
    figures = case.as_filled if check.impossible else case.evaluation.quantities
    if missing(check.left, figures) or missing(check.right, figures):
        return
    try:
        a, b = worth(left, figures), worth(right, figures)
    except ZeroDenominatorError:
        return
    difference = a - b
    match check.relation:
        case "equals":
            holds_, word = difference == 0, "等于"
        case "at_most":
            holds_, word = difference <= 0, "不大于"
        case "at_least":
            holds_, word = difference >= 0, "不小于"
        case _:
            # two zeros are no coincidence
            holds_, word = difference != 0 or a == 0, "不同于"
    if holds_:
        return
    terms = [*names(left), *names(right)]
    kind = _kind(case, terms[0])
    slot = case.slot(check.at or next(one for one in terms if one in case.fields))
    apart = f"，相差 {_quantity(abs(difference), kind)}" if difference else ""
    yield make_at(
        slot,
        check.finding,
        f"：{check.message.rstrip('。')}：{_written(case, figures, check.left, a)}；"
        f"{_written(case, figures, check.right, b, kind)}{apart}。{check.fix}",
        severity=_severity(check, abs(difference), tolerance(case.standard, check)),
        expected=_expectation(case, check, slot.field, a, b, word),
        actual=shown(slot.entry.number, kind) if slot.entry.number is not None else "",
    )


def _expectation(
    case: Case, check: CrossCheck, at: str, a: Fraction, b: Fraction, word: str
) -> str:
    """What the figure at the finding's place should be, where that is one side of the relation."""
    kind = _kind(case, at)
    if at == check.left.strip():
        return shown(b, kind) if word == "等于" else f"{word} {shown(b, kind)}"
    if at == check.right.strip() and word == "等于":
        return shown(a, kind)
    return ""


def _severity(check: CrossCheck, difference: Fraction, allowed: Fraction) -> Severity:
    """Within the tolerance a breach may be rounding: information only."""
    return "info" if 0 < difference <= allowed else check.severity


def _kind(case: Case, identity: str) -> InputType:
    """The type that says how a figure is written: of a field, or of a derived quantity."""
    field = case.fields.get(identity)
    if field is not None:
        return field.type
    derived = next((one for one in case.standard.derived if one.id == identity), None)
    return "number" if derived is None else derived.type


def _quantity(value: Fraction, kind: InputType) -> str:
    return f"{shown(value, kind)} 万元" if kind == "money" else shown(value, kind)


def _written(
    case: Case,
    figures: Mapping[str, Fraction | None],
    text: str,
    value: Fraction,
    kind: InputType | None = None,
) -> str:
    """An expression with names and figures and what it comes to: 基本支出 1.00 ＋ … = 3.00."""

    def word(match: re.Match[str]) -> str:
        name = match[0]
        if name in _SIGNS:
            return _SIGNS[name]
        figure = figures[name]
        assert figure is not None
        return f"{name_of(case.standard, name)} {shown(figure, _kind(case, name))}"

    used = list(names(parse(text)))
    if not used:
        return f"应为 {shown(value, kind or 'number')}"
    written = _WORD_OR_SIGN.sub(word, text)
    if text.strip() == used[0]:
        return written
    return f"{written} = {shown(value, kind or _kind(case, used[0]))}"
