"""IN, first part: cells whose content cannot be used as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from workbook_tools.checks.case import Case, Slot
from workbook_tools.checks.finding import Finding
from workbook_tools.checks.natures import is_target, place_of_goal
from workbook_tools.checks.registry import make, make_at, raises
from workbook_tools.standard.tables import Achievement
from workbook_tools.submission.characters import bare, seen, unseen
from workbook_tools.submission.model import Entry, EntryProblem
from workbook_tools.submission.typed import is_percentage

_YEAR = re.compile(r"(?:19|20)\d\d年?", re.ASCII)


@raises(
    code="IN202",
    name="number-as-text",
    severity="error",
    title="数字按文本填写",
    why="看上去是数字，实际是文本，表内公式和复算都不会把它当数字，有关指标无法计算。",
    fix="请把单元格设为数值格式，只填数字：不带千分号、单位、空格，不用全角数字。",
    example="B7 中的“3,975.53”是文本，应改为数字 3975.53。",
)
def number_as_text(case: Case) -> Iterator[Finding]:
    """A text that seems to mean a number."""
    for slot in _with_problem(case, "number-as-text"):
        entry = slot.entry
        text, meant = seen(entry.raw), _meant(slot)
        if not meant:
            advice = "这个数也超出了允许的范围，请核对后填写数字。"
        elif _BROKEN.search(text):
            advice = f"数字中间有空格，可能是 {meant}，请核对后填写不带空格的数字。"
        else:
            advice = f"请改为数字 {meant}。"
        yield make_at(
            slot,
            "number-as-text",
            f"中的“{text}”{_unseen(entry.raw)}是文本，不能参与计算。{advice}",
            expected=meant,
            actual=text,
        )


_BROKEN = re.compile(r"[0-9０-９] +[0-9０-９]")
"""A space among digits; between thousands it is one as well, for all that the cell says."""


def _meant(slot: Slot) -> str:
    """The number that a text seems to mean, in a row's target and actual as the row writes them.

    96% beside a target of 95 is 96; so it is where 计量单位 is % and no figure stands beside it.
    """
    meant, row = slot.entry.suggestion, slot.row
    if row is None or slot.table is None or slot.spec.type != "number" or meant[-1:] != "%":
        return meant
    for measure in slot.table.row_measures:
        if isinstance(measure, Achievement) and slot.spec.id in (measure.target, measure.actual):
            both = {measure.target, measure.actual}
            (beside,) = (row.entries[one].number for one in both - {slot.spec.id})
            if beside:
                return meant[:-1] if _is_nearer(Fraction(meant[:-1]), beside) else meant
            in_percent = any(bare(one.raw) == "%" for one in row.entries.values())
            return meant[:-1] if in_percent else meant
    return meant


def _is_nearer(percent: Fraction, beside: Fraction) -> bool:
    """Whether a figure is less times off from as many per cent written without the sign."""
    return abs(beside) > abs(percent) / 10


def _unseen(text: str) -> str:
    """What is to be said of characters that nobody sees."""
    names = unseen(text)
    return f"带有看不见的字符（{'、'.join(names)}），" if names else ""


@raises(
    code="IN203",
    name="not-a-number",
    severity="error",
    title="不是数字",
    why="应填数字的单元格里填了文字，有关指标无法计算。",
    fix="请只填数字；需要说明的写在文字栏里。",
    example="“编制数”填成“五十人左右”。",
)
def not_a_number(case: Case) -> Iterator[Finding]:
    """A word where a number belongs."""
    for slot in _with_problem(case, "not-a-number"):
        entry, unit = slot.entry, f"（{slot.spec.unit}）" if slot.spec.unit else ""
        text, hidden = seen(entry.raw), _unseen(entry.raw)
        there = f"“{text}”{hidden.removesuffix('，')}" if text else "看不见的字符，没有内容"
        if goal := place_of_goal(slot):
            advice = f"{goal.spec.label}应写在 {goal.entry.cell}，请移过去，这一格留空。"
        elif entry.suggestion and is_target(slot):
            advice = f"请填写{slot.spec.label}，不要填“{text}”。"
        elif entry.suggestion:
            advice = f"没有发生请填 {entry.suggestion}，不要填“{text}”。"
        elif slot.spec.type == "score" and text:
            label = slot.spec.label
            advice = f"请填{'得分' if label.endswith('得分') else label}，只填数字。"
        elif is_percentage(text):
            advice = "这一格不填百分比，请核对是否错位，只填数字。"
        else:
            advice = "请只填数字。" if text else "请删除后填写数字。"
        yield make_at(
            slot,
            "not-a-number",
            f"应填数字{unit}，现为{there}。{advice}{_without(case, slot)}",
            expected="留空" if goal else "数字" if is_target(slot) else entry.suggestion or "数字",
            actual=text,
        )


@raises(
    code="IN216",
    name="only-blanks",
    severity="warning",
    title="单元格里只有空格",
    why="只有空格的单元格看上去是空的，也按没有填写处理；留着空格，以后容易误认为已经填了。",
    fix="请选中该单元格按 Delete 键清除；应当填写的请补填。",
    example="“年度工作任务”第 20 行的名称是一个空格，该行按空行处理。",
)
def only_blanks(case: Case) -> Iterator[Finding]:
    """Cells with nothing but spaces; an error where an indicator cannot do without them."""
    for slot in (*case.unusable, *case.uncounted):
        if slot.entry.problem != "only-blanks":
            continue
        needed_by = case.needed_by(slot)
        consequence = case.uncomputed(needed_by)
        advice = "请删除空格后补填。" if needed_by or slot.spec.required else "请删除。"
        if slot.row is not None and not slot.row.counted:
            advice = "请删除。"
        yield make_at(
            slot,
            "only-blanks",
            f"只有空格，等于没有填写{consequence}。{advice}",
            severity="error" if needed_by else None,
            expected="空白" if advice == "请删除。" else "应填写",
        )


@raises(
    code="IN206",
    name="error-value",
    severity="error",
    title="单元格是错误值",
    why="公式出错的单元格没有数值，有关指标无法计算。",
    fix="请改正公式，或直接填写正确的数值。",
    example="“本年支出合计”显示 #REF!，因为引用的工作表被删除了。",
)
def error_value(case: Case) -> Iterator[Finding]:
    """An error such as #DIV/0!, or a formula that is lost, where something was to be filled in."""
    for slot in _with_problem(case, "error-value"):
        yield make_at(
            slot,
            "error-value",
            f"显示错误值 {slot.entry.raw}，没有可用的内容。请改正公式或直接填写。",
        )
    for slot in _with_problem(case, "formula-lost"):
        yield make_at(
            slot,
            "error-value",
            f"的公式在文件中已丢失，保存的结果是 {slot.entry.raw}，不能采用。请核对后直接填写。",
            expected=slot.entry.raw,
        )


@raises(
    code="IN207",
    name="formula-in-input",
    severity="warning",
    title="输入格里是公式",
    why="复算只采用保存的结果，不计算公式。公式引用的数据改动而没有重新计算时，结果就是旧的。",
    fix="请核对数值后，用“选择性粘贴—数值”改为直接填写。",
    example="“本年支出合计”写成 =B12+B13。",
)
def formula_in_input(case: Case) -> Iterator[Finding]:
    """A formula where a typed value belongs; its stored result was used."""
    for slot in case.slots:
        entry = slot.entry
        if entry.formula is not None and entry.problem is None:
            yield make_at(
                slot,
                "formula-in-input",
                f"应直接填写，现为公式“={entry.formula}”，复算采用保存的结果 {entry.raw}。"
                "请核对后改为直接填写数值。",
                expected=entry.raw,
                actual=f"={entry.formula}",
            )


@raises(
    code="IN208",
    name="not-in-list",
    severity="error",
    title="不在可选范围内",
    why="选项须与列表完全一致，多一个空格或换一种说法，程序都认不出来。",
    fix="请用下拉列表选择，不要手工输入。",
    example="填了“是 ”（后面多一个空格）或“已完成”，应为“是”。",
)
def not_in_list(case: Case) -> Iterator[Finding]:
    """A choice that is not on the list; a stray space is pointed out."""
    for slot in _with_problem(case, "not-in-list"):
        entry = slot.entry
        allowed = "、".join(f"“{choice}”" for choice in slot.spec.choices)
        one_of = allowed if len(slot.spec.choices) == 1 else f"{allowed}之一"
        if entry.suggestion:
            advice = f"比选项{_stray(entry)}，认不出来。请改为“{entry.suggestion}”。"
        else:
            advice = "不是可选的内容。请在下拉列表中选择。"
        yield make_at(
            slot,
            "not-in-list",
            f"应为{one_of}，现为“{_readable(entry.raw)}”，{advice}{_without(case, slot)}",
            expected=entry.suggestion or "/".join(str(one) for one in slot.spec.choices),
            actual=_readable(entry.raw),
        )


def _without(case: Case, slot: Slot) -> str:
    """What cannot be computed for want of a row's cell, as a sentence; "" where all can.

    Of a single cell the scores of the indicators themselves say so.
    """
    indicators = case.needed_by(slot) if slot.row is not None else ()
    return f"改正以前{case.named(indicators)}无法计算。" if indicators else ""


def _stray(entry: Entry) -> str:
    """In what a text differs from the choice that it seems to mean."""
    if names := unseen(entry.raw):
        return f"多了看不见的字符（{'、'.join(names)}）"
    if entry.raw.strip() == entry.suggestion:
        return "多了空格"
    return "用了半角字符" if entry.raw.strip() == bare(entry.raw) else "用了全角字符"


def _readable(text: str) -> str:
    """The text as it is, unless characters that nobody sees would upset what stands around it."""
    return seen(text) if unseen(text) else text


@raises(
    code="IN211",
    name="not-a-date",
    severity="warning",
    title="不是日期",
    why="按文本写的日期不能排序和比较，同一单位交了几次时，分不清哪一份最新。",
    fix="请按日期格式填写，如 2021-03-15。",
    example="“填报日期”写成“2021.3.15”。",
)
def not_a_date(case: Case) -> Iterator[Finding]:
    """Something else where a date belongs."""
    for slot in _with_problem(case, "not-a-date"):
        yield make_at(
            slot,
            "not-a-date",
            f"应填日期，现为“{_readable(slot.entry.raw)}”{_of_year(slot.entry)}。"
            "请按日期格式填写，如 2021-03-15。",
            expected="日期",
        )


@raises(
    code="IN212",
    name="unnamed-row",
    severity="error",
    title="有数据但没有名称的行",
    why="表中只有填了名称的行才计入，没有名称的行等于没有填。",
    fix="请在该行第一栏填写名称；多余的数据请删除。",
    example="“年度工作任务”第 12 行填了完成季度，却没有写工作任务。",
)
def unnamed_row(case: Case) -> Iterator[Finding]:
    """A table row with data in it that does not count, because its name is blank."""
    for table in case.standard.tables:
        first = table.named_by
        for row in case.submission.tables[table.id]:
            entry = row.entries[first.id]
            filled = [column for column in table.columns if not row.entries[column.id].blank]
            if not row.counted and entry.blank and filled:
                labels = "、".join(f"“{column.label}”" for column in filled[:3])
                lacking = "只有空格" if entry.raw else "是空的"
                area = case.merged_into(entry)
                merged = f"{area} 合并成了一格，请先取消合并。" if area else ""
                yield make(
                    "unnamed-row",
                    f"第 {row.number} 行填了{labels}，但{entry.cell}的“{first.label}”{lacking}，"
                    f"该行没有计入。{merged}请补填名称，或清除该行。",
                    sheet=entry.sheet,
                    cell=entry.cell,
                    field=f"{table.id}.{first.id}",
                    expected=first.label,
                )


def _of_year(entry: Entry) -> str:
    return "，只有年份" if _YEAR.fullmatch(bare(entry.raw)) else ""


def _with_problem(case: Case, problem: EntryProblem) -> Iterator[Slot]:
    return (slot for slot in case.unusable if slot.entry.problem == problem)
