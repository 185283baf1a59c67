"""What makes Excel repair or refuse a workbook, checked with nothing of ours.

`repairs` lists it. Other programs open such files without a word, so no reader of our tests would
ever tell; `test_write_excel_rules.py` plants each fault and sees it found. What must hold of
packages and notes is in `invariants.py`; limits are those of Excel's "specifications and limits".
"""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from pathlib import Path

from lxml import etree

from tests.ooxml.excel_formulas import formula_faults
from tests.ooxml.invariants import Parts, _repeated, targets

Element = etree._Element
Box = tuple[int, int, int, int]
"""First row, first column, last row, last column."""

BOOK, STYLES = "xl/workbook.xml", "xl/styles.xml"
_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"}
_NAME = re.compile(r"[^\W\d][\w.?\\]*|\\[\w.?\\]*")
_LIKE_A_CELL = re.compile(r"\$?[A-Za-z]{1,3}\$?\d+|[RrCc]|[Rr]\d*[Cc]\d*")
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")
_ROWS, _COLUMNS = 1_048_576, 16_384
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def repairs(path: Path) -> list[str]:
    """All that Excel would repair, each as a short sentence; empty when there is nothing."""
    with zipfile.ZipFile(path) as archive:
        return list(part_repairs({name: archive.read(name) for name in archive.namelist()}))


def part_repairs(parts: Parts) -> Iterator[str]:
    """What Excel would repair in the parts of a workbook."""
    book = etree.fromstring(parts[BOOK])
    styles = etree.fromstring(parts[STYLES])
    strings = parts.get("xl/sharedStrings.xml", b"<sst/>")
    texts = [_words(one) for one in etree.fromstring(strings).iterfind("{*}si")]
    yield from _sheets(book)
    yield from _names(book, parts)
    yield from _styles(styles)
    yield from _dates(parts)
    names = [sheet.get("name", "") for sheet in book.iterfind("{*}sheets/{*}sheet")]
    for part in sorted(name for name in parts if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)):
        root = etree.fromstring(parts[part])
        rules = (
            *_cells(root, texts, len(_all(styles, "cellXfs/xf"))),
            *_formulas(root, names),
            *_merges(root),
            *_validations(root),
            *_formats(root, len(_all(styles, "dxfs/dxf"))),
            *_layout(root),
            *_links(root, part, parts),
        )
        yield from (f"{part}: {fault}" for fault in rules)
    yield from _tables(parts, texts, len(_all(styles, "dxfs/dxf")), book)


def _all(root: Element, path: str) -> list[Element]:
    return root.findall("/".join(f"{{*}}{step}" for step in path.split("/")))


def _words(element: Element | None) -> str:
    return "" if element is None else "".join(map(str, element.itertext()))


def _number(element: Element, name: str, default: int = 0) -> int:
    return int(element.get(name, str(default)))


def _box(ref: str) -> Box:
    corners = [_CELL.fullmatch(corner) for corner in ref.split(":")]
    places = [(int(one[2]), _column(one[1])) for one in corners if one is not None]
    assert places, f"no range: {ref}"
    (top, left), (bottom, right) = places[0], places[-1]
    return top, left, bottom, right


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _overlapping(boxes: Iterable[Box]) -> Iterator[Box]:
    yield from (other for one, other in combinations(boxes, 2) if _meet(one, other))


def _sheets(book: Element) -> Iterator[str]:
    sheets = _all(book, "sheets/sheet")
    names = [sheet.get("name", "") for sheet in sheets]
    for name in names:
        if not 1 <= len(name.encode("utf-16-le")) // 2 <= 31:
            yield f"sheet name {name!r} too long or empty"
        if re.search(r"[\\/?*:\[\]]", name) or name[:1] == "'" or name[-1:] == "'":
            yield f"sheet name {name!r} with a character that none may have"
        if name.lower() == "history":
            yield "sheet name History is Excel's own"
    yield from (f"two sheets {name}" for name in _repeated(name.lower() for name in names))
    yield from (f"two sheets of id {i}" for i in _repeated(s.get("sheetId", "") for s in sheets))
    if all(sheet.get("state", "visible") != "visible" for sheet in sheets):
        yield "no visible sheet"
    for view in _all(book, "bookViews/workbookView"):
        if not 0 <= _number(view, "activeTab") < len(sheets):
            yield "active sheet out of range"


def _names(book: Element, parts: Parts) -> Iterator[str]:
    count = len(_all(book, "sheets/sheet"))
    listed = _all(book, "definedNames/definedName")
    keys = [f"{one.get('name', '').lower()} of {one.get('localSheetId')}" for one in listed]
    yield from (f"two names {key}" for key in _repeated(keys))
    for one in listed:
        name = one.get("name", "")
        plain = name.removeprefix("_xlnm.")
        if len(name) > 255:
            yield f"name {name[:20]}… too long"
        elif not _NAME.fullmatch(plain):
            yield f"name {name} with a character that none may have"
        elif _is_like_a_cell(plain):
            yield f"name {name} is like a cell"
        if not 0 <= _number(one, "localSheetId") < max(count, 1):
            yield f"name {name} of a sheet out of range"
        if not (one.text or "").strip():
            yield f"name {name} of nothing"
        yield from (f"name {name}: {fault}" for fault in formula_faults(one.text or "", None))


def _is_like_a_cell(name: str) -> bool:
    if not _LIKE_A_CELL.fullmatch(name):
        return False
    found = _CELL.fullmatch(name.upper())
    return found is None or (_column(found[1]) <= _COLUMNS and 1 <= int(found[2]) <= _ROWS)


def _styles(styles: Element) -> Iterator[str]:
    limits = {
        "fontId": len(_all(styles, "fonts/font")),
        "fillId": len(_all(styles, "fills/fill")),
        "borderId": len(_all(styles, "borders/border")),
        "xfId": max(1, len(_all(styles, "cellStyleXfs/xf"))),
    }
    own = {_number(one, "numFmtId") for one in _all(styles, "numFmts/numFmt")}
    for xf in _all(styles, "cellXfs/xf") + _all(styles, "cellStyleXfs/xf"):
        for what, limit in limits.items():
            if _number(xf, what) >= limit:
                yield f"style with {what} out of range"
        if (number := _number(xf, "numFmtId")) >= 164 and number not in own:
            yield f"style with an unknown number format {number}"
    for style in _all(styles, "cellStyles/cellStyle"):
        if _number(style, "xfId") >= limits["xfId"]:
            yield "named style out of range"
    for one in _all(styles, "numFmts/numFmt"):
        if not 1 <= len(one.get("formatCode", "")) <= 255:
            yield "number format too long or empty"


def _dates(parts: Parts) -> Iterator[str]:
    core = parts.get("docProps/core.xml")
    for element in etree.fromstring(core) if core else ():
        name = etree.QName(element).localname
        if name in {"created", "modified"} and not _DATE.fullmatch(element.text or ""):
            yield f"property {name} is no date"


def _cells(root: Element, texts: list[str], styles: int) -> Iterator[str]:
    for row in _all(root, "sheetData/row"):
        if _number(row, "s") >= styles:
            yield f"row {row.get('r')}: style out of range"
        for cell in row.iterfind("{*}c"):
            ref = cell.get("r", "")
            top, left, *_ = _box(ref)
            if top > _ROWS or left > _COLUMNS:
                yield f"{ref}: beyond the sheet"
            if _number(cell, "s") >= styles:
                yield f"{ref}: style out of range"
            value = cell.findtext("{*}v")
            if not value and cell.find("{*}f") is not None:
                value = None  # a formula without a result, as XlsxWriter and others write it
            text = _words(cell.find("{*}is"))
            if (fault := _value_fault(cell.get("t", "n"), value, texts)) or len(text) > 32_767:
                yield f"{ref}: {fault or 'text too long'}"
    for text in texts:
        if len(text) > 32_767:
            yield "shared text too long"
    for column in _all(root, "cols/col"):
        if _number(column, "style") >= styles:
            yield "column style out of range"


def _value_fault(kind: str, value: str | None, texts: list[str]) -> str:
    if kind not in {"n", "b", "s", "e", "str", "inlineStr", "d"}:
        return f"unknown type {kind}"
    if value is None:
        return ""
    if kind == "n" and not _is_number(value):
        return f"bad number {value}"
    if kind == "b" and value not in {"0", "1"}:
        return f"bad boolean {value}"
    if kind == "e" and value not in _ERRORS:
        return f"bad error value {value}"
    if kind == "s" and not (value.isdigit() and int(value) < len(texts)):
        return f"shared text {value} out of range"
    return "text too long" if kind == "str" and len(value) > 32_767 else ""


def _is_number(value: str) -> bool:
    try:
        return math.isfinite(float(value)) and "_" not in value
    except ValueError:
        return False


def _formulas(root: Element, sheets: list[str]) -> Iterator[str]:
    for cell in root.iterfind("{*}sheetData/{*}row/{*}c"):
        formula = cell.findtext("{*}f")
        if formula:
            yield from (f"{cell.get('r')}: {one}" for one in formula_faults(formula, sheets))
    for one in _all(root, "conditionalFormatting/cfRule/formula"):
        yield from (f"format: {fault}" for fault in formula_faults(one.text or "", sheets))
    for kind in ("formula1", "formula2"):
        for one in _all(root, f"dataValidations/dataValidation/{kind}"):
            yield from (f"rule: {fault}" for fault in formula_faults(one.text or "", sheets))


def _merges(root: Element) -> Iterator[str]:
    boxes = [_box(one.get("ref", "")) for one in _all(root, "mergeCells/mergeCell")]
    yield from (f"merge {box} overlaps another" for box in _overlapping(boxes))
    yield from (f"merge {box} of one cell" for box in boxes if box[:2] == box[2:])
    if root.find("{*}mergeCells") is not None and not boxes:
        yield "no merge in mergeCells"


def _validations(root: Element) -> Iterator[str]:
    boxes: list[Box] = []
    for rule in _all(root, "dataValidations/dataValidation"):
        where = rule.get("sqref", "")
        boxes += map(_box, where.split())
        for name, most in (
            ("promptTitle", 32),
            ("errorTitle", 32),
            ("prompt", 255),
            ("error", 255),
        ):
            if len(rule.get(name, "").encode("utf-16-le")) // 2 > most:
                yield f"rule of {where}: {name} too long"
        first = rule.findtext("{*}formula1") or ""
        if first.startswith('"') and len(first) > 257:
            yield f"rule of {where}: list too long"
        if rule.get("type", "none") != "none" and not first:
            yield f"rule of {where}: no formula"
    yield from (f"rules overlap at {box}" for box in _overlapping(boxes))
    if root.find("{*}dataValidations") is not None and not boxes:
        yield "no rule in dataValidations"


def _formats(root: Element, dxfs: int) -> Iterator[str]:
    for rule in _all(root, "conditionalFormatting/cfRule"):
        if _number(rule, "dxfId") >= max(dxfs, 0 if rule.get("dxfId") else 1):
            yield "conditional format with dxfId out of range"
        if _number(rule, "priority") < 1:
            yield "conditional format without priority"
        if rule.get("type") == "expression" and not rule.findtext("{*}formula"):
            yield "conditional format without formula"


def _layout(root: Element) -> Iterator[str]:
    spans = [(_number(one, "min"), _number(one, "max")) for one in _all(root, "cols/col")]
    if any(not 1 <= low <= high <= _COLUMNS for low, high in spans):
        yield "columns out of range"
    if any(high >= low for (_, high), (low, _) in pairwise(spans)):
        yield "columns overlap"
    if any(float(one.get("width", "0")) > 255 for one in _all(root, "cols/col")):
        yield "column wider than 255"
    if any(float(one.get("ht", "0")) > 409.5 for one in _all(root, "sheetData/row")):
        yield "row higher than 409.5"
    for words in root.iterfind("{*}headerFooter/*"):
        if len(words.text or "") > 255:
            yield "header or footer too long"
    for pane in root.iter("{*}pane"):
        if pane.get("state") == "frozen" and any(
            not float(pane.get(split, "0")).is_integer() for split in ("xSplit", "ySplit")
        ):
            yield "frozen at a part of a row"


def _links(root: Element, part: str, parts: Parts) -> Iterator[str]:
    known = {identity for identity, _, _ in targets(part, parts)} | _external(part, parts)
    for element in root.iter():
        for name, value in element.attrib.items():
            if str(name).endswith("/relationships}id") and value not in known:
                yield f"{etree.QName(element).localname} of an unknown relationship"
    for link in _all(root, "hyperlinks/hyperlink"):
        if len(link.get("tooltip", "")) > 255 or len(link.get("location", "")) > 2_083:
            yield "link too long"


def _external(part: str, parts: Parts) -> set[str]:
    folder, _, name = part.rpartition("/")
    listed = parts.get(f"{folder}/_rels/{name}.rels")
    external = etree.fromstring(listed) if listed else ()
    return {str(one.get("Id")) for one in external if one.get("TargetMode") == "External"}


def _tables(parts: Parts, texts: list[str], dxfs: int, book: Element) -> Iterator[str]:
    defined = {one.get("name", "").lower() for one in _all(book, "definedNames/definedName")}
    tables: list[str] = []
    ids = []
    for part in sorted(name for name in parts if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)):
        root = etree.fromstring(parts[part])
        merged = [_box(one.get("ref", "")) for one in _all(root, "mergeCells/mergeCell")]
        held = [target for _, kind, target in targets(part, parts) if kind == "table"]
        boxes = []
        for one in held:
            table = etree.fromstring(parts[one])
            name, box = table.get("displayName", ""), _box(table.get("ref", ""))
            columns = _all(table, "tableColumns/tableColumn")
            heads = [column.get("name", "") for column in columns]
            boxes.append(box)
            ids.append(table.get("id", ""))
            tables.append(name.lower())
            if not _NAME.fullmatch(name) or _is_like_a_cell(name) or len(name) > 255:
                yield f"{one}: name {name} that none may have"
            if len(columns) != box[3] - box[1] + 1:
                yield f"{one}: {len(columns)} columns in {table.get('ref')}"
            yield from (f"{one}: two heads {h}" for h in _repeated(h.lower() for h in heads))
            if _number(table, "headerRowCount", 1) and heads != _head(root, box, texts):
                yield f"{one}: heads are not those of the cells"
            if any(_number(column, "dataDxfId", -1) >= dxfs for column in columns):
                yield f"{one}: dataDxfId out of range"
            yield from (f"{one}: merge in the table" for merge in merged if _meet(merge, box))
        yield from (f"{part}: tables overlap at {box}" for box in _overlapping(boxes))
    yield from (f"two tables of id {identity}" for identity in _repeated(ids))
    yield from (f"two names {name} or tables of it" for name in _repeated([*defined, *tables]))


def _head(root: Element, box: Box, texts: list[str]) -> list[str]:
    found = {}
    for cell in root.iterfind("{*}sheetData/{*}row/{*}c"):
        top, left, *_ = _box(cell.get("r", ""))
        if top == box[0] and box[1] <= left <= box[3]:
            value = cell.findtext("{*}v") or ""
            inline = cell.find("{*}is")
            words = value if inline is None else _words(inline)
            found[left] = texts[int(value)] if cell.get("t") == "s" else words
    return [found.get(column, "") for column in range(box[1], box[3] + 1)]
