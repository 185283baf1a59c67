"""The comments part of a sheet as text (ECMA-376-1, 18.7): reading, adding and cutting out notes.

What we write is known by what it says, so that it is found again after LibreOffice, which drops
authors and rewrites everything, saved the file: a first line (the marker), the text, and a last
line with a checksum. If the checksum holds, the block is ours and goes. If it does not, somebody
typed in it: then only our two lines go, and the words are theirs from there on. The checksum stands
in the note itself, so that a note is known in whatever workbook it was pasted into, and in one that
is open in Excel; it is written as the six digits of a 校验码, which people know from invoices.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from . import markup, scan
from .address import from_a1

CELL_LIMIT = 32_000
"""Characters that one note may hold; Excel's own limit is 32,767."""

_TOKEN = re.compile(
    r"<!\[CDATA\[.*?\]\]>|<!--.*?-->|<\?.*?\?>|&[^;&]*;|_x[0-9A-Fa-f]{4}_|\r\n|.", re.DOTALL
)
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_SIGNED = "——自动批注"
"""How the last line begins."""
_DIGITS = 6
_LAST_LINE = _SIGNED + "，校验码 {}——"
_LAST_LINES = rf"{_SIGNED}(?:，校验码 ([0-9]{{{_DIGITS}}})| ([0-9a-f]{{8}}))——"
"""As a pattern; early builds, whose copies are out, wrote the checksum in hexadecimal digits."""
_FONT = b'<rFont val="\xe5\xae\x8b\xe4\xbd\x93"/><family val="3"/><charset val="134"/>'  # 宋体
_BOLD = b'<b/><sz val="9"/><color indexed="81"/>' + _FONT
_BODY = b'<sz val="9"/><color indexed="81"/>' + _FONT
_PALE = b'<sz val="9"/><color rgb="FF808080"/>' + _FONT


class Comment(NamedTuple):
    """A note as it stands: where, by whom, what, and its element's span."""

    row: int
    column: int
    author: str
    text: str
    span: scan.Element


class _Piece(NamedTuple):
    """A `<t>` of a note, and the run around it, or again itself."""

    span: scan.Element
    container: scan.Element


class _Token(NamedTuple):
    """A character of a note's text (or a CDATA section), and the bytes that write it."""

    character: str
    start: int
    end: int


def block(marker: str, text: str) -> tuple[str, str, str]:
    """The lines of a note of ours: marker, text, and the line with the checksum.

    Text that looks like such a last line is made harmless by a space.
    """
    text = text.replace(_SIGNED, f"{_SIGNED[0]} {_SIGNED[1:]}")
    return marker, text, _LAST_LINE.format(_code(_checksum(text)))


def read(xml: bytes) -> Iterator[Comment]:
    """All notes of a comments part, in the order of the file.

    Raises ValueError when the part is not as it should be, down to an address that is none.
    """
    masked = scan.mask(xml)
    if scan.root(masked)[1] != b"comments":
        raise ValueError("not a comments part")
    authors = [_plain(xml[a.inner : a.close]) for a in scan.elements(masked, "author")]
    for span in scan.elements(masked, "comment"):
        given = scan.attributes(masked[span.start : span.inner])
        row, column = from_a1(given.get("ref", ""))
        index = given.get("authorId", "")
        known = index.isdecimal() and int(index) < len(authors)
        text = "".join(
            token.character for piece in _pieces(masked, span) for token in _tokens(xml, piece)
        )
        yield Comment(row, column, authors[int(index)] if known else "", text, span)


def add(xml: bytes, notes: Sequence[tuple[str, str]], *, author: str, marker: str) -> bytes:
    """Add notes, each an address and a text; below the words of others where a cell has some.

    Raises ValueError when the part is no comments part.
    """
    existing = {(found.row, found.column): found.span for found in read(xml)}
    prefix = scan.root(scan.mask(xml))[0].decode()
    below = sorted(
        ((existing[from_a1(ref)], text) for ref, text in notes if from_a1(ref) in existing),
        reverse=True,
    )
    for span, text in below:  # from the end, so that offsets before it hold
        xml = _add_below(xml, span, prefix, block(marker, text))
    new = [(ref, text) for ref, text in notes if from_a1(ref) not in existing]
    if not new:
        return xml
    xml, index = _with_author(xml, prefix, author)
    listed = scan.first(scan.mask(xml), "commentList")
    if listed is None:
        raise ValueError("no commentList")
    added = b"".join(
        markup.element(
            f"{prefix}comment",
            {"ref": ref, "authorId": index, "shapeId": 0},
            markup.element(f"{prefix}text", {}, _runs(prefix, *block(marker, text))),
        )
        for ref, text in new
    )
    return markup.append(xml, listed, added)


def cut(xml: bytes, *, author: str, marker: str) -> tuple[bytes, set[tuple[int, int]]]:
    """The part without our notes, and the cells (row, column) that have no note any more.

    Raises ValueError when the part is no comments part.
    """
    freed = set()
    masked = scan.mask(xml)
    for found in reversed(list(read(xml))):
        ranges, is_all = _ours(found.text, marker)
        if is_all:
            xml = xml[: found.span.start] + xml[found.span.end :]
            freed.add((found.row, found.column))
        elif ranges:
            xml = _cut_text(xml, masked, found.span, ranges)
    if freed:
        xml = _without_author(xml, author)
    return markup.unspliced(xml), freed


def _checksum(text: str) -> int:
    """Of the letters alone: programs change line ends, and drop what cannot be printed."""
    text = _ESCAPE.sub("", text)
    return zlib.crc32("".join(c for c in text if c.isprintable() and c != " ").encode())


def _code(checksum: int) -> str:
    return f"{checksum % 10**_DIGITS:0{_DIGITS}}"


def _is_whole(block: re.Match[str]) -> bool:
    """Whether a block found by both its lines holds the words that we wrote, and no other."""
    _, text, code, former = block.group(0, 1, 2, 3)
    if text is None:
        return False
    checksum = _checksum(text)
    return former == f"{checksum:08x}" if former else code == _code(checksum)


def _ours(text: str, marker: str) -> tuple[list[tuple[int, int]], bool]:
    """Ranges of the text that are ours, and whether that is the whole note."""
    if marker not in text:
        return [], False
    pattern = re.compile(
        rf"(?:\A|\n){re.escape(marker)}(?:\s*\n(.*?)\n\s*{_LAST_LINES})?", re.DOTALL
    )
    ranges = []
    for found in pattern.finditer(text):
        start, end = found.span()
        if _is_whole(found):
            if start == 0 and text[0] != "\n" and not text[end:].strip():
                return [(0, len(text))], True
            ranges.append((start, end))
        else:
            first_line = text.index(marker, start) + len(marker)
            if found[1] is None:
                ranges.append((start, first_line))
            else:
                # With its line end, when nothing of theirs stands before it.
                ranges.append((start, first_line + (start == 0)))
                ranges.append((found.end(1), end))
    return ranges, False


def _runs(prefix: str, first_line: str, body: str, last_line: str) -> bytes:
    parts = ((_BOLD, first_line), (_BODY, f"\n{body}"), (_PALE, f"\n{last_line}"))
    return b"".join(
        _prefixed(b"<r><rPr>" + font + b'</rPr><t xml:space="preserve">', prefix)
        + markup.text(text)
        + _prefixed(b"</t></r>", prefix)
        for font, text in parts
    )


def _prefixed(tags: bytes, prefix: str) -> bytes:
    return re.sub(rb"<(/?)", rb"<\1" + prefix.encode(), tags) if prefix else tags


def _add_below(
    xml: bytes, comment: scan.Element, prefix: str, lines: tuple[str, str, str]
) -> bytes:
    """Our block as last text of somebody's note, after a line end."""
    masked = scan.mask(xml)
    text = scan.first(masked, "text", comment.inner, comment.close)
    if text is None:
        raise ValueError("a note without text")
    held = list(scan.children(masked, text))
    runs = [span for name, span in held if name == "r"]
    plain = [span for name, span in held if name == "t"]
    first_line, *rest = lines
    if runs or not plain:
        added = _runs(prefix, f"\n{first_line}", *rest)
        # Runs stand before phonetic text (CT_Rst).
        return markup.insert(xml, runs[-1].end, added) if runs else markup.append(xml, text, added)
    return markup.append(xml, plain[0], markup.text("\n" + "\n".join(lines)))


def _pieces(masked: bytes, comment: scan.Element) -> Iterator[_Piece]:
    """The pieces of text of a note, without phonetic ones."""
    text = scan.first(masked, "text", comment.inner, comment.close)
    if text is None:
        return
    for name, child in scan.children(masked, text):
        if name == "t":
            yield _Piece(child, child)
        elif name == "r":
            for inner_name, inner in scan.children(masked, child):
                if inner_name == "t":
                    yield _Piece(inner, child)


def _tokens(xml: bytes, piece: _Piece) -> Iterator[_Token]:
    at = piece.span.inner
    for written in _TOKEN.findall(xml[at : piece.span.close].decode("utf-8")):
        end = at + len(written.encode())
        yield _Token(_plain(written.encode()), at, end)
        at = end


def _plain(raw: bytes) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), scan.text(scan.plain(raw)))


def _cut_text(
    xml: bytes, masked: bytes, comment: scan.Element, ranges: Sequence[tuple[int, int]]
) -> bytes:
    """Take ranges of characters out of a note's text, and runs that are empty then."""
    gone: list[tuple[int, int]] = []
    position = 0
    for piece in _pieces(masked, comment):
        tokens = list(_tokens(xml, piece))
        cut_here = []
        for token in tokens:
            end = position + len(token.character)
            if any(start <= position and end <= stop for start, stop in ranges):
                cut_here.append((token.start, token.end))
            position = end
        is_run = piece.container != piece.span  # we never put a bare text into a note of theirs
        if is_run and cut_here and len(cut_here) == len(tokens):
            gone.append((piece.container.start, piece.container.end))
        else:
            gone.extend(cut_here)
    for start, end in reversed(gone):
        xml = xml[:start] + xml[end:]
    return xml


def _with_author(xml: bytes, prefix: str, author: str) -> tuple[bytes, int]:
    masked = scan.mask(xml)
    if scan.root(masked)[1] != b"comments":
        raise ValueError("not a comments part")
    authors = [_plain(xml[a.inner : a.close]) for a in scan.elements(masked, "author")]
    if author in authors:
        return xml, authors.index(author)
    listed = scan.first(masked, "authors")
    if listed is None:
        raise ValueError("no authors")
    added = markup.element(f"{prefix}author", {}, markup.text(author))
    return markup.append(xml, listed, added), len(authors)


def _without_author(xml: bytes, author: str) -> bytes:
    """Remove our author where he is the last and has no notes left: no index changes then."""
    masked = scan.mask(xml)
    authors = list(scan.elements(masked, "author"))
    if not authors or _plain(xml[authors[-1].inner : authors[-1].close]) != author:
        return xml
    last = len(authors) - 1
    for span in scan.elements(masked, "comment"):
        if scan.attributes(masked[span.start : span.inner]).get("authorId") == str(last):
            return xml
    return xml[: authors[-1].start] + xml[authors[-1].end :]
