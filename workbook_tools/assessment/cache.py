"""Outcomes kept in one SQLite file, so that a second run computes only what changed.

A workbook is known by its content (SHA-256 and size), whatever its name and place. What else a
result hangs on is the ``context``: this program, to the letter, and the standard. Each batch goes
into the file in one transaction, so a killed run loses the last batch and nothing else, and runs
side by side wait for each other's batches only.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from workbook_tools.assessment.outcomes import Outcome
from workbook_tools.errors import WorkbookToolsError
from workbook_tools.files.caches import cache_folder
from workbook_tools.files.digests import Content, content_of
from workbook_tools.running.program import program
from workbook_tools.standard import Standard
from workbook_tools.standard.fingerprint import content_hash

APPLICATION = 0x77627431  # "wbt1": tells our file from other people's, and this schema from others
_BATCH = 64  # outcomes per transaction
_WAIT = 60.0  # seconds for another run's transaction
_DAY = 24 * 3600  # seconds; use is noted once a day, for it rewrites the outcome
_KEPT = 200 * _DAY  # seconds after which what nobody asked for is dropped

_SCHEMA = f"""
PRAGMA application_id = {APPLICATION};
CREATE TABLE IF NOT EXISTS outcome (
    content BLOB NOT NULL, size INTEGER NOT NULL, context BLOB NOT NULL,
    used INTEGER NOT NULL, outcome BLOB NOT NULL,
    PRIMARY KEY (content, size, context)
);
CREATE TABLE IF NOT EXISTS written (
    target TEXT PRIMARY KEY, content BLOB NOT NULL, size INTEGER NOT NULL, origin BLOB NOT NULL
);
"""

_THIS = "WHERE content = ? AND size = ? AND context = ?"


class CacheError(WorkbookToolsError):
    """The file cannot serve as a cache; the message (Chinese) says why and what to do."""


class Cache:
    """The outcomes in a file, for one standard (None: for each workbook the one it names).

    Raises CacheError where the file is something else or cannot be opened. After later troubles (a
    full disk, a damaged page, a file locked for too long) it knows and keeps nothing any more, and
    ``trouble`` says why: a cache never stops a run. ``hits`` counts the outcomes that it gave.
    """

    def __init__(self, path: str | Path, standard: Standard | None = None) -> None:
        self.path = Path(path)
        self.trouble = ""
        self.hits = 0
        self._context = _context(standard)
        self._waiting: dict[Content, bytes] = {}
        self._asked: list[Content] = []
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None)
            _prepare(self._base)
        except (OSError, sqlite3.Error) as error:
            raise CacheError(
                f"缓存文件 {path} 不能用（{error}）。请用 --cache 另指定一个文件，"
                "或加 --no-cache 不用缓存；确认是损坏的缓存时可以删除它。"
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.flush()
        self._base.close()

    def knows(self, content: Content) -> bool:
        """Whether there is an outcome for this content."""
        return self._found(content, "1") is not None

    def outcome(self, content: Content) -> Outcome | None:
        """The outcome for this content, if there is one; its path and time are another's."""
        found = self._found(content, "outcome")
        if found is None:
            return None
        try:
            outcome = msgspec.msgpack.decode(zlib.decompress(found[0]), type=Outcome)
        except (zlib.error, msgspec.DecodeError, TypeError):  # damaged: then it is computed again
            return None
        self._asked.append(content)
        self.hits += 1
        return outcome

    def keep(self, content: Content, outcome: Outcome, *, unless_saved: Path) -> None:
        """Keep an outcome, in the file at the latest when the cache is closed.

        Not where the workbook at ``unless_saved`` has another content by now: nobody knows which
        of the two was read.
        """
        if content_of(unless_saved) != content:
            return
        nowhere = msgspec.structs.replace(outcome.record, path="")
        try:
            packed = msgspec.msgpack.encode(msgspec.structs.replace(outcome, record=nowhere))
        except UnicodeEncodeError:  # half a character in a text
            return
        self._waiting[content] = zlib.compress(packed, 1)
        if len(self._waiting) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Put what is waiting into the file, and drop what nobody asked for in a long time."""
        now = int(time.time())
        kept = [(*one, self._context, now, packed) for one, packed in self._waiting.items()]
        asked = [(now, *one, self._context, now - _DAY) for one in self._asked]
        with self._guarded(), _transaction(self._base) as base:
            base.executemany("INSERT OR REPLACE INTO outcome VALUES (?, ?, ?, ?, ?)", kept)
            base.executemany(f"UPDATE outcome SET used = ? {_THIS} AND used < ?", asked)
            base.execute("DELETE FROM outcome WHERE used < ?", (now - _KEPT,))
        self._waiting.clear()
        self._asked.clear()

    def has_written(self, target: Path, origin: bytes) -> bool:
        """Whether the file at ``target`` is, byte for byte, what was written from ``origin``."""
        found = None
        with self._guarded():
            found = self._base.execute(
                "SELECT content, size FROM written WHERE target = ? AND origin = ?",
                (str(target.resolve()), origin + self._context),
            ).fetchone()
        return found is not None and content_of(target) == found

    def wrote(self, target: Path, origin: bytes) -> None:
        """Remember that the file at ``target`` was written from ``origin``."""
        content = content_of(target)
        if content is None:
            return
        with self._guarded(), _transaction(self._base) as base:
            base.execute(
                "INSERT OR REPLACE INTO written VALUES (?, ?, ?, ?)",
                (str(target.resolve()), *content, origin + self._context),
            )

    def _found(self, content: Content, what: str) -> tuple[bytes] | None:
        with self._guarded():
            found: tuple[bytes] | None = self._base.execute(
                f"SELECT {what} FROM outcome {_THIS}", (*content, self._context)
            ).fetchone()
            return found
        return None

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Give the cache up at its first trouble."""
        try:
            yield
        except sqlite3.Error as error:
            self.trouble = self.trouble or f"缓存文件 {self.path} 出了问题（{error}），没有存全。"
            self._base.close()
            self._base = sqlite3.connect(":memory:", isolation_level=None)
            _prepare(self._base)


def default_path() -> Path:
    """Where WORKBOOK_TOOLS_CACHE says, else in the folder for caches; it may be deleted any time.

    Raises RuntimeError where the user has no home.
    """
    chosen = os.environ.get("WORKBOOK_TOOLS_CACHE")
    return Path(chosen) if chosen else cache_folder() / "outcomes.sqlite"


def _prepare(base: sqlite3.Connection) -> None:
    """Let nothing but a new file or one of ours pass, and make its tables."""
    with _transaction(base):
        (tables,) = base.execute("SELECT count(*) FROM sqlite_master").fetchone()
        (application,) = base.execute("PRAGMA application_id").fetchone()
        if tables and application != APPLICATION:
            raise sqlite3.DatabaseError("是其他程序或其他版本的数据库")
        for statement in _SCHEMA.split(";"):
            base.execute(statement)


@contextmanager
def _transaction(base: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Wait for the right to write, then do all or nothing."""
    base.execute("BEGIN IMMEDIATE")
    try:
        yield base
    except BaseException:
        base.execute("ROLLBACK")
        raise
    base.execute("COMMIT")


def _context(standard: Standard | None) -> bytes:
    """All that a result hangs on besides the workbook."""
    named = content_hash(standard) if standard else "as named"
    return hashlib.sha256(f"{program()}\n{named}".encode()).digest()
