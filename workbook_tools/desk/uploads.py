"""Uploaded files into a folder of ours, under safe names; nothing in them is looked at here."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import msgspec
from starlette.datastructures import FormData, UploadFile

from workbook_tools.files.names import distinct, safe_name

LARGEST = 20 << 20
"""Bytes of one file; a filled template has about 100 KB."""
LARGEST_ARCHIVE = 500 << 20
LARGEST_REQUEST = 600 << 20
"""Bytes of one request that may hold a county's workbooks."""
_ARCHIVE = ".zip"


class TooLarge(msgspec.Struct, frozen=True):
    """A file that was not taken in, and why (a Chinese sentence)."""

    name: str
    reason: str


def uploaded(form: FormData, field: str) -> list[UploadFile]:
    """The files that somebody chose; a browser sends an empty one where nobody chose any."""
    return [one for one in form.getlist(field) if isinstance(one, UploadFile) and one.filename]


def take_in(files: Iterable[UploadFile], folder: Path) -> list[TooLarge]:
    """Put files below ``folder``, in the folders that their names tell; the too large are left."""
    folder.mkdir(parents=True, exist_ok=True)
    taken: dict[Path, set[str]] = {}
    left: list[TooLarge] = []
    for file in files:
        place = folder.joinpath(*_parts(file.filename or ""))
        archive = place.suffix.lower() == _ARCHIVE
        most = LARGEST_ARCHIVE if archive else LARGEST
        if (file.size or 0) > most:
            shown = place.relative_to(folder).as_posix()
            reason = f"超过 {most >> 20} MB 的上限，没有读取。"
            left.append(TooLarge(shown, reason))
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        name = distinct(place.stem, taken.setdefault(place.parent, set())) + place.suffix
        with place.with_name(name).open("xb") as target:
            file.file.seek(0)
            shutil.copyfileobj(file.file, target)
    return left


def _parts(name: str) -> list[str]:
    """Folders and name, as a browser tells them of a folder that was chosen."""
    parts = [part for part in name.replace("\\", "/").split("/") if part.strip(". ")]
    return [safe_name(part) for part in parts] or ["_"]
