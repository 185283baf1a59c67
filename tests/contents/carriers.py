"""Workbooks that carry something: a sample with parts and relationships put into it."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tests.cli.shell import CLEAN
from tests.ooxml.read_books import MAIN, PACKAGE, RELATIONS

MICROSOFT = "http://schemas.microsoft.com/office"
_SHEET = "xl/worksheets/sheet3.xml"


class Lead(NamedTuple):
    """A relationship to add: from which part, of which type, to where."""

    owner: str
    type: str
    target: str
    external: bool = False


class Carrier(NamedTuple):
    """What is put in, the kind of finding that it must give, and words of its message."""

    finds: str
    says: tuple[str, ...]
    leads: tuple[Lead, ...] = ()
    parts: Mapping[str, str] = {}
    severity: str = "warning"


def _from_workbook(kind: str, target: str) -> tuple[Lead, ...]:
    return (Lead("xl/workbook.xml", f"{RELATIONS}/{kind}", target),)


def _link(target: str) -> tuple[Lead, ...]:
    return (Lead(_SHEET, f"{RELATIONS}/hyperlink", target, external=True),)


_LINK_PART = "xl/externalLinks/externalLink1.xml"
_LINK = f'<externalLink xmlns="{MAIN}" xmlns:r="{RELATIONS}">{{}}</externalLink>'
_TRACKER = "https://tracker.example/p.png"

CARRIERS = {
    "VBA project": Carrier(
        "macros-present",
        ("VBA 宏", "没有运行"),
        (Lead("xl/workbook.xml", f"{MICROSOFT}/2006/relationships/vbaProject", "vbaProject.bin"),),
        {"xl/vbaProject.bin": "Attribute VB_Name"},
    ),
    "VBA project that nothing leads to": Carrier(
        "macros-present", ("VBA 宏",), (), {"xl/vbaProject.bin": "Attribute VB_Name"}
    ),
    "VBA project under another name": Carrier(
        "macros-present",
        ("VBA 宏",),
        (Lead("xl/workbook.xml", f"{MICROSOFT}/2006/relationships/VBAPROJECT", "theme/t.xml"),),
        {"xl/theme/t.xml": "Attribute VB_Name"},
    ),
    "Excel 4 macro sheet": Carrier(
        "macros-present",
        ("Excel 4.0 宏表",),
        (
            Lead(
                "xl/workbook.xml",
                f"{MICROSOFT}/2006/relationships/xlMacrosheet",
                "macrosheets/sheet1.xml",
            ),
        ),
        {"xl/macrosheets/sheet1.xml": "<macrosheet/>"},
    ),
    "ribbon that calls macros": Carrier(
        "macros-present",
        ("功能区",),
        (Lead("", f"{MICROSOFT}/2007/relationships/ui/extensibility", "customUI/customUI14.xml"),),
        {"customUI/customUI14.xml": "<customUI/>"},
    ),
    "add-in from the web": Carrier(
        "macros-present",
        ("网络加载项",),
        (Lead("", f"{MICROSOFT}/2011/relationships/webextensiontaskpanes", "xl/taskpanes.xml"),),
        {"xl/taskpanes.xml": "<taskpanes/>"},
    ),
    "another workbook": Carrier(
        "external-links",
        ("1 个", "file:///D:/2020 决算.xlsx", "没有打开"),
        (
            *_from_workbook("externalLink", "externalLinks/externalLink1.xml"),
            Lead(
                _LINK_PART,
                f"{RELATIONS}/externalLinkPath",
                "file:///D:/2020%20决算.xlsx",
                external=True,
            ),
        ),
        {_LINK_PART: _LINK.format('<externalBook r:id="rId900"/>')},
    ),
    "picture from the network": Carrier(
        "external-links",
        (_TRACKER,),
        (Lead("xl/drawings/drawing9.xml", f"{RELATIONS}/image", _TRACKER, external=True),),
        {"xl/drawings/drawing9.xml": "<wsDr/>"},
    ),
    "DDE": Carrier(
        "dde-links",
        ("cmd|/c calc", "没有理会"),
        _from_workbook("externalLink", "externalLinks/externalLink1.xml"),
        {_LINK_PART: _LINK.format('<ddeLink ddeService="cmd" ddeTopic="/c calc"/>')},
    ),
    "OLE object": Carrier(
        "embedded-objects",
        ("OLE 对象 xl/embeddings/oleObject1.bin",),
        (Lead(_SHEET, f"{RELATIONS}/oleObject", "../embeddings/oleObject1.bin"),),
        {"xl/embeddings/oleObject1.bin": "Package"},
    ),
    "OLE object elsewhere": Carrier(
        "embedded-objects",
        ("OLE 对象", "账.doc"),
        (Lead(_SHEET, f"{RELATIONS}/oleObject", r"\\server\账.doc", external=True),),
    ),
    "embedded document": Carrier(
        "embedded-objects",
        ("嵌入的文件 xl/embeddings/明细.docx",),
        (Lead(_SHEET, f"{RELATIONS}/package", "../embeddings/明细.docx"),),
        {"xl/embeddings/明细.docx": "PK"},
    ),
    "ActiveX": Carrier(
        "embedded-objects",
        ("ActiveX 控件",),
        (Lead(_SHEET, f"{RELATIONS}/control", "../activeX/activeX1.xml"),),
        {"xl/activeX/activeX1.xml": "<ocx/>"},
    ),
    "connection": Carrier(
        "data-connections",
        ("数据连接 决算库", "没有访问"),
        _from_workbook("connections", "connections.xml"),
        {
            "xl/connections.xml": f'<connections xmlns="{MAIN}"><connection id="1" name="决算库" '
            'type="5"><dbPr connection="Provider=SQLOLEDB;Password=secret"/></connection>'
            "</connections>"
        },
    ),
    "web query": Carrier(
        "data-connections",
        ("查询表",),
        (Lead(_SHEET, f"{RELATIONS}/queryTable", "../queryTables/queryTable1.xml"),),
        {"xl/queryTables/queryTable1.xml": "<queryTable/>"},
    ),
    "data model": Carrier(
        "data-connections",
        ("数据模型",),
        _from_workbook("powerPivotData", "model/item.data"),
        {"xl/model/item.data": "STREAM"},
    ),
    "link to a program": Carrier(
        "file-hyperlinks", (r"C:\tools\a.exe", "点击会打开"), _link(r"C:\tools\a.exe")
    ),
    "link to a network folder": Carrier(
        "file-hyperlinks", (r"\\server\share",), _link(r"\\server\share")
    ),
    "link to a file on another computer": Carrier(
        "file-hyperlinks", ("点击会打开",), _link("file://server/share/a.docx")
    ),
    "link to a file on another computer, many slashes": Carrier(
        "file-hyperlinks", ("点击会打开",), _link("file://///server/share/a.docx")
    ),
    "link with a scheme hidden by a tab": Carrier(
        "file-hyperlinks", ("点击会打开",), _link("ms-word&#9;:ofe|u|a.docx")
    ),
    "link to a script": Carrier("file-hyperlinks", ("javascript:",), _link("javascript:alert(1)")),
    "link to a search of another computer": Carrier(
        "file-hyperlinks", ("search-ms:",), _link("search-ms:query=a&amp;crumb=location:%5C%5Cevil")
    ),
    "link to a document": Carrier(
        "file-hyperlinks", ("附件 1.docx", "打不开"), _link("附件%201.docx"), severity="info"
    ),
    "link to a document on a drive": Carrier(
        "file-hyperlinks", ("打不开",), _link("file:///D:/附件/1.pdf#page=2"), severity="info"
    ),
}


HARMLESS = {
    "page": _link("https://www.example.gov.cn/a.exe"),
    "mail": _link("mailto:caizheng@example.gov.cn"),
    "place in the workbook": _link("#人员资产!B5"),
}


def carrying(
    path: Path, leads: tuple[Lead, ...], parts: Mapping[str, str] = {}, source: Path = CLEAN
) -> Path:
    """A sample with these parts and relationships; content types are of no interest here."""
    with zipfile.ZipFile(source) as archive:
        whole = {name: archive.read(name) for name in archive.namelist()}
    whole |= {name: part.encode() for name, part in parts.items()}
    for number, lead in enumerate(leads, start=900):
        folder, name = posixpath.split(lead.owner)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        mode = ' TargetMode="External"' if lead.external else ""
        added = f'<Relationship Id="rId{number}" Type="{lead.type}" Target="{lead.target}"{mode}/>'
        empty = f'<Relationships xmlns="{PACKAGE}/relationships"></Relationships>'
        old = whole.get(rels, empty.encode()).decode()
        whole[rels] = old.replace("</Relationships>", f"{added}</Relationships>").encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in whole.items():
            archive.writestr(name, part)
    return path
