"""IN, second part: cells that are blank, or whose content can be used but can hardly be right."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_tools.checks.case import IDENTITY, Case, Slot
from workbook_tools.checks.finding import Finding
from workbook_tools.checks.natures import is_told_elsewhere
from workbook_tools.checks.needs import users
from workbook_tools.checks.own_rows import percent_slips
from workbook_tools.checks.ranges import is_self_score
from workbook_tools.checks.registry import make, make_at, raises
from workbook_tools.checks.units import (
    UNIT_LOOKS_WRONG,
    Misreading,
    above_the_year,
    all_in_yuan,
)
from workbook_tools.checks.words import in_cell, quoted
from workbook_tools.figures import amount, plain, shown
from workbook_tools.ooxml import to_a1
from workbook_tools.scoring.rows import holds, meets
from workbook_tools.standard.contract import Field, column_name
from workbook_tools.standard.expression import names, parse
from workbook_tools.standard.known_fields import UNIT_CODE, UNIT_NAME
from workbook_tools.standard.naming import name_of
from workbook_tools.standard.scale import within_year
from workbook_tools.standard.tables import Column, Mean, Table


@raises(
    code="IN201",
    name="required-blank",
    severity="warning",
    title="应填未填",
    why="空白不等于 0。指标所需的数据空着，该指标就无法计算，总分只能给出一个范围。",
    fix="请补填；确实没有发生的填 0，不要留空。",
    example="“年初批复预算数”空着，预算完成率和预算调整率都无法计算。",
)
def required_blank(case: Case) -> Iterator[Finding]:
    """A blank that somebody must fill: an error where an indicator cannot do without it."""
    typed = _self_scores(case)
    untouched = len(typed) > 1 and all(case.submission.entries[one].blank for one in typed)
    for slot in case.slots:
        if slot.entry.raw or not slot.entry.blank or (untouched and is_self_score(slot)):
            continue  # raw first: it is quicker, and most cells are filled
        needed_by = case.needed_by(slot)
        if not (slot.spec.required or needed_by) or is_told_elsewhere(slot):
            continue
        if needed_by and (alternative := _alternative(case, slot, needed_by[0])) is not None:
            yield from _blank(case, slot, needed_by, alternative)
        elif _is_required(slot) and not _is_waived(case, slot.field):
            yield from _blank(case, slot, needed_by)
    if untouched:
        slot = case.slot(typed[0])
        count = len(typed)
        yield make(
            "required-blank",
            f"{count} 项指标的自评得分都没有填写，无法与复算结果对照。请逐项填写自评得分。",
            sheet=slot.entry.sheet,
            cell=slot.entry.cell,
            field=slot.field,
        )
    for table in case.standard.tables:
        yield from _empty_table(case, table)


def _blank(
    case: Case, slot: Slot, needed_by: tuple[str, ...], alternative: str = ""
) -> Iterator[Finding]:
    if slot.field in case.submission.issued:
        return  # differs-from-issued says so, with the value that was there
    consequence = case.uncomputed(needed_by)
    if isinstance(slot.spec, Field) and slot.spec.role == "check":
        advice = f"请回答：{slot.spec.help.rstrip('。')}。"
    else:
        advice = f"请补填{alternative}。{slot.spec.help}"
    if area := case.merged_into(slot.entry):
        advice = f"{area} 合并成了一格，请先取消合并。{advice}"
    yield make_at(
        slot,
        "required-blank",
        f"没有填写{consequence}。{advice}",
        severity="error" if needed_by else "warning",
        expected="应填写",
    )


def _self_scores(case: Case) -> list[str]:
    """The fields in which the department types its own scores."""
    return [field.id for field in case.fields.values() if field.role == "self"]


def _is_required(slot: Slot) -> bool:
    """Whether the cell must be filled; of a column with conditions only where they hold."""
    if not slot.spec.required:
        return False
    if isinstance(slot.spec, Column) and slot.row is not None:
        return meets(slot.spec.needed_when, slot.row)
    return True


def _is_waived(case: Case, field: str) -> bool:
    """Whether only indicators that the department claims as 不涉及 would use the figure."""
    used_by = users(case.standard).get(field, frozenset())
    return bool(used_by) and all(case.evaluation.results[one].claimed_na for one in used_by)


def _alternative(case: Case, slot: Slot, indicator_id: str) -> str | None:
    """What could be filled in instead of an optional figure that an indicator lacks.

    None where nothing is to be said at this cell: it is required anyway, or it is one of several
    optional figures that are all blank, and the first one speaks for them.
    """
    if not isinstance(slot.spec, Field) or slot.spec.required:
        return None
    indicator = next(one for one in case.standard.indicators if one.id == indicator_id)
    first, *others = [tuple(names(parse(measure))) for measure in indicator.measures] or [()]
    blank = [name for name in case.fields if name in first and case.lacking.get(name)]
    if slot.field not in blank or (len(blank) == len(set(first)) and slot.field != blank[0]):
        return None
    together = "和".join(quoted(name_of(case.standard, name)) for name in blank)
    if any(
        case.slot(name).entry.raw for names_ in others for name in names_ if name in case.fields
    ):
        return None  # that is filled in; what is wrong with it is told there
    instead = [quoted(name_of(case.standard, name)) for names_ in others for name in names_]
    return f"{together}{'，或填写' + '、'.join(instead) if instead else ''}"


def _empty_table(case: Case, table: Table) -> Iterator[Finding]:
    """A table without rows that indicators need, or without rows of one of their categories."""
    rows = case.submission.tables[table.id]
    names_column = column_name(table.id, table.named_by.id)
    if names_column in case.submission.missing_names:
        return
    if not any(row.counted for row in rows):
        needed_by = case.lacking.get(table.id, ())
        if needed_by or (table.required and not _is_waived(case, table.id)):
            consequence = case.uncomputed(needed_by)
            area = case.submission.columns.get(names_column)
            yield make(
                "required-blank",
                f"“{table.label}”一行也没有填写{consequence}。请逐项填写。{table.help}",
                severity="error" if needed_by else "warning",
                sheet=area.sheet if area else case.sheet(table.sheet),
                cell=to_a1(area.first_row, area.first_col) if area else "",
                field=table.id,
                expected="至少一行",
            )
        return
    for derived in case.standard.derived:
        needed_by = case.lacking.get(derived.id, ())
        if isinstance(derived, Mean) and derived.table == table.id and needed_by:
            yield from _no_row_of_kind(case, table, derived, needed_by)


def _no_row_of_kind(
    case: Case, table: Table, mean: Mean, needed_by: tuple[str, ...]
) -> Iterator[Finding]:
    """A mean over rows of which there are none.

    Where there is such a row, or one that may be, what it lacks is found in its own cells.
    """
    for row in case.submission.counted_rows(table.id):
        if all(holds(one, row) or row.entries[one.column].value is None for one in mean.where):
            return
    values = "、".join(str(value) for one in mean.where for value in one.values)
    yield make(
        "required-blank",
        f"“{table.label}”中没有“{values}”的行，{case.named(needed_by)}无法计算。"
        "请至少填写一行；确实不涉及的，在计分表中选“不涉及”并写明理由。",
        severity="error",
        sheet=case.sheet(table.sheet),
        field=mean.id,
        expected=values,
    )


@raises(
    code="IN209",
    name=UNIT_LOOKS_WRONG,
    severity="warning",
    title="计量单位可能填错",
    why="把“元”填成“万元”会放大一万倍，百分数少了百分号会放大一百倍，比率和汇总数都会错。"
    "一个金额远远大于与它对照的各个金额的，不能使用，有关指标无法计算，单位改对以后才计算。",
    fix="请按万元填写：以元为单位的数除以 10000；百分数带上百分号。",
    example="年初批复预算数填成 39755300，应填 3975.53。",
)
def unit_looks_wrong(case: Case) -> Iterator[Finding]:
    """An amount out of scale or implausible by itself; a percentage without its sign."""
    yield from percent_slips(case)
    in_all = all_in_yuan(case.evaluation, case.suspects)
    for one in case.misreadings:
        if one.of:
            yield _together_in_yuan(case, one, in_all=in_all)
        else:
            yield _in_yuan(case, case.slot(one.fields[0]), case.suspects[one.fields[0]])
    if in_all:
        return
    if year := above_the_year(case.evaluation, case.suspects):
        parts = within_year(case.standard)
        for slot in case.slots:
            of_row = slot.table is not None and slot.table.id in parts
            if of_row and slot.spec.type == "money" and (slot.entry.number or 0) > year.most:
                yield _in_yuan(case, slot, year.reason)


def _in_yuan(case: Case, slot: Slot, reason: str) -> Finding:
    number = slot.entry.number
    assert number is not None
    meant = number / 10_000
    unusable, day = slot.field in case.evaluation.in_yuan, case.day(number)
    also = f"，也像是一个日期（{day}）的序号" if day else ""
    if unusable:
        without = case.uncomputed(case.needed_by(slot))
        judged, otherwise = (
            f"疑似误按“元”填写{also}，不能使用{without}",
            "；不是的，请核对与它对照的金额",
        )
    else:
        judged, otherwise = f"可能误按“元”填写{also}", ""
    if day:
        otherwise = "；是日期的，请改为应填的金额"
    return make_at(
        slot,
        UNIT_LOOKS_WRONG,
        f"为 {shown(number, 'money')} 万元，{reason}，{judged}。"
        f"{'误按“元”填写的' if day else '如是'}，请改为 {amount(meant)}{otherwise}。",
        severity="error" if unusable else None,
        expected=plain(meant),
    )


def _together_in_yuan(case: Case, misread: Misreading, *, in_all: bool) -> Finding:
    """Amounts in 元 by one misreading, told at the first with all the others."""
    slots = [case.slot(field) for field in misread.fields]
    rest = "；没有列出的金额，项目明细等各行的也是，请一并改" if in_all else ""
    there = slots[0].entry.sheet
    meant = [
        f"{'' if one.entry.sheet == there else one.entry.sheet + '!'}{one.where}"
        f"应为 {amount(number / 10_000)}"
        for one in slots
        if (number := one.entry.number) is not None
    ]
    without = case.uncomputed(
        tuple(dict.fromkeys(user for one in slots for user in case.needed_by(one)))
    )
    return make_at(
        slots[0],
        UNIT_LOOKS_WRONG,
        f"等 {len(slots)} 个金额远远大于与它们对照的金额，疑似{misread.of}误按“元”填写，"
        f"不能使用{without}。如是，请全部改为万元（除以 10000）：{'；'.join(meant)}{rest}。",
        severity="error",
    )


@raises(
    code="IN210",
    name="differs-from-issued",
    severity="error",
    title="与下发数不一致",
    why="这一格由财政部门预先填好，应以下发数为准，单位不应改动。单位编码和名称都改成别家的，是用了下发给别家的模板。",
    fix="请改回下发数；认为下发数有误的，请联系财政部门。用了别家模板的，请换用下发给本单位的。",
    example="下发的编制数为 50，交回时变成 60。",
)
def differs_from_issued(case: Case) -> Iterator[Finding]:
    """A value that the bureau wrote into the template and that came back changed."""
    of_another = case.submission.is_passed_on
    if of_another:
        yield _passed_on(case)
    for field, issued in case.submission.issued.items():
        if field not in case.fields or (of_another and field in (UNIT_CODE, UNIT_NAME)):
            continue
        slot = case.slot(field)
        entry = slot.entry
        if entry.problem is None and not case.submission.is_as_issued(field):
            yield make_at(
                slot,
                "differs-from-issued",
                f"由财政部门填好为“{in_cell(issued, slot.spec.type)}”，"
                f"现{f'为“{in_cell(entry.raw, slot.spec.type)}”' if entry.raw else '为空白'}。"
                "请改回下发数；认为有误的，请联系财政部门。",
                expected=issued,
            )


def _passed_on(case: Case) -> Finding:
    """That the template is another unit's, told at the code: put back, it would be that unit."""
    code, name = case.slot(UNIT_CODE), case.slot(UNIT_NAME)
    issued = case.submission.issued
    other = " ".join(issued[one].strip() for one in (UNIT_CODE, UNIT_NAME))
    figures = "，其中预填的数也是该单位的" if issued.keys() - IDENTITY else ""
    return make_at(
        code,
        "differs-from-issued",
        f"和 {name.where}填写的是“{code.entry.raw} {name.entry.raw}”，"
        f"而这份模板是下发给“{other}”的{figures}。请换用下发给本单位的模板填报；"
        "本单位编码和名称确有变更的，请联系财政部门。",
    )
