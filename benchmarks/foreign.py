"""Workbooks with one feature each that a department's file may have, and how it is seen there.

A probe gives the facts of its feature, found in the parts by local name, so that it does not
matter how a program names parts and prefixes. No facts: the feature is gone.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import xlsxwriter  # type: ignore[import-untyped] # it ships no types
from lxml import etree
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped] # the same

Parts = Mapping[str, bytes]
Probe = Callable[[Parts], Sequence[object]]
SHEET, TYPES = "xl/worksheets/sheet1.xml", "[Content_Types].xml"
_SHEET_RELS, _BOOK_RELS = "xl/worksheets/_rels/sheet1.xml.rels", "xl/_rels/workbook.xml.rels"
_MS = "http://schemas.microsoft.com/office"


class Feature(NamedTuple):
    """Its name in the table, how it gets into a sheet or into the parts, how it is seen."""

    name: str
    probe: Probe
    write: Callable[[xlsxwriter.Workbook, Worksheet], object] = lambda book, sheet: None
    patch: Callable[[dict[str, bytes]], None] = lambda parts: None


def _elements(parts: Parts, part: str, name: str) -> list[etree._Element]:
    found = []
    for path, content in sorted(parts.items()):
        if re.search(part, path):
            root = etree.fromstring(content, etree.XMLParser(recover=True))
            found += list(root.iter(f"{{*}}{name}"))
    return found


def _texts(part: str, name: str) -> Probe:
    def probe(parts: Parts) -> Sequence[object]:
        return [
            text for e in _elements(parts, part, name) if (text := "".join(map(str, e.itertext())))
        ]

    return probe


def _count(part: str, name: str) -> Probe:
    return lambda parts: [name] * len(_elements(parts, part, name))


def _files(pattern: str) -> Probe:
    return lambda parts: sorted(parts[name] for name in parts if re.search(pattern, name))


def _results(parts: Parts) -> Sequence[object]:
    cells = (c for c in _elements(parts, "worksheets/", "c") if c.find("{*}f") is not None)
    return [result for c in cells if (result := c.findtext("{*}v"))]


def _bold(part: str) -> Probe:
    """The words that are bold."""

    def probe(parts: Parts) -> Sequence[object]:
        runs = _elements(parts, part, "r")
        return [run.findtext("{*}t") for run in runs if run.find("{*}rPr/{*}b") is not None]

    return probe


def _pictures(parts: Parts) -> Sequence[object]:
    names = len(_elements(parts, "drawings/drawing", "pic"))
    return [PNG] * min(names, sum(content == PNG for content in parts.values()))


def _box(parts: Parts) -> Sequence[object]:
    """Columns and rows that the boxes of notes span."""
    spans = []
    for name, content in sorted(parts.items()):
        for anchor in re.findall(
            rb"<x:Anchor[^>]*>([^<]*)", content if name.endswith(".vml") else b""
        ):
            numbers = list(map(int, anchor.split(b",")))
            spans.append((numbers[4] - numbers[0], numbers[6] - numbers[2]))
    return spans


def _controls(parts: Parts) -> Sequence[object]:
    drawings = (content for name, content in parts.items() if name.endswith(".vml"))
    return re.findall(rb'ObjectType="Button"', b"".join(drawings))


def _before(parts: dict[str, bytes], part: str, closing: str, added: str) -> None:
    assert closing.encode() in parts[part], f"{part} has no {closing}"
    parts[part] = parts[part].replace(closing.encode(), (added + closing).encode())


def _related(parts: dict[str, bytes], part: str, kind: str, target: str) -> None:
    base = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts.setdefault(part, f'<Relationships xmlns="{base}"></Relationships>'.encode())
    added = f'<Relationship Id="rId99" Type="{kind}" Target="{target}"/>'
    _before(parts, part, "</Relationships>", added)


def _typed(parts: dict[str, bytes], part: str, content_type: str) -> None:
    added = f'<Override PartName="/{part}" ContentType="{content_type}"/>'
    _before(parts, TYPES, "</Types>", added)


def _validation_2010(parts: dict[str, bytes]) -> None:
    namespace = f"{_MS}/spreadsheetml/2009/9/main"
    added = (
        f'<extLst><ext xmlns:x14="{namespace}" uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}">'
        '<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" '
        'count="1"><x14:dataValidation type="list" allowBlank="1"><x14:formula1>'
        "<xm:f>另表!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>D1:D9</xm:sqref></x14:dataValidation>"
        "</x14:dataValidations></ext></extLst>"
    )
    _before(parts, SHEET, "</worksheet>", added)


def _validations(parts: Parts) -> Sequence[object]:
    """The validation's list on another sheet, however it is written."""
    found = _elements(parts, "worksheets/", "dataValidation")
    return re.findall(
        r"另表!A1:A3", "".join("".join(map(str, e.itertext())) for e in found).replace("$", "")
    )


def _threaded(parts: dict[str, bytes]) -> None:
    part, people = "xl/threadedComments/threadedComment1.xml", "xl/persons/person.xml"
    namespace = f"{_MS}/spreadsheetml/2018/threadedcomments"
    parts[part] = (
        f'<ThreadedComments xmlns="{namespace}"><threadedComment ref="B5" dT="2021-03-01T09:00:00" '
        'personId="{11111111-1111-1111-1111-111111111111}" id="{2}"><text>请说明</text>'
        "</threadedComment></ThreadedComments>"
    ).encode()
    parts[people] = (
        f'<personList xmlns="{namespace}"><person displayName="张三" '
        'id="{11111111-1111-1111-1111-111111111111}" userId="z" providerId="None"/></personList>'
    ).encode()
    _typed(parts, part, "application/vnd.ms-excel.threadedcomments+xml")
    _typed(parts, people, "application/vnd.ms-excel.person+xml")
    _related(parts, _SHEET_RELS, f"{_MS}/2017/10/relationships/threadedComment", f"/{part}")
    _related(parts, _BOOK_RELS, f"{_MS}/2017/10/relationships/person", f"/{people}")


def _cell_images(parts: dict[str, bytes]) -> None:
    parts["xl/cellimages.xml"] = (
        b'<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>'
    )
    _typed(parts, "xl/cellimages.xml", "application/vnd.wps-officedocument.cellimage+xml")
    kind = "http://www.wps.cn/officeDocument/2020/cellImage"
    _related(parts, _BOOK_RELS, kind, "cellimages.xml")


def _custom_xml(parts: dict[str, bytes]) -> None:
    parts["customXml/item1.xml"] = "<编号>2021-07</编号>".encode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
    _related(parts, _BOOK_RELS, kind, "../customXml/item1.xml")


def _printer(parts: dict[str, bytes]) -> None:
    part = "xl/printerSettings/printerSettings1.bin"
    parts[part] = b"settings of a printer"
    _typed(
        parts, part, "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/printerSettings"
    _related(parts, _SHEET_RELS, kind, f"/{part}")


def _phonetic(parts: dict[str, bytes]) -> None:
    text = '<r><t>湘潭</t></r><rPh sb="0" eb="2"><t>xiāngtán</t></rPh><phoneticPr fontId="0"/>'
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(
        "<t>文字</t>".encode(), text.encode()
    )


def _chart(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": [sheet.get_name(), 0, 0, 3, 0], "trendline": {"type": "linear"}})
    chart.set_title({"name": "走势"})
    sheet.insert_chart("H20", chart)


def _rich(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    sheet.write_rich_string("C1", "普通", book.add_format({"bold": True}), "加粗", "普通")


def _note(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    sheet.write_comment("B5", "请核对", {"author": "张三", "x_scale": 3, "y_scale": 2})


def _bold_note(parts: dict[str, bytes]) -> None:
    part = "xl/comments1.xml"
    parts[part] = re.sub(rb"<rPr>", b"<rPr><b/>", parts[part])


def _chart_sheet(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": [sheet.get_name(), 0, 0, 3, 0]})
    book.add_chartsheet("图").set_chart(chart)


def _image() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        length, checksum = struct.pack(">L", len(data)), struct.pack(">L", zlib.crc32(kind + data))
        return length + kind + data + checksum

    pixels = zlib.compress(b"".join(b"\0" + b"\xff\0\0" * 4 for _ in range(4)))
    size = chunk(b"IHDR", struct.pack(">LLBBBBB", 4, 4, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + size + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


PNG = _image()

FEATURES = (
    Feature("stored results of formulas", _results),
    Feature("rich text in a cell", _bold("sharedStrings"), _rich),
    Feature("phonetic text", _texts("sharedStrings", "rPh"), patch=_phonetic),
    Feature(
        "text box",
        _texts("drawings/drawing", "sp"),
        lambda book, sheet: sheet.insert_textbox("H4", "说明"),
    ),
    Feature(
        "picture",
        _pictures,
        lambda book, sheet: sheet.insert_image("H8", "x.png", {"image_data": io.BytesIO(PNG)}),
    ),
    Feature(
        "picture in the page header",
        _count("worksheets/sheet1", "legacyDrawingHF"),
        lambda book, sheet: sheet.set_header(
            "&L&G", {"image_left": "x.png", "image_data_left": io.BytesIO(PNG)}
        ),
    ),
    Feature(
        "background picture",
        _count("worksheets/sheet1", "picture"),
        lambda book, sheet: sheet.set_background(io.BytesIO(PNG)),
    ),
    Feature("WPS pictures in cells", _files("cellimages"), patch=_cell_images),
    Feature("chart with a trend line", _count("charts/chart", "trendline"), _chart),
    Feature("chart sheet", _count("chartsheets/", "chartsheet"), _chart_sheet),
    Feature("drop-down from another sheet (x14)", _validations, patch=_validation_2010),
    Feature(
        "data bar of 2010 (x14)",
        _count("worksheets/", "negativeFillColor"),
        lambda book, sheet: sheet.conditional_format(
            "A1:A4", {"type": "data_bar", "data_bar_2010": True}
        ),
    ),
    Feature(
        "sparkline",
        _count("worksheets/", "sparkline"),
        lambda book, sheet: sheet.add_sparkline("K1", {"range": "表!A1:A4"}),
    ),
    Feature(
        "table",
        _count("tables/", "tableColumn"),
        lambda book, sheet: sheet.add_table("H1:I3"),
    ),
    Feature("others' notes: words", _texts(r"xl/comments", "comment"), _note),
    Feature("others' notes: author", _texts(r"xl/comments", "author"), _note),
    Feature("others' notes: bold", _bold("xl/comments"), _note, _bold_note),
    Feature("others' notes: size of the box", _box, _note),
    Feature(
        "conversation (threaded comment)", _texts("threadedComments/", "text"), _note, _threaded
    ),
    Feature(
        "button",
        _controls,
        lambda book, sheet: sheet.insert_button("H12", {"caption": "计算"}),
    ),
    Feature("custom XML", _files("customXml/item"), patch=_custom_xml),
    Feature("printer settings", _files("printerSettings"), patch=_printer),
)


def write(feature: Feature) -> bytes:
    """The workbook with that feature, as a file's bytes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet, other = book.add_worksheet("表"), book.add_worksheet("另表")
        for row in range(4):
            sheet.write_row(row, 0, [row, row / 3])
            other.write(row, 0, f"选项{row}")
        sheet.write("A9", "文字")
        sheet.write_formula("E1", "=A2*2", None, 2)
        feature.write(book, sheet)
    return out.getvalue()
