"""A folder of data as one archive, and back: the database, the originals, a list of SHA-256.

The list is written as ``sha256sum`` writes and checks it, so that a backup can be proved without
this program.
"""

from __future__ import annotations

import datetime
import os
import re
import secrets
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import IO

from workbook_tools.desk.office.checking import faults
from workbook_tools.desk.office.database import DATABASE
from workbook_tools.desk.office.originals import ORIGINALS, READ_ONLY, Originals
from workbook_tools.desk.refusals import DeskRefused
from workbook_tools.files.digests import copied
from workbook_tools.files.targets import refuse_existing, write_whole
from workbook_tools.files.whole import sync_folder, write_failure

_SUMS = "SHA256SUMS"
_ORIGINAL = re.compile(rf"{ORIGINALS}/([0-9a-f]{{2}})/\1[0-9a-f]{{62}}\.[a-z]{{1,5}}")


def backup_name() -> str:
    """What a backup of today is called."""
    return f"收件台备份 {datetime.date.today():%Y-%m-%d}.zip"


def write_backup(data: Path, target: Path) -> Path:
    """Write a backup, also while the desk runs: of one moment, whatever comes in meanwhile.

    Raises DeskRefused where the data are not whole, TargetRefused where the target stands already
    or cannot be written.
    """
    refuse_existing(target)
    for fault in faults(data):
        raise DeskRefused(f"数据不完整，没有备份：{fault}")
    with tempfile.TemporaryDirectory(prefix="workbook-tools-") as room:
        snapshot = Path(room) / DATABASE
        with (
            closing(sqlite3.connect(data / DATABASE)) as source,
            closing(sqlite3.connect(snapshot)) as copy,
        ):
            source.backup(copy)
        originals = Originals(data / ORIGINALS)  # after the snapshot: all that it names are there
        files = {DATABASE: snapshot} | {
            f"{ORIGINALS}/{name[:2]}/{name}": originals.path(name) for name in originals.names()
        }
        write_whole(target, partial(_pack, files=files))
    return target


def restore(backup: Path, data: Path) -> None:
    """Make a folder of data from a backup: whole and checked, or not at all.

    Raises DeskRefused where the folder holds anything, or the backup is not whole.
    """
    if os.path.lexists(data) and (data.is_symlink() or not data.is_dir() or any(data.iterdir())):
        raise DeskRefused(f"{data} 不是空文件夹，没有恢复。请换一个新的文件夹。")
    room = data.absolute().with_name(f".~{secrets.token_hex(8)}.tmp")
    try:
        room.mkdir(parents=True)
        _unpack(backup, room)
        for fault in faults(room):
            raise DeskRefused(f"备份不完整，没有恢复：{fault}")
        with suppress(FileNotFoundError):
            data.rmdir()  # only an empty one goes
        room.rename(data)
        sync_folder(room.parent)
    except OSError as error:
        raise DeskRefused(write_failure(data, error)) from error
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _pack(stream: IO[bytes], files: Mapping[str, Path]) -> None:
    sums = []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in sorted(files.items()):
            with path.open("rb") as content, archive.open(name, "w", force_zip64=True) as packed:
                sums.append(f"{copied(content, packed)}  {name}\n")
        archive.writestr(_SUMS, "".join(sums))


def _unpack(backup: Path, room: Path) -> None:
    """The files of a backup below a folder, each held against the list, and synced."""
    try:
        with zipfile.ZipFile(backup) as archive:
            listed = [line.split("  ", 1) for line in archive.read(_SUMS).decode().splitlines()]
            names = [name for _, name in listed]
            if sorted(archive.namelist()) != sorted([*names, _SUMS]):
                raise DeskRefused("备份里的文件与校验和清单不一致，没有恢复。请换一份备份。")
            for digest, name in listed:
                if name != DATABASE and not _ORIGINAL.fullmatch(name):
                    raise DeskRefused("备份里有不属于收件台的文件，没有恢复。请换一份备份。")
                if _taken_out(archive, name, room / name) != digest:
                    raise DeskRefused(f"备份里的 {name} 与校验和不符，没有恢复。请换一份备份。")
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError) as error:
        raise DeskRefused(f"{backup} 不是完整的收件台备份，没有恢复。请换一份备份。") from error


def _taken_out(archive: zipfile.ZipFile, name: str, place: Path) -> str:
    place.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as packed, place.open("xb") as target:
        digest = copied(packed, target)
        target.flush()
        os.fsync(target.fileno())
    if name != DATABASE:
        place.chmod(READ_ONLY)
    sync_folder(place.parent)
    return digest
