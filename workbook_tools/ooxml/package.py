"""An Open Packaging (ECMA-376 part 2) zip file, opened for reading only, within limits.

The file is read once, whole, and its handle closed: nobody is kept from saving it, and a file
that changes meanwhile cannot be read half old and half new. Entries are inflated on demand.
"""

from __future__ import annotations

import errno
import io
import os
import posixpath
import re
import stat
import struct
import zipfile
import zlib
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self
from urllib.parse import unquote

from . import encoding, scan
from .directory import DirectoryError, check_directory, overlapping
from .errors import PackageError
from .limits import MEGABYTE, Limits, usual_limits
from .sniff import is_encrypted, refusal

_LOCAL_HEADER = struct.Struct("<4s22xHH")
_ENCRYPTED, _UTF8 = 0x1, 0x800  # bits of PKWARE APPNOTE 4.4.4
_CLIMBING = re.compile(r"/\.{1,2}(?:/|$)")
_CONTROL = re.compile(r"[\0-\x1f]")
_LONGEST_LIST = 4 * MEGABYTE
"""Bytes of a part that lists others; 2,000 entries take a tenth of that."""


PackageSource = str | PathLike[str] | bytes | BinaryIO
"""A file's path, its content, or the file itself, opened for reading bytes."""
_NAMELESS = "工作簿.xlsx"
"""What a content is called for which nobody gave a name."""


class Relationship(NamedTuple):
    """A relationship; `target` is a part's name as the zip spells it, or a URL when external."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """Last step of the type, the same in Transitional and Strict: "worksheet"."""
        return self.type.rpartition("/")[2]


class Package:
    """A package held in memory. Part names have no leading slash and are found in any case.

    Names of entries may be written with backslashes, and escaped as in addresses
    (``sheet%203.xml``; ECMA-376-2, 6.2.2 and 7.3.4): they are found by either spelling.
    """

    def __init__(
        self, path: Path, data: bytes, limits: Limits, *, converted_from: str = ""
    ) -> None:
        self.path = path
        self.limits = limits
        self.converted_from = converted_from
        self._data = data
        self._entries = self._directory()
        self.names: tuple[str, ...] = tuple(map(_spelled, self._entries.values()))
        self._relationships: dict[str, tuple[Relationship, ...]] = {}
        self._types: tuple[dict[str, str], dict[str, str]] | None = None

    @classmethod
    def open(
        cls,
        source: PackageSource,
        limits: Limits | None = None,
        *,
        name: str = "",
        converted_from: str = "",
    ) -> Package:
        """Read the file; without ``limits`` within the usual ones (`usual_limits`).

        ``name``: the path by which people know it, for messages; by default its own.
        ``converted_from``: the suffix of the format that it had before. Raises PackageError when it
        is missing, no zip, or beyond the limits.
        """
        path, limits = Path(name or name_of(source)), limits or usual_limits()
        data = read_whole(source, limits, path)
        if is_encrypted(data):
            data = _without_default_password(data)
        if (refused := refusal(path, data)) is not None:
            raise refused
        return cls(path, data, limits, converted_from=converted_from)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._data = b""

    # -- entries ---------------------------------------------------------------------------------

    def _directory(self) -> dict[str, zipfile.ZipInfo]:
        file = io.BytesIO(self._data)
        try:
            check_directory(file, self.limits.entries)
            with zipfile.ZipFile(file) as archive:
                infos = [info for info in archive.infolist() if not info.is_dir()]
        except DirectoryError as error:
            raise self.unreadable(str(error)) from error
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
            raise self.unreadable("压缩结构不完整，可能没有传完或已损坏。") from error
        if sum(info.file_size for info in infos) > self.limits.total:
            raise self.unreadable(_too_large(self.limits.total))
        if overlapping(infos):
            raise self.unreadable("压缩结构异常，部件互相重叠。")
        entries: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            if _is_odd(info.orig_filename) or _is_odd(unquote(info.orig_filename)):
                raise self.unreadable(f"内含路径异常的部件 {info.orig_filename[:200]!a}。")
            if entries.setdefault(_key(info.filename), info) is not info:
                raise self.unreadable(f"内含两个同名部件 {info.filename}，无法判断以哪个为准。")
        return entries

    @property
    def whole(self) -> bytes:
        """The file."""
        return self._data

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return _key(part) in self._entries

    def entry(self, part: str) -> zipfile.ZipInfo:
        """The zip directory's entry of a part. Raises PackageError when there is none."""
        info = self._entries.get(_key(part))
        if info is None:
            raise self.unreadable(f"缺少部件 {part}。")
        return info

    def spelled(self, part: str) -> str:
        """A part's name as the zip spells it, with slashes; as it is given where there is none."""
        info = self._entries.get(_key(part))
        return part if info is None else _spelled(info)

    def raw(self, part: str) -> bytes:
        """The compressed bytes of a part, as they stand in the file."""
        info = self.entry(part)
        start = info.header_offset
        header = self._data[start : start + _LOCAL_HEADER.size]
        if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            raise self.unreadable(f"部件 {part} 的压缩结构已损坏。")
        _, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        start += _LOCAL_HEADER.size
        name = info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437")
        if self._data[start : start + name_length] != name:
            raise self.unreadable(f"部件 {part} 的名称前后不一致。")
        start += name_length + extra_length
        compressed = self._data[start : start + info.compress_size]
        if len(compressed) < info.compress_size:
            raise self.unreadable(f"部件 {part} 不完整，可能没有传完。")
        return compressed

    def read(self, part: str) -> bytes:
        """The bytes of a part, counted while they are inflated: declared sizes may lie."""
        info = self.entry(part)
        if info.flag_bits & _ENCRYPTED:
            raise PackageError(
                "encrypted", self.path, "压缩包设有密码，无法读取。", "请取消密码后重新提交。"
            )
        limit = min(info.file_size, self.limits.entry)
        compressed = self.raw(part)
        if info.compress_type == zipfile.ZIP_STORED:
            data = compressed
        elif info.compress_type == zipfile.ZIP_DEFLATED:
            try:
                data = zlib.decompressobj(-15).decompress(compressed, limit + 1)
            except zlib.error as error:
                raise self.unreadable(f"部件 {part} 已损坏。") from error
        else:
            raise self.unreadable(f"部件 {part} 的压缩方式不受支持。")
        if len(data) > self.limits.entry:
            raise self.unreadable(f"部件 {part} {_too_large(self.limits.entry)}")
        if len(data) > max(MEGABYTE, self.limits.ratio * info.compress_size):
            raise self.unreadable(
                f"部件 {part} 的压缩比超过 {self.limits.ratio} 倍，不像正常填报。"
            )
        if len(data) != info.file_size or zlib.crc32(data) != info.CRC:
            raise self.unreadable(f"部件 {part} 校验不符，文件已损坏。")
        return data

    def holds(self, part: str, content: bytes) -> bool:
        """Whether the part is just that; it is inflated only when size and checksum agree."""
        info = self.entry(part)
        declared = (info.file_size, info.CRC)
        return declared == (len(content), zlib.crc32(content)) and self.read(part) == content

    def codec(self, part: str) -> str:
        """Python's name of the encoding of an XML part, from its first bytes."""
        info, raw = self.entry(part), self.raw(part)
        is_packed = info.compress_type == zipfile.ZIP_DEFLATED
        return encoding.codec_of(zlib.decompressobj(-15).decompress(raw, 256) if is_packed else raw)

    def xml_text(self, part: str) -> bytes:
        """An XML part in UTF-8 for scanning, whatever its encoding. Refuses a DTD."""
        try:
            xml = encoding.to_utf8(self.read(part))
        except (LookupError, UnicodeError) as error:
            raise self.unreadable(f"部件 {part} 的文字编码无法识别。") from error
        if scan.has_dtd(xml):
            raise self.unreadable(f"部件 {part} 含有 DTD 声明，出于安全不予读取。")
        return xml

    # -- what the package says about its parts ---------------------------------------------------

    def content_type(self, part: str) -> str | None:
        """The declared content type of a part, by its name or else its extension."""
        if self._types is None:
            self._types = self._declared_types()
        overrides, defaults = self._types
        key = _key(part)
        return overrides.get(key) or defaults.get(key.rpartition(".")[2])

    def _declared_types(self) -> tuple[dict[str, str], dict[str, str]]:
        part = "[Content_Types].xml"
        overrides = self._listed(part, "Override")
        defaults = self._listed(part, "Default")
        return (
            {_key(given.get("PartName", "")): given.get("ContentType", "") for given in overrides},
            {_key(given.get("Extension", "")): given.get("ContentType", "") for given in defaults},
        )

    def _listed(self, part: str, element: str) -> tuple[dict[str, str], ...]:
        if not self.has(part):
            return ()
        if self.entry(part).file_size > _LONGEST_LIST:
            raise self.unreadable(f"部件 {part} 过大，不像正常填报。")
        try:
            return scan.listed(self.xml_text(part), element)
        except ValueError as error:
            raise self.unreadable(f"部件 {part} 的内容已损坏。") from error

    def relationships(self, part: str = "") -> tuple[Relationship, ...]:
        """The relationships of a part ("" is the package itself); none when it has no .rels."""
        known = self._relationships.get(part)
        if known is None:
            known = self._relationships[part] = tuple(self._declared_relationships(part))
        return known

    def _declared_relationships(self, part: str) -> list[Relationship]:
        folder, name = posixpath.split(part)
        source = posixpath.join(folder, "_rels", f"{name}.rels")
        found = []
        for given in self._listed(source, "Relationship"):
            target = given.get("Target", "")
            external = given.get("TargetMode") == "External"
            if not external:
                target = self._resolve(folder, target)
            found.append(Relationship(given.get("Id", ""), given.get("Type", ""), target, external))
        return found

    def _resolve(self, folder: str, target: str) -> str:
        path = unquote(target.partition("#")[0]).replace("\\", "/")
        absolute = posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")
        return self.spelled(absolute)

    def unreadable(self, problem: str) -> PackageError:
        """The error for a fault found in this package."""
        return PackageError("unreadable", self.path, problem)


def _without_default_password(data: bytes) -> bytes:
    """The package that Excel would open without asking; else the data as they are."""
    from .sealed import opened_without_password  # most files need no cryptography

    return opened_without_password(data) or data


def _is_odd(name: str) -> bool:
    """Whether a name climbs, is absolute, or is another spelling of one (ECMA-376-2, 6.2.2)."""
    path = "/" + name.replace("\\", "/")
    return bool(
        "//" in path
        or path[2:3] == ":"
        or ("/." in path and _CLIMBING.search(path))
        or (not name.isprintable() and _CONTROL.search(name))
    )


def _key(part: str) -> str:
    return unquote(part).replace("\\", "/").lstrip("/").lower()


def _spelled(info: zipfile.ZipInfo) -> str:
    return info.filename.replace("\\", "/")


def name_of(source: PackageSource) -> str:
    """The path by which people know a file, as far as it has one."""
    if isinstance(source, str | PathLike):
        return os.fspath(source)
    name = getattr(source, "name", None)  # a number where the file was opened by its descriptor
    return name if isinstance(name, str) and name else _NAMELESS


def read_whole(source: PackageSource, limits: Limits, path: Path) -> bytes:
    """The bytes of a file, which people know as ``path``.

    Raises PackageError when it is missing or beyond the limits.
    """
    try:
        data = _content(source, limits.total)
    except OSError as error:
        raise PackageError("unreadable", path, *_why_not_opened(error)) from error
    if data is None:
        raise PackageError(
            "unreadable", path, f"文件超过 {limits.total // MEGABYTE} MB 的上限，不像正常填报。"
        )
    return data


def _content(source: PackageSource, most: int) -> bytes | None:
    """The bytes of a file, None when there are more. Raises OSError, also for what is no file."""
    if not isinstance(source, str | PathLike):
        data = source if isinstance(source, bytes) else source.read(most + 1)
        return None if len(data) > most else data
    path = Path(source)
    state = path.stat()
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(state.st_mode):  # opening a pipe would wait for ever
        raise _NotAFileError
    if state.st_size > most:
        return None
    with path.open("rb") as file:
        return file.read(state.st_size)


class _NotAFileError(OSError):
    """Something else than a file: a pipe, a device, a socket."""


def _too_large(limit: int) -> str:
    return f"解压后超过 {limit // MEGABYTE} MB 的上限，不像正常填报。"


def _why_not_opened(error: OSError) -> tuple[str, str]:
    match error:
        case FileNotFoundError():
            return "文件不存在。", "请检查路径和文件名。"
        case PermissionError():
            return "没有权限读取，或正被其他程序占用。", "请关闭占用它的程序后再试。"
        case IsADirectoryError():
            return "是文件夹，不是工作簿。", "请指定其中的 .xlsx 文件。"
        case _NotAFileError():
            return "是管道或设备，不是文件。", "请指定 .xlsx 文件。"
        case _:
            return f"无法读取（{error.strerror}）。", "请检查磁盘或 U 盘后再试。"
