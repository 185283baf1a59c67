"""Spans of XML elements, found in the bytes of a part without building a tree.

The one tokenizer of this layer: reading takes values out of the spans, annotating inserts between
them, and every byte outside an insertion stays as it was. What makes it sound: in well-formed XML
a "<" begins markup wherever it stands, except in comments, CDATA sections and processing
instructions. `mask` blanks those out at the same length and `plain` resolves them; either one's
result is what the other functions expect. Both return their argument itself when, as nearly
always, nothing is to do. Any namespace prefix is accepted; names are local names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .address import column_number
from .memo import remembered

# Every pattern here is linear whatever the bytes are: possessive, or closed by the end of the part.
_SPECIAL = re.compile(
    rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[(.*?)(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL
)
_MOST_SPECIAL = 100_000
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml\s[^>]*\?>\s*)?(?=<[^!?])")
_ROOT = re.compile(rb"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)(?=[\s/>])")
_ATTRIBUTE = re.compile(rb"""(?<=\s)([^\s=/<>"']++)\s*+=\s*+(?:"([^"]*)"|'([^']*)')""")
# No value of an attribute holds "<", so no attempt reaches beyond the next one.
_REST = rb"""((?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)>"""
_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot|apos)|#([0-9]+)|#x([0-9A-Fa-f]+));")
_TAG = re.compile(rb"<((?:[^\s:/<>!?]++:)?+([^\s:/<>!?]++))" + _REST)
# The ampersand comes last: what it gives is not looked at again.
_NAMED = {"lt": "<", "gt": ">", "quot": '"', "apos": "'", "amp": "&"}


class MalformedError(ValueError):
    """XML that is not well-formed: an element without its end."""


class Element(NamedTuple):
    """Where an element stands: `xml[start:end]` is all of it, `xml[inner:close]` its content.

    For `<a/>`, inner = close = end.
    """

    start: int
    inner: int
    close: int
    end: int

    @property
    def is_empty_tag(self) -> bool:
        """Whether it is written `<a/>`."""
        return self.inner == self.end


class RowElement(NamedTuple):
    """A `<row>` of a worksheet, with the number it has or takes (one after the row before)."""

    number: int
    element: Element


class CellSpan(NamedTuple):
    """A `<c>` of a row, with the column it has or takes (one after the cell before)."""

    column: int
    element: Element


def has_dtd(xml: bytes) -> bool:
    """Whether a document type declaration stands before the root element."""
    return _PROLOG.match(xml) is None and b"<!DOCTYPE" in xml


def mask(xml: bytes) -> bytes:
    """The same with comments, CDATA sections and instructions as spaces, so offsets still hold."""
    if _is_plain(xml):
        return xml
    return _SPECIAL.sub(lambda found: b" " * len(found[0]), xml)


def plain(xml: bytes) -> bytes:
    """The same without comments and instructions, and CDATA sections as escaped text."""
    if _is_plain(xml):
        return xml
    return _SPECIAL.sub(lambda found: _escape(found[1] or b""), xml)


def _is_plain(xml: bytes) -> bool:
    # Single bytes first: they are rare, and looked for ten times faster than pairs.
    prolog = _PROLOG.match(xml)
    if (
        prolog is not None
        and (b"!" not in xml or b"<!" not in xml)
        and (xml.find(b"?", prolog.end()) < 0 or xml.find(b"<?", prolog.end()) < 0)
    ):
        return True
    if xml.count(b"<!") + xml.count(b"<?") > _MOST_SPECIAL:
        raise MalformedError("more comments than anybody writes")
    return False


def _escape(text: bytes) -> bytes:
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def root(xml: bytes) -> tuple[bytes, bytes]:
    """Prefix (with its colon, or empty) and local name of the root element."""
    found = _ROOT.search(xml)
    if found is None:
        raise MalformedError("no root element")
    return found[1] or b"", found[2]


def text(raw: bytes) -> str:
    """Character data or an attribute's value as a string: references and line ends resolved."""
    return _resolve(raw.decode("utf-8"))


def _resolve(value: str) -> str:
    if "\r" in value:
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    if "&" not in value:
        return value
    if "&#" in value:
        return _REFERENCE.sub(_character, value)
    for reference, character in _NAMED.items():
        value = value.replace(f"&{reference};", character)
    return value


def _character(reference: re.Match[str]) -> str:
    name, decimal, hexadecimal = reference.groups()
    if name:
        return _NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    is_character = (
        (code >= 0x20 and code < 0xD800) or 0xE000 <= code <= 0x10FFFF or code in (9, 10, 13)
    )
    return chr(code) if is_character else "\ufffd"


def attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a start tag (or of any bytes that hold just them), prefixes kept."""
    return {
        name.decode("utf-8"): text(double or single)
        for name, double, single in _ATTRIBUTE.findall(tag)
    }


@lru_cache(maxsize=256)
def _start_tag(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?" + re.escape(name) + rb")(?=[\s/>])" + _REST)


def elements(xml: bytes, name: str, start: int = 0, end: int | None = None) -> Iterator[Element]:
    """All elements of that local name between two offsets, in order.

    For elements that never contain their own kind, as in all the lists of this format. Raises
    MalformedError when one has no end.
    """
    stop = len(xml) if end is None else end
    search = _start_tag(name.encode()).search
    while (opened := search(xml, start, stop)) is not None:
        if opened[2].endswith(b"/"):
            start = opened.end()
            yield Element(opened.start(), start, start, start)
        else:
            element = _closed(xml, opened, opened[1], stop)
            start = element.end
            yield element


@lru_cache(maxsize=256)
def _end_tag(qualified: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"</" + re.escape(qualified) + rb"\s*+>")


def _closed(xml: bytes, opened: re.Match[bytes], qualified: bytes, stop: int) -> Element:
    closing = _end_tag(qualified).search(xml, opened.end(), stop)
    if closing is None:
        raise MalformedError(f"<{qualified.decode()}> at byte {opened.start()} has no end")
    return Element(opened.start(), opened.end(), closing.start(), closing.end())


def first(xml: bytes, name: str, start: int = 0, end: int | None = None) -> Element | None:
    """The first element of that local name, or None."""
    return next(elements(xml, name, start, end), None)


@remembered(results=64, longest=100_000)
def listed(xml: bytes, name: str) -> tuple[dict[str, str], ...]:
    """The attributes of each element of that local name, in order.

    Remembered: programs write the same lists of parts and sheets into each of their files.
    """
    xml = plain(xml)
    return tuple(attributes(xml[span.start : span.inner]) for span in elements(xml, name))


def children(xml: bytes, parent: Element) -> Iterator[tuple[str, Element]]:
    """Local name and span of each direct child, in order; what they contain is passed over."""
    position = parent.inner
    while (opened := _TAG.search(xml, position, parent.close)) is not None:
        if opened[3].endswith(b"/"):
            child = Element(opened.start(), opened.end(), opened.end(), opened.end())
        else:
            child = _nested(xml, opened, parent.close)
        yield opened[2].decode(), child
        position = child.end


def _nested(xml: bytes, opened: re.Match[bytes], stop: int) -> Element:
    """The end of an element that may contain others of its own name."""
    name, depth = opened[1], 1
    closing = xml.find(b"</" + name + b">", opened.end(), stop)
    if closing >= 0 and xml.find(b"<" + name, opened.end(), closing) < 0:
        return Element(opened.start(), opened.end(), closing, closing + len(name) + 3)
    tag = re.compile(rb"<(/?)" + re.escape(name) + rb"(?=[\s/>])" + _REST)
    for found in tag.finditer(xml, opened.end(), stop):
        if found[1]:
            depth -= 1
        elif not found[0].endswith(b"/>"):
            depth += 1
        if not depth:
            return Element(opened.start(), opened.end(), found.start(), found.end())
    raise MalformedError(f"<{name.decode()}> at byte {opened.start()} has no end")


_NUMBER = re.compile(rb"""\sr\s*=\s*["']\$?([A-Z]*)\$?([0-9]+)["']""")


def rows(xml: bytes) -> Iterator[RowElement]:
    """The rows of a worksheet part."""
    data = first(xml, "sheetData")
    number = 0
    if data is None:
        return
    for element in elements(xml, "row", data.inner, data.close):
        given = _NUMBER.search(xml, element.start, element.inner)
        number = int(given[2]) if given else number + 1
        yield RowElement(number, element)


def cells(xml: bytes, row: RowElement) -> Iterator[CellSpan]:
    """The cells of a row."""
    column = 0
    for element in elements(xml, "c", row.element.inner, row.element.close):
        given = _NUMBER.search(xml, element.start, element.inner)
        column = column_number(given[1].decode()) if given else column + 1
        yield CellSpan(column, element)
