"""XC: relations between figures, as the standard states them, and conditions on table rows.

The standard says which relation should hold and which kind of finding its breach is; here it is
only worked out. A relation whose figures are not all there is passed over, and so is one that a
finding elsewhere already explains: an amount in the wrong unit, a table left empty, running totals
that were given quarter by quarter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import partial
from itertools import pairwise

from workbook_tools.checks.case import Case, Slot, cell_of
from workbook_tools.checks.finding import Finding
from workbook_tools.checks.needs import sources
from workbook_tools.checks.registry import declare, make_at, raises, register
from workbook_tools.checks.relation_kinds import RELATION_KINDS
from workbook_tools.figures import plain, shown
from workbook_tools.scoring.relations import breach, is_broken
from workbook_tools.scoring.rows import is_without_sign, meets
from workbook_tools.standard.expression import names, parse
from workbook_tools.standard.impossible import tolerance
from workbook_tools.standard.inputs import InputType
from workbook_tools.standard.known_fields import FISCAL_YEAR, PREPARED_ON
from workbook_tools.standard.model import CrossCheck
from workbook_tools.standard.naming import name_of
from workbook_tools.standard.severity import Severity
from workbook_tools.standard.tables import Column, RowCheck, Table

_SIGNS = {"+": "＋", "-": "－", "*": "×", "/": "÷"}
_WORD_OR_SIGN = re.compile(r"[A-Za-z_]\w*|[-+*/]", re.ASCII)


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
    """A year that is not the one before the day on which the department filled the table in.

    Told at the day where the bureau issued the year and nobody can have been through with it.
    """
    year, day = case.submission.number(FISCAL_YEAR), case.submission.entries.get(PREPARED_ON)
    if year is None or day is None or not isinstance(day.value, date):
        return
    issued = FISCAL_YEAR in case.submission.issued
    if issued and not case.submission.is_as_issued(FISCAL_YEAR):
        return  # differs-from-issued says which year it should be
    usual, slot = day.value.year - 1, case.slot(FISCAL_YEAR)
    if issued and year > usual:
        yield make_at(
            case.slot(PREPARED_ON),
            "other-fiscal-year",
            f"在 {day.value.year} 年，但财政部门填好的评价年度（{slot.entry.cell}）"
            f"是 {plain(year)} 年，自评一般在次年进行，填报日期应在 {plain(year + 1)} 年。"
            "请改正日期；交错文件的请改交本年度的自评表。",
            expected=plain(year + 1),
        )
    elif year != usual:
        yield make_at(
            slot,
            "other-fiscal-year",
            f"为 {plain(year)} 年，但填报日期（{day.cell}）在 {day.value.year} 年；"
            f"自评一般在次年进行。日期填错的，请改为 {plain(year + 1)} 年的日期；"
            f"评价年度填错的，请改为 {usual} 年；交错文件的请改交本年度的自评表。",
            expected=str(usual),
        )


def _broken(name: str, case: Case) -> Iterator[Finding]:
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


for _kind_of_breach in RELATION_KINDS:
    register(_kind_of_breach, partial(_broken, _kind_of_breach.name))


def _rows(case: Case, table: Table, rule: RowCheck) -> Iterator[Finding]:
    """The counted rows in which all conditions of the rule hold."""
    columns = {column.id: column for column in table.columns}
    for row in case.submission.counted_rows(table.id):
        if not meets(rule.when, row) or (
            rule.unusable and is_without_sign(table, rule.at, row)  # unit-looks-wrong says so
        ):
            continue
        slot = cell_of(table, row, rule.at)
        message = rule.message.rstrip("。")
        if rule.unusable:
            without = case.uncomputed(case.needed_by(slot))
            said = f"为 {slot.entry.raw}，{message}，不能使用{without}"
        else:
            asked = (column for one in rule.when for column in one.columns)
            facts = "，".join(
                f"“{columns[one].label}”为“{row.entries[one].raw}”" for one in dict.fromkeys(asked)
            )
            said = f"：{message}：{facts}"
        yield make_at(
            slot,
            rule.finding,
            f"{said}。{rule.fix}",
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
    if any(
        series != check.id and not rests_on.isdisjoint(totals)
        for series, totals in case.of_single_periods.items()
    ):
        return True
    return any(
        table.required and table.id in rests_on and not case.submission.counted_rows(table.id)
        for table in case.standard.tables
    )


def _falls(case: Case, check: CrossCheck) -> Iterator[Finding]:
    allowed = tolerance(case.standard, check)
    slots = [case.slot(field) for field in check.series]
    filled = [(slot, number) for slot in slots if (number := slot.entry.number) is not None]
    if totals := case.of_single_periods.get(check.id):
        yield _of_single_periods(filled, totals, check)
        return
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


def _of_single_periods(
    filled: list[tuple[Slot, Fraction]], totals: Mapping[str, Fraction], check: CrossCheck
) -> Finding:
    """The finding on figures that are each its own period's, at the first that is no total."""
    (_, first), (here, second), *_ = filled
    kind = here.spec.type
    given = "、".join(shown(number, kind) for _, number in filled)
    added = "、".join(shown(totals[slot.field], kind) for slot, _ in filled)
    total = first + second
    return make_at(
        here,
        check.finding,
        f"为 {_quantity(second, kind)}：各期依次填 {given}，像是每期各自的数；"
        f"逐期累加为 {added}，与其他数据都相符。{check.fix}",
        severity=check.severity,
        expected=shown(total, kind),
        actual=shown(second, kind),
    )


def elsewhere(case: Case, finding: Finding) -> Iterator[Finding]:
    """A sum that does not agree, told at each other own figure that may be wrong."""
    for check in case.standard.cross_checks:
        if check.finding != finding.name or check.relation != "equals":
            continue
        if _place(case, check) != finding.field:
            continue
        for one in _terms(check):
            own = one in case.fields and one not in case.submission.issued
            alone = one == check.right.strip() or _is_part(one, check.left)
            if own and alone and one != finding.field:
                yield from _unequal(case, check, one)


def _unequal(case: Case, check: CrossCheck, at: str = "") -> Iterator[Finding]:
    """The breach of a relation, told ``at`` a figure, or where the standard wants it told."""
    figures = case.as_filled if check.impossible else case.evaluation.quantities
    found = breach(check, figures)
    if found is None:
        return
    a, b, word = found
    difference = a - b
    kind = _kind(case, _terms(check)[0])
    slot = case.slot(at or _place(case, check))
    apart = f"，相差 {_quantity(abs(difference), kind)}" if difference else ""
    yield make_at(
        slot,
        check.finding,
        f"：{check.message.rstrip('。')}：{_written(case, figures, check.left, a, kind)}；"
        f"{_written(case, figures, check.right, b, kind)}{apart}。{check.fix}"
        f"{_likely(case, check, a, b)}",
        severity=_severity(check, abs(difference), tolerance(case.standard, check)),
        expected=_expectation(case, check, slot.field, a, b, word),
        actual=shown(slot.entry.number, kind) if slot.entry.number is not None else "",
    )


def _likely(case: Case, check: CrossCheck, part: Fraction, whole: Fraction) -> str:
    """Which slip of the hand makes a part exceed its whole so: a digit too many, or two cells."""
    cells = [text.strip() for text in (check.left, check.right) if text.strip() in case.fields]
    if not check.impossible or len(cells) < 2:
        return ""
    first, second = map(case.slot, cells)
    if whole >= part / 10 > whole / 2 and _agrees(case, {first.field: part / 10}):
        return f"多写了一位数的，{first.entry.cell} 应为 {shown(part / 10, first.spec.type)}。"
    swapped = {first.field: whole, second.field: part}
    near = 2 * whole >= part > whole + tolerance(case.standard, check)
    if near and _agrees(case, swapped):
        return f"两格填反了的，请把 {first.entry.cell} 与 {second.entry.cell} 对调。"
    return ""


def _agrees(case: Case, meant: Mapping[str, Fraction]) -> bool:
    """Whether every sum that agrees as it is does so with these figures, too."""
    figures = case.as_filled
    sums = (one for one in case.standard.cross_checks if one.relation == "equals")
    return not any(
        is_broken(case.standard, one, {**figures, **meant})
        for one in sums
        if not is_broken(case.standard, one, figures)
    )


def _terms(check: CrossCheck) -> list[str]:
    """The figures that a relation is about, left and right."""
    return [name for text in (check.left, check.right) for name in names(parse(text))]


def _place(case: Case, check: CrossCheck) -> str:
    """The figure to look at: one of the department's own rather than one that was issued."""
    entered = [one for one in _terms(check) if one in case.fields]
    at = check.at or entered[0]
    own = [one for one in entered if one not in case.submission.issued]
    return own[0] if at in case.submission.issued and own else at


def _expectation(
    case: Case, check: CrossCheck, at: str, a: Fraction, b: Fraction, word: str
) -> str:
    """What the figure at the finding's place should be, where that is one side of the relation."""
    kind = _kind(case, at)
    if at == check.left.strip():
        return shown(b, kind) if word == "等于" else f"{word} {shown(b, kind)}"
    if at == check.right.strip() and word == "等于":
        return shown(a, kind)
    part = case.submission.number(at)
    if word == "等于" and part is not None and _is_part(at, check.left):
        right, least = part - (a - b), case.fields[at].min  # where all others are right
        return "" if least is not None and right < least else shown(right, kind)
    return ""


def _is_part(field: str, text: str) -> bool:
    """Whether the expression adds the field to others, and nothing else."""
    return field in (one.strip() for one in text.split("+"))


def _severity(check: CrossCheck, difference: Fraction, allowed: Fraction) -> Severity:
    """Within the tolerance a breach may be rounding: information only."""
    return "info" if 0 < difference <= allowed else check.severity


def _kind(case: Case, identity: str) -> InputType:
    """The type that says how a figure is written: of a field, or of a derived quantity."""
    field = case.fields.get(identity)
    if field is not None:
        return field.type
    return next(one.type for one in case.standard.derived if one.id == identity)


def _quantity(value: Fraction, kind: InputType) -> str:
    return f"{shown(value, kind)} 万元" if kind == "money" else shown(value, kind)


def _written(
    case: Case,
    figures: Mapping[str, Fraction | None],
    text: str,
    value: Fraction,
    kind: InputType,
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
        return f"应为 {shown(value, kind)}"
    written = _WORD_OR_SIGN.sub(word, text)
    if text.strip() == used[0]:
        return written
    return f"{written} = {shown(value, kind)}"
