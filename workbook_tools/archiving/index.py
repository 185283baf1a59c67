"""What a person reads first: a list of all that was sent in, and a page about the archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from workbook_tools.archiving.contents import (
    ALSO,
    COPIES,
    INDEX,
    MANIFEST,
    NOTE,
    ORIGINALS,
    OVERVIEW,
    RESULTS,
    ROSTER,
    STANDARDS,
    SUMMARY,
    SUMS,
    Manifest,
)
from workbook_tools.consolidation import NOTICE_NAMES, Consolidation
from workbook_tools.consolidation.round.departments import BASIS_NAMES, Department
from workbook_tools.consolidation.round.years import fiscal_year
from workbook_tools.consolidation.summary.page import TableBook, TablePage
from workbook_tools.consolidation.tables.ranking import range_in_words
from workbook_tools.consolidation.tables.table import (
    Link,
    SheetColumn,
    SummaryTable,
    TableCell,
    as_float,
)
from workbook_tools.figures import day
from workbook_tools.files.targets import write_whole
from workbook_tools.presentation.points import UNDECIDED
from workbook_tools.standard.naming import counted_in, evaluated

_COLUMNS = (
    SheetColumn("number", "序号", "count", 6),
    SheetColumn("unit_code", "单位编码", "text", 12),
    SheetColumn("unit_name", "单位名称", "text", 26),
    SheetColumn("points", "得分", "points", 9),
    SheetColumn("range", "得分区间", "center", 14),
    SheetColumn("grade", "等次", "center", 7),
    SheetColumn("basis", "依据", "center", 8),
    SheetColumn("original", "原件", "wrap", 34),
    SheetColumn("copy", "批注副本", "text", 10),
    SheetColumn("remark", "说明", "wrap", 26),
    SheetColumn("digest", "原件的 SHA-256", "wrap", 34),
)


def write_index(
    folder: Path, round_: Consolidation, papers: Mapping[str, str], manifest: Manifest
) -> None:
    """Write the list: departments by rank, then what was sent in beside; by place its digest."""

    def write(stream: IO[bytes]) -> None:
        places = round_.standard.rounding.places
        units = counted_in(round_.standard).removeprefix("个")
        book = TableBook(stream, folder, places=places, constant_memory=False)
        book.workbook.set_properties({"title": "归档目录", "created": manifest.midnight})
        TablePage(book, "目录").listing(
            SummaryTable(_COLUMNS, list(_rows(folder, round_, papers))),
            f"{_title(round_)}归档目录",
            f"归档日期：{day(manifest.on)}。评分标准：{round_.standard.title}"
            f"（{round_.standard.version} 版）。先列计入汇总的{units}，"
            "再列其他交来的文件。其余各件见“说明.txt”。",
            frozen=3,
            empty="没有文件。",
        )
        book.close()

    write_whole(folder / INDEX, write)


def write_note(folder: Path, round_: Consolidation, manifest: Manifest, also: bool) -> None:
    """Write the page about the archive, as a text that any program shows."""
    standards = "、".join(f"{one.id} {one.version} 版" for one in manifest.standards)
    parts = [
        (INDEX, "交来的每个文件：单位、得分、等次、原件和批注副本在哪里、SHA-256"),
        (SUMMARY, "汇总表"),
        (OVERVIEW, "总报告"),
        (f"{ORIGINALS}/", "各单位交来的文件，原样保存"),
        (f"{COPIES}/", "带批注的副本，问题写在单元格上"),
        (f"{STANDARDS}/", f"当时采用的评分标准（{standards}）"),
        *([(f"{ROSTER}/", "单位名册")] if manifest.roster else []),
        *([(f"{ALSO}/", "一并归档的其他材料")] if also else []),
        (RESULTS, "复算结果，供程序核对"),
        (MANIFEST, f"由什么程序、什么时候做成（workbook-tools {manifest.version}）"),
        (SUMS, "以上每个文件的 SHA-256 校验值"),
    ]
    departments = round_.departments
    lines = [
        f"{_title(round_)}归档",
        "",
        f"归档日期：{day(manifest.on)}",
        f"计入汇总：{len(departments)} {counted_in(round_.standard)}；"
        f"交来的文件：{len(manifest.originals)} 个",
        "",
        "里面有什么",
        *(f"  {name}  {what}" for name, what in parts),
        "",
        "怎样证明没有改动过",
        "  有本工具的：workbook-tools archive check 归档文件.zip",
        "  它逐个核对 SHA-256，再用今天的程序重新计算，与归档时的结果比较。",
        f"  没有本工具的：解压后在这个文件夹里运行 sha256sum -c {SUMS}，",
        "  或在 Windows 上用 certutil -hashfile 文件名 SHA256 逐个核对。",
        "  整个压缩包的 SHA-256 在归档时已经显示，登记在别处的才能证明清单本身没有被换过。",
    ]
    text = "".join(f"{line}\r\n" for line in lines)  # as every editor of Windows shows lines
    (folder / NOTE).write_bytes(b"\xef\xbb\xbf" + text.encode())


def _title(round_: Consolidation) -> str:
    year = fiscal_year(round_.departments, round_.roster)
    return f"{f'{year}年度' if year else ''}{evaluated(round_.standard)}绩效自评"


def _rows(
    folder: Path, round_: Consolidation, papers: Mapping[str, str]
) -> Iterator[tuple[TableCell, ...]]:
    counted = {item.record.path: item for item in round_.departments}
    listed = {_sent_as(place, papers) for place in counted}
    reasons = {
        notice.path.replace("\\", "/"): f"{NOTICE_NAMES[notice.kind]}：{notice.reason}"
        for notice in round_.notices
        if notice.path and notice.path.replace("\\", "/") not in counted
    }
    others = [place for place in (*reasons, *papers) if place not in listed]
    rows = [_of_department(folder, round_, item, papers) for item in counted.values()]
    rows += [
        _of_other(folder, place, papers, reasons.get(place, "")) for place in dict.fromkeys(others)
    ]
    for number, row in enumerate(rows, start=1):
        yield (number, *row)


def _of_department(
    folder: Path, round_: Consolidation, item: Department, papers: Mapping[str, str]
) -> tuple[TableCell, ...]:
    standing, place = item.standing, item.record.path
    copy = round_.annotated.get(place, "")
    return (
        item.code,
        item.name,
        as_float(standing.points),
        range_in_words(standing, round_.standard.rounding.places),
        standing.grade or UNDECIDED,
        BASIS_NAMES[standing.basis],
        _original(folder, place),
        Link("打开", copy) if copy else "",
        "",
        papers.get(_sent_as(place, papers), ""),
    )


def _of_other(
    folder: Path, place: str, papers: Mapping[str, str], reason: str
) -> tuple[TableCell, ...]:
    digest = papers.get(_sent_as(place, papers), "")
    blank = ("", "", None, "", "", "")
    return (*blank, _original(folder, place), "", reason, digest)


def _original(folder: Path, place: str) -> Link:
    return Link(place.partition("/")[2], str(folder / place))


def _sent_as(place: str, papers: Mapping[str, str]) -> str:
    """The file that holds what is at a place: itself, or the archive that it came in."""
    path = Path(place)
    return next((one.as_posix() for one in (path, *path.parents) if one.as_posix() in papers), "")
