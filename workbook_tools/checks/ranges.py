"""IN, third part: numbers that cannot be right: out of range, not whole, far from their target."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from workbook_tools.checks.achievements import (
    achievements,
    far_apart,
    of_other_sign,
    targets_and_actuals,
)
from workbook_tools.checks.case import Case, Slot, cell_of
from workbook_tools.checks.finding import Finding
from workbook_tools.checks.registry import make_at, raises
from workbook_tools.checks.words import in_cell
from workbook_tools.figures import amount, shown
from workbook_tools.scoring.relations import is_broken
from workbook_tools.scoring.rows import is_spoilt
from workbook_tools.standard.contract import Field
from workbook_tools.standard.rules import Rows
from workbook_tools.standard.tables import Achievement, Table
from workbook_tools.submission.model import Row


@raises(
    code="IN204",
    name="out-of-range",
    severity="error",
    title="超出允许范围",
    why="数值比可能的最小值还小，或比可能的最大值还大，多半是填错、错位或单位不对。"
    "这样的数不能使用，有关指标无法计算。",
    fix="请按说明的范围核对原始资料后改正。",
    example="比率填成 95（即 9500%），应填 95%。",
)
def out_of_range(case: Case) -> Iterator[Finding]:
    """A number below the least or above the most that the standard allows."""
    for slot in case.unusable:
        if slot.entry.problem == "out-of-range" and not is_self_score(slot):
            yield _excluded(case, slot)
    for slot, number in case.numbers:
        is_divisor = number == 0 and slot.table is None and slot.field in case.lacking
        if is_divisor and slot.field not in case.evaluation.excluded:
            yield make_at(
                slot,
                "out-of-range",
                f"为 0，不能作除数，{case.named(case.lacking[slot.field])}无法计算。"
                f"请核对是否填错{_or_claimed(case, case.lacking[slot.field])}。",
                expected="大于 0",
            )
    for table, measure in achievements(case):
        if not measure.signed:
            yield from _zero_targets(case, table, measure)


def _or_claimed(case: Case, indicators: tuple[str, ...]) -> str:
    """Which of the indicators need not apply to a unit whose figure is truly 0."""
    entries = case.submission.entries
    claims = [one for one in indicators if (claim := entries.get(f"na_{one}")) and claim.cell]
    if not claims:
        return ""
    named = case.named(tuple(claims))
    return f"；确实为 0 的（如本年新设的单位），可在计分表申报{named}不涉及，写明理由"


def is_self_score(slot: Slot) -> bool:
    """Whether the slot holds a department's own score, which has findings of its own."""
    return isinstance(slot.spec, Field) and slot.spec.role == "self"


def _excluded(case: Case, slot: Slot) -> Finding:
    allowed, kind = _range(slot), slot.spec.type
    consequence = case.uncomputed(case.needed_by(slot))
    issued = case.submission.issued.get(slot.field)
    meant = _likely(case, slot) if issued is None else issued
    if issued is not None:
        advice = f"这一格由财政部门填好为 {in_cell(issued, kind)}，请改回下发数。"
    elif meant:
        advice = f"多半应为 {meant}，请核对后改正。"
    else:
        advice = "请核对后改正。"
    there = shown(Fraction(slot.entry.raw), kind)
    return make_at(
        slot,
        "out-of-range",
        f"应{allowed}，现为 {there}，不能使用{consequence}。{advice}",
        expected=meant or allowed,
        actual=there,
    )


def _likely(case: Case, slot: Slot) -> str:
    """What seems to be meant; "" where that, too, could not stand beside the other figures."""
    meant = slot.entry.suggestion
    if not meant or slot.table is not None:
        return meant
    number = Fraction(meant.rstrip("%")) / (100 if meant.endswith("%") else 1)
    figures = {**case.as_filled, slot.field: number}
    bounds = (
        one
        for one in case.standard.cross_checks
        if one.left == slot.field and one.relation in ("at_most", "at_least")
    )
    return "" if any(is_broken(case.standard, one, figures) for one in bounds) else meant


def _range(slot: Slot) -> str:
    low, high, kind = slot.spec.min, slot.spec.max, slot.spec.type
    if low is not None and high is not None:
        return f"在 {shown(low, kind)} 到 {shown(high, kind)} 之间"
    if low is not None:
        return f"不小于 {shown(low, kind)}"
    assert high is not None
    return f"不大于 {shown(high, kind)}"


def _zero_targets(case: Case, table: Table, measure: Achievement) -> Iterator[Finding]:
    """Targets of 0 where higher is better: nothing can be divided by them."""
    for slot, _, target, _ in targets_and_actuals(case, table, measure):
        assert slot.row is not None
        if target == 0 and slot.row.entries[measure.direction].value == measure.higher:
            yield make_at(
                slot,
                "out-of-range",
                f"为 0，“{measure.higher}”的指标不能以 0 为目标，完成程度无法计算。请填写目标值。",
                expected="大于 0",
            )


@raises(
    code="IN205",
    name="not-an-integer",
    severity="error",
    title="应为整数",
    why="人数、项数、份数和年份只能是整数，有小数说明填错了栏或单位。这样的数不能使用，有关指标无法计算。",
    fix="请填写整数。",
    example="“在职人员数”填成 54.5。",
)
def not_an_integer(case: Case) -> Iterator[Finding]:
    """A count or a year with a fraction."""
    for slot in case.unusable:
        if slot.entry.problem == "not-an-integer":
            consequence = case.uncomputed(case.needed_by(slot))
            yield make_at(
                slot,
                "not-an-integer",
                f"应为整数，现为 {amount(Fraction(slot.entry.raw))}，不能使用{consequence}。"
                "请核对后填写整数。",
                expected="整数",
            )


@raises(
    code="IN217",
    name="target-in-another-unit",
    severity="warning",
    title="实际值与目标值相差悬殊",
    why="目标值与实际值须用同一单位。一个按比率（100% 即 1）、一个按百分数（60）填写，"
    "完成程度就会差一百倍；多写了负号的，完成程度也不对。",
    fix="请把两个数改为同一单位；数字无误的，请在这一行写明原因或佐证材料。",
    example="目标值填 100%（即 1），实际值填 60，应填 60%。",
)
def target_in_another_unit(case: Case) -> Iterator[Finding]:
    """An actual value far above or far below its target: probably the one is a percentage."""
    for table, measure in achievements(case):
        for there, slot, target, actual in targets_and_actuals(case, table, measure):
            assert slot.row is not None
            opposite = of_other_sign(measure, slot.row)
            if target is None or actual is None or not (opposite or far_apart(target, actual)):
                continue
            if any(is_spoilt(table, one.spec.id, slot.row) for one in (there, slot)):
                continue  # told as such
            ratio = actual / target
            if opposite:
                apart = "一正一负"
            elif ratio > 1:
                apart = f"是它的 {amount(round(ratio, 2))} 倍"
            else:
                apart = f"只有它的 {amount(round(ratio * 100, 2))}%"
            because, advice = "可能没有按同一单位填写", "请把两格改为同一单位"
            unit = slot.row.entries[measure.unit].value if measure.unit else None
            if opposite:
                because, advice = "可能多写了负号", "请核对两个数"
            elif (day := case.day(max(target, actual))) is not None:
                because = f"{amount(max(target, actual))} 像是一个日期（{day}）的序号"
                advice = "请改为应填的数"
            elif min(target, actual) <= 1 and unit in (None, *measure.percents):
                because = "可能一个按比率（100% 即 1）、一个按百分数填写"
            why = _explanation(case, table, slot.row, measure)
            explained = why is not None and why.spec.id in _reasons(case) and not why.entry.blank
            said = f"请在 {why.entry.cell}（{why.spec.label}）中说明" if why else "不用修改"
            yield make_at(
                slot,
                "target-in-another-unit",
                f"为 {amount(actual)}，{there.entry.cell}（{there.spec.label}）"
                f"为 {amount(target)}，{apart}，{because}。"
                f"{advice}；数字无误的，{'请以说明为准' if explained else said}。",
                severity="info" if explained else None,
            )


def _explanation(case: Case, table: Table, row: Row, measure: Achievement) -> Slot | None:
    """Where a row explains its figures: its reason, else the last text that may stay blank."""
    texts = [
        one.id
        for one in table.columns
        if one.type == "text" and not one.required and one.id != measure.unit
    ]
    reasons = [one for one in texts if one in _reasons(case)]
    return cell_of(table, row, (reasons or texts)[-1]) if texts else None


def _reasons(case: Case) -> set[str]:
    rules = (one.rule for one in case.standard.indicators)
    return {rule.reason for rule in rules if isinstance(rule, Rows)}
