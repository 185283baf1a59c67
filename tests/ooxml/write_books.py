"""Workbooks to annotate, made by XlsxWriter, and how the tests call the writers."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped] # it ships no types
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped] # the same

from workbook_tools.ooxml.notes import Note, NotesResult, notes_edits
from workbook_tools.ooxml.package import Package
from workbook_tools.ooxml.splice import write_package
from workbook_tools.ooxml.strip import strip_edits
from workbook_tools.ooxml.workbook import open_workbook

AUTHOR, MARKER, POINTER = "自动校验", "【绩效自评自动校验】", "（其余内容见校验结果表）"


def annotate(source: Path, target: Path, notes: Sequence[Note]) -> NotesResult:
    package = Package.open(source)
    result = notes_edits(
        open_workbook(package), notes, author=AUTHOR, marker=MARKER, pointer=POINTER
    )
    write_package(package, target, result.edits)
    return result


def strip(source: Path, target: Path) -> None:
    package = Package.open(source)
    edits = strip_edits(open_workbook(package), author=AUTHOR, marker=MARKER)
    write_package(package, target, edits)


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


_OURS = re.compile(r"<(?:\w+:)?legacyDrawing [^<>]*\t/>")
_LISTS = re.compile(
    r"xl/(?:comments[^/]*\.xml|drawings/vmlDrawing\d+\.vml|worksheets/_rels/[^/]+)", re.I
)


def changed(before: Path, after: Path) -> set[str]:
    """Parts that differ otherwise than notes must: comments, boxes, lists, `legacyDrawing`."""
    old, new = contents(before), contents(after)
    return {
        name
        for name in old.keys() | new.keys()
        if old.get(name) != new.get(name)
        and not (_LISTS.fullmatch(name) or name == "[Content_Types].xml")
        and (
            name not in old or name not in new or text(old[name]) != _OURS.sub("", text(new[name]))
        )
    }


def text(part: bytes) -> str:
    """A part's text: UTF-16 with its mark, or UTF-8."""
    return part.decode("utf-16" if part.startswith(b"\xff\xfe") else "utf-8", "surrogateescape")


def rewrite(path: Path, change: Callable[[dict[str, bytes]], Mapping[str, bytes]]) -> None:
    """Make a file as another program might have written it: change its parts' bytes."""
    parts = change(contents(path))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@dataclass(frozen=True)
class SheetSpec:
    """What a generated sheet holds: notes of others as (row, column) from 0, and features."""

    notes: tuple[tuple[int, int], ...] = ()
    features: tuple[str, ...] = ()


def build(path: Path, sheets: Sequence[SheetSpec], *, chartsheet: bool = False) -> Path:
    """Sheets 表1, 表2, … as told; a little data in each."""
    with xlsxwriter.Workbook(path) as book:
        for number, spec in enumerate(sheets, 1):
            sheet = book.add_worksheet(f"表{number}")
            for row in range(4):
                sheet.write_row(row, 0, [row, row / 3, f"文字 & <{row}>"])
            sheet.write_formula("F1", "=A2*2", None, 2)
            for row, column in spec.notes:
                sheet.write_comment(row, column, f"他人批注\n{row}", {"author": "张三"})
            for feature in spec.features:
                FEATURES[feature](book, sheet)
        if chartsheet:
            sheet_of_chart = book.add_chartsheet("图表")
            chart = book.add_chart({"type": "column"})
            chart.add_series({"values": "=表1!$A$1:$A$4"})
            sheet_of_chart.set_chart(chart)
    return path


def _chart(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": [sheet.get_name(), 0, 0, 3, 0]})
    sheet.insert_chart("H20", chart)


def _header_image(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    sheet.set_header("&L&G", {"image_left": "x.png", "image_data_left": io.BytesIO(PNG)})


def _hidden(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    sheet.set_column("C:E", None, None, {"hidden": True})
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_row(5, 60)


def _table(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    sheet.add_table("H1:I3", {"columns": [{"header": "甲"}, {"header": "乙"}]})


def _formats(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    sheet.conditional_format("A1:A4", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("B1:B4", {"type": "cell", "criteria": ">", "value": 1})


FEATURES: dict[str, Callable[[xlsxwriter.Workbook, Worksheet], object]] = {
    "image": lambda book, sheet: sheet.insert_image("H8", "x.png", {"image_data": io.BytesIO(PNG)}),
    "background": lambda book, sheet: sheet.set_background(io.BytesIO(PNG)),
    "header image": _header_image,
    "button": lambda book, sheet: sheet.insert_button("H12", {"caption": "计算"}),
    "text box": lambda book, sheet: sheet.insert_textbox("H14", "说明"),
    "table": _table,
    "validation": lambda book, sheet: sheet.data_validation(
        "D1:D9", {"validate": "list", "source": ["是", "否"]}
    ),
    "link": lambda book, sheet: sheet.write_url("J1", "internal:'表1'!A1", string="到表1"),
    "merged": lambda book, sheet: sheet.merge_range("A7:C9", "合并"),
    "hidden": _hidden,
    "formats": _formats,
    "sparkline": lambda book, sheet: sheet.add_sparkline("K1", {"range": "表1!A1:A4"}),
    "protected": lambda book, sheet: sheet.protect(),
    "filter": lambda book, sheet: sheet.autofilter("A1:C4"),
    "breaks": lambda book, sheet: sheet.set_h_pagebreaks([3]),
    "chart": _chart,
}


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))
        )

    pixels = zlib.compress(b"".join(b"\0" + b"\xff\0\0" * 4 for _ in range(4)))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">LLBBBBB", 4, 4, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", pixels)
        + chunk(b"IEND", b"")
    )


PNG: bytes = _png()


def result_sheet(path: Path, *, below: str | None = None) -> Path:
    """A workbook with a sheet 校验结果: B3 reserved, marker row A7:E7, styled; a link elsewhere."""
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("输入").write("A1", 1)
        sheet = book.add_worksheet("校验结果")
        plain = book.add_format({"border": 1, "text_wrap": True})
        red = book.add_format({"border": 1, "bold": True, "font_color": "red"})
        sheet.write("A1", "校验结果")
        sheet.write_blank("B3", None, plain)
        sheet.write_row("A6", ["级别", "编码", "位置", "应为", "说明"])
        for column, style in enumerate([red, plain, plain, plain, plain]):
            sheet.write_blank(6, column, None, style)
        sheet.set_row(6, 30)
        if below:
            sheet.write("A8", below)
        sheet.protect()
        sheet.set_landscape()
    return path
