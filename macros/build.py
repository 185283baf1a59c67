"""Makes the add-in ``macros/workbook_tools.xlam`` from the sources beside this file.

``python -m macros.build [FILE]``; with the same libraries the file has the same bytes. The pieces:

- XlsxWriter: a workbook of one sheet, which holds the texts (``texts.csv``);
- pyOpenVBA: the VBA project, made from ``src/*.bas``;
- here: the ribbon (``ribbon.xml``), and the content type that tells an add-in from a workbook.

A target ending in .xlsm becomes a workbook with the same VBA project: LibreOffice opens no .xlam.
"""

from __future__ import annotations

import csv
import datetime
import io
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
ADD_IN = HERE / "workbook_tools.xlam"
_MADE = datetime.datetime(2000, 1, 1)  # what the file says of its making, so that bytes repeat
_MAIN_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_WORKBOOK_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADD_IN_TYPE = b"application/vnd.ms-excel.addin.macroEnabled.main+xml"
_PROJECT_PART = "xl/vbaProject.bin"
_NO_CACHE = bytes.fromhex("CC61 FFFF 00 0000")
_RIBBON_PART = "customUI/customUI.xml"
_RIBBON = (
    '<Relationship Id="rIdRibbon" '
    'Type="http://schemas.microsoft.com/office/2006/relationships/ui/extensibility" '
    f'Target="{_RIBBON_PART}"/>'
).encode()

Parts = dict[str, bytes]


def build(target: Path = ADD_IN) -> None:
    """Write the add-in, or its twin where the target ends in .xlsm."""
    parts = _with_macros(_texts_workbook())
    if target.suffix == ".xlam":
        parts = _as_add_in(parts)
    target.write_bytes(_zipped(parts))


def texts() -> dict[str, str]:
    """The texts of the add-in by key: its own, and those that it shares with the program."""
    from workbook_tools.annotation.notes import MARKER
    from workbook_tools.excel import problems

    with (HERE / "texts.csv").open(encoding="utf-8", newline="") as file:
        own = dict(csv.reader(file))
    return own | {
        "marker": MARKER,
        "never_saved": problems.NEVER_SAVED,
        "no_findings": problems.NO_NOTES,
        "no_workbook": problems.NO_WORKBOOK,
        "protected_view": problems.PROTECTED_VIEW,
        "read_only": problems.READ_ONLY,
        "sheets_bare": problems.SHEETS_BARE,
        "sheets_locked": problems.SHEETS_LOCKED,
    }


def sources() -> dict[str, str]:
    """The text of each module by its name."""
    found = sorted((HERE / "src").glob("*.bas"))
    return {path.stem: path.read_text(encoding="ascii") for path in found}


def _texts_workbook() -> Parts:
    import xlsxwriter  # type: ignore[import-untyped] # it ships no types

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"title": "绩效校验", "author": "workbook-tools", "created": _MADE})
        sheet = book.add_worksheet("文字")
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 100)
        for row, text in enumerate(texts().items()):
            sheet.write_row(row, 0, text)
    return _parts(content.getvalue())


def _with_macros(parts: Parts) -> Parts:
    from pyopenvba import ExcelFile  # type: ignore[import-untyped] # it ships no types

    types = parts["[Content_Types].xml"].replace(_MAIN_TYPE, _WORKBOOK_TYPE)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsm"
        path.write_bytes(_zipped(parts | {"[Content_Types].xml": types}))
        with ExcelFile(path) as book:
            project = book.add_vba_project()
            for name in project.module_names():  # the workbook's and the sheet's own: no code
                project.get_module(name).body = "Option Explicit\r\n"
            for name, source in sources().items():
                project.add_module(name, source.replace("\n", "\r\n"))
            book.drop_reference("Office")  # no code needs it, and its path is one machine's
            book.save(path)
        made = _parts(path.read_bytes())
    return made | {_PROJECT_PART: _source_only(made[_PROJECT_PART])}


def _source_only(project: bytes) -> bytes:
    """The VBA project without a performance cache, and saying so: [MS-OVBA] 2.3.4.1.

    pyOpenVBA leaves the version of an Excel there, with zeros as its compiled code; an Excel of
    that very version may read them instead of the source.
    """
    from pyopenvba.cfb import CFB  # type: ignore[import-untyped] # it ships no types

    storage = CFB.from_bytes(project)
    storage.write_stream_in_storage("VBA", "_VBA_PROJECT", _NO_CACHE)
    made: bytes = storage.to_bytes()
    return made


def _as_add_in(parts: Parts) -> Parts:
    types = parts["[Content_Types].xml"].replace(_WORKBOOK_TYPE, _ADD_IN_TYPE)
    related = parts["_rels/.rels"].replace(b"</Relationships>", _RIBBON + b"</Relationships>")
    ribbon = {_RIBBON_PART: (HERE / "ribbon.xml").read_bytes()}
    return parts | {"[Content_Types].xml": types, "_rels/.rels": related} | ribbon


def _parts(package: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(parts: Parts) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, part)
    return content.getvalue()


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else ADD_IN)
