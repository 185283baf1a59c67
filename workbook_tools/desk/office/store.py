"""Rounds, departments, versions and events, as they are kept."""

from __future__ import annotations

import datetime
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import msgspec

from workbook_tools.desk.office.codes import MOST_FAILURES
from workbook_tools.desk.office.database import opened

RoundState = Literal["preparing", "open", "closed", "final"]
UnitState = Literal["nothing", "trying", "handed", "taken", "returned"]
ROUND_STATES: Mapping[RoundState, str] = {
    "preparing": "准备",
    "open": "开放",
    "closed": "截止",
    "final": "定稿",
}
UNIT_STATES: Mapping[UnitState, str] = {
    "nothing": "未报送",
    "trying": "试核",
    "handed": "已提交",
    "taken": "收下",
    "returned": "退回",
}
BUREAU = "财政局"


class ReportingRound(msgspec.Struct, frozen=True):
    """A round of reporting; ``roster`` is the name of its roster among the originals.

    ``until``: the day (ISO) by which departments are asked to hand in, "" where none is set.
    """

    id: int
    title: str
    standard: str
    roster: str
    state: RoundState
    until: str = ""

    @property
    def last_day(self) -> datetime.date | None:
        """The day of ``until``."""
        return datetime.date.fromisoformat(self.until) if self.until else None


class Unit(msgspec.Struct, frozen=True):
    """A department in a round; ``handed`` is the id of the version that it handed in.

    ``reason``: why it was sent back. ``codes``: how many access codes it has been given.
    """

    id: int
    round: int
    code: str
    name: str
    contact: str
    template: str
    state: UnitState
    reason: str
    handed: int | None
    seal: bytes | None
    codes: int
    failures: int

    @property
    def locked(self) -> bool:
        """Whether too many wrong codes came in a row."""
        return self.failures >= MOST_FAILURES


class Version(msgspec.Struct, frozen=True):
    """A workbook that was uploaded; ``content`` names the original, ``outcome`` what came of it.

    ``returned``: why it was sent back, "" where it was not.
    """

    id: int
    unit: int
    number: int
    at: str
    name: str
    content: str
    outcome: bytes
    returned: str = ""


class Event(msgspec.Struct, frozen=True):
    """Who did what, and when."""

    at: str
    who: str
    what: str


class Store:
    """All of it in one database; every change and its event are one transaction."""

    def __init__(self, path: Path) -> None:
        self._database = opened(path)
        self._lock = threading.RLock()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._database.close()

    @contextmanager
    def change(
        self, who: str, what: str, *, round: int | None = None, unit: int | None = None
    ) -> Iterator[sqlite3.Connection]:
        """Change something, with the event that says so; all of it or nothing."""
        with self._lock:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield self._database
                self._database.execute(
                    "INSERT INTO event (at, who, what, round, unit) VALUES (?, ?, ?, ?, ?)",
                    (now(), who, what, round, unit),
                )
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")

    def _rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        with self._lock:
            return self._database.execute(query, values).fetchall()

    def rounds(self) -> list[ReportingRound]:
        """All rounds, the newest first."""
        return [ReportingRound(**row) for row in self._rows("SELECT * FROM round ORDER BY id DESC")]

    def round(self, identity: int) -> ReportingRound | None:
        """A round by its id."""
        rows = self._rows("SELECT * FROM round WHERE id = ?", identity)
        return ReportingRound(**rows[0]) if rows else None

    def units(self, round: int) -> list[Unit]:
        """The departments of a round in the order of its roster."""
        rows = self._rows("SELECT * FROM unit WHERE round = ? ORDER BY id", round)
        return [Unit(**row) for row in rows]

    def unit(self, identity: int) -> Unit | None:
        """A department in a round, by its id."""
        rows = self._rows("SELECT * FROM unit WHERE id = ?", identity)
        return Unit(**rows[0]) if rows else None

    def units_with_code(self, code: str) -> list[Unit]:
        """The departments with this unit code, that of the newest round first."""
        rows = self._rows("SELECT * FROM unit WHERE code = ? ORDER BY round DESC", code)
        return [Unit(**row) for row in rows]

    def versions(self, unit: int) -> list[Version]:
        """What a department uploaded, the newest first."""
        rows = self._rows("SELECT * FROM version WHERE unit = ? ORDER BY number DESC", unit)
        return [Version(**row) for row in rows]

    def latest(self, round: int) -> dict[int, Version]:
        """By unit: the version that was handed in, else the newest."""
        rows = self._rows(
            "SELECT version.* FROM version JOIN unit ON unit.id = version.unit "
            "WHERE unit.round = ? AND version.id = coalesce(unit.handed, "
            "(SELECT max(id) FROM version AS newest WHERE newest.unit = unit.id))",
            round,
        )
        return {row["unit"]: Version(**row) for row in rows}

    def events(self, unit: int) -> list[Event]:
        """What happened to a department, the newest first."""
        rows = self._rows("SELECT at, who, what FROM event WHERE unit = ? ORDER BY id DESC", unit)
        return [Event(**row) for row in rows]

    def failed(self, unit: int) -> None:
        """Count a wrong code."""
        with self.change("未登录", "访问码不对", unit=unit) as database:
            database.execute("UPDATE unit SET failures = failures + 1 WHERE id = ?", (unit,))

    def seals(self, units: Iterable[tuple[int, bytes]], round: int) -> None:
        """Give departments new access codes; earlier ones and their sessions are void."""
        given = list(units)
        with self.change(BUREAU, f"发放访问码 {len(given)} 个", round=round) as database:
            database.executemany(
                "UPDATE unit SET seal = ?, codes = codes + 1, failures = 0 WHERE id = ?",
                [(seal, unit) for unit, seal in given],
            )


def now() -> str:
    """The time as events have it."""
    return datetime.datetime.now().isoformat(sep=" ", timespec="seconds")
