"""Reports as Word documents (ECMA-376-1, 17): the text of the body, and its tables as grids.

Only the main part is read, through the package layer and within its limits. What a reader of the
document does not see (deleted or hidden text, field codes) is not read either.
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from workbook_tools.importing.document import (
    Document,
    DocumentCell,
    DocumentGrid,
    Piece,
    ReportError,
)
from workbook_tools.importing.word_xml import (
    WIDEST,
    below,
    cell_text,
    kind_of,
    merged,
    narrow_columns,
    outline_of,
    outlines,
    paragraphs,
    parsed,
    style_of,
    text_of,
)
from workbook_tools.ooxml import Package, PackageError
from workbook_tools.ooxml.limits import Limits

_LIMITS = Limits(entry=20_000_000)
"""The text of a report takes less than a megabyte; its pictures are never inflated."""
_MAIN = ("wordprocessingml", "ms-word")
"""What the type of the main part says; a .docm is a document whose macros nobody reads."""
_SAVE_AGAIN = "请在 WPS 或 Word 中打开，另存为 .docx 再导入。"


def read_word_file(path: Path, data: bytes) -> Document:
    """Read a .docx, known as ``path``.

    Raises ReportError when it is none, damaged, or beyond the limits.
    """
    try:
        with Package.open(data, _LIMITS, name=str(path)) as package:
            part = _main_part(package)
            main = _parsed(package, part)
            reader = _WordReader(_outlines(package, part))
    except PackageError as error:
        raise ReportError(f"{path.name}：{error.problem}{_SAVE_AGAIN}") from error
    for body in main:
        if kind_of(body) == "body":
            reader.read(body)
    return Document(path.name, tuple(reader.pieces), tuple(reader.grids))


def _main_part(package: Package) -> str:
    parts = [one.target for one in package.relationships() if one.kind == "officeDocument"]
    declared = package.content_type(parts[0]) if parts else None
    if declared is None or not any(one in declared.lower() for one in _MAIN):
        raise ReportError(
            f"{package.path.name}：不是 Word 文档。要导入的是自评报告，请给 .docx 或 .txt 文件。"
        )
    return parts[0]


def _parsed(package: Package, part: str) -> etree._Element:
    try:
        return parsed(package.xml_text(part))
    except etree.XMLSyntaxError as error:
        raise package.unreadable("正文已损坏。") from error


def _outlines(package: Package, part: str) -> dict[str, int]:
    """The paragraph styles that are headings; none where there is no such part."""
    styles = [one.target for one in package.relationships(part) if one.kind == "styles"]
    if not styles or not package.has(styles[0]):
        return {}
    return outlines(_parsed(package, styles[0]))


class _WordReader:
    def __init__(self, styles: dict[str, int]) -> None:
        self._styles = styles
        self.pieces: list[Piece] = []
        self.grids: list[DocumentGrid] = []
        self._paragraphs = self._rows = self._cells = 0
        self._gap = True

    def read(self, container: etree._Element) -> None:
        """Read what stands in the body, down through content controls and the like."""
        for element in container:
            match kind_of(element):
                case "p":
                    self._paragraphs += 1
                    self._add(element, f"第 {self._paragraphs} 段")
                case "tbl":
                    self._table(element)
                case "sdt" | "sdtContent" | "ins" | "customXml" | "smartTag":
                    self.read(element)
                case _:
                    pass

    def _add(self, paragraph: etree._Element, place: str, table: int = 0) -> None:
        """Add a paragraph: lines of it are pieces, as are the texts between its tabs."""
        found = False
        outline, style = outline_of(paragraph, self._styles), style_of(paragraph)
        for line in text_of(paragraph).split("\n"):
            for part in filter(None, map(str.strip, line.split("\t"))):
                self.pieces.append(
                    Piece(
                        text=part,
                        place=place,
                        gap=self._gap,
                        row=self._rows if table else 0,
                        cell=self._cells if table else 0,
                        table=table,
                        indented=line.startswith("\t"),
                        outline=outline,
                        style=style,
                    )
                )
                self._gap, found = False, True
        self._gap = not found

    def _table(self, table: etree._Element) -> None:
        number = len(self.grids) + 1
        rows: list[tuple[DocumentCell, ...]] = []
        narrow = narrow_columns(table)
        for index, row in enumerate(below(table, "tr"), start=1):
            above = rows[-1] if rows else ()
            cells: list[DocumentCell] = []
            column = 0
            for position, element in enumerate(below(row, "tc")):
                span, continued = merged(element)
                column += span
                span -= sum(column - span <= one < column for one in narrow)
                if continued and len(cells) < len(above):
                    cell = above[len(cells)]
                else:
                    place = f"表 {number} 第 {index} 行第 {position + 1} 列"
                    cell = DocumentCell(cell_text(element), place)
                    self._cells += 1
                    if position == 0:
                        self._rows += 1
                    for paragraph in paragraphs(element):
                        self._add(paragraph, place, number)
                cells += [cell] * min(span, WIDEST - len(cells))
            rows.append(tuple(cells))
        self.grids.append(DocumentGrid(number, tuple(rows)))
