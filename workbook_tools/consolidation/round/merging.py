"""Many outcomes to one table of departments: who counts, who is missing, what cannot be used."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from workbook_tools.assessment.outcomes import Outcome
from workbook_tools.consolidation.round.departments import Department, department
from workbook_tools.consolidation.round.notices import Notice, common_folder, in_order, with_contact
from workbook_tools.consolidation.round.ranks import ranked
from workbook_tools.consolidation.round.roll_call import roll_call
from workbook_tools.consolidation.round.standards import titled
from workbook_tools.consolidation.round.subordinates import without_double_counting
from workbook_tools.consolidation.round.units import Identified, Units
from workbook_tools.consolidation.round.years import of_one_year
from workbook_tools.intake.roster import Roster, RosterRow
from workbook_tools.intake.sources import PassedOver
from workbook_tools.standard import Standard
from workbook_tools.standard.known_fields import PREPARED_ON, SUPERVISOR, UNIT_CODE
from workbook_tools.standard.naming import label_of, sheet_of

_NOT_AGAIN = "不必重新报送；应以这一份为准的，请该单位填好后再报。"
"""The advice on a file that cannot be used, of a unit of which another one counts."""


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """Departments by rank, then those without one; refused outcomes; notices in order of kind."""

    departments: tuple[Department, ...]
    refused: tuple[Outcome, ...]
    notices: tuple[Notice, ...]


def prevailing_standard(outcomes: Iterable[Outcome]) -> tuple[str, str] | None:
    """Id and version of the standard of most workbooks (the first met wins a tie).

    Of blank templates only where there is nothing else.
    """
    known = [one for one in outcomes if one.standard]
    filled = [one for one in known if not one.blank] or known
    counts = Counter((one.standard, one.version) for one in filled)
    return counts.most_common(1)[0][0] if counts else None


def merge(
    outcomes: Sequence[Outcome],
    standard: Standard,
    *,
    roster: Roster | None = None,
    passed_over: Iterable[PassedOver] = (),
) -> Merged:
    """Put outcomes together; ``standard``: the one that most of them are scored by.

    Of several workbooks of one unit the newest counts, by 填报日期, then by file time; one that
    bears the unit's code before one that has only its name. Only workbooks of the prevailing
    standard count, and no blank templates. A department whose parent reports for its subordinates
    too keeps its score and rank, but its money is the parent's.
    """
    units, notices = Units(roster), list[Notice]()
    skipped = tuple(passed_over)
    root = common_folder(
        [*(one.record.path for one in outcomes), *(str(one.path) for one in skipped)]
    )
    refused = tuple(o for o in outcomes if o.record.status == "refused")
    notices += (_passed_over(one, units, root) for one in skipped)
    known = units.identify([o for o in outcomes if o.record.status != "refused"])
    usable = _of_one_standard([one for one in known if not one.outcome.blank], standard, notices)
    by_office = any(row.office for row in units.rows.values())
    supervisor = label_of(standard, SUPERVISOR)
    unplaced = "未归口" if by_office else f"未填{supervisor}" if supervisor else ""
    departments = [
        department(
            one.outcome,
            one.code,
            units.rows.get(one.code),
            by_office=by_office,
            unplaced=unplaced,
        )
        for one in _counted(usable, standard, notices, root)
    ]
    departments = without_double_counting(departments, standard, notices)
    departments = of_one_year(departments, standard, roster, notices)
    one_each = standard.identity == (UNIT_CODE,)
    counted = {
        one.code: os.path.relpath(one.record.path, root) if root else one.record.path
        for one in departments
        if one.code and one_each
    }
    notices += (_refused(one, units, root, counted) for one in refused)
    notices += (_blank(one, units, counted) for one in known if one.outcome.blank)
    if roster:
        notices += roll_call(departments, units, notices)
    told = (with_contact(one, units.rows.get(one.unit_code)) for one in notices)
    return Merged(departments=ranked(departments), refused=refused, notices=in_order(told))


def _refused(outcome: Outcome, units: Units, root: str, counted: Mapping[str, str]) -> Notice:
    record = outcome.record
    row = units.guess(os.path.relpath(record.path, root))
    code = row.unit_code if row else ""
    reason = "；".join(finding.message for finding in record.findings) + _guessed(row)
    return Notice(
        kind="refused",
        unit_code=code,
        unit_name=row.unit_name if row else "",
        path=record.path,
        reason=f"{reason}{_beside(code, counted)}",
        advice=_NOT_AGAIN if code in counted else "请联系该单位重新报送。",
    )


def _passed_over(file: PassedOver, units: Units, root: str) -> Notice:
    row = units.guess(os.path.relpath(file.path, root)) if file.sent else None
    return Notice(
        kind="passed-over",
        unit_code=row.unit_code if row else "",
        unit_name=row.unit_name if row else "",
        path=str(file.path),
        reason=f"{file.reason}{_guessed(row)}",
        advice="请核对是否为该单位报送的材料；自评表请报 .xlsx 工作簿。" if row else file.advice,
    )


def _beside(code: str, counted: Mapping[str, str]) -> str:
    """Which workbook of the unit counts, as a sentence; "" where none does."""
    return f"该单位另有填好的一份，已采用 {counted[code]}。" if code in counted else ""


def _guessed(row: RosterRow | None) -> str:
    return f"按文件名看是 {row.unit_code} {row.unit_name}。" if row else ""


def _blank(known: Identified, units: Units, counted: Mapping[str, str]) -> Notice:
    row = units.rows.get(known.code)
    reason = "交来的是没有填写的空白模板，不计入汇总"
    return Notice(
        kind="blank-template",
        unit_code=known.code,
        unit_name=known.outcome.record.unit_name or (row.unit_name if row else ""),
        path=known.outcome.record.path,
        reason=f"{reason}{'。' if known.code in counted else '，视同未报送。'}"
        f"{_beside(known.code, counted)}",
        advice=_NOT_AGAIN if known.code in counted else "请该单位填好后重新报送。",
    )


def _of_one_standard(
    known: list[Identified], standard: Standard, notices: list[Notice]
) -> list[Identified]:
    """Those of the standard, in the version that most of them have; the others get a notice."""
    same = (one.outcome for one in known if one.outcome.standard == standard.id)
    prevailing = prevailing_standard(same) or (standard.id, standard.version)
    kept = []
    for one in known:
        outcome, record = one.outcome, one.outcome.record
        if (outcome.standard, outcome.version) != prevailing:
            notices.append(
                Notice(
                    kind="other-standard",
                    unit_code=one.code,
                    unit_name=record.unit_name,
                    path=record.path,
                    reason="采用的评分标准是"
                    f"“{titled(outcome.standard, outcome.version, standard)}”，本次汇总的是"
                    f"“{titled(*prevailing, standard)}”，不能一起排名，未计入汇总。",
                    advice="请用同一评分标准的模板重新填报，或单独汇总。",
                )
            )
            continue
        if outcome.made_for not in ("", outcome.version):
            notices.append(
                Notice(
                    kind="other-version",
                    unit_code=one.code,
                    unit_name=record.unit_name,
                    path=record.path,
                    reason=f"模板按评分标准 {outcome.made_for} 版制作，"
                    f"已按 {outcome.version} 版复算并计入汇总。",
                    advice="请核对两个版本的差别；如有影响，请用现行模板重新填报。",
                )
            )
        kept.append(one)
    return kept


def _counted(
    known: list[Identified], standard: Standard, notices: list[Notice], root: str
) -> list[Identified]:
    """One workbook per department, or per project; one without a code stands for itself."""
    groups: dict[tuple[str, ...], list[Identified]] = {}
    for one in known:
        key = (one.code, *one.outcome.record.subject) if one.code else ("", one.outcome.record.path)
        groups.setdefault(key, []).append(one)
    kept = [max(group, key=lambda one: one.precedence) for group in groups.values()]
    counted = set(map(id, kept))
    for one in known:
        if not one.code:
            notices += _without_code(one, standard)
        elif one.how:
            notices.append(_otherwise_known(one, standard, counts=id(one) in counted))
    for newest, group in zip(kept, groups.values(), strict=True):
        notices += _superseded([one for one in group if one is not newest], newest, root)
    return kept


def _without_code(known: Identified, standard: Standard) -> Iterator[Notice]:
    """That nobody can tell whether it came twice; nothing where the standard asks for no code."""
    label = label_of(standard, UNIT_CODE)
    if label:
        yield Notice(
            kind="no-code",
            unit_name=known.outcome.record.unit_name,
            path=known.outcome.record.path,
            reason=f"没有填写{label}，无法判断是否重复报送，已单独计入汇总。",
            advice=f"请补填“{sheet_of(standard, UNIT_CODE)}”表中的{label}。",
        )


def _otherwise_known(known: Identified, standard: Standard, *, counts: bool) -> Notice:
    record = known.outcome.record
    written = f"填写的编码是“{record.unit_code}”" if record.unit_code else "没有填写单位编码"
    counted = "，计入汇总" if counts else ""
    cell = f"“{sheet_of(standard, UNIT_CODE)}”表中的{label_of(standard, UNIT_CODE)}"
    if record.unit_code == known.code:  # the template is another's, and what it was issued with
        advice = "请核对是否为该单位；如是，请换用下发给它的模板：这一份里预填的数是另一单位的。"
    else:
        advice = f"请核对是否为该单位；如是，请把{cell}改为 {known.code}。"
    return Notice(
        kind="code-differs",
        unit_code=known.code,
        unit_name=record.unit_name,
        path=record.path,
        reason=f"自评表{written}，已按{known.how}认定为 {known.code}{counted}。",
        advice=advice,
    )


def _superseded(others: Iterable[Identified], newest: Identified, root: str) -> Iterator[Notice]:
    """The workbooks of a department that do not count; equal ones are called copies."""
    first = {newest.outcome.digest: newest}
    for old in others:
        record = old.outcome.record
        same = first.setdefault(old.outcome.digest, old) if old.outcome.digest else old
        if same is not old:
            place = _place(same, root)
            reason = f"与 {place} 逐字节相同，是同一文件的副本，未计入汇总。"
            advice = "无需处理，可删去多余的一份。"
        else:
            which, why = _preferred(newest, old)
            reason = (
                f"同一{'项目' if record.subject else '单位'}报送了多份，"
                f"已采用{which}的 {_place(newest, root)}（{why}），本表未计入汇总。"
            )
            advice = "请确认采用的一份是最终稿。"
        yield Notice(
            kind="duplicate",
            unit_code=old.code,
            unit_name=record.unit_name,
            path=record.path,
            reason=reason,
            advice=advice,
        )


def _preferred(newest: Identified, old: Identified) -> tuple[str, str]:
    """What the workbook that counts is of the two, and how that shows."""
    if old.by_name and not newest.by_name:
        return "编码相符", f"本表只有名称与 {old.code} 相符"
    day, before = (one.outcome.record.facts.get(PREPARED_ON) or "未填" for one in (newest, old))
    if day != before:
        return "较新", f"填报日期 {day}，本表 {before}"
    same = "都没有填报日期" if day == "未填" else f"填报日期同为 {day}"
    return "较新", f"{same}，该文件保存时间较新"


def _place(known: Identified, root: str) -> str:
    """Where a workbook stands, with a folder always: many are called 自评表.xlsx."""
    place = os.path.relpath(known.outcome.record.path, root)
    if os.path.dirname(place):  # noqa: PTH120 - as relpath gives it
        return place
    return os.path.join(os.path.basename(root), place)  # noqa: PTH118, PTH119
