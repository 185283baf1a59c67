"""Zip archives of submissions: the workbooks inside, taken out into a folder of ours.

Names inside never decide where a file goes, nested archives are not opened, and an archive that
unpacks to more than any county sends is left alone.
"""

from __future__ import annotations

import os
import re
import shutil
import struct
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from workbook_tools.files.names import safe_name
from workbook_tools.ooxml.directory import DirectoryError, check_directory, overlapping

MOST_ENTRIES = 100_000
LARGEST = 256 << 20
"""Bytes of one workbook; a filled template has about 100 KB."""
LARGEST_IN_ALL = 16 << 30
MOST_RATIO = 100
"""A workbook is compressed itself, so a zip hardly makes it smaller."""

_MEGABYTE = 1 << 20
_UTF8, _ENCRYPTED = 0x800, 0x1  # bits of PKWARE APPNOTE 4.4.4
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_SPARE = 1 << 30  # bytes of the disk that we leave to others
_CLIMBING = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|^[A-Za-z]:")


class ArchiveError(Exception):
    """An archive cannot be read; the message is a Chinese sentence."""


class ArchiveMember(msgspec.Struct, frozen=True):
    """A file in an archive: its path inside, and where it was put or why it was not ("")."""

    inside: str
    path: Path | None
    reason: str = ""


def unpack(archive: Path, folder: Path, wanted: Callable[[str], bool]) -> Iterator[ArchiveMember]:
    """Each file in an archive; those whose path is ``wanted`` are put below ``folder``.

    Raises ArchiveError where the archive cannot be read, or holds too much; OSError where
    ``folder`` cannot take the files.
    """
    try:
        with archive.open("rb") as file:
            check_directory(file, MOST_ENTRIES)
        with zipfile.ZipFile(archive) as opened:
            infos = [info for info in opened.infolist() if not info.is_dir()]
            _refuse_too_much(infos, folder)
            taken: set[str] = set()
            for info in infos:
                inside = _decoded(info).replace("\\", "/")
                if not wanted(inside):
                    yield ArchiveMember(inside, None)
                elif inside.casefold() in taken:
                    yield ArchiveMember(inside, None, "压缩包里有两个同名文件，只读取第一个。")
                else:
                    taken.add(inside.casefold())
                    room = folder / str(len(taken))
                    yield _taken_out(opened, info, inside, room)
    except DirectoryError as error:
        raise ArchiveError(str(error)) from error
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise ArchiveError("压缩包不完整或已损坏，无法读取。") from error


def _refuse_too_much(infos: Sequence[zipfile.ZipInfo], folder: Path) -> None:
    whole = sum(info.file_size for info in infos)
    if whole > LARGEST_IN_ALL:
        raise ArchiveError(f"解压后超过 {LARGEST_IN_ALL >> 30} GB 的上限。")
    if overlapping(infos):
        raise ArchiveError("压缩结构异常，里面的文件互相重叠。")
    free = shutil.disk_usage(_existing(folder)).free
    if whole > free - _SPARE:
        raise ArchiveError(f"解压需要 {whole >> 20} MB，临时文件夹所在的磁盘只剩 {free >> 20} MB。")


def _existing(folder: Path) -> Path:
    return next(place for place in (folder, *folder.parents) if place.exists())


def _taken_out(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, inside: str, room: Path
) -> ArchiveMember:
    """Put a file under its own name, with its time, into a folder of its own."""
    if (reason := _refusal(info, inside)) is not None:
        return ArchiveMember(inside, None, reason)
    room.mkdir(parents=True)
    path = room / safe_name(inside.rpartition("/")[2])
    try:
        # Piece by piece: asked for all, zipfile inflates whatever comes, the declared size or not.
        with archive.open(info) as packed, path.open("wb") as file:
            shutil.copyfileobj(packed, file, _MEGABYTE)  # checks the sum at the end
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error):
        path.unlink(missing_ok=True)
        return ArchiveMember(inside, None, "在压缩包里已损坏，可能没有传完。")
    moment = _time(info)
    os.utime(path, (moment, moment))
    return ArchiveMember(inside, path)


def _refusal(info: zipfile.ZipInfo, inside: str) -> str | None:
    if _CLIMBING.search(inside):
        return "在压缩包里的路径指向压缩包之外，没有读取。"
    if info.flag_bits & _ENCRYPTED:
        return "压缩包设有密码，无法读取。"
    if info.compress_type not in _METHODS:
        return "压缩方式不受支持。"
    if info.file_size > LARGEST:
        return f"解压后超过 {LARGEST >> 20} MB 的上限，不像正常填报。"
    if info.file_size > max(_MEGABYTE, MOST_RATIO * info.compress_size):
        return f"压缩比超过 {MOST_RATIO} 倍，不像正常填报。"
    return None


def _decoded(info: zipfile.ZipInfo) -> str:
    """The name as its writer meant it.

    Where the entry does not say that it is UTF-8, zipfile takes it for code page 437. Programs in
    China write GBK there, and some others UTF-8 without saying so.
    """
    if info.flag_bits & _UTF8:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return info.filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return info.filename


def _time(info: zipfile.ZipInfo) -> float:
    """The entry's local time in seconds of the epoch."""
    try:
        return time.mktime((*info.date_time, 0, 0, -1))
    except (ValueError, OverflowError):  # no such day
        return 0.0
