"""Ways to spoil a workbook that know its structure: parts, tokens, relationships, numbers, names.

A mutant is made from a seed and is the same each time. Packages are lists of (name, content), so
that two parts can have one name.
"""

from __future__ import annotations

import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

Parts = list[tuple[str, bytes]]
Mutation = Callable[[random.Random, Parts], None]

NUMBERS = """
-1 0 1 2 00 1.5 1e308 -1e-308 1e999 NaN INF 0x10 65536 1048576 1048577 16385 2147483648
4294967296 99999999999999999999 1,000 ３ -0 +1 1e 1.2.3
""".split()  # noqa: SIM905 - reads better than a list of words
REFERENCES = """
#REF! 基本信息!$A$1 基本信息!#REF! [1]表!$A$1 基本信息!$A:$A 基本信息!$1:$1
基本信息!$A$1:$XFD$1048576 '基本信息'!$B$5 基本信息!$B$5:$A$1 基本信息!$XFE$1 基本信息!$A$0
不存在!$A$1 in_unit_name 1 "x" SUM(A1) {1,2} 基本信息!$A$1,基本信息!$B$2 '' ' A1 $A$1 !A1 _meta!$A$1
""".split()  # noqa: SIM905 - as above
TEXTS = (
    "",
    " ",
    "=1+1",
    "\x1b[31m",
    "_x0041_",
    "_x0000_",
    "<r><t>a</t></r>",
    "]]>",
    "&amp;",
    "&#0;",
    "&#x110000;",
    "&nosuch;",
    "是 ",
    "１２",
    "\u202e",
    "\ud7ff\ue000\ufffe",
    "a" * 40_000,
    "【绩效校验】",
    "'",
    '"',
    " \t",
    "\t",
    "\r\n",
)
ATTRIBUTES = """
r t s ref r:id id Id Type Target TargetMode name sheetId state localSheetId si spans xml:space
ContentType PartName Extension count uniqueCount xmlns mc:Ignorable hidden
""".split()  # noqa: SIM905 - as above
_TOKEN = re.compile(rb"<[^>]*>|[^<]+")
_NUMBER = re.compile(rb"(?<=[\"'>A-Z$])\d+(?:\.\d+)?(?=[\"'<:])")
_VALUE = re.compile(rb"([\w:.-]+)=\"([^\"]*)\"")
_WEIGHTED = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "_rels/.rels")


def mutant(seed: int, sources: list[Path]) -> bytes:
    """The mutant of that seed: one of the sources, spoilt in one to four ways."""
    chance = random.Random(seed)
    with zipfile.ZipFile(chance.choice(sources)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        chance.choice(MUTATIONS)(chance, parts)
    whole = _packed(parts)
    return _spoilt_file(chance, whole) if chance.random() < 0.04 else whole


def _packed(parts: Parts) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # some mutants have a name twice
                archive.writestr(info, content)
    return stream.getvalue()


def _spoilt_file(chance: random.Random, whole: bytes) -> bytes:
    """Bytes of the zip file itself changed, or the file cut short."""
    if chance.random() < 0.2:
        return whole[: chance.randrange(len(whole))]
    spoilt = bytearray(whole)
    directory = whole.rfind(b"PK\x01\x02") - 3000
    for _ in range(chance.choice((1, 1, 4, 32))):
        low = max(0, directory) if chance.random() < 0.5 else 0
        spoilt[chance.randrange(low, len(whole))] = chance.randrange(256)
    return bytes(spoilt)


def _some(chance: random.Random, parts: Parts) -> int:
    """The place of a part; those that lead to others come often."""
    if chance.random() < 0.3:
        wanted = chance.choice(_WEIGHTED)
        for place, (name, _) in enumerate(parts):
            if name == wanted:
                return place
    return chance.randrange(len(parts))


def _change(chance: random.Random, parts: Parts, change: Callable[[bytes], bytes]) -> None:
    place = _some(chance, parts)
    name, content = parts[place]
    parts[place] = (name, change(content))


def _bytes(chance: random.Random, parts: Parts) -> None:
    """Single bytes flipped, cut out, put in, or a slice doubled."""

    def change(content: bytes) -> bytes:
        at = chance.randrange(len(content) + 1)
        end = min(len(content), at + chance.choice((1, 2, 8, 200, 5000)))
        match chance.randrange(4):
            case 0:
                return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]
            case 1:
                return content[:at] + content[end:]
            case 2:
                return content[:at] + chance.randbytes(chance.choice((1, 4))) + content[at:]
            case _:
                return content[:end] + content[at:end] + content[end:]

    _change(chance, parts, change)


def _tokens(chance: random.Random, parts: Parts) -> None:
    """A token cut out, doubled, moved, or put in place of another."""

    def change(content: bytes) -> bytes:
        tokens = _TOKEN.findall(content)
        if not tokens:
            return content
        one, other = (chance.randrange(len(tokens)) for _ in range(2))
        match chance.randrange(4):
            case 0:
                del tokens[one]
            case 1:
                tokens.insert(one, tokens[one])
            case 2:
                tokens.insert(other, tokens.pop(one))
            case _:
                tokens[one] = tokens[other]
        return b"".join(tokens)

    _change(chance, parts, change)


def _elements(chance: random.Random, parts: Parts) -> None:
    """Markup that XML allows, put between two tokens: comments, CDATA, a DTD, other elements."""
    added = chance.choice(
        (
            b"<!-- <c r='A1'/> -->",
            b"<![CDATA[<c>]]>",
            b"<?x <c?>",
            b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
            b"<c/>",
            b"</row>",
            b"<row>",
            b"<x:c xmlns:x='y'/>",
            b"<sheetData/>",
            b"<legacyDrawing/>",
            b"<hyperlinks/>",
            b"<mergeCell ref='A1:XFD1048576'/>",
            b"<definedName name='in_staff_quota'>1</definedName>",
            b"<sheet name='a' sheetId='1' r:id='rId1'/>",
            b"<is><t>x</t></is>",
            b"<f t='shared' si='0'>A1</f>",
            b"<mc:AlternateContent><mc:Choice/></mc:AlternateContent>",
            b"<row r='1048576' ht='1'/>",
        )
    )

    def change(content: bytes) -> bytes:
        places = [found.start() for found in re.finditer(rb"<", content)] or [0]
        at = chance.choice(places)
        return content[:at] + added + content[at:]

    _change(chance, parts, change)


def _values(chance: random.Random, parts: Parts) -> None:
    """An attribute's value changed, renamed, left out, or taken from another place."""

    def change(content: bytes) -> bytes:
        found = list(_VALUE.finditer(content))
        if not found:
            return content
        one = chance.choice(found)
        nasty = chance.choice((*NUMBERS, *REFERENCES, *TEXTS[:16])).encode(errors="replace")
        new = chance.choice(
            (
                b'%s="%s"' % (one[1], nasty),
                b'%s="%s"' % (chance.choice(ATTRIBUTES).encode(), one[2]),
                b"",
                chance.choice(found)[0],
                one[0] + b" " + one[0],
                one[0].replace(b'"', b"'"),
            )
        )
        return content[: one.start()] + new + content[one.end() :]

    _change(chance, parts, change)


def _numbers(chance: random.Random, parts: Parts) -> None:
    """Up to five numbers changed: indexes, rows, counts, amounts."""

    def change(content: bytes) -> bytes:
        for _ in range(chance.choice((1, 1, 2, 5))):
            found = list(_NUMBER.finditer(content))
            if not found:
                return content
            one = chance.choice(found)
            content = (
                content[: one.start()] + chance.choice(NUMBERS).encode() + content[one.end() :]
            )
        return content

    _change(chance, parts, change)


def _texts(chance: random.Random, parts: Parts) -> None:
    """A text between two tags changed."""

    def change(content: bytes) -> bytes:
        found = list(re.finditer(rb">([^<]+)<", content))
        if not found:
            return content
        one = chance.choice(found)
        text = chance.choice((*TEXTS, *REFERENCES)).encode(errors="replace")
        return content[: one.start() + 1] + text + content[one.end() - 1 :]

    _change(chance, parts, change)


def _defined_names(chance: random.Random, parts: Parts) -> None:
    """Up to twenty defined names led elsewhere, renamed, doubled or dropped."""
    for place, (name, content) in enumerate(parts):
        if name.lower() == "xl/workbook.xml":
            for _ in range(chance.choice((1, 2, 20))):
                found = list(re.finditer(rb"<definedName[^>]*>([^<]*)</definedName>", content))
                if not found:
                    return
                one, other = chance.choice(found), chance.choice(found)
                led = one[0].replace(one[1], chance.choice(REFERENCES).encode())
                new = chance.choice((led, led, led, other[0], one[0] + other[0], b""))
                content = content[: one.start()] + new + content[one.end() :]
            parts[place] = (name, content)


def _parts(chance: random.Random, parts: Parts) -> None:
    """A part dropped, emptied, renamed, doubled, moved, or given another's content."""
    one, other = _some(chance, parts), _some(chance, parts)
    name, content = parts[one]
    names = (
        name.upper(),
        name.replace("/", "\\"),
        f"../{name}",
        f"/{name}",
        "a" * 300,
        f"{name}\x00",
        "xl/" + name,
        "xl/vbaProject.bin",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
    )
    match chance.randrange(8):
        case 0:
            del parts[one]
        case 1:
            parts[one] = (name, b"")
        case 2:
            parts[one] = (chance.choice(names), content)
        case 3:
            parts.append((chance.choice((name, *names)), content))
        case 4:
            parts.insert(other, parts.pop(one))
        case 5:
            parts[one] = (name, parts[other][1])
        case 6:
            parts.append((chance.choice(names), chance.randbytes(100)))
        case _:
            parts[one] = (name, content[: chance.randrange(len(content) + 1)])
    if not parts:
        parts.append((name, content))


def _relationships(chance: random.Random, parts: Parts) -> None:
    """A relationship added, to a part that is there or not, of a kind that is read or not."""
    kinds = ("worksheet", "comments", "vmlDrawing", "sharedStrings", "hyperlink", "externalLink")
    targets = [f"/{name}" for name, _ in parts] + ["", "../..", "http://x/", "%00", "a\\b", "#x"]
    added = '<Relationship Id="{}" Type="http://x/relationships/{}" Target="{}"{}/>'.format(
        chance.choice(("rId1", "rId2", "rId99", "")),
        chance.choice(kinds),
        chance.choice(targets).replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;"),
        chance.choice(("", "", ' TargetMode="External"')),
    ).encode(errors="replace")
    listed = [place for place, (name, _) in enumerate(parts) if name.endswith(".rels")]
    sheets = [name for name, _ in parts if name.startswith("xl/worksheets/sheet")]
    if sheets and chance.random() < 0.5:
        folder, _, base = chance.choice(sheets).rpartition("/")
        root = (
            b"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        )
        parts.append((f"{folder}/_rels/{base}.rels", root + added + b"</Relationships>"))
    elif listed:
        place = chance.choice(listed)
        name, content = parts[place]
        parts[place] = (name, content.replace(b"</Relationships>", added + b"</Relationships>"))


def _encoding(chance: random.Random, parts: Parts) -> None:
    """A part in another encoding than it says, or in UTF-16."""

    def change(content: bytes) -> bytes:
        text = content.decode("utf-8", "replace")
        return chance.choice(
            (
                text.encode("utf-16"),
                text.replace("UTF-8", "UTF-16").encode("utf-16"),
                text.replace("UTF-8", "GB18030").encode("gb18030"),
                text.replace("UTF-8", "no-such").encode(),
                b"\xef\xbb\xbf" + content,
                text.encode("utf-32"),
                content.partition(b"?>")[2].lstrip(),
            )
        )

    _change(chance, parts, change)


MUTATIONS: tuple[Mutation, ...] = (
    _bytes,
    _tokens,
    _tokens,
    _elements,
    _values,
    _values,
    _numbers,
    _numbers,
    _texts,
    _defined_names,
    _parts,
    _relationships,
    _encoding,
)
