"""Native charts in a document: editable, drawn by the program that shows them.

XlsxWriter makes the chart part, in a small workbook with the figures; the same figures without the
chart travel along as the chart's data, so that "edit data" works in Word and WPS.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any, Literal, NamedTuple

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.document import DocumentPart
from lxml import etree

from workbook_tools.figures import Series
from workbook_tools.report.paper.elements import element, plain_text
from workbook_tools.spreadsheet.bars import start
from workbook_tools.spreadsheet.book import Book

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_POSITION = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_EMU = 36_000  # in a mm
_FONT = {"name": "宋体", "size": 9, "color": "#1F2937"}
_LINE = "#8A94A3"
# Shades of one colour, told apart in grey as well; figures stand at the bars.
_FILLS = {
    1: ("#2F6DB5",),
    2: ("#A9C4E6", "#2F6DB5"),
    3: ("#D3E0F0", "#7FA8D6", "#1F3864"),
    4: ("#DCE6F2", "#A9C4E6", "#5B8DC9", "#1F3864"),
}
_CHARACTER, _BAR = 3.2, 9.0  # mm of a character of a label, of a lying bar
_MADE = datetime.datetime(1980, 1, 1)  # of the figures' workbook: not a time that anybody reads


class Chart(NamedTuple):
    """A chart: upright or lying bars, or lines; ``number_format`` as in Excel."""

    title: str
    series: Series
    kind: Literal["column", "bar", "line"] = "column"
    number_format: str = "0.00"


def can_be_drawn(series: Series) -> bool:
    """Whether there is anything but zeros, and a shade for each column."""
    figures = any(value for _, values in series.rows for value in values)
    return figures and len(series.columns) in _FILLS


def drawing(document: DocumentPart, chart: Chart, width: float) -> BaseOxmlElement:
    """A run with the chart, ``width`` mm wide; its parts are added to the document's package."""
    package = document.package
    assert package is not None
    number = 1 + sum(part.partname.startswith("/word/charts/") for part in package.iter_parts())
    data = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"),
        CONTENT_TYPE.SML_SHEET,
        _workbook(chart, drawn=False),
        package,
    )
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, b"", package)
    part._blob = _chart_part(chart, part.relate_to(data, RELATIONSHIP_TYPE.PACKAGE))
    return _inline(chart, number, document.relate_to(part, RELATIONSHIP_TYPE.CHART), width)


def _chart_part(chart: Chart, data: str) -> bytes:
    """The chart as XlsxWriter makes it, with its data by the relationship ``data``."""
    with zipfile.ZipFile(io.BytesIO(_workbook(chart, drawn=True))) as package:
        root = etree.fromstring(package.read("xl/charts/chart1.xml"))
    for settings in root.findall(f"{{{_CHART}}}printSettings"):
        root.remove(settings)
    _explicit(root)
    for latin in list(root.iter(f"{{{_DRAWING}}}latin")):  # Chinese characters go by another name
        face = {"typeface": latin.get("typeface", "")}
        latin.addnext(latin.makeelement(f"{{{_DRAWING}}}ea", face))
    external = etree.SubElement(root, f"{{{_CHART}}}externalData", {f"{{{_RELATIONS}}}id": data})
    etree.SubElement(external, f"{{{_CHART}}}autoUpdate", {"val": "0"})
    whole: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return whole


def _explicit(root: Any) -> None:
    """Say what XlsxWriter leaves unsaid: programs do not agree on what that means in a document."""

    def put(parent: Any, name: str, value: str = "0", *, after: tuple[str, ...]) -> None:
        if parent.find(f"{{{_CHART}}}{name}") is not None:
            return
        before = [one for one in parent if etree.QName(one).localname in after]
        made = parent.makeelement(f"{{{_CHART}}}{name}", {"val": value})
        parent.insert(parent.index(before[-1]) + 1 if before else 0, made)

    put(root, "roundedCorners", after=("date1904", "lang"))
    for bars in (*root.iter(f"{{{_CHART}}}barChart"), *root.iter(f"{{{_CHART}}}lineChart")):
        put(bars, "varyColors", after=("barDir", "grouping"))
    for labels in root.iter(f"{{{_CHART}}}dLbls"):
        shown = ["numFmt", "spPr", "txPr", "dLblPos"]
        for name in ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize"):
            put(labels, f"show{name}", after=tuple(shown))
            shown.append(f"show{name}")
    for axis in (*root.iter(f"{{{_CHART}}}catAx"), *root.iter(f"{{{_CHART}}}valAx")):
        put(axis, "delete", after=("axId", "scaling"))
    for whole in root.iter(f"{{{_CHART}}}chart"):
        put(whole, "dispBlanksAs", "gap", after=("plotArea", "legend", "plotVisOnly"))
    for legend in root.iter(f"{{{_CHART}}}legend"):
        put(legend, "overlay", after=("legendPos", "legendEntry", "layout"))


def _workbook(chart: Chart, *, drawn: bool) -> bytes:
    """The figures: labels down the first column, a column per series."""
    stream = io.BytesIO()
    book = Book(stream, {"font_name": _FONT["name"]})
    book.workbook.set_properties({"created": _MADE})
    sheet = book.workbook.add_worksheet("数据")
    shown = book.format({"num_format": chart.number_format})
    sheet.set_column(0, 0, 30)
    for column, name in enumerate(chart.series.columns, start=1):
        sheet.write_string(0, column, plain_text(name))
    for row, (label, values) in enumerate(chart.series.rows, start=1):
        sheet.write_string(row, 0, plain_text(label))
        for column, value in enumerate(values, start=1):
            if value is not None:
                sheet.write_number(row, column, value, shown)
    if drawn:
        sheet.insert_chart(0, len(chart.series.columns) + 2, _made(book.workbook, chart))
    book.close()
    return stream.getvalue()


def _made(book: Any, chart: Chart) -> Any:
    made = book.add_chart({"type": chart.kind})
    last, lone = len(chart.series.rows), len(chart.series.columns) == 1
    lines = chart.kind == "line"
    for number, fill in enumerate(_FILLS[len(chart.series.columns)], start=1):
        looks: dict[str, Any] = {
            "fill": {"color": fill},
            "border": {"color": _LINE, "width": 0.5},
            "gap": 60,
            "overlap": 0,
        }
        if lines:
            dashed = "dash" if number == 1 and not lone else "solid"
            looks = {
                "line": {"color": _FILLS[1][0], "width": 1.75, "dash_type": dashed},
                "marker": {
                    "type": "square" if dashed == "dash" else "circle",
                    "size": 6,
                    "fill": {"color": "white" if dashed == "dash" else _FILLS[1][0]},
                    "border": {"color": _FILLS[1][0]},
                },
            }
        labels: dict[str, Any] = {
            "value": True,
            "num_format": chart.number_format,
            "font": _FONT,
        }
        if lines:
            labels["position"] = "above" if number == 1 else "below"
        made.add_series(
            {
                "name": ["数据", 0, number],
                "categories": ["数据", 1, 0, last, 0],
                "values": ["数据", 1, number, last, number],
                "data_labels": labels,
                **looks,
            }
        )
    _axes(made, chart)
    made.set_title({"none": True})  # the caption of the document says it
    made.set_legend({"none": True} if lone else {"position": "top", "font": _FONT})
    made.set_chartarea({"border": {"none": True}})
    return made


def _axes(made: Any, chart: Chart) -> None:
    lying = chart.kind == "bar"
    known = [value for _, row in chart.series.rows for value in row if value is not None]
    begins = start(known) if chart.kind != "line" else 0.0
    labels = {
        "num_font": _FONT,
        "line": {"color": _LINE},
        "major_tick_mark": "none",
        "reverse": lying,  # the first label of lying bars stands at the top
    }
    figures = {
        "num_font": _FONT,
        "num_format": chart.number_format,
        "min": begins,
        "visible": bool(begins),
        "major_gridlines": {"visible": False},
        "minor_tick_mark": "none",
        "line": {"color": _LINE},
    }
    if begins:  # who looks at the bars is told that they do not stand on 0
        figures["name"] = f"坐标轴从 {_axis_text(begins, chart.number_format)} 起"
        figures["name_font"] = {**_FONT, "bold": False}
    made.set_x_axis(figures if lying else labels)
    made.set_y_axis(labels if lying else figures)


def _axis_text(value: float, number_format: str) -> str:
    percent = number_format.endswith("%")
    return f"{value * 100:.10g}%" if percent else f"{value:,.10g}"


def _height(chart: Chart) -> float:
    """In mm; lying bars take as much as there are."""
    if chart.kind == "bar":
        return min(20 + _BAR * len(chart.series.rows) * len(chart.series.columns), 200)
    return 60


def _inline(chart: Chart, number: int, relation: str, width: float) -> BaseOxmlElement:
    size = f'cx="{round(width * _EMU)}" cy="{round(_height(chart) * _EMU)}"'
    inline = parse_xml(
        f'<wp:inline xmlns:wp="{_POSITION}" xmlns:a="{_DRAWING}" xmlns:c="{_CHART}"'
        f' xmlns:r="{_RELATIONS}" distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{1000 + number}" name="chart {number}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_CHART}"><c:chart r:id="{relation}"/></a:graphicData>'
        "</a:graphic></wp:inline>"
    )
    inline[1].set("descr", chart.title)
    return element("w:r", {}, element("w:drawing", {}, inline))
