"""Which files are workbooks to consolidate, and which are passed over, each with its reason."""

from __future__ import annotations

import glob
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from workbook_tools.errors import WorkbookToolsError
from workbook_tools.intake.archives import ArchiveError, unpack
from workbook_tools.ooxml import Package, PackageError
from workbook_tools.ooxml.limits import usual_limits

WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm"})
SUMMARY_NAME = "meta_summary"
"""The defined name by which a summary of ours is recognised."""

_OLD_SUFFIXES = frozenset({".xls", ".xlsb", ".et", ".ett", ".ods"})
_ZIP = ".zip"
_OTHER_ARCHIVES = frozenset({".rar", ".7z", ".gz", ".tgz", ".tar"})
_UNPACK = "如内有报送的自评表，请先解压再汇总。"
_SEND_AGAIN = "请联系报送单位重新压缩（不设密码）或直接报送 .xlsx 文件。"
_GLOB = re.compile(r"[*?\[]")
_DIGITS = re.compile(r"(\d+)")
_LARGEST = 1_000_000  # bytes of a summary's xl/workbook.xml, which lists a few sheets and names
_SUMMARY = 20_000_000_000  # bytes of a summary, inflated: that of 10,000 departments has 220 MB


class SourceError(WorkbookToolsError):
    """A path that was asked for holds nothing; the message (Chinese) says which and what to do."""


class PassedOver(msgspec.Struct, frozen=True):
    """A file that was found and is not consolidated; both texts are Chinese sentences."""

    path: Path
    reason: str
    advice: str = "无需处理。"


class Sources(msgspec.Struct, frozen=True):
    """The workbooks in a stable, natural order (2 before 10), and the files passed over.

    ``members``: of those taken out of an archive, where they stand in it:
    ``报送/农业.zip/农业局/自评表.xlsx``.
    """

    workbooks: tuple[Path, ...]
    passed_over: tuple[PassedOver, ...]
    members: Mapping[Path, str] = {}

    def shown(self, path: Path) -> str:
        """The path of a workbook as people know it."""
        return self.members.get(path, str(path))


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key by which numbers inside texts count as numbers."""
    return tuple(
        (0, int(piece), "") if piece.isdecimal() else (1, 0, piece)
        for piece in _DIGITS.split(text)
        if piece
    )


def find_workbooks(paths: Iterable[str | Path], room: Path | None = None) -> Sources:
    """Look for workbooks in files, folders (with subfolders), patterns like ``*.xlsx``, archives.

    A file that is named itself is taken whatever its suffix, so that it gets its refusal; lock
    files and summaries of ours never are. Workbooks in zip archives are taken out into the empty
    folder ``room``; without one, archives are passed over. Raises SourceError where nothing is at a
    path, or the folder cannot take what is in the archives.
    """
    workbooks: dict[Path, Path] = {}
    archives: dict[Path, Path] = {}
    passed_over: dict[Path, PassedOver] = {}
    for given in paths:
        for path, named in _candidates(given):
            identity = Path(os.path.realpath(path))  # which takes a link that leads to itself
            if room is not None and path.suffix.lower() == _ZIP:
                archives.setdefault(identity, path)
                continue
            passed = _passed_over(path, path, named)
            if passed is None:
                workbooks.setdefault(identity, path)
                passed_over.pop(identity, None)
            elif identity not in workbooks:
                passed_over.setdefault(identity, passed)
    shown = {path: str(path) for path in workbooks.values()}
    skipped = list(passed_over.values())
    for number, archive in enumerate(archives.values()):
        assert room is not None
        members, others = _inside(archive, room / str(number))
        shown |= members
        skipped += others
    return Sources(
        tuple(sorted(shown, key=lambda path: _order(shown[path]))),
        tuple(sorted(skipped, key=lambda item: _order(str(item.path)))),
        {path: place for path, place in shown.items() if place != str(path)},
    )


@contextmanager
def opened(paths: Iterable[str | Path]) -> Iterator[Sources]:
    """As :func:`find_workbooks`, with what is in archives on disk as long as the context lasts."""
    with tempfile.TemporaryDirectory(prefix="workbook-tools-", ignore_cleanup_errors=True) as room:
        yield find_workbooks(paths, Path(room))


def _inside(archive: Path, room: Path) -> tuple[dict[Path, str], list[PassedOver]]:
    """The workbooks in an archive, taken out, each with its place; and what is passed over."""
    workbooks, skipped = {}, []
    try:
        for member in unpack(archive, room, lambda inside: _by_name(Path(inside)) is None):
            place = archive / member.inside.lstrip("/")
            if member.reason:
                skipped.append(PassedOver(place, member.reason, _SEND_AGAIN))
            elif (passed := _passed_over(place, member.path)) is not None:
                skipped.append(passed)
            elif member.path is not None:
                workbooks[member.path] = str(place)
    except ArchiveError as error:
        skipped.append(PassedOver(archive, str(error), _SEND_AGAIN))
    except OSError as error:
        raise SourceError(
            f"{archive} 无法解压（{error.strerror or error}）。请检查文件和磁盘空间。"
        ) from error
    return workbooks, skipped


def is_summary(path: Path) -> bool:
    """Whether the file is a summary workbook of ours.

    That of a large county inflates to more than any submission may; only its directory and one
    small part are looked at.
    """
    part, usual = "xl/workbook.xml", usual_limits()
    try:
        if path.stat().st_size > usual.total:
            return False
        with Package.open(path, msgspec.structs.replace(usual, total=_SUMMARY)) as package:
            return (
                package.has(part)
                and package.entry(part).file_size <= _LARGEST
                and f'"{SUMMARY_NAME}"'.encode() in package.read(part)
            )
    except (PackageError, OSError):
        return False  # whatever it is, reading it as a submission will say so


def _order(path: str) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    return tuple(natural(part) for part in Path(path).parts)


def _candidates(given: str | Path) -> Iterator[tuple[Path, bool]]:
    """Files at a path, and whether the person named that very file."""
    path = Path(given)
    if path.is_dir():
        yield from ((file, False) for file in _walk(path))
    elif path.exists():
        yield path, True
    elif _GLOB.search(str(given)):
        found = glob.glob(str(given), recursive=True)  # noqa: PTH207 - Path's takes none absolute
        matches = [Path(match) for match in found]
        if not matches:
            raise SourceError(f"没有与“{given}”相符的文件。请检查通配符和所在文件夹。")
        for match in matches:
            yield from ((file, False) for file in (_walk(match) if match.is_dir() else [match]))
    else:
        raise SourceError(f"找不到“{given}”。请检查路径是否写对、文件是否已移走。")


def _walk(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):
        for name in names:
            yield Path(parent, name)


def _passed_over(path: Path, content: Path | None, named: bool = False) -> PassedOver | None:
    """Why the file is passed over, by its name and its content; None when it is to be read."""
    if content is not None and not content.is_file():
        there = content.exists()
        reason = "是管道或设备，不是文件" if there else "是失效的链接，指向的文件不存在"
        return PassedOver(path, f"{reason}，没有读取。")
    if (passed := _by_name(path, named)) is not None:
        return passed
    if content is not None and path.suffix.lower() in WORKBOOK_SUFFIXES and is_summary(content):
        return PassedOver(path, "本工具生成的汇总表，不是单位填报的工作簿。")
    return None


def _by_name(path: Path, named: bool = False) -> PassedOver | None:
    if path.name.startswith("~$"):
        return PassedOver(path, "Excel 打开文件时留下的锁定文件，不是工作簿。")
    if path.name.startswith("._"):
        return PassedOver(path, "苹果电脑附加的说明文件，不是工作簿。")
    suffix = path.suffix.lower()
    if named or suffix in WORKBOOK_SUFFIXES:
        return None
    if suffix == _ZIP:
        return PassedOver(path, "是压缩包，没有展开（压缩包里的压缩包不展开）。", _UNPACK)
    if suffix in _OTHER_ARCHIVES:
        return PassedOver(path, f"是 {suffix} 压缩包，只能展开 .zip。", _UNPACK)
    if suffix in _OLD_SUFFIXES:
        advice = "如是报送的自评表，请用 WPS 或 Excel 另存为 .xlsx 后重新汇总。"
        return PassedOver(path, f"是 {suffix} 格式，不是 .xlsx 工作簿。", advice)
    return PassedOver(path, "不是 .xlsx 工作簿。")
