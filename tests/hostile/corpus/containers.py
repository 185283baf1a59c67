"""Zip files that lie, contradict themselves or hold too much. Inside is a real workbook."""

from __future__ import annotations

from pathlib import Path

from tests.hostile.book import STAFF, WORKBOOK, Book
from tests.hostile.corpus.register import case
from tests.hostile.zips import DEFLATED, FULL, STORED, End, Entry, deflated, end64, size64, zip_file

_MB = 1_000_000


def _with(path: Path, *more: Entry, end: End | None = None, prefix: bytes = b"") -> None:
    path.write_bytes(zip_file([*Book().entries(), *more], end, prefix))


def _changed(path: Path, part: str, **lies: object) -> None:
    """One entry of the workbook told otherwise than it is."""
    entries = Book().entries()
    for entry in entries:
        if entry.name == part:
            for key, value in lies.items():
                setattr(entry, key, value)
    path.write_bytes(zip_file(entries))


def _padded(part: str, size: int) -> bytes:
    return Book().parts[part].replace(b"</sheetData>", b" " * size + b"</sheetData>")


@case("bomb by ratio")
def _ratio(path: Path) -> None:
    _changed(path, STAFF, content=_padded(STAFF, 30 * _MB))


@case("bomb in one entry")
def _entry(path: Path) -> None:
    _changed(path, STAFF, content=_padded(STAFF, 101 * _MB))


@case("bomb by total")
def _total(path: Path) -> None:
    blank = bytes(90 * _MB)
    packed = deflated(blank)
    _with(path, *(Entry(f"xl/media/image{n}.png", blank, packed=packed) for n in range(3)))


@case("bomb by count")
def _count(path: Path) -> None:
    _with(path, *(Entry(f"xl/media/image{n}.png") for n in range(2001)))


@case("hundred thousand entries")
def _many(path: Path) -> None:
    _with(path, *(Entry(f"{n:x}", method=STORED) for n in range(100_000)))


@case("million entries")
def _million(path: Path) -> None:
    """All the same record, in a directory that only a zip64 end record can describe."""
    one = zip_file([Entry("a", method=STORED)])
    start, end = one.index(b"PK\1\2"), one.index(b"PK\5\6")
    directory = one[start:end] * 1_000_000
    position = start + len(directory)
    tail = end64(1_000_000, len(directory), start, position)
    full = b"PK\5\6" + bytes(4) + b"\xff" * 12 + bytes(2)
    path.write_bytes(one[:start] + directory + tail + full)


@case("names of sixty thousand letters")
def _long_names(path: Path) -> None:
    _with(path, *(Entry(f"{n:05}" + "a" * 60_000, method=STORED) for n in range(200)))


@case("size told too small")
def _small(path: Path) -> None:
    _changed(path, STAFF, declared=1)


@case("size told too small for a bomb")
def _small_bomb(path: Path) -> None:
    _changed(path, STAFF, content=_padded(STAFF, 90 * _MB), declared=6000)


@case("size told too large")
def _large(path: Path) -> None:
    _changed(path, STAFF, declared=50 * _MB)


@case("wrong checksum")
def _checksum(path: Path) -> None:
    _changed(path, WORKBOOK, crc=1)


@case("damaged stream")
def _damaged(path: Path) -> None:
    packed = deflated(Book().parts[WORKBOOK])
    _changed(path, WORKBOOK, packed=packed[:100] + b"\xff" * 50 + packed[150:])


@case("stream without its end")
def _unended(path: Path) -> None:
    packed = deflated(Book().parts[WORKBOOK])
    _changed(path, WORKBOOK, packed=packed[: len(packed) // 2])


@case("packed longer than the file")
def _beyond(path: Path) -> None:
    _changed(path, "docProps/app.xml", packed_size=50 * _MB)


@case("overlapping entries")
def _overlap(path: Path) -> None:
    _changed(path, STAFF, offset=40)


@case("one kernel for all entries")
def _kernel(path: Path) -> None:
    """As in zip bombs that do not nest: every entry is the same bytes of the file."""
    blank = bytes(_MB)
    packed = deflated(blank)
    first = Entry("a.xml", blank, packed=packed)
    others = [Entry(f"b{n}.xml", blank, packed=packed, offset=0) for n in range(150)]
    path.write_bytes(zip_file([first, *others]))


@case("same name twice")
def _twice(path: Path) -> None:
    _with(path, Entry(WORKBOOK, b"<workbook/>"))


@case("same name in capitals")
def _capitals(path: Path) -> None:
    _with(path, Entry("XL/Workbook.XML", b"<workbook/>"))


@case("same name with backslashes")
def _backslashes(path: Path) -> None:
    _with(path, Entry("xl\\workbook.xml", b"<workbook/>"))


@case("same name with two slashes")
def _slashes(path: Path) -> None:
    _with(path, Entry("xl//workbook.xml", b"<workbook/>"))


@case("same name by a dot")
def _dot(path: Path) -> None:
    _with(path, Entry("xl/./workbook.xml", b"<workbook/>"))


@case("name that climbs")
def _climbs(path: Path) -> None:
    _with(path, Entry("xl/../../../etc/cron.d/x", b"x"))


@case("name that climbs backwards")
def _climbs_back(path: Path) -> None:
    _with(path, Entry("..\\..\\x.xml", b"x"))


@case("absolute name")
def _absolute(path: Path) -> None:
    _with(path, Entry("/etc/passwd", b"x"))


@case("name with a drive")
def _drive(path: Path) -> None:
    _with(path, Entry("C:\\x.dll", b"x"))


@case("name with a zero in it")
def _zero(path: Path) -> None:
    _with(path, Entry(b"xl/workbook.xml\0.png", b"<workbook/>"))


@case("name with an escape sequence")
def _escape(path: Path) -> None:
    _with(path, Entry(b"xl/\x1b[2Jred.xml", b"x"))


@case("another name before the content")
def _local(path: Path) -> None:
    _changed(path, WORKBOOK, local_name=b"xl/workbook.bin")


@case("two ends that contradict each other")
def _contradiction(path: Path) -> None:
    _with(path, end=End(before=end64(3, 300, 0, 0)))


@case("zip64 locator to nowhere")
def _nowhere(path: Path) -> None:
    _with(path, end=End(before=b"PK\6\7" + bytes(16)))


@case("zip64 size of exabytes")
def _exabytes(path: Path) -> None:
    _changed(path, STAFF, declared=FULL, extra=size64(1 << 62))


@case("zip64 field missing")
def _missing64(path: Path) -> None:
    _changed(path, STAFF, declared=FULL, packed_size=FULL)


@case("content beyond the file")
def _outside(path: Path) -> None:
    _changed(path, STAFF, offset=3_000_000_000)


@case("part of a set of discs")
def _discs(path: Path) -> None:
    _with(path, end=End(disk=2))


@case("something before the zip")
def _before(path: Path) -> None:
    _with(path, prefix=b"PK\3\4" + b"#!/bin/sh\n" * 20)


@case("directory larger than the file")
def _oversize(path: Path) -> None:
    _with(path, end=End(size=FULL - 1))


@case("end record in the comment")
def _comment(path: Path) -> None:
    _with(path, end=End(comment=b"PK\5\6" + bytes(18)))


@case("part with a password")
def _password(path: Path) -> None:
    _changed(path, WORKBOOK, flags=1)


@case("method bzip2")
def _bzip2(path: Path) -> None:
    _changed(path, WORKBOOK, method=12)


@case("method unknown")
def _method(path: Path) -> None:
    _changed(path, WORKBOOK, method=97)


@case("nested bombs that nobody opens")
def _nested(path: Path) -> None:
    inner = zip_file([Entry("0", bytes(5 * _MB))])
    for depth in range(5):
        inner = zip_file([Entry(f"{depth}{n}.zip", inner, method=STORED) for n in range(4)])
    _with(path, Entry("xl/embeddings/package1.zip", inner, method=DEFLATED))
