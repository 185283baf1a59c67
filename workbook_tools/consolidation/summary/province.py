"""The workbook of a province: counties beside each other, their departments ranked as one."""

from __future__ import annotations

import datetime
import os
from functools import partial
from pathlib import Path
from typing import IO

from workbook_tools.consolidation.round.province import Province
from workbook_tools.consolidation.summary.page import TableBook, TablePage
from workbook_tools.consolidation.tables import province as tables
from workbook_tools.files.targets import TargetRefused, write_whole
from workbook_tools.intake.summaries import is_summary
from workbook_tools.standard.naming import evaluated
from workbook_tools.version import __version__

_WIDE = 18  # columns of a sheet that is printed two pages wide
PROVINCE_NAME = "meta_province"
"""The defined name by which such a workbook is recognised."""


def check_province_target(target: Path, *, overwrite: bool = False) -> None:
    """Raise TargetRefused where a file of others' would be overwritten or no folder is."""
    if os.path.lexists(target) and not overwrite and not is_summary(target, PROVINCE_NAME):
        raise TargetRefused(f"{target} 已存在，且不是本工具的各县汇总，没有覆盖。请换个文件名。")
    if not target.parent.is_dir():
        raise TargetRefused(f"{target.parent} 不是已有的文件夹。请先建立文件夹。")


def write_province(
    province: Province,
    target: Path,
    *,
    when: datetime.datetime | None = None,
    overwrite: bool = False,
) -> Path:
    """Write the workbook, whole or not at all; raises TargetRefused."""
    check_province_target(target, overwrite=overwrite)
    time = (when or datetime.datetime.now()).replace(microsecond=0)
    write_whole(target, partial(_fill, province=province, folder=target.parent, when=time))
    return target


def in_words(province: Province) -> str:
    """How many counties and departments, and how they came out."""
    whole = province.whole
    best = province.standard.grades[0].name
    return (
        f"{len(province.counties)} 个县，{len(whole.members)} 个单位，"
        f"得分完整 {whole.points.count} 个，"
        f"“{best}” {whole.grades.get(best, 0)} 个；未报送的县 {len(province.missing)} 个，"
        f"评分标准不同、没有合在一起的县 {len(province.others)} 个。"
    )


def _fill(stream: IO[bytes], province: Province, folder: Path, when: datetime.datetime) -> None:
    standard = province.standard
    book = TableBook(stream, folder, places=standard.rounding.places, constant_memory=True)
    title = f"各县{evaluated(standard)}绩效自评汇总"
    book.workbook.set_properties({"title": title, "created": when})
    about = (
        f"评分标准：{standard.title}（{standard.version} 版）。生成时间：{when:%Y-%m-%d %H:%M}。"
    )
    exact = "各县的数由单位填报的数相加，不是由四舍五入的数相加。"
    for name, table, heading, note in (
        ("各县", tables.counties(province), title, f"{in_words(province)}{about}"),
        ("各县指标", tables.indicators(province), "各县各指标的得分率", f"有得分的单位。{exact}"),
        (
            "各县金额",
            tables.money(province),
            "各县金额合计",
            f"单位：万元。上级已含的、疑似按元填写的不计。{exact}",
        ),
        (
            "单位排名",
            tables.ranking(province),
            "全部单位排名",
            "总名次在各县全部单位中排，县内名次是县汇总表里的名次；得分相同的名次相同。",
        ),
        (
            "缺报与异常",
            tables.exceptions(province),
            "缺报与异常",
            "没有合在一起的县和重复的汇总表。",
        ),
    ):
        page = TablePage(book, name)
        page.listing(table, heading, note, frozen=1, empty="没有。")
        if len(table.columns) > _WIDE:
            page.printed(head=2, wide=2, beside=1)
    _meta(book, province, when)
    book.close()


def _meta(book: TableBook, province: Province, when: datetime.datetime) -> None:
    page = TablePage(book, "_meta")
    rows = (
        ("tool", f"workbook-tools {__version__}"),
        ("standard", province.standard.id),
        ("standard_version", province.standard.version),
        ("created", when.isoformat(timespec="minutes")),
    )
    for number, (key, value) in enumerate(rows):
        page.put(number, 0, key, book.style())
        page.put(number, 1, value, book.style())
    book.workbook.define_name(PROVINCE_NAME, f"=_meta!$A$1:$B${len(rows)}")
    page.sheet.very_hidden()
