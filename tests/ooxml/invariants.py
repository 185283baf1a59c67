"""What must hold in every package that we write, checked with nothing of ours.

`violations` lists what does not hold. The offline validator (openxml-audit) misses most of these
faults, so `test_write_invariants.py` plants each of them and sees it found here.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from lxml import etree

_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_ORDER = """
sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection
protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells
phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins
pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors
smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls
webPublishItems tableParts extLst
""".split()  # noqa: SIM905 - reads better than forty lines
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d*)")

Parts = Mapping[str, bytes]


def violations(path: Path) -> list[str]:
    """All that is wrong with a package, each as a short sentence; empty when nothing is."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        broken = archive.testzip()
        parts = {name: archive.read(name) for name in names if name != broken}
    found = [f"damaged entry {broken}"] if broken else []
    found += [f"two entries {name}" for name in _repeated(name.lower() for name in names)]
    return found + list(part_violations(parts))


def part_violations(parts: Parts) -> Iterator[str]:
    """What is wrong with the parts of a package."""
    parts = {name: _utf8(part) if name.endswith(".vml") else part for name, part in parts.items()}
    yield from _content_types(parts)
    yield from _relationships(parts)
    sheets = [name for name in parts if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)]
    for sheet in sheets:
        yield from _worksheet(sheet, parts)
        yield from _notes(sheet, parts)
    yield from _shape_ids(parts)


def _utf8(drawing: bytes) -> bytes:
    """A drawing is searched as bytes; in UTF-16 it could not be."""
    return drawing.decode("utf-16").encode() if drawing.startswith(b"\xff\xfe") else drawing


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def _content_types(parts: Parts) -> Iterator[str]:
    root = etree.fromstring(parts["[Content_Types].xml"])
    defaults = [e.get("Extension", "").lower() for e in root if e.tag.endswith("Default")]
    overrides = [e.get("PartName", "").lower() for e in root if e.tag.endswith("Override")]
    yield from (f"two defaults for {name}" for name in _repeated(defaults))
    yield from (f"two overrides for {name}" for name in _repeated(overrides))
    present = {f"/{name}".lower() for name in parts}
    yield from (f"type of absent part {name}" for name in overrides if name not in present)
    for name in present - {"/[content_types].xml"}:
        if name not in overrides and name.rpartition(".")[2] not in defaults:
            yield f"no type for {name}"


def targets(owner: str, parts: Parts) -> list[tuple[str, str, str]]:
    """(id, last step of the type, target) of the internal relationships of a part."""
    folder, name = posixpath.split(owner)
    listed = parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    if listed is None:
        return []
    spelled = {name.lower(): name for name in parts}
    related = []
    for element in etree.fromstring(listed).iter(_RELS):
        if element.get("TargetMode") != "External":
            path = posixpath.join("/", folder, element.get("Target", ""))
            target = posixpath.normpath(path).lstrip("/")
            kind = element.get("Type", "").rpartition("/")[2]
            related.append((element.get("Id", ""), kind, spelled.get(target.lower(), target)))
    return related


def _relationships(parts: Parts) -> Iterator[str]:
    reached = set()
    lower = {name.lower() for name in parts}
    for name in parts:
        if not name.endswith(".rels"):
            continue
        folder, base = posixpath.split(name)
        owner = posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))
        if owner and owner not in parts:
            yield f"relationships of absent part {owner}"
        related = targets(owner, parts)
        yield from (f"two ids {i} in {name}" for i in _repeated(i for i, _, _ in related))
        for _, _, target in related:
            reached.add(target.lower())
            if target.lower() not in lower:
                yield f"{name} leads to absent part {target}"
    for name in lower:
        if re.search(r"comments|\.vml$", name) and name not in reached:
            yield f"nobody refers to {name}"


def _worksheet(sheet: str, parts: Parts) -> Iterator[str]:
    root = etree.fromstring(parts[sheet])
    children = [child for child in root if isinstance(child.tag, str)]
    ranks = [rank for child in children if (rank := _rank(child)) >= 0]
    if ranks != sorted(ranks):
        yield f"{sheet}: children out of order"
    once = set(_ORDER) - {"conditionalFormatting"}
    names = [etree.QName(child).localname for child in children]
    yield from (f"{sheet}: two {name}" for name in _repeated(names) if name in once)
    rows = [int(row.get("r", "0")) for row in root.iterfind("{*}sheetData/{*}row")]
    if rows != sorted(set(rows)):
        yield f"{sheet}: rows out of order"
    for row in root.iterfind("{*}sheetData/{*}row"):
        cells = [_position(cell.get("r", "")) for cell in row.iterfind("{*}c")]
        number = int(row.get("r", "0"))
        if cells != sorted(set(cells)) or any(found != number for found, _ in cells):
            yield f"{sheet}: cells of row {number} out of order"
    links = [link.get("ref", "") for link in root.iterfind("{*}hyperlinks/{*}hyperlink")]
    yield from (f"{sheet}: two links on {ref}" for ref in _repeated(links))
    if root.find("{*}hyperlinks") is not None and not links:
        yield f"{sheet}: empty hyperlinks"


def _rank(child: etree._Element) -> int:
    if child.tag == _MC:
        inner = [_rank(held) for branch in child for held in branch]
        return min((rank for rank in inner if rank >= 0), default=-1)
    name = etree.QName(child).localname
    return _ORDER.index(name) if name in _ORDER else -1


def _position(ref: str) -> tuple[int, int]:
    found = _CELL.fullmatch(ref)
    if found is None:
        return (-1, -1)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def _notes(sheet: str, parts: Parts) -> Iterator[str]:
    related = targets(sheet, parts)
    listed = [target for _, kind, target in related if kind == "comments"]
    if len(listed) > 1:
        yield f"{sheet}: two comments parts"
    root = etree.fromstring(parts[sheet])
    named = [e for e in root.iter() if str(e.tag).rpartition("}")[2] == "legacyDrawing"]
    drawings = []
    for element in named:
        identity = next((v for key, v in element.attrib.items() if str(key).endswith("}id")), "")
        target = [t for i, kind, t in related if i == identity and kind == "vmlDrawing"]
        if not target:
            yield f"{sheet}: legacyDrawing leads nowhere"
        drawings += target
    noted: list[tuple[int, int]] = []
    for part in listed:
        if part in parts:
            yield from _comments(part, parts[part], noted)
    shapes = [cell for part in drawings if part in parts for cell in _note_shapes(parts[part])]
    if sorted(noted) != sorted(shapes):
        yield f"{sheet}: notes {sorted(noted)} and boxes {sorted(shapes)} do not pair"


def _comments(part: str, content: bytes, noted: list[tuple[int, int]]) -> Iterator[str]:
    root = etree.fromstring(content)
    if [etree.QName(e).localname for e in root][:2] != ["authors", "commentList"]:
        yield f"{part}: children out of order"
    authors = len(root.findall("{*}authors/{*}author"))
    for comment in root.iterfind("{*}commentList/{*}comment"):
        noted.append(_position(comment.get("ref", "")))
        index = comment.get("authorId", "")
        if not index.isdigit() or int(index) >= authors:
            yield f"{part}: author of {comment.get('ref')} out of range"
        text = "".join(map(str, comment.itertext()))
        if len(text) > 32_767:
            yield f"{part}: text of {comment.get('ref')} too long"
        held = [etree.QName(e).localname for e in comment.iterfind("{*}text/*")]
        runs = [name for name in held if name == "r"]
        phonetic = [name for name in held if name in ("rPh", "phoneticPr")]
        if held not in (["t"], runs + phonetic):
            yield f"{part}: text of {comment.get('ref')} mixes {held}"
    yield from (f"{part}: two notes on {cell}" for cell in _repeated(map(str, noted)))


def _named(element: etree._Element, name: str) -> list[etree._Element]:
    """Elements of that local name within; names are in small letters, prefixes as they come."""
    return [e for e in element.iter() if str(e.tag).rpartition(":")[2] == name]


def _shapes(content: bytes) -> list[etree._Element]:
    return _named(_html(content), "shape")


def _html(content: bytes) -> etree._Element:
    """VML is often no XML (`<br>`), so it is read as HTML."""
    return etree.fromstring(content, etree.HTMLParser())


def _note_shapes(content: bytes) -> list[tuple[int, int]]:
    cells = []
    for shape in _shapes(content):
        for data in _named(shape, "clientdata"):
            if data.get("objecttype") == "Note":
                row, column = (
                    int(_named(data, name)[0].text or "") + 1 for name in ("row", "column")
                )
                cells.append((row, column))
    return cells


def _shape_ids(parts: Parts) -> Iterator[str]:
    owners: dict[int, set[str]] = {}
    drawings = {name: part for name, part in parts.items() if name.lower().endswith(".vml")}
    for name, content in drawings.items():
        for found in re.findall(rb"idmap[^>]*data=[\"']([\d,]+)", content):
            for block in found.split(b","):
                owners.setdefault(int(block), set()).add(name)
    ids = []
    for name, content in drawings.items():
        types = {f"#{found.get('id')}" for found in _named(_html(content), "shapetype")}
        for shape in _shapes(content):
            identity = shape.get("id", "")
            if shape.get("type") not in types:
                yield f"{name}: shape {identity} of unknown type"
            ids.append(identity)
            number = re.search(r"_s(\d+)$", identity)
            if number and name not in owners.get(int(number[1]) // 1024, {name}):
                yield f"{name}: shape {identity} in another drawing's block"
    yield from (f"two shapes {identity}" for identity in _repeated(ids))
    yield from (f"two drawings own block {block}" for block, own in owners.items() if len(own) > 1)
