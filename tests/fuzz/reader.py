"""Atheris (libFuzzer) on the package layer: one part of a small workbook is what the fuzzer says.

    pip install 'workbook-tools[fuzz]'
    python -m tests.fuzz.reader CORPUS -dict=tests/fuzz/ooxml.dict -max_len=20000 -len_control=0 \
        -max_total_time=1800 -timeout=20

CORPUS is a folder for what it learns; an empty one is filled with the parts of the workbook. The
first byte of an input chooses the part, the rest is its content. Broken in any other way than by a
typed refusal, or a workbook that is not restored after notes were written into it, is a crash.
"""

from __future__ import annotations

import io
import sys
import tempfile
import zipfile
from pathlib import Path

import atheris  # type: ignore[import-untyped] # an extra; its stubs are a package of their own

with atheris.instrument_imports(include=["workbook_tools.ooxml"]):
    from workbook_tools.ooxml import Package, PackageError, contents_of, open_workbook
    from workbook_tools.ooxml.notes import Note, notes_edits, read_notes
    from workbook_tools.ooxml.rows import CellLink, PlainValue, RowsError, cut_rows, fill_rows
    from workbook_tools.ooxml.splice import edited
    from workbook_tools.ooxml.strip import strip_edits

from tests.ooxml.write_books import AUTHOR, MARKER, POINTER, SheetSpec, build

PATH = Path("fuzzed.xlsx")
NOTES = [Note("表1", "B2", "甲 <&> =1"), Note("表1", "A5", "乙"), Note("表2", "C3", "丙" * 200)]
ROWS: list[tuple[PlainValue, ...]] = [(1, "=1+1", CellLink("A1", "表1", "A1")), (2.5, None, "丁")]


def parts() -> dict[str, bytes]:
    """A workbook with two sheets, notes of somebody else, a table and a chart."""
    with tempfile.TemporaryDirectory() as room:
        path = build(Path(room, "a.xlsx"), [SheetSpec(((4, 0),), ("chart", "table")), SheetSpec()])
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


def packed(whole: dict[str, bytes]) -> bytes:
    """The parts as a zip file, not compressed, which is faster."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in whole.items():
            archive.writestr(name, content)
    return stream.getvalue()


BASE = parts()
NAMES = sorted(BASE)


def one_input(data: bytes) -> None:
    """Read the workbook whole, write notes and rows into it, and take them out again."""
    if not data:
        return
    spoilt = {**BASE, NAMES[data[0] % len(NAMES)]: data[1:]}
    with tempfile.NamedTemporaryFile(suffix=".xlsx", dir=ROOM) as file:
        file.write(packed(spoilt))
        file.flush()
        try:
            _use(Package.open(file.name))
        except PackageError:
            return


def _use(package: Package) -> None:
    workbook = open_workbook(package)
    for name in workbook.names:
        workbook.names.text(name)
    contents_of(workbook)
    for sheet in workbook.sheets:
        workbook.cells(sheet.name)
    read_notes(workbook)
    plain = edited(package, strip_edits(workbook, author=AUTHOR, marker=MARKER))
    noted = notes_edits(open_workbook(plain), NOTES, author=AUTHOR, marker=MARKER, pointer=POINTER)
    commented = edited(plain, noted.edits)
    back = edited(commented, strip_edits(open_workbook(commented), author=AUTHOR, marker=MARKER))
    if not any(b" \t" in part for part in _content(plain).values()):  # what might be a sign of ours
        assert _content(back) == _content(plain), "not restored after notes"
    try:
        filled = edited(plain, fill_rows(open_workbook(plain), "表1", "A1:C1", ROWS, {"A3": 1}))
        cut_rows(open_workbook(filled), "表1", "A1:C1", ["A3"])
    except RowsError:
        return


def _content(package: Package) -> dict[str, bytes]:
    return {name: package.read(name) for name in package.names}


def main() -> None:
    """Fill an empty corpus and hand over to libFuzzer."""
    folders = [Path(given) for given in sys.argv[1:] if not given.startswith("-")]
    for folder in folders[:1]:
        folder.mkdir(parents=True, exist_ok=True)
        if not any(folder.iterdir()):
            for number, name in enumerate(NAMES):
                (folder / name.replace("/", "_")).write_bytes(bytes([number]) + BASE[name])
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as ROOM:
        main()
