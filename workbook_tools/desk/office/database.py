"""The database of a desk: one SQLite file beside the originals, its schema and how it grew."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from workbook_tools.desk.refusals import DeskRefused

DATABASE = "desk.sqlite"
"""What it is called in the folder of data."""
_APPLICATION = 0x77626431  # "wbd1": tells our file from other people's

MIGRATIONS = (
    """
    CREATE TABLE round (
        id INTEGER PRIMARY KEY, title TEXT NOT NULL, standard TEXT NOT NULL, roster TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('preparing', 'open', 'closed', 'final'))
    ) STRICT;
    CREATE TABLE unit (
        id INTEGER PRIMARY KEY, round INTEGER NOT NULL REFERENCES round, code TEXT NOT NULL,
        name TEXT NOT NULL, contact TEXT NOT NULL, template TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'nothing'
            CHECK (state IN ('nothing', 'trying', 'handed', 'taken', 'returned')),
        reason TEXT NOT NULL DEFAULT '', handed INTEGER REFERENCES version,
        seal BLOB, codes INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0,
        UNIQUE (round, code)
    ) STRICT;
    CREATE TABLE version (
        id INTEGER PRIMARY KEY, unit INTEGER NOT NULL REFERENCES unit, number INTEGER NOT NULL,
        at TEXT NOT NULL, name TEXT NOT NULL, content TEXT NOT NULL, outcome BLOB NOT NULL,
        UNIQUE (unit, number)
    ) STRICT;
    CREATE TABLE event (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,
        round INTEGER REFERENCES round, unit INTEGER REFERENCES unit
    ) STRICT;
    CREATE TRIGGER event_stays BEFORE UPDATE ON event
        BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
    CREATE TRIGGER event_remains BEFORE DELETE ON event
        BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
    """,
    """
    ALTER TABLE round ADD COLUMN until TEXT NOT NULL DEFAULT '';
    ALTER TABLE version ADD COLUMN returned TEXT NOT NULL DEFAULT '';
    """,
)
"""One script for each version of the schema; a database is brought to the newest when opened."""


def opened(path: Path) -> sqlite3.Connection:
    """The database in a file, made where there is none. Raises DeskRefused."""
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    database.row_factory = sqlite3.Row
    try:
        refuse_foreign(database, path)
        mode = database.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        if mode != "wal":
            raise DeskRefused(f"{path.parent} 不能放数据：请换到本机硬盘上，不要用网络共享。")
        database.execute("PRAGMA synchronous = FULL")  # what was acknowledged survives a power cut
        database.execute("PRAGMA foreign_keys = ON")
        _migrate(database)
    except sqlite3.Error as error:
        database.close()
        raise DeskRefused(
            f"{path} 不能用作收件台的数据库（{error}）。请检查或换一个文件夹。"
        ) from error
    except DeskRefused:
        database.close()
        raise
    return database


def refuse_foreign(database: sqlite3.Connection, path: Path) -> None:
    """Raise DeskRefused where it is not ours, or of a version to come."""
    application = database.execute("PRAGMA application_id").fetchone()[0]
    version = database.execute("PRAGMA user_version").fetchone()[0]
    empty = database.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if not empty and application != _APPLICATION:
        raise DeskRefused(f"{path} 不是收件台的数据库。请换一个文件夹。")
    if version > len(MIGRATIONS):
        raise DeskRefused(f"{path} 是更新的版本写的。请更新本程序。")


def _migrate(database: sqlite3.Connection) -> None:
    version = database.execute("PRAGMA user_version").fetchone()[0]
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        database.executescript(
            f"BEGIN; PRAGMA application_id = {_APPLICATION}; {script}"
            f"PRAGMA user_version = {number}; COMMIT;"
        )
