"""Zip archives of submissions. Beside what is wrong with them they hold a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.cli.shell import WATER
from tests.hostile.corpus.register import case
from tests.hostile.zips import STORED, End, Entry, deflated, zip_file

_MB = 1_000_000
_GOOD = Entry("水利局/自评表.xlsx", WATER.read_bytes(), method=STORED)


def _archive(path: Path, entries: Sequence[Entry], end: End | None = None) -> None:
    path.write_bytes(zip_file([_GOOD, *entries], end))


@case("archive with a bomb")
def _bomb(path: Path) -> None:
    _archive(path, [Entry("炸.xlsx", bytes(30 * _MB))])


@case("archive with a bomb that lies")
def _lying(path: Path) -> None:
    packed = deflated(bytes(800 * _MB), level=1)
    _archive(path, [Entry("炸.xlsx", b"", packed=packed, declared=1000, crc=0)])


@case("archive with names that climb")
def _climbing(path: Path) -> None:
    names = ("../逃.xlsx", "/etc/逃.xlsx", "C:\\逃.xlsx", "..\\逃.xlsx", "a/../../逃.xlsx")
    _archive(path, [Entry(name, b"x") for name in names])


@case("archive of a hundred thousand and one")
def _many(path: Path) -> None:
    _archive(path, [Entry(f"{n:x}.txt", method=STORED) for n in range(100_001)])


@case("archive of fifty thousand others")
def _others(path: Path) -> None:
    _archive(path, [Entry(f"{n:x}.txt", method=STORED) for n in range(50_000)])


@case("archive within archives")
def _nested(path: Path) -> None:
    inner = zip_file([Entry("炸.xlsx", bytes(5 * _MB))])
    for depth in range(20):
        inner = zip_file([Entry(f"{depth}.zip", inner, method=STORED)])
    _archive(path, [Entry("里.zip", inner), Entry("改名.xlsx", inner)])


@case("archive of overlapping entries")
def _overlap(path: Path) -> None:
    first = Entry("a.xlsx", bytes(_MB))
    packed = first.data()
    copies = [Entry(f"{n}.xlsx", bytes(_MB), packed=packed, offset=0) for n in range(1000)]
    path.write_bytes(zip_file([first, *copies]))


@case("archive of exabytes")
def _exabytes(path: Path) -> None:
    packed = deflated(bytes(1000))
    entries = [Entry(f"{n}.xlsx", b"", packed=packed, declared=4_000_000_000) for n in range(10)]
    _archive(path, entries)


@case("archive with a password")
def _password(path: Path) -> None:
    _archive(path, [Entry("锁.xlsx", b"x", flags=1)])


@case("archive packed by bzip2")
def _bzip2(path: Path) -> None:
    _archive(path, [Entry("旧.xlsx", b"x", method=12, packed=b"x")])


@case("archive with a name twice")
def _twice(path: Path) -> None:
    _archive(path, [Entry("水利局\\自评表.XLSX", b"x")])


@case("archive with control characters in a name")
def _controls(path: Path) -> None:
    _archive(path, [Entry(b"\x1b[2J\n\r.xlsx", b"x"), Entry(b"\xff\xfe.xlsx", b"x")])


@case("archive with a very long name")
def _long(path: Path) -> None:
    _archive(path, [Entry("长" * 20_000 + ".xlsx", b"x"), Entry("a/" * 20_000 + "b.xlsx", b"x")])


@case("archive cut off")
def _cut_off(path: Path) -> None:
    path.write_bytes(zip_file([_GOOD])[:-100])


@case("archive that is none")
def _none(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n")
