"""Zip files written byte by byte (PKWARE APPNOTE 4.3), with whatever lies a case needs."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64 = struct.Struct("<4sLQL")
STORED, DEFLATED = 0, 8
FULL = 0xFFFF_FFFF


@dataclass
class Entry:
    """A file in a zip; what is None is told truly."""

    name: bytes | str
    content: bytes = b""
    method: int = DEFLATED
    flags: int = 0
    packed: bytes | None = None
    declared: int | None = None
    crc: int | None = None
    local_name: bytes | None = None
    offset: int | None = None
    extra: bytes = b""
    packed_size: int | None = None

    def raw_name(self) -> bytes:
        return self.name if isinstance(self.name, bytes) else self.name.encode()

    def data(self) -> bytes:
        if self.packed is None:
            self.packed = deflated(self.content) if self.method == DEFLATED else self.content
        return self.packed

    def fields(self) -> tuple[int, ...]:
        packed = self.data()
        unicode = 0 if isinstance(self.name, bytes) or self.name.isascii() else 0x800
        crc = zlib.crc32(self.content) if self.crc is None else self.crc
        size = len(self.content) if self.declared is None else self.declared
        packed_size = len(packed) if self.packed_size is None else self.packed_size
        return (20, self.flags | unicode, self.method, 0, 0x21, crc, packed_size, size)


@dataclass
class End:
    """The end record; what is None is told truly."""

    disk: int = 0
    size: int | None = None
    offset: int | None = None
    before: bytes = b""
    comment: bytes = b""


def deflated(content: bytes, level: int = 6) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def zip_file(entries: Sequence[Entry], end: End | None = None, prefix: bytes = b"") -> bytes:
    """The bytes of a zip file with these entries."""
    end = end or End()
    out, directory = bytearray(prefix), bytearray()
    for entry in entries:
        name, fields, data = entry.raw_name(), entry.fields(), entry.data()
        at = len(out) if entry.offset is None else entry.offset
        local = name if entry.local_name is None else entry.local_name
        if entry.offset is None:
            out += _LOCAL.pack(b"PK\3\4", *fields, len(local), 0) + local + data
        sizes = (len(name), len(entry.extra), 0, 0)
        directory += _CENTRAL.pack(b"PK\1\2", 20, *fields, *sizes, 0, 0, at) + name + entry.extra
    count, start = min(len(entries), 0xFFFF), len(out)
    size = len(directory) if end.size is None else end.size
    offset = start - len(prefix) if end.offset is None else end.offset
    last = _END.pack(
        b"PK\5\6", end.disk, end.disk, count, count, size, offset, len(end.comment)
    )  # fmt: skip
    return bytes(out) + bytes(directory) + end.before + last + end.comment


def end64(entries: int, size: int, offset: int, position: int) -> bytes:
    """A zip64 end record and its locator; `position` is where the record stands."""
    record = _END64.pack(b"PK\6\6", 44, 45, 45, 0, 0, entries, entries, size, offset)
    return record + _LOCATOR64.pack(b"PK\6\7", 0, position, 1)


def size64(*sizes: int) -> bytes:
    """The extra field of zip64 with these 8-byte values."""
    return struct.pack(f"<HH{len(sizes)}Q", 1, 8 * len(sizes), *sizes)
