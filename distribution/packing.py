"""Folders made into archives, and listed, so that the same content gives the same bytes."""

from __future__ import annotations

import gzip
import hashlib
import tarfile
import zipfile
from pathlib import Path

LIST = "SHA256SUMS.txt"
_THEN = (2020, 1, 1, 0, 0, 0)
"""The time that every entry has; none that is true would be the same twice."""


def files(folder: Path) -> list[Path]:
    """Every file below a folder, in an order that no file system changes."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_list(folder: Path) -> None:
    """List the SHA-256 of everything in a folder there, as ``sha256sum --check`` reads it."""
    lines = (f"{digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in files(folder))
    text = "".join(lines)
    (folder / LIST).write_text(text, encoding="utf-8", newline="\n")


def write_zip(folder: Path, target: Path, top: str = "", *, stored: bool = False) -> None:
    """Pack what is in a folder; ``top`` is a folder that it is unpacked into.

    ``stored``: nothing is compressed; for an archive that is itself packed, and then once, better.
    """
    with zipfile.ZipFile(target, "w") as archive:
        for path in files(folder):
            entry = zipfile.ZipInfo(f"{top}{path.relative_to(folder).as_posix()}", _THEN)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes(), compresslevel=9)


def write_tar(folder: Path, target: Path) -> None:
    """Pack a folder, under its own name, with the right to run what can be run."""
    with (
        target.open("wb") as stream,
        gzip.GzipFile("", "wb", 9, stream, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for path in files(folder):
            entry = tarfile.TarInfo(path.relative_to(folder.parent).as_posix())
            entry.size = path.stat().st_size
            entry.mode = 0o755 if path.suffix == ".sh" else 0o644
            with path.open("rb") as content:
                archive.addfile(entry, content)
