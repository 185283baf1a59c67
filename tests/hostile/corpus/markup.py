"""XML that is no XML, or that an innocent parser would never finish with."""

from __future__ import annotations

import random
from pathlib import Path

from tests.hostile.book import RELS, SCORES, STAFF, STRINGS, TOP, TYPES, WORKBOOK, Book
from tests.hostile.corpus.register import case

_ENTITY = '<!DOCTYPE x [<!ENTITY a "b">]>'
_EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "lol">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]>"
)
_QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>'


def _varied(pattern: str, count: int) -> bytes:
    """A pattern repeated with a random number in each, so that it hardly packs."""
    numbers = random.Random(1)
    return "".join(pattern.format(numbers.randrange(10**9)) for _ in range(count)).encode()


def _declared(path: Path, part: str, dtd: str, encoding: str = "") -> None:
    """A document type declaration before the root element, in an encoding."""
    book = Book()
    text = book.parts[part].decode()
    head, rest = text.split("?>", 1)
    named = encoding.removesuffix("-le").removesuffix("-be") or "utf-8"
    head = head.replace("UTF-8", named.upper())
    whole = f"{head}?>{dtd}{rest}"
    book.parts[part] = whole.encode(encoding or "utf-8")
    book.save(path)


def _inserted(path: Path, part: str, before: str, markup: bytes) -> None:
    book = Book()
    assert before.encode() in book.parts[part]
    book.parts[part] = book.parts[part].replace(before.encode(), markup + before.encode(), 1)
    book.save(path)


_DTDS = {
    "DTD in the workbook part": (WORKBOOK, _ENTITY, ""),
    "DTD in a sheet": (STAFF, _ENTITY, ""),
    "DTD in the content types": (TYPES, _LAUGHS, ""),
    "DTD in the relationships": (RELS, _ENTITY, ""),
    "DTD in the first relationships": (TOP, _ENTITY, ""),
    "external entity": (STAFF, _EXTERNAL, ""),
    "billion laughs": (STRINGS, _LAUGHS, ""),
    "quadratic entities": (STRINGS, _QUADRATIC, ""),
    "DTD in utf-16": (WORKBOOK, _ENTITY, "utf-16"),
    "DTD in utf-16 without a mark": (STAFF, _EXTERNAL, "utf-16-le"),
    "DTD in big-endian utf-16": (STRINGS, _LAUGHS, "utf-16-be"),
    "DTD in gb18030": (WORKBOOK, _ENTITY, "gb18030"),
    "DTD behind a comment": (WORKBOOK, "<!-- <a> -->" + _ENTITY, ""),
    "DTD behind an instruction": (STAFF, "<?x <y> ?>\n" + _ENTITY, ""),
}


def _register(name: str, part: str, dtd: str, encoding: str) -> None:
    case(name)(lambda path: _declared(path, part, dtd, encoding))


for _name, _given in _DTDS.items():
    _register(_name, *_given)


def _encoded(name: str, encoding: str) -> None:
    @case(name)
    def _builder(path: Path) -> None:
        book = Book()
        book.parts[STAFF] = book.parts[STAFF].replace(b"UTF-8", encoding.encode())
        book.save(path)


_encoded("encoding that nobody knows", "martian")
_encoded("encoding that hides markup", "utf-7")
_encoded("encoding that takes for ever", "punycode")
_encoded("encoding that is a program", "zlib")


@case("whole workbook in utf-16")
def _utf16(path: Path) -> None:
    book = Book()
    for part in (WORKBOOK, STRINGS, STAFF, RELS, TOP, TYPES):
        book.parts[part] = book.parts[part].decode().encode("utf-16")
    book.save(path)


@case("bytes that are no utf-8")
def _not_utf8(path: Path) -> None:
    part, address = (book := Book()).named("in_functions")
    book.cell(part, address, "<is><t>职能</t></is>", ' t="inlineStr"')
    book.parts[part] = book.parts[part].replace("职能".encode(), b"\xff\xfe\xc0\x80")
    book.save(path)


@case("sheet cut off")
def _cut_off(path: Path) -> None:
    book = Book()
    book.parts[STAFF] = book.parts[STAFF][:3000]
    book.save(path)


@case("workbook part cut off")
def _cut_off_workbook(path: Path) -> None:
    book = Book()
    book.parts[WORKBOOK] = book.parts[WORKBOOK][:700]
    book.save(path)


@case("shared strings cut off")
def _cut_off_strings(path: Path) -> None:
    book = Book()
    book.parts[STRINGS] = book.parts[STRINGS][:400]
    book.save(path)


@case("empty sheet part")
def _empty_sheet(path: Path) -> None:
    book = Book()
    book.parts[STAFF] = b""
    book.save(path)


@case("sheet that is no sheet")
def _other_root(path: Path) -> None:
    book = Book()
    book.parts[STAFF] = b"<chartSpace/>"
    book.save(path)


@case("no sheets")
def _no_sheets(path: Path) -> None:
    book = Book()
    workbook = book.parts[WORKBOOK]
    start, end = workbook.index(b"<sheets>"), workbook.index(b"</sheets>") + 9
    book.parts[WORKBOOK] = workbook[:start] + workbook[end:]
    book.save(path)


def _without(name: str, part: str) -> None:
    @case(name)
    def _builder(path: Path) -> None:
        book = Book()
        del book.parts[part]
        book.save(path)


_without("no content types", TYPES)
_without("no relationships", RELS)
_without("no first relationships", TOP)
_without("no workbook part", WORKBOOK)
_without("no shared strings", STRINGS)
_without("no such sheet part", STAFF)


@case("workbook somewhere on the net")
def _external(path: Path) -> None:
    Book().replace(
        TOP, 'Target="xl/workbook.xml"', 'TargetMode="External" Target="http://a.b/"'
    ).save(path)


@case("sheet that is the workbook")
def _itself(path: Path) -> None:
    Book().replace(RELS, 'Target="worksheets/sheet4.xml"', 'Target="workbook.xml"').save(path)


@case("sheet out of the package")
def _out(path: Path) -> None:
    Book().replace(
        RELS, 'Target="worksheets/sheet4.xml"', 'Target="../../../../../etc/passwd"'
    ).save(path)


@case("hundred thousand levels")
def _deep(path: Path) -> None:
    depth = 100_000
    _inserted(path, STAFF, "</worksheet>", b"<x>" * depth + b"</x>" * depth)


@case("hundred thousand levels of one string")
def _deep_string(path: Path) -> None:
    depth = 100_000
    part, address = (book := Book()).named("in_functions")
    inner = "<r>" * depth + "<t>职能</t>" + "</r>" * depth
    book.cell(part, address, f"<is>{inner}</is>", ' t="inlineStr"').save(path)


@case("rows that never end")
def _endless_rows(path: Path) -> None:
    _inserted(path, STAFF, "</sheetData>", _varied("<row s='{}'>", 200_000))


@case("cells that never end")
def _endless_cells(path: Path) -> None:
    _inserted(path, STAFF, "</sheetData>", b"<row>" + _varied("<c s='{}'>", 60_000) + b"</row>")


@case("quotes that never end")
def _quotes(path: Path) -> None:
    _inserted(path, STAFF, "<sheetData>", _varied("<sheetData {}'", 200_000))


@case("attributes that never end")
def _attributes(path: Path) -> None:
    markup = b'<row><c r="A99" ' + _varied("a{}=b ", 200_000) + b"</row>"
    _inserted(path, STAFF, "</sheetData>", markup)


@case("comments that never end")
def _comments(path: Path) -> None:
    _inserted(path, STAFF, "</sheetData>", _varied("<!--{}", 300_000))


@case("million comments")
def _million_comments(path: Path) -> None:
    _inserted(path, STAFF, "</sheetData>", _varied("<!--{}-->", 500_000))


@case("spaces")
def _spaces(path: Path) -> None:
    _inserted(path, WORKBOOK, "<definedNames>", b" \n" * 400_000)


@case("thousand relationships of one name")
def _relationships(path: Path) -> None:
    many = _varied('<Relationship Id="rId4" Type="{}/worksheet" Target="x"/>', 40_000)
    _inserted(path, RELS, "</Relationships>", many)


@case("relationships of ten megabytes")
def _large_relationships(path: Path) -> None:
    many = "".join(f'<Relationship Id="x{n}" Type="t" Target="{n}"/>' for n in range(200_000))
    _inserted(path, RELS, "</Relationships>", many.encode())


@case("sheet of scores made of nothing but tags")
def _tags(path: Path) -> None:
    _inserted(path, SCORES, "</sheetData>", b"".join(b"<a%d>" % n for n in range(300_000)))


@case("fields of comments")
def _fields(path: Path) -> None:
    _inserted(path, STAFF, "</sheetData>", _varied("aa<!--{}-->", 1_000_000))


@case("thirty megabytes of utf-16")
def _wide(path: Path) -> None:
    book = Book()
    text = book.parts[STAFF].decode().replace("</sheetData>", "{}</sheetData>")
    filler = _varied("<row>{}</row>", 600_000).decode()
    book.parts[STAFF] = text.replace("{}", filler).encode("utf-16")
    book.save(path)


@case("elements by the hundred thousand")
def _after(path: Path) -> None:
    _inserted(path, STAFF, "</worksheet>", _varied("<x{}/>", 300_000))


@case("hundred thousand names of elements")
def _prefixes(path: Path) -> None:
    """A name of its own in every tag, for whoever makes a pattern of each."""
    many = b"".join(b"<x%d></x%d>" % (n, n) for n in range(100_000))
    _inserted(path, STAFF, "</worksheet>", many)
