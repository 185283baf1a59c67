"""What the elements of a Word document say (ECMA-376-1, 17), in Transitional and Strict ones.

The parser refuses what is nested more than 256 deep, so recursion has an end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

WIDEST = 63  # columns of a table that Word allows
_NARROW = 30  # twentieths of a point; half a millimetre
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_UNSEEN = {"del", "moveFrom", "pPr", "instrText", "Fallback", "footnoteReference"}
_HEADING = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)


def parsed(xml: bytes) -> etree._Element:
    """A part as elements. Raises etree.XMLSyntaxError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    return etree.fromstring(xml, parser)


def kind_of(element: etree._Element) -> str:
    """The name of an element without its namespace, which differs in Strict documents."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def below(container: etree._Element, kind: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also those in content controls."""
    for element in container:
        if kind_of(element) == kind:
            yield element
        elif kind_of(element) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from below(element, kind)


def narrow_columns(table: etree._Element) -> frozenset[int]:
    """The columns of a table's grid (17.4.48) that are none to a reader of it, from 0.

    Programs that convert tables put such where edges of cells differ by a rounding.
    """
    widths = [
        value_of(column, "w")
        for grid in table
        if kind_of(grid) == "tblGrid"
        for column in grid
        if kind_of(column) == "gridCol"
    ]
    return frozenset(
        place
        for place, width in enumerate(widths)
        if width.isdecimal() and 0 < int(width[:6]) < _NARROW
    )


def merged(cell: etree._Element) -> tuple[int, bool]:
    """How many columns a cell takes, and whether it continues the one above."""
    span, continued = 1, False
    for properties in cell:
        if kind_of(properties) != "tcPr":
            continue
        for one in properties:
            given = value_of(one)
            if kind_of(one) == "gridSpan" and given.isdecimal():
                span = max(1, min(int(given[:4]), WIDEST))
            elif kind_of(one) == "vMerge":
                continued = given != "restart"
    return span, continued


def paragraphs(cell: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of a cell, with those of tables inside it."""
    for element in cell:
        if kind_of(element) == "p":
            yield element
        elif kind_of(element) != "tcPr":
            yield from paragraphs(element)


def cell_text(cell: etree._Element) -> str:
    """The text of a cell, its paragraphs below each other without blank ones."""
    texts = (text_of(paragraph).strip() for paragraph in paragraphs(cell))
    return "\n".join(text for text in texts if text)


def text_of(element: etree._Element) -> str:
    """The text of a paragraph that a reader of the document sees."""
    return "".join(_seen(element))


def _seen(element: etree._Element) -> Iterator[str]:
    for child in element:
        kind = kind_of(child)
        if kind == "t":
            yield child.text or ""
        elif kind in _BREAKS:
            yield _BREAKS[kind]
        elif kind not in _UNSEEN and not (kind == "r" and _is_hidden(child)):
            yield from _seen(child)


def _is_hidden(run: etree._Element) -> bool:
    """Whether a run carries the property vanish (17.3.2.41)."""
    return any(
        kind_of(one) == "vanish" and value_of(one) not in ("0", "false", "off")
        for properties in run
        if kind_of(properties) == "rPr"
        for one in properties
    )


def value_of(element: etree._Element, name: str = "val") -> str:
    """An attribute, in whichever namespace; "" where there is none."""
    return next(
        (str(given) for key, given in element.items() if str(key).endswith(f"}}{name}")), ""
    )


def outlines(styles: etree._Element) -> dict[str, int]:
    """The heading level of each paragraph style that has one, from 1, by its id."""
    found = {}
    for style in styles:
        identity = value_of(style, "styleId")
        for one in style:
            named = _HEADING.fullmatch(value_of(one)) if kind_of(one) == "name" else None
            level = int(named[1]) if named else _outline(one)
            if level and identity:
                found[identity] = level
    return found


def style_of(paragraph: etree._Element) -> str:
    """The id of a paragraph's style; "" where it has none."""
    styles = (
        value_of(one)
        for properties in paragraph
        if kind_of(properties) == "pPr"
        for one in properties
        if kind_of(one) == "pStyle"
    )
    return next(styles, "")


def outline_of(paragraph: etree._Element, styles: dict[str, int]) -> int:
    """The heading level of a paragraph, from 1; 0 where it is none."""
    for properties in paragraph:
        if kind_of(properties) == "pPr":
            return _outline(properties) or styles.get(style_of(paragraph), 0)
    return 0


def _outline(properties: etree._Element) -> int:
    """The level that paragraph properties give (outlineLvl, 0 to 8; 9 is text)."""
    given = next((value_of(one) for one in properties if kind_of(one) == "outlineLvl"), "9")
    return int(given) + 1 if given in "012345678" and given else 0
