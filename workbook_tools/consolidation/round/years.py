"""The fiscal year that a round is about, and the workbooks of another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction

import msgspec

from workbook_tools.assessment.years import fiscal_year_of, year_of_most
from workbook_tools.checks import make
from workbook_tools.consolidation.round.departments import Department
from workbook_tools.consolidation.round.notices import Notice
from workbook_tools.figures import plain
from workbook_tools.intake.roster import Roster, RosterRow
from workbook_tools.standard import Standard
from workbook_tools.standard.known_fields import FISCAL_YEAR
from workbook_tools.standard.naming import sheet_of

_SAY_SO = ("other-fiscal-year", "differs-from-issued")
"""The findings of a workbook's own that tell its department of the wrong year."""


def fiscal_year(departments: Iterable[Department], roster: Roster | None) -> str:
    """The year of the roster, else that of most workbooks; "" when none or several say so."""
    if roster is not None and roster.year:
        return roster.year
    return year_of_most(map(_of, departments))


def of_one_year(
    departments: list[Department],
    standard: Standard,
    roster: Roster | None,
    notices: list[Notice],
) -> list[Department]:
    """The departments, those of another year than the round's with a finding that says so."""
    round_year = fiscal_year(departments, roster)
    listed = roster.by_code() if roster else {}
    marked = []
    unsettled = Counter[str]()
    for item in departments:
        row = listed.get(item.code)
        wanted = (_of_row(row) if row else "") or round_year
        if not wanted:
            unsettled[_of(item)] += 1
        if not wanted or _of(item) in ("", wanted):
            marked.append(item)
            continue
        sheet, cell = item.cells.get(FISCAL_YEAR, (sheet_of(standard, FISCAL_YEAR), ""))
        finding = make(
            "other-fiscal-year",
            f"评价年度为 {_of(item)} 年，本次汇总的是 {wanted} 年，数字暂计入汇总。"
            "请核对：填错年度的请改正，交错文件的请改交本年度的自评表。",
            sheet=sheet,
            cell=cell,
            field=FISCAL_YEAR,
            expected=wanted,
            actual=_of(item),
        )
        notices.append(
            Notice(
                kind="other-year",
                unit_code=item.code,
                unit_name=item.name,
                path=item.record.path,
                reason=f"评价年度为 {_of(item)} 年，本次汇总的是 {wanted} 年，已计入汇总。",
                advice="请单位核对：填错年度的改正，交错文件的改交本年度的自评表。",
            )
        )
        told = any(one.name in _SAY_SO and one.field == FISCAL_YEAR for one in item.findings)
        findings = item.findings if told else (*item.findings, finding)
        marked.append(msgspec.structs.replace(item, findings=findings))
    notices += _without_a_year(unsettled)
    return marked


def _without_a_year(years: Counter[str]) -> Iterator[Notice]:
    """That nobody can tell which year the round is about, where workbooks disagree evenly."""
    told = "，".join(f"{year} 年 {years[year]} 份" for year in sorted(filter(None, years)))
    if "，" in told:
        yield Notice(
            kind="other-year",
            reason=f"评价年度不一致：{told}，看不出本次汇总的是哪一年，都已计入汇总。",
            advice="请核对：填错年度的请单位改正，交错文件的请改交本年度的。"
            "名册标题或“评价年度”一列写明年度的，以名册为准。",
        )


def _of(item: Department) -> str:
    return fiscal_year_of(item.record)


def _of_row(row: RosterRow) -> str:
    year = row.values.get(FISCAL_YEAR)
    return plain(year) if isinstance(year, Fraction) else ""
