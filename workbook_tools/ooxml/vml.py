"""The boxes of notes in a sheet's VML drawing, as Excel writes them (ECMA-376-4, 19).

A VML part is treated as text: it is often no well-formed XML. Shape ids look like _x0000_s1025 and
must be unique in the workbook; each drawing owns blocks of 1,024 ids, listed in its idmap. Where
the blocks of an existing drawing are full, further ids come from blocks that nobody owns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from . import markup, scan

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_BLOCK = 1024
_ID = re.compile(rb"_s(\d{1,9})[\"']")
_IDMAP = re.compile(rb"<[\w.-]+:idmap\s[^>]*?data\s*=\s*[\"']([\d,\s]*)")
_ROW = re.compile(rb"<[\w.-]+:Row>\s*(\d+)\s*</")
_COLUMN = re.compile(rb"<[\w.-]+:Column>\s*(\d+)\s*</")
_NOTE = re.compile(rb"ObjectType\s*=\s*[\"']Note[\"']")
_NAMESPACES = {
    "xmlns:v": "urn:schemas-microsoft-com:vml",
    "xmlns:o": "urn:schemas-microsoft-com:office:office",
    "xmlns:x": "urn:schemas-microsoft-com:office:excel",
}
_SHAPE_TYPE = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    b'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    b'<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


class Box(NamedTuple):
    """A note's box: its cell (from 1), its anchor as VML writes it, and its size in pixels."""

    row: int
    column: int
    anchor: str
    width: int
    height: int


class Shape(NamedTuple):
    """A shape in a drawing: a note's cell (row, column; from 1), its span, its anchor's span.

    The cell of a button or another control is None, and so is an anchor that is not there.
    """

    cell: tuple[int, int] | None
    span: scan.Element
    anchor: scan.Element | None


def used_ids(xml: bytes) -> set[int]:
    """Numbers of shape ids, and the first one of each block that the drawing owns."""
    owned = {block * _BLOCK for block in _blocks(xml)}
    return owned | {int(number) for number in _ID.findall(xml)}


def shapes(xml: bytes) -> Iterator[Shape]:
    """The shapes of notes and controls, in the order of the file."""
    masked = scan.mask(xml)
    for span in scan.elements(masked, "shape"):
        inner = masked[span.inner : span.close]
        row, column = _ROW.search(inner), _COLUMN.search(inner)
        cell = None
        if row and column and _NOTE.search(inner):
            cell = int(row[1]) + 1, int(column[1]) + 1
        yield Shape(cell, span, scan.first(masked, "Anchor", span.inner, span.close))


def anchor(xml: bytes, shape: Shape) -> str:
    """The text of a shape's anchor; empty when it has none."""
    at = shape.anchor
    return xml[at.inner : at.close].decode("utf-8", "replace") if at else ""


def moved(xml: bytes, anchors: Mapping[tuple[int, int] | None, str]) -> bytes:
    """The part with other anchors for the notes in these cells (row, column)."""
    for shape in reversed(list(shapes(xml))):
        if shape.cell in anchors and shape.anchor:
            xml = markup.replaced(xml, shape.anchor, anchors[shape.cell].encode())
    return xml


def is_empty(xml: bytes) -> bool:
    """Whether no shape is in the drawing: each one on a sheet has client data."""
    return re.search(rb"[<:]ClientData[\s/>]", scan.mask(xml)) is None


def new_drawing(boxes: Sequence[Box], taken: Iterable[int]) -> bytes:
    """A whole part with these boxes; `taken` are the ids used in the workbook."""
    ids = list(_fresh(len(boxes), taken))
    owned = ",".join(str(block) for block in sorted({number // _BLOCK for number in ids}))
    idmap = b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%s"/></o:shapelayout>'
    drawn = b"".join(map(_shape, boxes, ids, range(1, len(boxes) + 1)))
    content = idmap % owned.encode() + _SHAPE_TYPE + drawn
    return markup.signed(markup.element("xml", _NAMESPACES, content))


def add(xml: bytes, boxes: Sequence[Box], taken: Iterable[int]) -> bytes:
    """The part with these boxes after the shapes that are there.

    Raises ValueError when the part is no VML drawing.
    """
    masked = scan.mask(xml)
    close = masked.rfind(b"</")
    prefix_and_name = scan.root(masked)
    if prefix_and_name != (b"", b"xml") or not masked.startswith(b"</xml", close):
        raise ValueError("not a VML drawing")
    taken = set(taken)
    room = (
        number
        for block in sorted(_blocks(xml))
        for number in range(block * _BLOCK + 1, (block + 1) * _BLOCK)
        if number not in taken
    )
    ids = [number for _, number in zip(boxes, room, strict=False)]
    ids += _fresh(len(boxes) - len(ids), taken)
    declared = scan.attributes(masked[: masked.index(b">", masked.index(b"<xml"))])
    missing = {key: uri for key, uri in _NAMESPACES.items() if declared.get(key) != uri}
    has_type = re.search(rb"<[\w.-]+:shapetype\s[^>]*?id\s*=\s*[\"']_x0000_t202[\"']", masked)
    order = len(list(scan.elements(masked, "shape"))) + 1
    pieces = [] if has_type else [markup.signed(_SHAPE_TYPE)]
    pieces += map(_shape, boxes, ids, range(order, order + len(boxes)))
    return markup.insert(xml, close, b"".join(_declaring(piece, missing) for piece in pieces))


def cut(xml: bytes, freed: Set[tuple[int, int] | None]) -> bytes:
    """The part without the shapes of notes in these cells (row, column).

    Raises ValueError when the part is no VML drawing.
    """
    if scan.root(scan.mask(xml))[1] != b"xml":
        raise ValueError("not a VML drawing")
    xml = markup.unspliced(xml)
    if freed:
        for shape in reversed(list(shapes(xml))):
            if shape.cell in freed:
                xml = xml[: shape.span.start] + xml[shape.span.end :]
    return xml


def _blocks(xml: bytes) -> set[int]:
    return {
        int(block)
        for listed in _IDMAP.findall(xml)
        for block in listed.split(b",")
        if block.strip().isdigit()
    }


def _fresh(count: int, taken: Iterable[int]) -> Iterator[int]:
    """Ids of blocks that nobody owns; the first of each block stays unused."""
    block = max((number // _BLOCK for number in taken), default=0) + 1
    for index in range(count):
        more, place = divmod(index, _BLOCK - 1)
        yield (block + more) * _BLOCK + 1 + place


def _shape(box: Box, number: int, order: int) -> bytes:
    style = (
        "position:absolute;margin-left:0;margin-top:0;"
        f"width:{box.width * 0.75:g}pt;height:{box.height * 0.75:g}pt;"
        f"z-index:{order};visibility:hidden"
    )
    return markup.signed(
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="{style}" fillcolor="#ffffe1" '
        'o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{box.anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{box.row - 1}</x:Row><x:Column>{box.column - 1}</x:Column>"
        "</x:ClientData></v:shape>".encode()
    )


def _declaring(shape: bytes, namespaces: dict[str, str]) -> bytes:
    """The element with namespaces that its drawing does not declare as usual."""
    extra = "".join(f' {key}="{uri}"' for key, uri in namespaces.items()).encode()
    at = shape.index(b" ")
    return shape[:at] + extra + shape[at:]
