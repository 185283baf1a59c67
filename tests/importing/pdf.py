"""PDF files written by hand, object by object (ISO 32000-1, 7.5)."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

WIDTH, HEIGHT = 595, 842
_HELVETICA = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def stream(content: bytes, entries: str = "", *, packed: bool = False) -> bytes:
    """A stream object."""
    data = zlib.compress(content, 9) if packed else content
    kind = "/Filter /FlateDecode " if packed else ""
    return f"<< {entries} {kind}/Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def file_of(objects: Sequence[bytes | str]) -> bytes:
    """A file of objects, numbered from 1; the first is the catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode()
        out += one if isinstance(one, bytes) else one.encode()
        out += b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R >>"
    return bytes(out) + f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n".encode()


def pages(content: bytes, *, count: int = 1, more: Sequence[bytes | str] = ()) -> bytes:
    """A file whose pages all show one content; ``more``: the font, and objects from 6 on."""
    font, *others = more or [_HELVETICA]
    resources = "<< /Font << /F 4 0 R >> /XObject << /I 6 0 R >> >>"
    size = f"/MediaBox [0 0 {WIDTH} {HEIGHT}]"
    first = 5 + len(others) + 1
    page = f"<< /Type /Page /Parent 2 0 R {size} /Resources {resources} /Contents 5 0 R >>"
    kids = " ".join(f"{first + place} 0 R" for place in range(count))
    return file_of(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
            "null",
            font,
            content,
            *others,
            *[page] * count,
        ]
    )


def chinese(content: bytes) -> bytes:
    """A file of one page whose font, of square letters, tells the character of each code."""
    shown = b"".join(re.findall(rb"<([0-9a-f]+)> Tj", content))
    codes = sorted({shown[place : place + 4] for place in range(0, len(shown), 4)})
    parts = [codes[start : start + 100] for start in range(0, len(codes), 100)]
    known = b"".join(
        b"%d beginbfchar\n%s\nendbfchar\n"
        % (len(part), b"\n".join(b"<%s> <%s>" % (code, code) for code in part))
        for part in parts
    )
    between = b"1 begincodespacerange <0000> <ffff> endcodespacerange\n"
    system = "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    box = "/FontDescriptor << /Type /FontDescriptor /FontName /A /FontBBox [0 -120 1000 880] >>"
    below = f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 1000 {system} {box} >>"
    font = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H "
        f"/DescendantFonts [{below}] /ToUnicode 6 0 R >>"
    )
    return pages(stream(content), more=[font, stream(b"begincmap " + between + known + b"endcmap")])


def words_at(left: float, top: float, words: str, size: float = 10) -> bytes:
    """Words in the font of `chinese`, at a place counted from the page's upper left corner."""
    code = words.encode("utf-16-be").hex()
    return f"BT /F {size} Tf {left} {HEIGHT - top} Td <{code}> Tj ET\n".encode()


def text(words: str, *, top: float = 100) -> bytes:
    """A line of Latin text."""
    return f"BT /F 12 Tf 72 {HEIGHT - top} Td ({words}) Tj ET\n".encode()
