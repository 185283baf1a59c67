"""Whether a folder of data is whole: the database, its schema, and every original it names."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from workbook_tools.desk.office.database import DATABASE, MIGRATIONS, refuse_foreign
from workbook_tools.desk.office.originals import ORIGINALS, Originals
from workbook_tools.desk.refusals import DeskRefused

_NAMED = (
    "SELECT roster FROM round UNION SELECT template FROM unit UNION SELECT content FROM version"
)
_SCHEMA = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"


def faults(data: Path) -> Iterator[str]:
    """What is wrong in a folder of data, as Chinese sentences; nothing where all is whole.

    Raises DeskRefused where there is no database of ours at all.
    """
    path = data / DATABASE
    if not path.is_file():
        raise DeskRefused(f"{data} 里没有 {DATABASE}，不是收件台的数据文件夹。")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as database:
            refuse_foreign(database, path)
            broken = list(_broken(database))
            yield from broken
            named = set() if broken else {name for (name,) in database.execute(_NAMED)}
    except sqlite3.Error as error:
        raise DeskRefused(f"{path} 已损坏，读不出来（{error}）。请从备份恢复。") from error
    originals = Originals(data / ORIGINALS)
    for name in sorted(named | set(originals.names())):
        if not originals.path(name).is_file():
            yield f"缺少原件 {name}。请从备份恢复。"
        elif not originals.is_sound(name):
            yield f"原件 {name} 的内容与它的 SHA-256 不符，已损坏或被改动。请从备份恢复。"


def _broken(database: sqlite3.Connection) -> Iterator[str]:
    """What is wrong in the database alone."""
    for (told,) in database.execute("PRAGMA integrity_check"):
        if told != "ok":
            yield f"数据库已损坏：{told}。请从备份恢复。"
    for table, row, *_ in database.execute("PRAGMA foreign_key_check"):
        yield f"数据库里 {table} 的第 {row} 行指向不存在的内容。请从备份恢复。"
    version = database.execute("PRAGMA user_version").fetchone()[0]
    with closing(sqlite3.connect(":memory:")) as fresh:
        for script in MIGRATIONS[:version]:
            fresh.executescript(script)
        if database.execute(_SCHEMA).fetchall() != fresh.execute(_SCHEMA).fetchall():
            yield "数据库的结构被改动过，与本程序写的不同。请从备份恢复。"
