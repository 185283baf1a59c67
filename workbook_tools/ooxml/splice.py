"""Write a package of which some parts changed; every other entry keeps its compressed bytes.

A fresh container is laid out around them: local headers in their simplest form (sizes known, no
data descriptor, no zip64), since a streamed header around the same bytes says the same. Names,
order, times and attributes of the entries stay.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from shutil import SameFileError

from workbook_tools.files.whole import whole_file

from . import encoding
from .package import Package

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_STREAMED, _UTF8, _LEVEL_HINT = 0x0008, 0x0800, 0x0006
_VERSION = 20  # deflate and no zip64: what any unzip understands
_LEVEL, _UNPACKED = 6, 0  # of deflate
_EPOCH = (1980, 1, 1, 0, 0, 0)  # of entries that we add: the bytes must not depend on the clock


@dataclass(frozen=True)
class Edits:
    """What differs from a package: parts to replace or add, and parts to leave out, by name."""

    parts: Mapping[str, bytes] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.parts or self.removed)


class Draft:
    """A package while it is edited: reads see what was written before.

    Parts are read and written as UTF-8 text and stored in the encoding that they had.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self._written: dict[str, bytes] = {}
        self._dropped: set[str] = set()

    def copy(self) -> Draft:
        """Another draft that starts from what is written by now."""
        other = Draft(self.package)
        other._written, other._dropped = dict(self._written), set(self._dropped)
        return other

    def names(self) -> list[str]:
        """The parts that there are by now."""
        kept = [name for name in self.package.names if name not in self._dropped]
        return kept + [name for name in self._written if not self.package.has(name)]

    def has(self, part: str) -> bool:
        """Whether there is such a part by now."""
        name = self._name(part)
        return name in self._written or (name not in self._dropped and self.package.has(name))

    def read(self, part: str) -> bytes:
        """The part's text in UTF-8. Raises PackageError when it cannot be read as XML."""
        name = self._name(part)
        return self._written[name] if name in self._written else self.package.xml_text(name)

    def write(self, part: str, text: bytes) -> None:
        """Replace or add a part."""
        name = self._name(part)
        self._dropped.discard(name)
        self._written[name] = text

    def drop(self, part: str) -> None:
        """Leave a part out."""
        name = self._name(part)
        self._written.pop(name, None)
        if self.package.has(name):
            self._dropped.add(name)

    def edits(self) -> Edits:
        """What is different from the package by now."""
        parts = {}
        for name, text in self._written.items():
            if not self.package.has(name):
                parts[name] = text
                continue
            new = encoding.from_utf8(text, self.package.codec(name))
            if not self.package.holds(name, new):
                parts[name] = new
        return Edits(parts, frozenset(self._dropped))

    def _name(self, part: str) -> str:
        """As the zip spells it: part names are compared in any letter case (ECMA-376-2, 6.2.2)."""
        return self.package.spelled(part)


def combined(source: Package, first: Edits, second: Edits) -> Edits:
    """Edits of `source` that amount to `first`, then `second` on top of its result."""
    parts = {name: part for name, part in first.parts.items() if name not in second.removed}
    parts |= second.parts
    removed = (first.removed - parts.keys()) | {n for n in second.removed if source.has(n)}
    changed = {
        name: part
        for name, part in parts.items()
        if not (source.has(name) and source.holds(name, part))
    }
    return Edits(changed, frozenset(removed))


def edited(source: Package, edits: Edits) -> Package:
    """The package with its edits, in memory under the same path."""
    return Package(source.path, archive(source, edits), source.limits) if edits else source


def looked_at(source: Package, edits: Edits) -> Package:
    """As :func:`edited`, for reading alone: what is new in it is not compressed."""
    if not edits:
        return source
    return Package(source.path, archive(source, edits, level=_UNPACKED), source.limits)


def write_package(source: Package, target: Path, edits: Edits) -> None:
    """Write `source` with `edits` to `target`, whole or not at all.

    The bytes depend on the source and the edits only. Entries keep their order; new ones follow in
    the order of `edits.parts`.

    Raises:
        shutil.SameFileError: `target` is the source itself, which is never written.
        OSError: the target folder cannot be written; nothing is left behind.
    """
    if target.exists() and source.path.exists() and target.samefile(source.path):
        raise SameFileError(f"{target.name}：结果不能覆盖原文件，请另选文件名或文件夹。")
    data = archive(source, edits)
    with whole_file(target) as out:
        out.write(data)


def archive(source: Package, edits: Edits, *, level: int = _LEVEL) -> bytes:
    """The package with its edits as a whole zip file: entries, central directory, end record."""
    out = bytearray()
    directory: list[bytes] = []

    def add(info: zipfile.ZipInfo, compressed: bytes) -> None:
        directory.append(_record(info, len(out)))
        out.extend(_header(info) + compressed)

    for name in source.names:
        if name in edits.removed:
            continue
        info = source.entry(name)
        if name in edits.parts:
            add(*_packed(info, edits.parts[name], level))
        else:
            add(info, source.raw(name))
    for name, content in edits.parts.items():
        if not source.has(name):
            info = zipfile.ZipInfo(name, date_time=_EPOCH)
            info.create_system = 0
            info.flag_bits = 0 if name.isascii() else _UTF8
            add(*_packed(info, content, level))
    start, records = len(out), b"".join(directory)
    count = len(directory)
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(records), start, 0)
    return bytes(out) + records + end


def _packed(like: zipfile.ZipInfo, content: bytes, level: int) -> tuple[zipfile.ZipInfo, bytes]:
    """The entry for new content under the same name and time, and its compressed bytes."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    data = packer.compress(content) + packer.flush()
    info = zipfile.ZipInfo(like.orig_filename, like.date_time)
    info.create_system, info.create_version = like.create_system, like.create_version
    info.internal_attr, info.external_attr = like.internal_attr, like.external_attr
    info.flag_bits = like.flag_bits & ~_LEVEL_HINT
    info.compress_type = zipfile.ZIP_DEFLATED
    info.CRC, info.file_size, info.compress_size = zlib.crc32(content), len(content), len(data)
    return info, data


def _header(info: zipfile.ZipInfo) -> bytes:
    name = _raw_name(info)
    return _LOCAL.pack(b"PK\3\4", *_common(info), len(name), 0) + name


def _record(info: zipfile.ZipInfo, offset: int) -> bytes:
    name = _raw_name(info)
    made_by = info.create_version | info.create_system << 8
    sizes = (len(name), 0, 0, 0)
    attributes = (info.internal_attr, info.external_attr)
    return _CENTRAL.pack(b"PK\1\2", made_by, *_common(info), *sizes, *attributes, offset) + name


def _common(info: zipfile.ZipInfo) -> tuple[int, ...]:
    """The fields that a local header and a directory record share."""
    year, month, day, hour, minute, second = info.date_time
    time = hour << 11 | minute << 5 | second // 2
    date = (year - 1980) << 9 | month << 5 | day
    flags = info.flag_bits & ~_STREAMED
    packing = (flags, info.compress_type, time, date)
    return (_VERSION, *packing, info.CRC, info.compress_size, info.file_size)


def _raw_name(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437")
