"""Many outcomes to one table of departments: who counts, who is missing, what cannot be used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from workbook_tools.assessment.outcomes import Outcome
from workbook_tools.checks import Finding, make
from workbook_tools.consolidation.round.departments import Department, department
from workbook_tools.consolidation.round.ranks import ranked
from workbook_tools.intake.roster import Roster
from workbook_tools.intake.sources import PassedOver, natural

WHOLE = "汇总含所属"
"""The scope of a report that already holds the figures of the subordinates."""

NoticeKind = Literal[
    "missing",
    "refused",
    "other-standard",
    "other-version",
    "duplicate",
    "counted-twice",
    "no-code",
    "not-on-roster",
    "name-differs",
    "passed-over",
]
NOTICE_NAMES: dict[NoticeKind, str] = {
    "missing": "未报送",
    "refused": "无法读取",
    "other-standard": "评分标准不同",
    "other-version": "标准版本不同",
    "duplicate": "重复报送",
    "counted-twice": "汇总与所属重复",
    "no-code": "未填单位编码",
    "not-on-roster": "名册外单位",
    "name-differs": "单位名称不一致",
    "passed-over": "略过的文件",
}
"""What people call each kind, in the order in which they are listed."""


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """Something about who reported that a person should know; ``reason`` is a Chinese sentence."""

    kind: NoticeKind
    unit_code: str = ""
    unit_name: str = ""
    path: str = ""
    reason: str
    advice: str


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """Departments by rank, then those without one; refused outcomes; notices in order of kind."""

    departments: tuple[Department, ...]
    refused: tuple[Outcome, ...]
    notices: tuple[Notice, ...]


def prevailing_standard(outcomes: Iterable[Outcome]) -> tuple[str, str] | None:
    """Id and version of the standard of most workbooks (the first met wins a tie)."""
    counts = Counter((o.standard, o.version) for o in outcomes if o.standard)
    return counts.most_common(1)[0][0] if counts else None


def merge(
    outcomes: Sequence[Outcome],
    *,
    roster: Roster | None = None,
    passed_over: Iterable[PassedOver] = (),
) -> Merged:
    """Put outcomes together.

    Of several workbooks with one unit code the newest counts, by 填报日期, then by file time. Only
    workbooks of the prevailing standard count. A department whose parent reports 汇总含所属 keeps
    its score and rank; its money is in the parent's figures already.
    """
    notices: list[Notice] = []
    refused = tuple(o for o in outcomes if o.record.status == "refused")
    notices += map(_refused, refused)
    usable = _of_one_standard([o for o in outcomes if o.record.status != "refused"], notices)
    listed = roster.by_code() if roster else {}
    by_office = any(row.office for row in listed.values())
    departments = [
        department(outcome, listed.get(outcome.record.unit_code), by_office=by_office)
        for outcome in _newest(usable, notices)
    ]
    departments = _without_double_counting(departments, notices)
    if roster:
        notices += _against_roster(departments, roster)
    notices += (
        Notice(kind="passed-over", path=str(item.path), reason=item.reason, advice=item.advice)
        for item in passed_over
    )
    order = list(NOTICE_NAMES)
    notices.sort(key=lambda notice: order.index(notice.kind))
    return Merged(departments=ranked(departments), refused=refused, notices=tuple(notices))


def _refused(outcome: Outcome) -> Notice:
    record = outcome.record
    return Notice(
        kind="refused",
        unit_code=record.unit_code,
        unit_name=record.unit_name,
        path=record.path,
        reason="；".join(finding.message for finding in record.findings),
        advice="请联系该单位重新报送。",
    )


def _of_one_standard(outcomes: list[Outcome], notices: list[Notice]) -> list[Outcome]:
    prevailing = prevailing_standard(outcomes)
    kept = []
    for outcome in outcomes:
        record = outcome.record
        if (outcome.standard, outcome.version) != prevailing:
            assert prevailing is not None
            notices.append(
                Notice(
                    kind="other-standard",
                    unit_code=record.unit_code,
                    unit_name=record.unit_name,
                    path=record.path,
                    reason=f"采用的评分标准是 {outcome.standard} {outcome.version}，"
                    f"本次汇总的是 {prevailing[0]} {prevailing[1]}，不能一起排名，未计入汇总。",
                    advice="请用同一评分标准的模板重新填报，或单独汇总。",
                )
            )
            continue
        if outcome.made_for not in ("", outcome.version):
            notices.append(
                Notice(
                    kind="other-version",
                    unit_code=record.unit_code,
                    unit_name=record.unit_name,
                    path=record.path,
                    reason=f"模板按评分标准 {outcome.made_for} 版制作，"
                    f"已按 {outcome.version} 版复算并计入汇总。",
                    advice="请核对两个版本的差别；如有影响，请用现行模板重新填报。",
                )
            )
        kept.append(outcome)
    return kept


def _newest(outcomes: list[Outcome], notices: list[Notice]) -> list[Outcome]:
    """One workbook per department; one without a code stands for itself."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        record = outcome.record
        if not record.unit_code:
            notices.append(
                Notice(
                    kind="no-code",
                    unit_name=record.unit_name,
                    path=record.path,
                    reason="没有填写预算单位编码，无法判断是否重复报送，已单独计入汇总。",
                    advice="请补填“基本信息”表中的预算单位编码。",
                )
            )
        groups.setdefault(record.unit_code or f"\n{record.path}", []).append(outcome)
    kept = []
    for group in groups.values():
        newest = max(group, key=_age)
        kept.append(newest)
        notices += (_superseded(old, newest) for old in group if old is not newest)
    return kept


def _age(outcome: Outcome) -> tuple[str, float]:
    return outcome.record.facts.get("prepared_on", ""), outcome.modified


def _superseded(old: Outcome, newest: Outcome) -> Notice:
    days = [o.record.facts.get("prepared_on", "未填") for o in (newest, old)]
    why = (
        f"填报日期 {days[0]}，本表 {days[1]}"
        if days[0] != days[1]
        else f"填报日期同为 {days[0]}，该文件保存时间较新"
    )
    return Notice(
        kind="duplicate",
        unit_code=old.record.unit_code,
        unit_name=old.record.unit_name,
        path=old.record.path,
        reason=f"同一单位编码报送了多份，已采用较新的 {Path(newest.record.path).name}"
        f"（{why}），本表未计入汇总。",
        advice="请确认采用的一份是最终稿。",
    )


def _without_double_counting(
    departments: list[Department], notices: list[Notice]
) -> list[Department]:
    """Mark departments whose figures stand in a parent's report as well."""
    by_code = {item.code: item for item in departments if item.code}
    marked = []
    for item in departments:
        whole = _whole_above(item, by_code)
        if whole is None:
            marked.append(item)
            continue
        finding = _counted_twice(item, whole)
        notices.append(
            Notice(
                kind="counted-twice",
                unit_code=item.code,
                unit_name=item.name,
                path=item.record.path,
                reason=finding.message,
                advice="请与上级单位核对填报口径。",
            )
        )
        marked.append(
            msgspec.structs.replace(
                item, included_in=whole.name or whole.code, findings=(*item.findings, finding)
            )
        )
    return marked


def _whole_above(item: Department, by_code: dict[str, Department]) -> Department | None:
    """The nearest unit above that reports for its subordinates too."""
    seen = {item.code}
    above = by_code.get(item.record.facts.get("parent_code", ""))
    while above is not None and above.code not in seen:
        if above.record.facts.get("scope") == WHOLE:
            return above
        seen.add(above.code)
        above = by_code.get(above.record.facts.get("parent_code", ""))
    return None


def _counted_twice(item: Department, whole: Department) -> Finding:
    return make(
        "counted-twice",
        f"上级单位 {whole.name}（{whole.code}）按“{WHOLE}”填报，其数字已包含 "
        f"{item.name}（{item.code}）。为避免重复，本单位的金额不再计入预算合计，得分和排名不受影响。"
        "如上级单位的数字其实不含本单位，请其把填报口径改为“本级”。",
        field="parent_code",
        actual=item.code,
    )


def _against_roster(departments: list[Department], roster: Roster) -> list[Notice]:
    notices = []
    reported = {item.code: item for item in departments}
    for row in roster.rows:
        item = reported.get(row.unit_code)
        if item is None:
            notices.append(
                Notice(
                    kind="missing",
                    unit_code=row.unit_code,
                    unit_name=row.unit_name,
                    reason="名册中有此单位，没有找到它的可用自评表。",
                    advice="请催报；如已报送，请检查文件能否读取、单位编码是否填对。",
                )
            )
        elif item.name != row.unit_name:
            notices.append(
                Notice(
                    kind="name-differs",
                    unit_code=item.code,
                    unit_name=item.name,
                    path=item.record.path,
                    reason=f"单位名称与名册不一致：名册为“{row.unit_name}”，"
                    f"自评表为“{item.name}”。",
                    advice="请核对单位编码是否填错，或更新名册。",
                )
            )
    listed = roster.by_code()
    for item in sorted(departments, key=lambda one: natural(one.code)):
        if item.code and item.code not in listed:
            notices.append(
                Notice(
                    kind="not-on-roster",
                    unit_code=item.code,
                    unit_name=item.name,
                    path=item.record.path,
                    reason="名册中没有此单位编码，已计入汇总。",
                    advice="请核对单位编码，或把该单位补入名册。",
                )
            )
    return notices
