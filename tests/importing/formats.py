"""Every layout and every case once more in the formats that LibreOffice writes.

One start there for all documents of a format, and one back, by the converter of the product.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import docx
import msgspec

from tests import lo
from tests.importing.builder import LAYOUTS as REPORT_LAYOUTS
from tests.importing.builder import lakeside, water_bureau, write, write_paragraphs
from tests.importing.layouts import layouts
from tests.importing.layouts import write as write_layout
from tests.importing.test_cases import CASES
from workbook_tools.conversion import libreoffice
from workbook_tools.conversion.kinds import Target
from workbook_tools.importing.document import ReportError
from workbook_tools.importing.opening import read_document
from workbook_tools.importing.parts import parts_of
from workbook_tools.standard import Standard, load_standard

FORMATS: Mapping[str, tuple[str, str]] = {
    ".doc": ("doc:MS Word 97", "MS Word 97"),
    ".rtf": ("rtf:Rich Text Format", "Rich Text Format"),
    ".odt": ("odt:writer8", "writer8"),
    ".pdf": ("pdf:writer_pdf_Export", ""),
    ".xls": ("xls:MS Excel 97", "MS Excel 97"),
    ".ods": ("ods:calc8", "calc8"),
}
"""How LibreOffice writes each, and how the product has it read; a PDF is read as it is."""
SHEETS = frozenset({".xls", ".ods"})
ENDS = "ends with its table"
_SECONDS = 900.0
_REPORTS = {"水利": water_bureau(), "湖滨": lakeside()}
Told = frozenset[tuple[object, ...]]


class Source(msgspec.Struct, frozen=True):
    """A document as it was made, the standard that is given for it, and what is read of it."""

    path: Path
    standard: Standard | None
    told: Told


class Difference(NamedTuple):
    """What a format adds to a document, and what it loses; ``listed``: it lists that as unread."""

    more: Told
    less: Told
    listed: bool


def documents(folder: Path) -> list[Source]:
    """Reports in each layout, official forms, every case, and two that end with a table."""
    made: list[tuple[Path, Standard | None]] = []
    for name, report in _REPORTS.items():
        for layout in (one for one in REPORT_LAYOUTS if one.endswith(".docx")):
            made.append((write(report, folder / f"{name} {layout}", layout), report.standard))
    made += _official(folder, "docx")
    for name in ("department-official", "base-table-and-form"):
        ended = docx.Document(str(folder / f"{name}.docx"))
        last = ended.element.body.p_lst[-1]
        last.getparent().remove(last)
        ended.save(str(folder / f"{name} {ENDS}.docx"))
        made.append((folder / f"{name} {ENDS}.docx", None))
    for number, case in enumerate(CASES):
        path = write_paragraphs(folder / f"case {number}.docx", case["lines"].split("\n"))
        made.append((path, load_standard()))
    return _read(made)


def without_rules(sources: Sequence[Source], folder: Path) -> list[Source]:
    """The documents with tables, once more without any rule; told is what the ruled ones say."""
    bare: list[Source] = []
    for source in sources:
        document = docx.Document(str(source.path))
        for table in document.tables:
            table.style = document.styles["Normal Table"]
        if document.tables:
            document.save(str(folder / source.path.name))
            bare.append(msgspec.structs.replace(source, path=folder / source.path.name))
    return bare


def workbooks(folder: Path) -> list[Source]:
    """The official forms that are workbooks."""
    return _read(_official(folder, "xlsx"))


def _official(folder: Path, kind: str) -> list[tuple[Path, Standard | None]]:
    return [
        (
            write_layout(layout, folder / f"{name}.{kind}"),
            load_standard(layout.standard) if layout.standard else None,
        )
        for name, layout in layouts().items()
        if kind in layout.file
    ]


def _read(made: Sequence[tuple[Path, Standard | None]]) -> list[Source]:
    return [Source(path, standard, told(path, standard)[0]) for path, standard in made]


def differences(sources: Sequence[Source], suffix: str, folder: Path) -> dict[str, Difference]:
    """What a format makes of each document, by its name; only of those that it changes."""
    save_as, read_as = FORMATS[suffix]
    made = lo.convert([one.path for one in sources], folder / suffix, save_as, suffix)
    if read_as:
        made = _back(
            made, read_as, folder / f"back{suffix}", "xlsx" if suffix in SHEETS else "docx"
        )
    found: dict[str, Difference] = {}
    for source, path in zip(sources, made, strict=True):
        theirs, listed = told(path, source.standard)
        if theirs != source.told:
            name = source.path.stem
            found[name] = Difference(theirs - source.told, source.told - theirs, listed)
    return found


def _back(made: Sequence[Path], read_as: str, folder: Path, becomes: Target) -> list[Path]:
    program = libreoffice.installed()
    assert program is not None
    save_as = libreoffice.FILTERS[becomes]
    for start in range(0, len(made), lo.BATCH):
        batch = made[start : start + lo.BATCH]
        room = folder / str(start)
        libreoffice.run(program, batch, save_as, room, seconds=_SECONDS, read_as=read_as)
    return [
        folder / str(place // lo.BATCH * lo.BATCH) / path.with_suffix(f".{becomes}").name
        for place, path in enumerate(made)
    ]


def told(path: Path, standard: Standard | None) -> tuple[Told, bool]:
    """What is read of a file, value by value, without spaces; whether some is left unread."""
    document = read_document(path)
    unread = bool(document.unread)
    try:
        parts = parts_of(document, standard)
    except ReportError:
        return frozenset(), unread
    values: set[tuple[object, ...]] = set()
    for place, part in enumerate(parts):
        values |= {
            (place, part.standard.id, field, "".join(str(value).split()))
            for field, value in part.entries.values.items()
        }
        values |= {
            (place, table, number, column, "".join(str(value).split()))
            for table, rows in part.entries.rows.items()
            for number, row in enumerate(rows)
            for column, (value, _) in row.items()
        }
    return frozenset(values), unread
