"""The roster against who reported: who is missing, who is not on it, who is called otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from workbook_tools.consolidation.round.departments import Department
from workbook_tools.consolidation.round.notices import Notice, NoticeKind
from workbook_tools.consolidation.round.units import Units
from workbook_tools.files.names import natural
from workbook_tools.intake.roster import RosterRow
from workbook_tools.standard.unit_codes import bare

_INSTEAD: dict[NoticeKind, str] = {
    "blank-template": "交来空白模板",
    "refused": "送来的文件无法读取",
    "other-standard": "送来的自评表采用别的评分标准",
    "passed-over": "有文件像是它送来的",
}
"""What came from a unit whose report is missing, by the kind of notice about that file."""


def roll_call(
    departments: list[Department], units: Units, others: Iterable[Notice]
) -> Iterator[Notice]:
    """Hold the departments against the roster; ``others`` are the notices about single files."""
    reported = {item.code: item for item in departments}
    came: dict[str, list[Notice]] = {}
    for notice in others:
        if notice.kind in _INSTEAD:
            came.setdefault(notice.unit_code, []).append(notice)
    for row in units.rows.values():
        item = reported.get(row.unit_code)
        if item is None:
            yield _missing(row, came.get(row.unit_code, []))
        elif bare(item.name) != bare(row.unit_name):
            yield Notice(
                kind="name-differs",
                unit_code=item.code,
                unit_name=item.name,
                path=item.record.path,
                reason=f"单位名称与名册不一致：名册为“{row.unit_name}”，自评表为“{item.name}”。",
                advice="请核对单位编码是否填错，或更新名册。",
            )
    for item in sorted(departments, key=lambda one: natural(one.code)):
        if item.code and item.code not in units.rows:
            yield Notice(
                kind="not-on-roster",
                unit_code=item.code,
                unit_name=item.name,
                path=item.record.path,
                reason="名册中没有此单位编码，已计入汇总。",
                advice="请核对单位编码，或把该单位补入名册。",
            )


def _missing(row: RosterRow, came: list[Notice]) -> Notice:
    """The notice of a missing unit, together with what came from it instead of a report."""
    if came:
        files = "；".join(f"{_INSTEAD[one.kind]}：{Path(one.path).name}" for one in came)
        reason = f"没有它的可用自评表。{files}。"
        advice = "请按该文件一行的建议处理，或请单位重新报送。"
    else:
        reason = "名册中有此单位，没有找到它的可用自评表。"
        advice = "请催报；如已报送，请检查文件能否读取、单位编码是否填对。"
    return Notice(
        kind="missing",
        unit_code=row.unit_code,
        unit_name=row.unit_name,
        path=came[0].path if came else "",
        reason=reason,
        advice=advice,
    )
