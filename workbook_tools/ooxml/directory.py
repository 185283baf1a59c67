"""The end of a zip file, looked at before anybody reads its directory.

zipfile believes the end record: a directory of a million entries, or of hundreds of megabytes, is
built before the first of them can be refused, and of two end records that contradict each other it
takes one in silence. Records are those of PKWARE APPNOTE 4.3.12 to 4.3.16.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable
from typing import BinaryIO
from zipfile import ZipInfo

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64 = struct.Struct("<4sLQL")
_ENTRY = struct.Struct("<4s24x3H12x")
_LOCAL_HEADER = 30  # bytes, without name and extra field
_COMMENT = 0xFFFF  # bytes that may follow the end record
_LONG = 1000
"""Bytes that an entry's name, extra fields and comment take at most, on the average."""


class DirectoryError(ValueError):
    """The directory is broken, ambiguous or too large; the message is a Chinese sentence."""


def check_directory(file: BinaryIO, most: int) -> None:
    """Refuse a zip file whose directory holds more than ``most`` entries or tells two stories.

    Raises DirectoryError. Looks at no more than the last 64 KB, and at that many entries.
    """
    end = _position_of_end(file)
    _, disk, first_disk, here, entries, size, offset, _ = _END.unpack(_at(file, end, _END.size))
    stated: tuple[int, ...] = (disk, first_disk, here, entries, size, offset)
    if (real := _end64(file, end)) is not None:
        if any(
            small not in (large, full)
            for small, large, full in zip(stated, real, _SATURATED, strict=True)
        ):
            raise DirectoryError("压缩结构异常，两处目录互相矛盾。")
        stated, end = real, end - _LOCATOR64.size - _END64.size
    disk, first_disk, here, entries, size, offset = stated
    if disk or first_disk or here != entries:
        raise DirectoryError("是分卷压缩文件的一部分，不完整。")
    if offset + size != end:
        raise DirectoryError("压缩结构异常，目录不在应在的位置，可能没有传完或夹带了别的内容。")
    if size > most * _LONG or _has_more(file, offset, end, most):
        raise DirectoryError(f"内含的文件超过上限 {most} 个。")


def overlapping(entries: Iterable[ZipInfo]) -> bool:
    """Whether the contents of two entries share bytes of the file."""
    end = 0
    for info in sorted(entries, key=lambda info: info.header_offset):
        if info.header_offset < end:
            return True
        end = info.header_offset + _LOCAL_HEADER + info.compress_size
    return False


_SATURATED = (0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF_FFFF, 0xFFFF_FFFF)
"""What the fields of the end record hold when the true value stands in the larger one."""


def _position_of_end(file: BinaryIO) -> int:
    length = file.seek(0, os.SEEK_END)
    last = length - _END.size
    tail = _at(file, max(0, last), _END.size)
    if last >= 0 and tail.startswith(b"PK\5\6") and tail.endswith(b"\0\0"):
        return last  # no comment follows, as nearly always
    start = max(0, last - _COMMENT)
    found = _at(file, start, length - start).rfind(b"PK\5\6")
    if found < 0 or start + found > last:
        raise DirectoryError("压缩结构不完整，可能没有传完或已损坏。")
    return start + found


def _end64(file: BinaryIO, end: int) -> tuple[int, ...] | None:
    """The fields of the larger end record, where one stands right before this one."""
    at = end - _LOCATOR64.size
    if at < 0 or _at(file, at, 4) != b"PK\6\7":
        return None
    record = _at(file, max(0, at - _END64.size), _END64.size)
    if len(record) < _END64.size or not record.startswith(b"PK\6\6"):
        raise DirectoryError("压缩结构异常，目录的末尾不完整。")
    return _END64.unpack(record)[4:]


def _has_more(file: BinaryIO, at: int, end: int, most: int) -> bool:
    """Whether more entries than that follow; none is shorter than its fixed fields."""
    if (end - at) // _ENTRY.size <= most:
        return False
    for _ in range(most):
        record = _at(file, at, _ENTRY.size)
        if len(record) < _ENTRY.size or not record.startswith(b"PK\1\2"):
            return False  # broken, as zipfile will find
        at += _ENTRY.size + sum(_ENTRY.unpack(record)[1:])
        if at >= end:
            return False
    return True


def _at(file: BinaryIO, position: int, length: int) -> bytes:
    file.seek(position)
    return file.read(length)
