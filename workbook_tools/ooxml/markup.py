r"""Markup spliced into the parts of somebody's package so that it can be cut out again.

Three signs, legal XML that no program writes and none keeps when it saves, say what is ours:

- a start or empty-element tag ending in space and tab (`<legacyDrawing r:id="rId3" \t/>`): the
  whole element is ours. On a part's root element: the whole part.
- an end tag with them (`</commentList \t>`): the element was an empty tag, and only its content is
  ours.
- a start tag ending in space, tab, more of both, and a line end: the element's text is ours, and
  the spaces and tabs are the bits (0 and 1) of the text that was there. On a reserved cell
  (`rows.py`) they are those of the type attribute that stood in its tag.

So `unspliced` gives back the very bytes that were there. A part that another program saved has no
signs left, and nothing to give back either: there, notes and rows are known by what they say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .scan import Element, mask

SIGN = b" \t"
"""White space at the end of a tag, by which it is known as ours."""
_NAME = re.compile(rb"<((?:[^\s<>/!?]+:)?([^\s:<>/!?]+))\s")
_FILLED = re.compile(rb"<([^\s<>/!?]+)([^<>]*)></\1 \t>")
_SIGNED = re.compile(rb" \t(/?>)")
_REPLACED = re.compile(rb"(<[^\s<>/!?]+) \t([ \t]{8,})\n>[^<]*")
_REMEMBERING = re.compile(rb" \t((?:[ \t]{8})+)\n>$")
_BITS = str.maketrans("01", " \t")
# What XML 1.0 cannot hold, and an underscore that would make literal text look like an escape.
_ESCAPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def element(name: str, attributes: Mapping[str, object], content: bytes | None = None) -> bytes:
    """An element as text, unsigned; `content` is markup, attribute values are plain."""
    head = f"<{name}" + "".join(f' {key}="{_quoted(value)}"' for key, value in attributes.items())
    if content is None:
        return f"{head}/>".encode()
    return f"{head}>".encode() + content + f"</{name}>".encode()


def signed(markup: bytes) -> bytes:
    """The same element, signed as ours."""
    end = markup.index(b">")
    end -= markup[end - 1 : end] == b"/"
    return markup[:end] + SIGN + markup[end:]


def text(value: str) -> bytes:
    r"""Element content: forbidden characters as _xHHHH_ (ST_Xstring, ECMA-376-1, 22.9.2.19).

    Literal text that looks like such an escape is escaped itself. Line ends become \n.
    """
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    value = _ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", value)
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()


def _quoted(value: object) -> str:
    escaped = text(str(value)).decode().replace('"', "&quot;")
    return escaped.replace("\n", "&#10;").replace("\t", "&#9;")


def insert(xml: bytes, at: int, markup: bytes) -> bytes:
    """The part with `markup` at that byte."""
    whole = memoryview(xml)  # a sheet may be large: no copies of its halves
    return b"".join((whole[:at], markup, whole[at:]))


def append(xml: bytes, parent: Element, markup: bytes) -> bytes:
    """The part with `markup` as last content of `parent`, which may be an empty tag."""
    if not parent.is_empty_tag:
        return insert(xml, parent.close, markup)
    tag = xml[parent.start : parent.inner]
    name = re.match(rb"<([^\s/>]+)", tag)
    assert name is not None  # an Element begins with its tag
    opened = tag[:-2] + b">" + markup + b"</" + name[1] + SIGN + b">"
    return xml[: parent.start] + opened + xml[parent.end :]


def replaced(xml: bytes, element: Element, content: bytes) -> bytes:
    """The part with other text in an element that has no attributes."""
    sign = remembering(xml[element.inner : element.close])
    return b"".join((xml[: element.inner - 1], sign, b">", content, xml[element.close :]))


def remembering(text: bytes) -> bytes:
    """The third sign: white space for the end of a start tag, which holds the text in bits."""
    bits = "".join(f"{byte:08b}" for byte in text)
    return SIGN + bits.translate(_BITS).encode() + b"\n"


def remembered(tag: bytes) -> tuple[bytes, bytes] | None:
    """A start tag that ends in the third sign: without the sign, and the text held; else None."""
    found = _REMEMBERING.search(tag)
    return found and (tag[: found.start()] + b">", _text(found[1]))


def is_spliced(xml: bytes) -> bool:
    """Whether anything in the part is signed as ours."""
    return unspliced(xml) != xml


def is_ours(xml: bytes) -> bool:
    """Whether the whole part is ours."""
    masked = mask(xml[:4096])
    found = re.search(rb"<[^?!][^<>]*>", masked)
    return found is not None and found[0].endswith((SIGN + b">", SIGN + b"/>"))


def is_signed(xml: bytes, element: Element) -> bool:
    """Whether an element as a whole is ours."""
    return xml[element.start : element.inner].endswith((SIGN + b">", SIGN + b"/>"))


def was_empty_tag(xml: bytes, element: Element) -> bool:
    """Whether an element was written as an empty tag before we put something into it."""
    return xml.startswith(SIGN + b">", element.end - len(SIGN) - 1)


def disowned(xml: bytes, element: Element | None = None) -> bytes:
    """The part with an element that is ours no longer but theirs; without one, the root."""
    if element is not None:
        start, end = element.start, element.inner
    else:
        start = re.search(rb"<[^?!]", mask(xml)).start()  # type: ignore[union-attr] # it has a root
        end = xml.index(b">", start) + 1
    return xml[:start] + _SIGNED.sub(rb"\1", xml[start:end]) + xml[end:]


def unspliced(xml: bytes, *names: str) -> bytes:
    """The part without what is signed as ours; with names, without elements so called only."""
    wanted = {one.encode() for one in names}
    kept, done, at = [], 0, 0
    while (at := xml.find(SIGN, at)) >= 0:
        start = xml.rfind(b"<", done, at)
        at += len(SIGN)
        tag = xml[start:at] if start >= 0 else b""
        name = _NAME.match(tag)
        if name is None or b">" in tag or (wanted and name[2] not in wanted):
            continue
        if xml.startswith(b"/>", at):
            end = at + 2
        elif xml.startswith(b">", at):
            closing = b"</" + name[1] + b">"
            end = xml.find(closing, at) + len(closing)
            if end < len(closing):  # no element: somebody's broken markup, not ours
                continue
        else:
            continue
        kept.append(xml[done:start])
        done = at = end
    rest = b"".join(kept) + xml[done:] if kept else xml
    if SIGN + b">" in rest:
        rest = _FILLED.sub(rb"<\1\2/>", rest)
    return rest if names or b"\n>" not in rest else _REPLACED.sub(_original, rest)


def _original(found: re.Match[bytes]) -> bytes:
    return found[1] + b">" + _text(found[2])


def _text(blanks: bytes) -> bytes:
    bits = blanks.translate(bytes.maketrans(b" \t", b"01"))
    return bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8))
