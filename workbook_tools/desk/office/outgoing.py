"""What the bureau hands on of a round: letters to departments, and the list of the missing."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO

from workbook_tools.consolidation.tables.table import SheetColumn, SummaryTable, TableCell
from workbook_tools.desk.office.hall import Hall, file_name
from workbook_tools.desk.office.store import ReportingRound, Unit, Version
from workbook_tools.desk.products import pack
from workbook_tools.desk.refusals import DeskRefused
from workbook_tools.desk.works import Work
from workbook_tools.figures import day
from workbook_tools.files.targets import write_whole
from workbook_tools.jobs.letters import Terms
from workbook_tools.standard import load_standard

_LETTERS = "反馈意见"
_WRITTEN_TO = ("handed", "taken", "returned")
_COLUMNS = (
    SheetColumn("number", "序号", "count", 6),
    SheetColumn("unit_code", "单位编码", "text", 16),
    SheetColumn("unit_name", "单位名称", "text", 34),
    SheetColumn("state", "情形", "center", 14),
    SheetColumn("at", "最近上传", "center", 18),
    SheetColumn("reason", "说明", "wrap", 40),
    SheetColumn("contact", "联系人及电话", "wrap", 24),
)


def letter(hall: Hall, unit: Unit, version: Version, terms: Terms, folder: Path) -> Path:
    """The letter to a department about a version."""
    from workbook_tools.report.feedback.document import write_feedback

    outcome = hall.outcome(version)
    name = Path(file_name(unit)).with_suffix("").name
    return write_feedback(
        outcome.record,
        load_standard(outcome.standard),
        folder / f"{name}-{_LETTERS}.docx",
        until=terms.until,
        signer=terms.signer,
        remark=unit.reason,
    )


def letters(hall: Hall, round: ReportingRound, terms: Terms, folder: Path, work: Work) -> Path:
    """A letter to each department that has handed in, in one archive. Raises DeskRefused."""
    latest = hall.store.latest(round.id)
    units = [one for one in hall.store.units(round.id) if one.state in _WRITTEN_TO]
    if not units:
        raise DeskRefused("还没有单位提交，没有可以反馈的。")
    inside = folder / "inside"
    inside.mkdir()
    for number, unit in enumerate(units):
        work.progress(number, len(units))
        letter(hall, unit, latest[unit.id], terms, inside)
    archive = folder / f"{_LETTERS}.zip"
    write_whole(archive, partial(pack, folder=inside))
    return archive


def missing(hall: Hall, round: ReportingRound, folder: Path) -> Path:
    """The departments that have not handed in, as a workbook to print or call by."""
    from workbook_tools.consolidation.summary.page import TableBook, TablePage

    units = hall.store.units(round.id)
    rows = list(_missing(hall, round, units))
    target = folder / "缺报名单.xlsx"
    note = f"截至{day(datetime.date.today())}，{len(units)} 个单位中有 {len(rows)} 个没有提交。"
    if round.last_day:
        note += f"截止日期：{day(round.last_day)}。"

    def write(stream: IO[bytes]) -> None:
        book = TableBook(stream, folder, places=0, constant_memory=False)
        TablePage(book, "缺报名单").listing(
            SummaryTable(_COLUMNS, rows),
            f"{round.title} 缺报名单",
            note,
            frozen=0,
            empty="各单位都已提交。",
        )
        book.close()

    write_whole(target, write)
    return target


def _missing(
    hall: Hall, round: ReportingRound, units: list[Unit]
) -> Iterator[tuple[TableCell, ...]]:
    latest = hall.store.latest(round.id)
    absent = [one for one in units if one.state in ("nothing", "trying", "returned")]
    for number, unit in enumerate(absent, start=1):
        version = latest.get(unit.id)
        at = version.at[:16] if version else ""
        yield (number, unit.code, unit.name, *_why(unit, version, at), unit.contact)


def _why(unit: Unit, version: Version | None, at: str) -> tuple[str, str, str]:
    """What a department lacks, when it last sent anything, and why that does not count."""
    if unit.state == "returned":
        return "退回未重报", at, f"退回的理由：{unit.reason}"
    if version is not None:
        told = "正在改正退回的自评表。" if unit.reason else ""
        return "试核未提交", at, f"{told}上传了第 {version.number} 版，没有提交。"
    return "未报送", at, "没有上传过自评表。" if unit.seal else "还没有发放访问码。"
