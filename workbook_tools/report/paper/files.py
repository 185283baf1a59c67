"""The document as a file: whole or not at all, the same bytes for the same content, known as ours.

A seal over the content stands in the file's properties. Whoever saves the document in a word
processor breaks it, and from then on it is theirs: we do not write over it.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from pathlib import Path
from typing import IO

from docx.document import Document

from workbook_tools.files.targets import TargetRefused, write_whole

_PROPERTIES = "docProps/core.xml"
_SEAL = "workbook-tools:"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def save(document: Document, target: Path) -> None:
    """Write the document; raises TargetRefused, and then what stood there before still does."""
    unsealed = _SEAL + "0" * 64
    document.core_properties.identifier = unsealed
    stream = io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as package:
        parts = {name: package.read(name) for name in sorted(package.namelist())}
    sealed = _seal(parts).encode()
    parts[_PROPERTIES] = parts[_PROPERTIES].replace(unsealed.encode(), sealed)
    write_whole(target, lambda output: _write(output, parts))


def check_writable(target: Path, *, overwrite: bool = False) -> None:
    """Raise TargetRefused for a file that is not a document of ours as we wrote it."""
    if overwrite or not target.exists() or _untouched(target):
        return
    raise TargetRefused(
        f"{target} 已经存在，不是本工具生成的报告，或生成以后有人改过，没有覆盖。"
        "请换一个位置，或先移走它。"
    )


def _untouched(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as package:
            if package.getinfo(_PROPERTIES).file_size > 1 << 20:
                return False
            if _SEAL.encode() not in package.read(_PROPERTIES):
                return False
            parts = {name: package.read(name) for name in sorted(package.namelist())}
    except (OSError, KeyError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return False
    return _seal(parts).encode() in parts[_PROPERTIES]


def _seal(parts: dict[str, bytes]) -> str:
    """The digest of everything but the properties, in which it stands."""
    digest = hashlib.sha256()
    for name, content in parts.items():
        if name != _PROPERTIES:
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return _SEAL + digest.hexdigest()


def _write(output: IO[bytes], parts: dict[str, bytes]) -> None:
    # Readers look for the list of content types first.
    order = sorted(parts, key=lambda name: (name != "[Content_Types].xml", name))
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as package:
        for name in order:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, parts[name])
