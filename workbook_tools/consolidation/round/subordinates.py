"""Units whose figures stand in a parent's report as well: they are not to be added up twice."""

from __future__ import annotations

import msgspec

from workbook_tools.checks import Finding, make
from workbook_tools.consolidation.round.departments import Department
from workbook_tools.consolidation.round.notices import Notice
from workbook_tools.standard import Standard
from workbook_tools.standard.known_fields import PARENT_CODE, SCOPE
from workbook_tools.standard.naming import label_of, with_subordinates
from workbook_tools.standard.unit_codes import Codes


def without_double_counting(
    departments: list[Department], standard: Standard, notices: list[Notice]
) -> list[Department]:
    """The departments, those marked whose figures a unit above reports with its own.

    Nothing is marked where the standard does not ask for the scope of a report.
    """
    whole = with_subordinates(standard)
    if not whole:
        return departments
    by_code = {item.code: item for item in departments if item.code}
    codes = Codes(by_code)
    marked = []
    for item in departments:
        above = _whole_above(item, whole, by_code, codes)
        if above is None:
            marked.append(item)
            continue
        finding = _counted_twice(item, above, standard)
        notices.append(
            Notice(
                kind="counted-twice",
                unit_code=item.code,
                unit_name=item.name,
                path=item.record.path,
                reason=finding.message,
                advice=f"请与上级单位核对{label_of(standard, SCOPE)}。",
            )
        )
        marked.append(
            msgspec.structs.replace(
                item, included_in=above.name or above.code, findings=(*item.findings, finding)
            )
        )
    return marked


def _whole_above(
    item: Department, whole: str, by_code: dict[str, Department], codes: Codes
) -> Department | None:
    """The nearest unit above that reports for its subordinates too."""

    def parent(of: Department) -> Department | None:
        return by_code.get(codes.find(of.record.facts.get(PARENT_CODE, "")))

    seen = {item.code}
    above = parent(item)
    while above is not None and above.code not in seen:
        if above.record.facts.get(SCOPE) == whole:
            return above
        seen.add(above.code)
        above = parent(above)
    return None


def _counted_twice(item: Department, above: Department, standard: Standard) -> Finding:
    label, whole = label_of(standard, SCOPE), with_subordinates(standard)
    choices = next(one.choices for one in standard.inputs if one.id == SCOPE)
    others = "或".join(f"“{one}”" for one in choices if one != whole)
    return make(
        "counted-twice",
        f"上级单位 {above.name}（{above.code}）按“{whole}”填报，其数字已包含 "
        f"{item.name}（{item.code}）。为避免重复，本单位的金额不再计入预算合计，得分和排名不受影响。"
        f"如上级单位的数字其实不含本单位，请其把{label}改为{others}。",
        field=PARENT_CODE,
        actual=item.code,
    )
