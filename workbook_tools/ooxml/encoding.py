"""The character encoding of an XML part (XML 1.0, appendix F): BOM, then shape, then declaration.

Scanning wants UTF-8 bytes. `to_utf8` and `from_utf8` are each other's inverse, so a part that is
spliced goes back in the encoding that it came in; the XML declaration stays as written.
"""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_SHAPES = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


_KNOWN = re.compile(
    r"utf-8|ascii|iso8859-\d+|latin\w*|cp(?:125\d|936|949|950|932)|gb(?:2312|k|18030)|big5"
    r"|euc_\w+|shift_jis|koi8-[ru]"
)
"""Encodings that documents come in, by Python's names. Python knows many more, among them some
that are no character encodings, that hide markup (utf-7), or that take forever (punycode)."""


def codec_of(raw: bytes) -> str:
    """Python's name of the encoding; LookupError when the declaration names none of documents."""
    for start, codec in _SHAPES:
        if raw.startswith(start):
            return codec
    declared = _DECLARED.match(raw[:200])
    name = codecs.lookup(declared[1].decode("ascii")).name if declared else "utf-8"
    # A declaration readable as ASCII cannot be UTF-16, whatever it says.
    if name.startswith("utf-16") or name == "ascii":
        return "utf-8"
    if _KNOWN.fullmatch(name) is None:
        raise LookupError(name)
    return name


def to_utf8(raw: bytes) -> bytes:
    """The part in UTF-8, a BOM kept as a character. Raises LookupError or UnicodeError."""
    codec = codec_of(raw)
    return raw if codec == "utf-8" else raw.decode(codec).encode("utf-8")


def from_utf8(text: bytes, codec: str) -> bytes:
    """UTF-8 back in the encoding that `codec_of` named."""
    return text if codec == "utf-8" else text.decode("utf-8").encode(codec)
