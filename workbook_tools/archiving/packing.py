"""A folder as one zip, the same bytes for the same files, with a list of SHA-256; and back."""

from __future__ import annotations

import datetime
import hashlib
import os
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from workbook_tools.archiving.contents import MANIFEST, SUMS, NotAnArchiveError
from workbook_tools.files.digests import copied
from workbook_tools.files.whole import make_folder
from workbook_tools.intake.archives import ArchiveError, ArchiveMember, unpack

_HERE = datetime.timezone(datetime.timedelta(hours=8))
"""The only time of China, so that an archive does not depend on where a computer thinks it is."""
_EARLIEST, _LATEST = 315_532_800, 4_354_819_199  # seconds of the epoch that a zip can say
_UNIX, _REGULAR = 3, 0o100644  # who made the entry and what it is, whatever the system


def pack(stream: IO[bytes], folder: Path, times: Mapping[str, int], otherwise: int) -> None:
    """Put all files below a folder into an archive, the list of SHA-256 last.

    ``times``: by a file's place, its time in seconds of the epoch; ``otherwise``: that of the rest.
    Contents that are compressed already are only stored.
    """
    places = sorted(one.relative_to(folder).as_posix() for one in _files(folder))
    sums = []
    with zipfile.ZipFile(stream, "w") as archive:
        for place in places:
            entry = _entry(place, times.get(place, otherwise))
            with (
                (folder / place).open("rb") as content,
                archive.open(entry, "w", force_zip64=True) as packed,
            ):
                sums.append(f"{copied(content, packed)}  {place}\n")
        archive.writestr(_entry(SUMS, otherwise), "".join(sums))


class Unusable(Exception):  # noqa: N818 - it is told as a fault of the archive
    """Something that computing needs is not in the archive; the message (Chinese) says what."""


class Unpacked:
    """An archive on disk, and what is wrong with it: sentences, none where it is what it was.

    Raises NotAnArchiveError where the file is no archive of ours.
    """

    def __init__(self, archive: Path, room: Path) -> None:
        self.folder = room / "tree"
        self.faults: list[str] = []
        self._files: dict[str, Path] = {}
        members = {one.inside: one for one in _members(archive, room / "members")}
        if not {SUMS, MANIFEST} <= set(members):
            raise NotAnArchiveError(
                f"{archive.name} 不是本工具的归档（里面没有 {SUMS} 和 {MANIFEST}）。请核对文件。"
            )
        listed = dict(self._listed(members.pop(SUMS)))
        for place, member in members.items():
            self._place(place, member, listed.pop(place, None))
        self.faults += (f"{place}：清单里有，归档里没有了。" for place in listed)

    def file(self, place: str) -> Path:
        """Where a file of the archive is; raises Unusable where there is none at that place."""
        if place not in self._files:
            raise Unusable(f"归档里没有 {place}。")
        return self._files[place]

    def content(self, place: str) -> bytes:
        """A file's content; empty where it is missing, which is a fault already."""
        return self._files[place].read_bytes() if place in self._files else b""

    def _listed(self, member: ArchiveMember) -> Iterator[tuple[str, str]]:
        """By place the digest, as the list has them."""
        text = member.path.read_text("utf-8", errors="replace") if member.path else ""
        for line in text.splitlines():
            digest, _, place = line.partition("  ")
            yield place, digest

    def _place(self, place: str, member: ArchiveMember, digest: str | None) -> None:
        if member.path is None:
            self.faults.append(f"{place}：{member.reason}")
            return
        if digest is None:
            self.faults.append(f"{place}：不在清单里，是归档以后放进去的。")
            return
        with member.path.open("rb") as content:
            if hashlib.file_digest(content, "sha256").hexdigest() != digest:
                self.faults.append(f"{place}：与清单上的 SHA-256 不符，内容被改动过。")
        target = self.folder / place
        make_folder(target.parent, within=self.folder)
        self._files[place] = member.path.rename(target)


def _members(archive: Path, room: Path) -> list[ArchiveMember]:
    try:
        return list(unpack(archive, room, lambda _: True))
    except ArchiveError as error:
        raise NotAnArchiveError(f"{archive.name}：{error}请另找一份完好的归档。") from error


def set_times(unpacked: Unpacked, times: Mapping[str, int]) -> None:
    """Give files their times, in nanoseconds of the epoch. Raises Unusable where one is missing."""
    for place, time in times.items():
        os.utime(unpacked.file(place), ns=(time, time))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _entry(place: str, seconds: int) -> zipfile.ZipInfo:
    held = min(max(seconds, _EARLIEST), _LATEST)
    moment = datetime.datetime.fromtimestamp(held, tz=_HERE)
    entry = zipfile.ZipInfo(place, moment.timetuple()[:6])
    entry.create_system = _UNIX
    entry.external_attr = _REGULAR << 16
    packed = place.endswith((".json", ".yaml", ".txt", ".csv", SUMS))
    entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    return entry
