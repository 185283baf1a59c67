"""Files that appear whole or not at all, where they were asked for and nowhere else.

Links are never followed: what a link leads to is somebody else's place.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import SameFileError
from typing import IO

_TOO_LONG_ON_WINDOWS = 206  # ERROR_FILENAME_EXCED_RANGE
ADVICE = {
    errno.ENOSPC: "磁盘空间不足。请清理后重试。",
    errno.EDQUOT: "磁盘空间配额已用完。请清理后重试。",
    errno.EFBIG: "文件超过系统允许的大小。请换一个位置。",
    errno.EROFS: "所在的磁盘是只读的。请换一个位置。",
    errno.ENAMETOOLONG: "文件名或路径太长。请换短一些的名称。",
    errno.ELOOP: "路径经过指向别处的链接，没有写入。请换一个位置。",
    errno.EIO: "读写磁盘出错。请检查磁盘或 U 盘后重试。",
}
"""What a person can do about an error of the file system, by its number."""


@contextmanager
def whole_file(target: Path) -> Iterator[IO[bytes]]:
    """A new file that takes its place at ``target`` when the block ends.

    It is written beside its place under another name (``.~….tmp``), synced and renamed: whenever
    the process ends, there is the old file or the new. A new file has the rights that files
    usually get here, one that replaces another has the other's.

    Raises OSError where it cannot be written, where ``target`` is a link or a file marked as
    read-only; then, as when the block raises, nothing has changed and nothing is left behind.
    """
    import secrets  # and with it what a command that writes nothing does without

    rights = _rights_there(target)
    temporary = target.with_name(f".~{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if rights is not None:
            temporary.chmod(rights)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def make_folder(folder: Path, within: Path) -> None:
    """Make a folder below ``within``, which is made too.

    Raises OSError where that cannot be, and where a link on the way leads elsewhere.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not folder.resolve().is_relative_to(within.resolve()):
        raise OSError(errno.ELOOP, "link out of the folder", str(folder))


def write_failure(target: Path, error: OSError) -> str:
    """Say in Chinese why a target could not be written, and what to do."""
    return f"{target} 写不进去：{why(error)}"


def why(error: OSError) -> str:
    """What went wrong in the file system, as a Chinese sentence with advice."""
    match error:
        case SameFileError():
            return str(error)
        case PermissionError():
            return "文件可能正在 Excel 或 WPS 中打开，或没有写入权限。请关闭后重试。"
        case FileNotFoundError():
            return "所在文件夹不存在。请先建好文件夹。"
        case IsADirectoryError():
            return "同名的文件夹已经存在。请换一个名称。"
        case FileExistsError() | NotADirectoryError():
            return "路径中有一段是文件，不是文件夹。请换一个位置。"
        case _ if getattr(error, "winerror", None) == _TOO_LONG_ON_WINDOWS:
            return ADVICE[errno.ENAMETOOLONG]
        case _:
            return ADVICE.get(error.errno or 0, f"系统提示“{error.strerror or error}”。")


def _rights_there(target: Path) -> int | None:
    """The rights of the file that is to be replaced; None where there is none."""
    try:
        there = target.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(there.st_mode):
        raise OSError(errno.ELOOP, "a link", str(target))
    if not there.st_mode & stat.S_IWUSR:
        raise PermissionError(errno.EACCES, "marked as read-only", str(target))
    return stat.S_IMODE(there.st_mode)


def sync_folder(folder: Path) -> None:
    """Make what was renamed in a folder durable where the system can (Windows opens no folder)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
