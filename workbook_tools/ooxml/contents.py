"""What a package holds that can act, reach out, or stay out of sight; it is named, never followed.

Everything that a program would load is led to by a relationship, so the relationships of all parts
are gone through; parts are opened only where one of the kinds below leads to them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

import msgspec

from . import scan
from .package import Package, Relationship
from .workbook import Workbook

# Last steps of relationship types (ECMA-376-1, 15.2; MS-OFFMACRO2; MS-OWEMXML), in small letters.
_CODE = {
    "vbaproject": "VBA 宏",
    "xlmacrosheet": "Excel 4.0 宏表",
    "xlintlmacrosheet": "Excel 4.0 宏表",
    "dialogsheet": "Excel 5.0 对话框表",
    "attachedtoolbars": "自带的工具栏",
    "extensibility": "自定义功能区",
    "webextension": "网络加载项",
    "webextensiontaskpanes": "网络加载项",
}
_OBJECTS = {"oleobject": "OLE 对象", "package": "嵌入的文件", "control": "ActiveX 控件"}
_DATA = {
    "querytable": "查询表",
    "powerpivotdata": "数据模型",
    "connections": "数据连接",
}
_HARMLESS = ("http://", "https://", "mailto:")
_DOCUMENTS = re.compile(
    r"(?i)\.(?:bmp|csv|docx?|et|gif|jpe?g|ofd|pdf|png|pptx?|rar|txt|wps|xlsx?|zip)\Z"
)
_SCHEME = re.compile(r"(?i)[a-z][a-z0-9+.-]+:")  # a drive's letter is none
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0]+")
_MOST, _LONGEST = 1000, 200
"""Things of a kind that are listed, and characters of each; nobody reads more."""


class Contents(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What was found, each thing as a short text for people; all empty in an ordinary workbook.

    ``code``: macros, macro sheets, add-ins. ``links``: files and addresses that values or pictures
    are taken from. ``dde``: programs that are asked for values, as "program|topic". ``objects``:
    embedded files and controls. ``data``: connections, queries, data models. ``hyperlinks``: where
    links lead that open programs, network folders or whatever else is neither page, mail address
    nor document; ``documents``: those to documents. ``hidden``: sheets that do not show.
    """

    code: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    dde: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    hyperlinks: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


def contents_of(workbook: Workbook) -> Contents:
    """List what the workbook's package holds. Raises PackageError for a broken part on the way."""
    found: dict[str, dict[str, None]] = {name: {} for name in Contents.__struct_fields__}
    for kind, thing in _things(workbook.package):
        if len(found[kind]) < _MOST:
            found[kind][_UNSEEN.sub(" ", thing[:_LONGEST]).strip()] = None
    found["hidden"] = dict.fromkeys(
        sheet.name for sheet in workbook.sheets if sheet.state != "visible"
    )
    return Contents(**{kind: tuple(things) for kind, things in found.items()})


def _things(package: Package) -> Iterator[tuple[str, str]]:
    """Everything worth telling, as the field of `Contents` and the text."""
    for name in package.names:
        lower = name.lower()
        if lower.endswith(".rels"):
            for relation in package.relationships(_owner(name)):
                yield from _led_to(package, relation)
        elif "vbaproject" in lower:  # found even if nothing leads to it
            yield "code", _CODE["vbaproject"]


def _owner(rels: str) -> str:
    """The part whose relationships a part lists, "" being the package."""
    folder, name = posixpath.split(rels.replace("\\", "/"))
    return posixpath.join(posixpath.dirname(folder), name[: -len(".rels")])


def _led_to(package: Package, relation: Relationship) -> Iterator[tuple[str, str]]:
    kind = relation.kind.lower()
    target = unquote(relation.target).strip()
    if kind in _CODE:
        yield "code", _CODE[kind]
    elif kind in _OBJECTS:
        yield "objects", f"{_OBJECTS[kind]} {target}"
    elif kind in _DATA:
        names = _connections(package, target) if kind == "connections" else ()
        yield from (("data", name) for name in names or (_DATA[kind],))
    elif kind == "externallink":
        yield from _link(package, relation)
    elif relation.external and kind == "hyperlink":
        if not target.lower().startswith((*_HARMLESS, "#")):
            yield ("documents" if _is_document(target) else "hyperlinks"), target
    elif relation.external:
        yield "links", target


def _is_document(target: str) -> bool:
    """Whether a link leads to a document on this computer and to nothing that runs."""
    path = target.partition("#")[0].replace("\\", "/")
    if path.lower().startswith("file:///"):
        path = path[len("file:///") :]
    if path.startswith("/") or _SCHEME.match(_UNSEEN.sub("", path)):
        return False  # another computer, or more than a path
    return _DOCUMENTS.search(path) is not None


def _link(package: Package, relation: Relationship) -> Iterator[tuple[str, str]]:
    """An external link: DDE, or a file that the part's own relationships name."""
    part = relation.target
    if relation.external or not package.has(part):
        yield "links", unquote(part)
        return
    xml = scan.plain(package.xml_text(part))
    for given in scan.listed(xml, "ddeLink"):
        yield "dde", f"{given.get('ddeService', '')}|{given.get('ddeTopic', '')}"
    if not package.relationships(part) and scan.first(xml, "ddeLink") is None:
        yield "links", part


def _connections(package: Package, part: str) -> tuple[str, ...]:
    """The names of the connections; what they say may hold passwords and is not told."""
    if not package.has(part):
        return ()
    listed = scan.listed(scan.plain(package.xml_text(part)), "connection")
    return tuple(f"数据连接 {given.get('name', '')}".strip() for given in listed)
