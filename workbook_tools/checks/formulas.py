"""SC, second part: the workbook's own formulas and results against what they should be.

Nothing here changes a score, which never rests on them. Each cause gives one finding: a score that
is typed over is not also reported in the subtotal and the total that it moves. Where the workbook
could be recalculated, four causes of a wrong result are told apart: it is old, its formula or one
that it rests on was altered or overwritten, or the fault is ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from workbook_tools.checks.acts import Act, acts
from workbook_tools.checks.case import Case
from workbook_tools.checks.dragged import LOST_REFERENCE
from workbook_tools.checks.faults import Fault, behind
from workbook_tools.checks.finding import Finding
from workbook_tools.checks.places import label_of
from workbook_tools.checks.registry import make, raises
from workbook_tools.checks.results import (
    ShownResult,
    agrees,
    expected_results,
    recalculated,
    shown,
    was_recalculated,
)
from workbook_tools.checks.words import quoted
from workbook_tools.ooxml.address import from_a1
from workbook_tools.scoring import explain_result
from workbook_tools.standard import is_hash_of
from workbook_tools.standard.contract import FORMULA_EDITION
from workbook_tools.submission.model import Stored

FAILURES = {
    "not-installed": "本机没有重算组件",
    "too-large": "工作簿的单元格太多",
    "too-long": "计算超时",
    "failed": "重算组件算不出来",
}
"""Why a workbook could not be recalculated, in words."""
_NAMED = 3  # wrong results that are told of a sheet pasted as values


@raises(
    code="SC306",
    name="formula-value-differs",
    severity="error",
    title="表内结果与复算不符",
    why="单元格显示的不是按填报数据应有的结果。复算时另用独立的程序把表内公式重新计算一遍，"
    "据此区分：结果陈旧（公式没有问题，保存前没有重新计算），或公式与模板相同而结果仍不同"
    "（可能是本工具的差错）。公式被改动或覆盖的，另按 SC307、SC308 列出。",
    fix="结果陈旧的，请用 Excel 或 WPS 打开，按 F9 重新计算并保存；"
    "提示可能是本工具差错的，请把该文件发给开发者。",
    example="计分表得分显示 5.00，按填报数据复算为 4.63。",
)
def formula_value_differs(case: Case) -> Iterator[Finding]:
    """Scores, subtotals, totals and the grade that the sheet shows, against ours."""
    faulty = {one.name.casefold() for one in case.faults}
    is_older, was_told = case.submission.origin.formula_edition != FORMULA_EDITION, False
    for stored, ours in _differing(case):
        if stored.name in faulty or _rests_on_moved(case, stored) or _rests_on_lost(case, stored):
            continue
        current = was_recalculated(case, stored.name)
        old = current and agrees(case, recalculated(case, stored.name), ours)
        if not old and not faulty.isdisjoint(behind(case.located, stored.name)):
            continue  # told where the formula was altered or overwritten
        by_older_rules = is_older and current and not old
        if by_older_rules and was_told:
            continue  # one cause, one finding
        was_told = was_told or by_older_rules
        yield make(
            "formula-value-differs",
            _of_older_rules(case, stored, ours)
            if by_older_rules
            else _of_an_old_result(case, stored, ours)
            if old
            else _of_our_own(case, stored, ours)
            if current
            else _of_unknown_cause(case, stored, ours),
            severity="info" if by_older_rules else None,
            sheet=stored.sheet,
            cell=stored.cell,
            field=stored.name,
            expected=_in_words(case, ours),
            actual=_in_words(case, shown(case, stored.name)),
        )


@raises(
    code="SC307",
    name="formula-altered",
    severity="warning",
    title="公式被改动",
    why="公式与模板下发时不同，表内显示的得分不再可靠。复算不使用表内公式，不受影响。",
    fix="请从原模板恢复该单元格的公式，或换用原模板填报。",
    example="得分公式中的每步扣 0.5 分被改成 0.1 分。",
)
def formula_altered(case: Case) -> Iterator[Finding]:
    """Formulas that say something else than those of the template.

    One that lost a cell which somebody deleted is told with what was deleted.
    """
    deleted = bool(case.losses or case.removed_sheets)
    altered = [
        fault
        for fault in case.faults
        if fault.kind == "altered" and not (deleted and LOST_REFERENCE in fault.actual)
    ]
    effects = _effects(case) if altered else {}
    for drag in case.drags:
        told = _altered_together(case, drag.faults, effects)
        altered = [one for one in altered if one not in drag.faults]
        start, end = drag.ends
        yield _at(
            drag.faults[0],
            "formula-altered",
            f"{told}，多半是把 {start} 剪切或拖动到了 {end}。"
            f"请撤销，或在 {start} 重新填写、核对 {end}，并恢复模板的公式；"
            "移动数据请用“复制”和“选择性粘贴—数值”。",
        )
    for together in _side_by_side(case, altered):
        told = _altered_together(case, together, effects)
        dragged = "，多半是剪切或拖动过这几行的内容" if len(together) > 1 else ""
        advice = "；移动数据请用“复制”和“选择性粘贴—数值”" if len(together) > 1 else ""
        yield _at(together[0], "formula-altered", f"{told}{dragged}。请恢复模板的公式{advice}。")


def _altered_together(case: Case, faults: Sequence[Fault], effects: Mapping[str, str]) -> str:
    """That these formulas are others than the template's, and what can be seen of it."""
    told = dict.fromkeys(effects.get(fault.name.casefold(), "") for fault in faults)
    first, effect = faults[0], next(filter(None, told), "")
    if len(faults) == 1:
        return f"{_where(case, first)}的公式与模板不同{effect}"
    last, count = faults[-1].last_cell, len(faults)
    if from_a1(faults[-1].cell)[0] != from_a1(first.cell)[0]:
        return f"{first.cell} 等 {count} 处的公式与模板不同{effect}"
    return f"{first.cell} 至 {last} 之间 {count} 列的公式与模板不同{effect}"


def _side_by_side(case: Case, altered: list[Fault]) -> Iterator[list[Fault]]:
    """Altered formulas, those beside each other in the same rows of a table together."""

    def rows(fault: Fault) -> tuple[object, ...]:
        if fault.name not in case.submission.row_formulas:
            return (fault.name,)
        return fault.sheet, from_a1(fault.cell)[0], fault.rows

    groups: dict[tuple[object, ...], list[Fault]] = {}
    for fault in altered:
        groups.setdefault(rows(fault), []).append(fault)
    yield from groups.values()


@raises(
    code="SC308",
    name="formula-overwritten",
    severity="error",
    title="公式被覆盖",
    why="自动计算的单元格被改成了固定内容，以后改数据也不再变化。复算不采用该内容。",
    fix="请从原模板恢复该单元格的公式，或换用原模板填报。",
    example="得分单元格直接填了 5。",
)
def formula_overwritten(case: Case) -> Iterator[Finding]:
    """Constants where the template has formulas; one finding for what was pasted in one go."""
    overwritten = [fault for fault in case.faults if fault.kind == "overwritten"]
    if overwritten and not any(one.formula is not None for one in case.submission.stored.values()):
        sheets = list(dict.fromkeys(one.sheet for one in overwritten))
        named = "、".join(quoted(one) for one in sheets)
        yield make(
            "formula-overwritten",
            f"{named}中的公式全部变成了固定数值，表内得分不再随数据变化。请换用原模板填报。",
            sheet=sheets[0] if len(sheets) == 1 else "",
        )
        return
    effects = _effects(case) if overwritten else {}
    for act in acts(case.submission, overwritten):
        match act.kind:
            case "cell":
                said = _of_a_cell(case, act.faults[0], effects)
            case "rows":
                said = _of_rows(act)
            case "sheet":
                said = _of_a_sheet(case, act)
        yield _at(act.faults[0], "formula-overwritten", said)


def _of_a_cell(case: Case, fault: Fault, effects: Mapping[str, str]) -> str:
    content = f"固定内容“{fault.actual}”" if fault.actual else "空白"
    also = "等" if fault.rows > 1 else ""
    effect = effects.get(fault.name.casefold(), "")
    return f"{_where(case, fault)}的公式被{content}{also}取代{effect}。请恢复模板的公式。"


def _of_rows(act: Act) -> str:
    first, last = act.rows
    rows = f"第 {first} 行" if first == last else f"第 {first} 至 {last} 行"
    assert act.table is not None
    return (
        f"{act.faults[0].cell}：“{act.table.label}”的{rows}没有模板的公式，是后来插入的，表内汇总时会漏掉。"
        "请把上一行整行复制到这里，再填写；或把内容移到模板的空行中。"
    )


def _of_a_sheet(case: Case, act: Act) -> str:
    cells = sum(fault.rows for fault in act.faults)
    pasted = {fault.name for fault in act.faults}
    wrong = [
        f"{stored.cell}（{label_of(case.standard, stored.name)}）"
        f"现为 {_in_words(case, shown(case, stored.name))}，复算为 {_in_words(case, ours)}"
        for stored, ours in _differing(case)
        if stored.name in pasted
    ]
    listed = "；".join(wrong[:_NAMED]) + (" 等" if len(wrong) > _NAMED else "")
    effect = f"其中 {len(wrong)} 处与复算不符：{listed}" if wrong else "结果与复算一致"
    first, last = act.faults[0].cell, act.faults[-1].last_cell
    return (
        f"{first} 至 {last} 之间共 {cells} 格的公式变成了固定内容（整块粘贴为数值），"
        f"以后改数据也不再变化；{effect}。请从原模板恢复这些公式，或换用原模板填报。"
    )


def _differing(case: Case) -> Iterator[tuple[Stored, ShownResult]]:
    """The result cells that do not show our result, with ours; none that only add up wrong ones."""
    wrong_score = False
    for name, ours in expected_results(case.evaluation).items():
        if wrong_score and not name.startswith("score_"):
            return
        stored = case.submission.stored.get(name)
        known = case.calculated or was_recalculated(case, name)
        if stored is not None and known and not agrees(case, shown(case, name), ours):
            wrong_score = True
            yield stored, ours


def _rests_on_moved(case: Case, stored: Stored) -> bool:
    """Whether the sheet computes with a cell that was moved onto another, which we do not."""
    entries = case.submission.entries
    lacking = case.lacking_of(stored.name.removeprefix("score_"))
    return any(one in entries and entries[one].problem == "moved" for one in lacking)


def _rests_on_lost(case: Case, stored: Stored) -> bool:
    """Whether the sheet computes with what was deleted; that is told where it stood."""
    lost = {name.casefold() for name in (*case.lost_formulas, *case.submission.missing_names)}
    adds_scores_up = not stored.name.startswith("score_")
    if adds_scores_up and any(name.startswith("score_") for name in lost):
        return True
    return not lost.isdisjoint(behind(case.located, stored.name))


def _of_an_old_result(case: Case, stored: Stored, ours: ShownResult) -> str:
    return (
        f"{_name(case, stored)}显示 {_in_words(case, stored.value)}，是没有重新计算的旧结果："
        f"表内公式重新计算得 {_in_words(case, recalculated(case, stored.name))}，"
        f"与复算一致{_calculation(case, stored)}。请用 Excel 或 WPS 打开，按 F9 重新计算并保存。"
    )


def _of_our_own(case: Case, stored: Stored, ours: ShownResult) -> str:
    origin, standard = case.submission.origin, case.standard
    figures = (
        f"{_name(case, stored)}的公式重新计算得 "
        f"{_in_words(case, recalculated(case, stored.name))}，"
        f"复算为 {_in_words(case, ours)}{_calculation(case, stored)}。"
    )
    former = origin.standard_hash in standard.former
    if former or not is_hash_of(origin.standard_hash, standard):
        return f"{figures}模板采用的评分标准与现行标准不同，以复算为准。请换用现行模板填报。"
    return (
        f"{figures}公式与模板相同，结果却不同，可能是本工具的差错，不是填报的问题。"
        "请把该文件发给开发者。"
    )


def _of_older_rules(case: Case, stored: Stored, ours: ShownResult) -> str:
    return (
        f"{_name(case, stored)}显示 {_in_words(case, shown(case, stored.name))}，"
        f"复算为 {_in_words(case, ours)}{_calculation(case, stored)}。"
        "模板是较早的版本，表内公式对超出范围的数、误按“元”填写的金额、没有填全的行和只有空格的单元格"
        "算法不同，各处差别都以复算为准。改正数据后不必换模板。"
    )


def _of_unknown_cause(case: Case, stored: Stored, ours: ShownResult) -> str:
    tried = case.submission.recalculated
    reason = f"表内公式没有另行计算（{FAILURES[tried.failure]}），不知道原因。" if tried else ""
    return (
        f"{_name(case, stored)}显示 {_in_words(case, stored.value)}，"
        f"复算为 {_in_words(case, ours)}{_calculation(case, stored)}。"
        f"{reason}请用 Excel 或 WPS 打开，按 F9 重新计算并保存。"
    )


def _calculation(case: Case, stored: Stored) -> str:
    indicator = stored.name.removeprefix("score_")
    if indicator == stored.name:
        return ""
    return f"。计算：{explain_result(case.evaluation, indicator)}"


def _effects(case: Case) -> dict[str, str]:
    """By name (in lower case) of a formula, what of it can be seen in the results.

    A result cell shows its own figure, any other formula that of the first wrong result that rests
    on it.
    """
    found: dict[str, str] = {}
    for stored, ours in _differing(case):
        there, right = _in_words(case, shown(case, stored.name)), _in_words(case, ours)
        label = quoted(label_of(case.standard, stored.name))
        for name in behind(case.located, stored.name):
            found.setdefault(name, f"，{label}因此显示 {there}，复算为 {right}")
    for name, ours in expected_results(case.evaluation).items():
        if name in case.submission.stored:
            there, right = _in_words(case, shown(case, name)), _in_words(case, ours)
            found[name.casefold()] = f"，现为 {there}，复算为 {right}"
    return found


def _in_words(case: Case, value: ShownResult) -> str:
    match value:
        case Fraction():
            return case.score(value)
        case None | "":
            return "空白"
        case str():
            return value


def _name(case: Case, stored: Stored) -> str:
    return f"{stored.cell}（{label_of(case.standard, stored.name)}）"


def _where(case: Case, fault: Fault) -> str:
    label = label_of(case.standard, fault.name)
    if fault.rows == 1:
        return f"{fault.cell}（{label}）"
    return f"{fault.cell} 至 {fault.last_cell}（{label}，共 {fault.rows} 格）"


def _at(fault: Fault, name: str, message: str) -> Finding:
    return make(
        name,
        message,
        sheet=fault.sheet,
        cell=fault.cell,
        field=fault.name,
        expected=fault.expected,
        actual=fault.actual,
    )
