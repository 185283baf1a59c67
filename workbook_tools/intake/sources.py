"""Which files are workbooks to consolidate, and which are passed over, each with its reason."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from workbook_tools.errors import WorkbookToolsError
from workbook_tools.files.names import LOCKS, natural
from workbook_tools.intake.archives import ArchiveError, unpack
from workbook_tools.intake.summaries import is_summary

WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm"})

_OLD_SUFFIXES = frozenset({".xls", ".xlsb", ".xlt", ".et", ".ett", ".ods", ".fods"})
_ZIP = ".zip"
_OTHER_ARCHIVES = frozenset({".rar", ".7z", ".gz", ".tgz", ".tar"})
_SENT = WORKBOOK_SUFFIXES | _OLD_SUFFIXES | _OTHER_ARCHIVES
"""What a department sends as its report: read, or refused with the reason in its content."""
_TRACES = frozenset({"thumbs.db", "desktop.ini"})
_NESTED = "是压缩包里的压缩包，没有展开。"
_UNPACK = "如内有报送的自评表，请先解压再汇总。"
_SEND_AGAIN = "请联系报送单位重新压缩（不设密码）或直接报送 .xlsx 文件。"
_GLOB = re.compile(r"[*?\[]")


class Wanted(NamedTuple):
    """What is looked for: the suffixes that are taken, why other files are not, what it is called.

    ``why`` and ``called`` are Chinese.
    """

    suffixes: frozenset[str]
    why: str
    called: str


WORKBOOKS = Wanted(_SENT, "不是 .xlsx 工作簿。", "工作簿（.xlsx）")


class SourceError(WorkbookToolsError):
    """A path that was asked for holds nothing; the message (Chinese) says which and what to do."""


class PassedOver(msgspec.Struct, frozen=True):
    """A file that was found and is not consolidated; both texts are Chinese sentences.

    ``sent``: a person put it there, so that it may be what a department sent.
    """

    path: Path
    reason: str
    advice: str = "无需处理。"
    sent: bool = False


class Sources(msgspec.Struct, frozen=True):
    """The workbooks in a stable, natural order (2 before 10), and the files passed over.

    ``unreadable``: archives, and files in archives, that nobody can take out: reports that came and
    cannot be read. ``members``: of those taken out of an archive, where they stand in it:
    ``报送/农业.zip/农业局/自评表.xlsx``.
    """

    workbooks: tuple[Path, ...]
    passed_over: tuple[PassedOver, ...]
    members: Mapping[Path, str] = {}
    unreadable: tuple[PassedOver, ...] = ()

    def shown(self, path: Path) -> str:
        """The path of a workbook as people know it."""
        return self.members.get(path, str(path))


def find_workbooks(
    paths: Iterable[str | Path], room: Path | None = None, wanted: Wanted | None = None
) -> Sources:
    """Look for workbooks, or what else is ``wanted``.

    Looked into are files, folders (with subfolders), patterns like ``*.xlsx``, archives.

    Workbooks of other formats and archives other than zip are taken too, and so is a file that is
    named itself whatever its suffix: each gets its refusal when it is read. Lock files and
    summaries of ours never are. Workbooks in zip archives are taken out into the empty
    folder ``room``; without one, archives are passed over. Raises SourceError where nothing is at a
    path, or the folder cannot take what is in the archives.
    """
    wanted = wanted or WORKBOOKS
    workbooks: dict[Path, Path] = {}
    archives: dict[Path, Path] = {}
    passed_over: dict[Path, PassedOver] = {}
    for given in paths:
        for path, named in _candidates(given):
            identity = Path(os.path.realpath(path))  # which takes a link that leads to itself
            if room is not None and path.suffix.lower() == _ZIP:
                archives.setdefault(identity, path)
                continue
            passed = _passed_over(path, path, wanted, named)
            if passed is None:
                workbooks.setdefault(identity, path)
                passed_over.pop(identity, None)
            elif identity not in workbooks:
                passed_over.setdefault(identity, passed)
    shown = {path: str(path) for path in workbooks.values()}
    skipped, unreadable = list(passed_over.values()), list[PassedOver]()
    for number, archive in enumerate(archives.values()):
        assert room is not None
        inside = _inside(archive, room / str(number), wanted)
        shown |= inside.members
        skipped += inside.passed_over
        unreadable += inside.unreadable
    return Sources(
        tuple(sorted(shown, key=lambda path: _order(shown[path]))),
        _in_order(skipped),
        {path: place for path, place in shown.items() if place != str(path)},
        _in_order(unreadable),
    )


@contextmanager
def opened(paths: Iterable[str | Path], wanted: Wanted | None = None) -> Iterator[Sources]:
    """As :func:`find_workbooks`, with what is in archives on disk as long as the context lasts."""
    with tempfile.TemporaryDirectory(prefix="workbook-tools-", ignore_cleanup_errors=True) as room:
        yield find_workbooks(paths, Path(room), wanted)


def files_at(paths: Iterable[str | Path]) -> list[Path]:
    """Every file at paths as :func:`find_workbooks` takes them, in order, whatever it holds.

    Without locks and traces of systems, which nobody sent. Raises SourceError where nothing is at
    a path.
    """
    found = {
        Path(os.path.realpath(path)): path
        for given in paths
        for path, _ in _candidates(given)
        if path.is_file() and not _is_trace(path)
    }
    return sorted(found.values(), key=lambda path: _order(str(path)))


def _in_order(files: Iterable[PassedOver]) -> tuple[PassedOver, ...]:
    return tuple(sorted(files, key=lambda item: _order(str(item.path))))


def nothing_to(work: str, passed_over: Sequence[PassedOver], wanted: Wanted | None = None) -> str:
    """What is said where nothing wanted was found, with one of the files that are there instead."""
    there = (
        f"那里只有 {len(passed_over)} 个别的文件，如 {passed_over[0].path.name}："
        f"{passed_over[0].reason}"
        if passed_over
        else ""
    )
    called = (wanted or WORKBOOKS).called
    return f"没有找到要{work}的{called}。{there}请检查路径。"


def _inside(archive: Path, room: Path, wanted: Wanted) -> Sources:
    """What is in an archive, what is wanted of it taken out."""
    members: dict[Path, str] = {}
    skipped, unreadable = list[PassedOver](), list[PassedOver]()
    try:
        for member in unpack(archive, room, lambda inside: _by_name(Path(inside), wanted) is None):
            place = archive / member.inside.lstrip("/")
            if member.reason:
                unreadable.append(PassedOver(place, member.reason, _SEND_AGAIN, sent=True))
            elif place.suffix.lower() == _ZIP:
                unreadable.append(PassedOver(place, _NESTED, _UNPACK, sent=True))
            elif (passed := _passed_over(place, member.path, wanted)) is not None:
                skipped.append(passed)
            elif member.path is not None:
                members[member.path] = str(place)
    except ArchiveError as error:
        unreadable.append(PassedOver(archive, str(error), _SEND_AGAIN, sent=True))
    except OSError as error:
        raise SourceError(
            f"{archive} 无法解压（{error.strerror or error}）。请检查文件和磁盘空间。"
        ) from error
    return Sources(tuple(members), tuple(skipped), members, tuple(unreadable))


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
        from glob import glob

        found = glob(str(given), recursive=True)  # noqa: PTH207 - Path's takes none absolute
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


def _passed_over(
    path: Path, content: Path | None, wanted: Wanted, named: bool = False
) -> PassedOver | None:
    """Why the file is passed over, by its name and its content; None when it is to be read."""
    if content is not None and not content.is_file():
        there = content.exists()
        reason = "是管道或设备，不是文件" if there else "是失效的链接，指向的文件不存在"
        return PassedOver(path, f"{reason}，没有读取。")
    if (passed := _by_name(path, wanted, named)) is not None:
        return passed
    if content is not None and path.suffix.lower() in WORKBOOK_SUFFIXES and is_summary(content):
        return PassedOver(path, "本工具生成的汇总表，不是单位填报的工作簿。")
    return None


def _by_name(path: Path, wanted: Wanted, named: bool = False) -> PassedOver | None:
    if path.name.startswith(LOCKS):
        return PassedOver(path, "别的程序打开文件时留下的锁定文件，不是工作簿。")
    if path.name.startswith("._"):
        return PassedOver(path, "苹果电脑附加的说明文件，不是工作簿。")
    suffix = path.suffix.lower()
    if named or suffix in wanted.suffixes:
        return None
    if suffix == _ZIP:
        return PassedOver(path, "是压缩包，没有展开。", _UNPACK, sent=True)
    return PassedOver(path, wanted.why, sent=not _is_trace(path))


def _is_trace(path: Path) -> bool:
    """Whether a program or a system left the file there, and no person."""
    return path.name.startswith((".", *LOCKS)) or path.name.lower() in _TRACES
