"""WordprocessingML elements, and texts that are only ever texts.

What a workbook says goes into ``w:t`` and nowhere else: never into a field, an attribute, a link or
markup. Characters that XML forbids are left out, and so are those that turn the direction of text
around, by which a name could be shown otherwise than it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Literal, cast

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

Align = Literal["text", "center", "number", "head"]

_BREAKS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_FORBIDDEN = frozenset("\ufffe\uffff")


def plain_text(text: str) -> str:
    """The text as XML takes it: one kind of line break, tabs as spaces, nothing unseen."""
    text = _BREAKS.sub("\n", text).replace("\t", " ")
    return "".join(
        one
        for one in text
        if one == "\n"
        or (
            one not in _TURNING
            and one not in _FORBIDDEN
            and unicodedata.category(one) not in ("Cc", "Cs")
        )
    )


def element(
    tag: str, attributes: Mapping[str, str | int] = {}, *children: BaseOxmlElement
) -> BaseOxmlElement:
    """An element such as ``w:tc`` with its attributes (``w:val``) and children."""
    made = cast(BaseOxmlElement, OxmlElement(tag))
    for name, value in attributes.items():
        made.set(qn(name), str(value))
    made.extend(children)
    return made


def paragraph(text: str, style: str, *, keep_next: bool = False) -> BaseOxmlElement:
    """A paragraph of a style, its line breaks kept."""
    properties = element("w:pPr", {}, element("w:pStyle", {"w:val": style}))
    if keep_next:
        properties.append(element("w:keepNext"))
    return element("w:p", {}, properties, *_runs(text))


def _runs(text: str) -> Iterable[BaseOxmlElement]:
    for number, line in enumerate(plain_text(text).split("\n")):
        run = element("w:r")
        if number:
            run.append(element("w:br"))
        written = element("w:t", {"xml:space": "preserve"})
        written.text = line
        run.append(written)
        yield run
