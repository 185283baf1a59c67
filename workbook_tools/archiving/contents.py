"""What is in an archive, and what it says of itself.

All of it is plain: zip, xlsx, docx, JSON, YAML, text, and a list of SHA-256 as ``sha256sum`` writes
and checks it, so that an archive can be read and proved where this program is not to be had.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import msgspec

from workbook_tools.errors import WorkbookToolsError
from workbook_tools.standard import Standard, standard_hash

ORIGINALS, COPIES, STANDARDS = "原件", "批注副本", "评分标准"
ROSTER, ALSO = "名册", "附件"
SUMMARY, OVERVIEW, INDEX, NOTE = "汇总表.xlsx", "总报告.docx", "目录.xlsx", "说明.txt"
RESULTS, MANIFEST, SUMS = "结果.json", "归档.json", "SHA256SUMS"

SCHEMA = 1
"""Of the manifest. A program that meets a later one says so instead of guessing."""


class NotAnArchiveError(WorkbookToolsError):
    """The file is no archive of ours; the message (Chinese) says what it is instead."""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A standard as it was, and the file in the archive that says it."""

    id: str
    version: str
    hash: str
    file: str


class ArchivedOriginal(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was sent in: its place in the archive, and its time in nanoseconds of the epoch.

    Of two workbooks of a unit the newer counts, so that the time belongs to the result.
    """

    path: str
    modified: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What made the archive, from what: all that computing the round again hangs on.

    ``program`` tells one state of the program from every other; ``version`` is what people call it.
    ``standard`` is the id of the one that the round was put together by, ``forced`` whether all
    workbooks were scored by it. ``scored_by``: by a workbook's path, the id of its standard.
    """

    schema: int
    kind: str
    version: str
    program: str
    on: datetime.date
    standard: str
    forced: bool
    standards: tuple[Known, ...]
    scored_by: dict[str, str]
    originals: tuple[ArchivedOriginal, ...]
    roster: str = ""

    @property
    def midnight(self) -> datetime.datetime:
        """The time that is shown in what is written: the day alone is said, so that it is 0:00."""
        return datetime.datetime.combine(self.on, datetime.time())


KIND = "workbook-tools archive"


def known(standard: Standard) -> Known:
    """A standard as the manifest lists it."""
    return Known(
        id=standard.id,
        version=standard.version,
        hash=standard_hash(standard),
        file=f"{STANDARDS}/{standard.id}.yaml",
    )


def read_manifest(content: bytes, archive: Path) -> Manifest:
    """The manifest of an archive. Raises NotAnArchiveError."""
    try:
        head = msgspec.json.decode(content)
        if head.get("kind") == KIND and head.get("schema", 0) > SCHEMA:
            raise NotAnArchiveError(
                f"{archive.name} 是更新版本的本工具归档的（{head.get('version', '版本不明')}）。"
                "请用那个版本或更新的版本检查。"
            )
        manifest = msgspec.json.decode(content, type=Manifest)
    except (msgspec.MsgspecError, UnicodeError, AttributeError, TypeError) as error:
        raise NotAnArchiveError(
            f"{archive.name} 里的 {MANIFEST} 读不懂，不能复算。请另找一份完好的归档。"
        ) from error
    return manifest
