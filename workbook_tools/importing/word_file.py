"""Reports as Word documents (ECMA-376-1, 17): the text of the body, and its tables as grids.

Only the main part is read, through the package layer and within its limits. What a reader of the
document does not see (deleted or hidden text, field codes) is not read either.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from workbook_tools.importing.document import Cell, Document, Grid, Piece, ReportError
from workbook_tools.ooxml import Package, PackageError
from workbook_tools.ooxml.limits import Limits

_LIMITS = Limits(entry=20_000_000)
"""The text of a report takes less than a megabyte; its pictures are never inflated."""
_SAVE_AGAIN = "请在 WPS 或 Word 中打开，另存为 .docx 再导入。"
_WIDEST = 63  # columns of a table that Word allows
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_UNSEEN = {"del", "moveFrom", "pPr", "instrText", "Fallback", "footnoteReference"}


def read_word_file(path: Path) -> Document:
    """Read a .docx. Raises ReportError when it is none, damaged, or beyond the limits."""
    try:
        with Package.open(path, _LIMITS) as package:
            root = _main_part(package)
            reader = _Reader()
            for body in root:
                if _kind(body) == "body":
                    reader.read(body)
    except PackageError as error:
        raise ReportError(f"{path.name}：{error.problem}{_SAVE_AGAIN}") from error
    except RecursionError as error:
        raise ReportError(f"{path.name}：内容嵌套过深，不像正常的报告。{_SAVE_AGAIN}") from error
    return Document(path.name, tuple(reader.pieces), tuple(reader.grids))


def _main_part(package: Package) -> etree._Element:
    parts = [one.target for one in package.relationships() if one.kind == "officeDocument"]
    declared = package.content_type(parts[0]) if parts else None
    if declared is None or "wordprocessingml" not in declared:
        raise ReportError(
            f"{package.path.name}：不是 Word 文档。要导入的是自评报告，请给 .docx 或 .txt 文件。"
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        return etree.fromstring(package.xml_text(parts[0]), parser)
    except etree.XMLSyntaxError as error:
        raise package.unreadable("正文已损坏。") from error


class _Reader:
    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.grids: list[Grid] = []
        self._paragraphs = self._rows = self._cells = 0
        self._gap = True

    def read(self, container: etree._Element) -> None:
        """Read what stands in the body, down through content controls and the like."""
        for element in container:
            match _kind(element):
                case "p":
                    self._paragraphs += 1
                    self._add(_text(element), f"第 {self._paragraphs} 段")
                case "tbl":
                    self._table(element)
                case "sdt" | "sdtContent" | "ins" | "customXml" | "smartTag":
                    self.read(element)

    def _add(self, text: str, place: str, table: int = 0) -> None:
        """Add a paragraph: lines of it are pieces, as are the texts between its tabs."""
        found = False
        for line in text.split("\n"):
            for part in line.split("\t"):
                if part.strip():
                    inside = {"row": self._rows, "cell": self._cells} if table else {}
                    self.pieces.append(
                        Piece(
                            text=part.strip(),
                            place=place,
                            gap=self._gap,
                            indented=line.startswith("\t"),
                            table=table,
                            **inside,
                        )
                    )
                    self._gap, found = False, True
        self._gap = not found

    def _table(self, table: etree._Element) -> None:
        number = len(self.grids) + 1
        rows: list[tuple[Cell, ...]] = []
        for index, row in enumerate(_below(table, "tr"), start=1):
            above = rows[-1] if rows else ()
            cells: list[Cell] = []
            column = 0
            for position, element in enumerate(_below(row, "tc")):
                span, continued = _merged(element)
                if continued and len(cells) < len(above):
                    cell = above[len(cells)]
                else:
                    column = position + 1
                    cell = Cell(_cell_text(element), f"表 {number} 第 {index} 行第 {column} 列")
                    self._cells += 1
                    if position == 0:
                        self._rows += 1
                    self._gap = False
                    for paragraph in _paragraphs(element):
                        self._add(_text(paragraph), cell.place, number)
                    if not cell.text:
                        self._gap = True
                cells += [cell] * min(span, _WIDEST - len(cells))
            rows.append(tuple(cells))
        self.grids.append(Grid(number, tuple(rows)))


def _kind(element: etree._Element) -> str:
    """The name of an element without its namespace, which differs in Strict documents."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _below(container: etree._Element, kind: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also those in content controls."""
    for element in container:
        if _kind(element) == kind:
            yield element
        elif _kind(element) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _below(element, kind)


def _merged(cell: etree._Element) -> tuple[int, bool]:
    """How many columns a cell takes, and whether it continues the one above."""
    span, continued = 1, False
    for properties in cell:
        if _kind(properties) != "tcPr":
            continue
        for one in properties:
            value = _value(one)
            if _kind(one) == "gridSpan" and value.isdecimal():
                span = max(1, min(int(value[:4]), _WIDEST))
            elif _kind(one) == "vMerge":
                continued = value != "restart"
    return span, continued


def _paragraphs(cell: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of a cell, with those of tables inside it."""
    for element in cell:
        if _kind(element) == "p":
            yield element
        elif _kind(element) != "tcPr":
            yield from _paragraphs(element)


def _cell_text(cell: etree._Element) -> str:
    texts = (_text(paragraph).strip() for paragraph in _paragraphs(cell))
    return "\n".join(text for text in texts if text)


def _text(element: etree._Element) -> str:
    """The text of a paragraph that a reader of the document sees."""
    return "".join(_seen(element))


def _seen(element: etree._Element) -> Iterator[str]:
    for child in element:
        kind = _kind(child)
        if kind == "t":
            yield child.text or ""
        elif kind in _BREAKS:
            yield _BREAKS[kind]
        elif kind not in _UNSEEN and not (kind == "r" and _is_hidden(child)):
            yield from _seen(child)


def _is_hidden(run: etree._Element) -> bool:
    """Whether a run carries the property vanish (17.3.2.41)."""
    return any(
        _kind(one) == "vanish" and _value(one) not in ("0", "false", "off")
        for properties in run
        if _kind(properties) == "rPr"
        for one in properties
    )


def _value(element: etree._Element) -> str:
    """The attribute val, in whichever namespace; "" where there is none."""
    return next((str(given) for key, given in element.items() if str(key).endswith("}val")), "")
