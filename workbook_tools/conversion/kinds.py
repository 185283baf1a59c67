"""Which files LibreOffice is asked to convert: told by their content, never by their names.

Each kind names the filter that reads it, so that no file is taken for something else by guessing.
"""

from __future__ import annotations

import io
from typing import Literal, NamedTuple

Target = Literal["docx", "xlsx"]

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODF = b"mimetypeapplication/vnd.oasis.opendocument."
_NAME_AT = 30  # where the name of a zip file's first entry stands (APPNOTE 4.3.7)


class FileKind(NamedTuple):
    """A kind of file: the suffix that it goes by, LibreOffice's filter for it, what it becomes.

    ``zipped``: it is a package of OpenDocument.
    """

    suffix: str
    filter: str
    becomes: Target
    zipped: bool = False


XLS = FileKind(".xls", "MS Excel 97", "xlsx")
ODS = FileKind(".ods", "calc8", "xlsx", zipped=True)
DOC = FileKind(".doc", "MS Word 97", "docx")
ODT = FileKind(".odt", "writer8", "docx", zipped=True)
RTF = FileKind(".rtf", "Rich Text Format", "docx")

_BY_STREAM = (("WordDocument", DOC), ("Workbook", XLS), ("Book", XLS))
"""The main stream of a compound file; WPS writes .wps and .et as the same two kinds."""


def kind_of(data: bytes) -> FileKind | None:
    """The kind of a file by its content; None for all that is not converted."""
    if data.startswith(b"{\\rtf"):
        return RTF
    if data.startswith(_COMPOUND):
        return _of_compound(data)
    if data[_NAME_AT:].startswith(_ODF + b"spreadsheet"):
        return ODS
    if data[_NAME_AT:].startswith(_ODF + b"text"):
        return ODT
    return None


def _of_compound(data: bytes) -> FileKind | None:
    import logging

    import olefile  # type: ignore[import-untyped] # it ships no types

    logging.getLogger("olefile").setLevel(logging.CRITICAL)  # it tells our stderr about bad files
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            return next((kind for name, kind in _BY_STREAM if compound.exists(name)), None)
    except MemoryError:
        raise
    except Exception:  # whatever the library makes of a stranger's bytes: no file of these kinds
        return None
